"""The cascade: what stands above and below a directive, without circles, as far as a person may see."""

import pytest

from builders import NOW, TODAY, a_directive, a_person, a_reading, a_town
from xulang.organisation.enums import Role
from xulang.registry import selectors, services
from xulang.registry.cascade import Link, Paper, layered
from xulang.registry.enums import EffectKind, Relation

pytestmark = pytest.mark.django_db

# links as above>below, seen from H, the layers
SHAPES = [
    ("", "H"),
    ("A>H", "A H"),
    ("A>H H>B", "A H B"),
    ("A>B B>H", "A B H"),  # Kết luận, kế hoạch of the province, our plan
    ("A>B B>H A>H", "A B H"),  # cited at once and through another: as far up as it goes
    ("A>H C>H", "AC H"),
    ("A>H A>S", "A H"),  # what else comes of it is no part of this cascade
    ("A>H H>A", "A H"),  # two that cite each other
    ("A>B B>A B>H", "A B H"),  # a circle higher up
    ("H>H", "H"),
]


@pytest.mark.parametrize(("links", "layers"), SHAPES)
def test_layers(links, layers):
    told = [Link(link[0], link[2], Relation.IMPLEMENTS) for link in links.split()]
    made = layered([Paper(key, key) for key in "ABCHS"], told, "H")
    assert " ".join("".join(paper.key for paper in layer) for layer in made.layers) == layers
    rank = {paper.key: n for n, layer in enumerate(made.layers) for paper in layer}
    assert all(rank[link.above] < rank[link.below] for link in made.links)


def test_what_is_too_many_is_told():
    links = [Link("H", f"B{n}", Relation.BASIS) for n in range(100)]
    made = layered([Paper("H", "H"), *(Paper(f"B{n}", f"{n}") for n in range(100))], links, "H")
    assert sum(map(len, made.layers)) + made.left_out == 101
    assert made.left_out == 41


def cites(code, relation="implements", **more):
    blank = {"number": None, "symbol": None, "type": None, "date": None, "issuer": None, "title": None}
    return blank | {"code": code, "relation": relation, "at": [[0, 2]]} | more


def paper(town, number, symbol, *citations, by=None, **header):
    reading = a_reading(number=number, symbol=symbol, **header) | {"citations": list(citations)}
    return a_directive(by or town.lead, reading)


def codes(made):
    return [[(one.code, one.id is not None) for one in layer] for layer in made.layers]


def test_the_cascade_of_a_plan():
    town = a_town()
    province = paper(town, "149", "KH/TU", cites("57-KL/TW"))
    ours = paper(town, "61", "KH-UBND", cites("149-KH/TU"), cites("72/2015/NĐ-CP", "basis"), cites("9/TB", "mentions"))
    ward = paper(town, "5", "KH-UBND", cites("61/KH-UBND"))
    paper(town, "80", "KH-UBND", cites("149-KH/TU"))  # another plan under the same paper is no part of it
    made = selectors.cascade(town.lead, TODAY, ours)
    assert codes(made) == [
        [("57-KL/TW", False)],
        [("149-KH/TU", True), ("72/2015/NĐ-CP", False)],
        [("61/KH-UBND", True)],
        [("5/KH-UBND", True)],
    ]
    assert codes(selectors.cascade(town.lead, TODAY, ward))[0] == [("57-KL/TW", False)]
    assert [one.here for layer in selectors.cascade(town.lead, TODAY, province).layers for one in layer].count(
        True
    ) == 1


def test_a_paper_that_may_not_be_seen_is_shown_as_cited_only():
    town = a_town()
    paper(town, "149", "KH/TU", cites("57-KL/TW"), title="Kín")
    ours = paper(town, "61", "KH-UBND", cites("149-KH/TU"))
    services.distribute(directive=ours, units=[town.ward], by=town.lead, now=NOW)
    assert codes(selectors.cascade(town.ward_officer, TODAY, ours)) == [
        [("149-KH/TU", False)],
        [("61/KH-UBND", True)],
    ]
    assert "Kín" not in str(selectors.cascade(town.ward_officer, TODAY, ours))


def test_what_a_citation_says_of_an_effect_is_not_sure():
    town = a_town()
    old = paper(town, "61", "KH-UBND")
    paper(town, "90", "KH-UBND", cites("61/KH-UBND", "replaces"))
    standing = selectors.standings(town.lead, TODAY, [old.pk])[old.pk]
    assert [(one.kind, one.by_code, one.sure) for one in standing] == [(EffectKind.REPLACED, "90/KH-UBND", False)]
    shown = next(one for layer in selectors.cascade(town.lead, TODAY, old).layers for one in layer if one.id == old.pk)
    assert (shown.effect, shown.effect_sure) == (EffectKind.REPLACED, False)
    elsewhere = a_person((Role.LEAD_OFFICER, town.ward))
    assert selectors.standings(elsewhere, TODAY, [old.pk]) == {}
