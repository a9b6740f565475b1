"""From a superior's directive to a plan of our own, which becomes a directive that reads back alike."""

import datetime as dt

import pytest

from builders import NOW, TODAY, Said, Town, a_reading, a_town, a_unit, reading_as
from xulang.adapters.reader import read_directive
from xulang.organisation.errors import NotPermitted
from xulang.papers.checking.check import check
from xulang.programme import selectors, services
from xulang.programme.duties import duties_of
from xulang.programme.enums import Cadence, DraftState
from xulang.programme.errors import DateOrCadence, DraftNotReady, DraftSettled, TextNeeded
from xulang.programme.models import Draft, Programme
from xulang.programme.papering import docx_of, run_on
from xulang.programme.services import Item
from xulang.registry import ports
from xulang.registry.enums import Direction, Relation
from xulang.registry.models import Directive
from xulang.registry.services import receive

PAGE = "Xây dựng chuyên trang tiếng Anh giới thiệu tiềm năng du lịch của tỉnh"
COURSE = "Tổ chức tập huấn kỹ năng thông tin đối ngoại cho cán bộ cơ sở"
SIGNS = "Rà soát, thay thế biển chỉ dẫn song ngữ tại các khu di tích"
OTHER = "Biên tập bản tin đối ngoại của tỉnh"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        # a heading and the text beneath it are two sentences
        (
            "Phổ biến tới nhân dân\nTổ chức học tập,  họp khu phố.",
            "Phổ biến tới nhân dân. Tổ chức học tập, họp khu phố.",
        ),
        # what is closed already stays, and a line that goes on is no new sentence
        (
            "Phổ biến tới nhân dân:\n- Họp khu phố;\n- Phát tờ gấp.",
            "Phổ biến tới nhân dân: - Họp khu phố; - Phát tờ gấp.",
        ),
        ("Phổ biến tới cán bộ\nvà nhân dân", "Phổ biến tới cán bộ và nhân dân"),
        ("Dọn đường làng", "Dọn đường làng"),
    ],
)
def test_paragraphs_run_on_as_sentences(words: str, shown: str) -> None:
    assert run_on(words) == shown


def superior(town: Town) -> Directive:
    """The province's plan: three duties that name the city, by its name, as the head of a set, as a helper; one not."""
    read = a_reading(
        Said(PAGE, ["UBND thành phố Mường Hoa"], deadline=("date", "2026-06-30", None)),
        Said(COURSE, ["*UBND các huyện, thành phố"], deadline=("recurring", None, "quarter")),
        Said(SIGNS, ["Sở Văn hóa, Thể thao và Du lịch"], ["UBND thành phố Mường Hoa"]),
        Said(OTHER, ["Sở Văn hóa, Thể thao và Du lịch"]),
        number="12",
        issuer="Ủy ban nhân dân tỉnh Sơn Khê",
        type="KH",
        date="2026-01-05",
        title="Thông tin đối ngoại của tỉnh Sơn Khê năm 2026",
    )
    with reading_as(read):
        return receive(data=b"# cap tren", name="cap-tren.md", by=town.lead, now=NOW)


@pytest.fixture
def town(db: None) -> Town:
    made = a_town()
    a_unit("Sở Văn hóa, Thể thao và Du lịch", "so", made.province)
    return made


def drafted(town: Town, **told: object) -> Draft:
    above = superior(town)
    chosen = {duty.key for duty in duties_of(above, TODAY) if duty.ours}
    return services.start_draft(superior=above, duties=chosen, by=town.lead, now=NOW, **told)


def spread(town: Town, draft: Draft) -> None:
    """Each item its unit."""
    page, course, signs = draft.items.all()
    who = {"by": town.lead, "now": NOW}
    word = services.word_item
    word(item=page, wording=Item(page.text, "", page.due_on, None, town.culture, [town.centre, town.ward]), **who)
    services.spread_items(draft=draft, items=[course.pk, signs.pk], lead=town.centre, **who)


def test_the_duties_that_name_the_office_fall_to_it(town: Town) -> None:
    assert [(duty.words, duty.falls) for duty in duties_of(superior(town), TODAY)] == [
        (PAGE, True),
        (COURSE, True),
        (SIGNS, True),
        (OTHER, False),
    ]


def test_chosen_duties_become_items_linked_to_their_source(town: Town) -> None:
    draft = drafted(town)
    items = list(draft.items.all())
    assert [(row.text, row.due_on, row.cadence) for row in items] == [
        (PAGE, dt.date(2026, 6, 30), None),
        (COURSE, None, "QUARTER"),
        (SIGNS, None, None),
    ]
    assert all(row.passage.text.startswith(row.text) for row in items)
    assert draft.place == "Mường Hoa"
    assert "12/KH-UBND" in draft.title


def test_what_is_written_keeps_the_form_and_reads_back_alike(town: Town) -> None:
    draft = drafted(town)
    spread(town, draft)
    draft.refresh_from_db()
    data = docx_of(draft)
    assert data == docx_of(draft)
    assert check(data) == []
    reading = read_directive(data, "kh.docx")
    assert [
        (
            task["section"],
            [unit["value"] for unit in task["lead"]],
            [unit["value"] for unit in task["coordinating"]],
            task["deadline"]["value"] or task["deadline"]["every"],
        )
        for task in reading["tasks"]
    ] == [
        (
            "II.1",
            ["Phòng Văn hóa và Thông tin"],
            ["Trung tâm Văn hóa - Thể thao", "Ủy ban nhân dân phường Bến Đá"],
            "2026-06-30",
        ),
        ("II.2", ["Trung tâm Văn hóa - Thể thao"], [], "quarter"),
        ("II.3", ["Trung tâm Văn hóa - Thể thao"], [], None),
    ]
    cited = [(row["code"], row["date"], row["relation"]) for row in reading["citations"]]
    assert cited == [("12/KH-UBND", "2026-01-05", "implements")]


def test_headings_group_the_items_that_follow_each_other(town: Town) -> None:
    draft = drafted(town)
    spread(town, draft)
    who = {"by": town.lead, "now": NOW}
    services.spread_items(draft=draft, items=[row.pk for row in draft.items.all()[:2]], heading="Quảng bá", **who)
    sections = [task["section"] for task in read_directive(docx_of(draft), "kh.docx")["tasks"]]
    assert sections == ["II.1.1", "II.1.2", "II.2.1"] or sections == ["II.1.1.1", "II.1.1.2", "II.2.2.1"]


def test_words_copied_from_the_superior_are_shown(town: Town) -> None:
    draft = drafted(town)
    doubts = selectors.read_back(draft).doubts
    assert "copied_scope" in {one.code for one in doubts}
    assert not {"blank_number", "blank_date"} & {one.code for one in doubts}


def test_the_draft_is_held_against_the_superior(town: Town) -> None:
    draft = drafted(town)
    who = {"by": town.lead, "now": NOW}
    page, _course, signs = draft.items.all()
    services.word_item(item=page, wording=Item(page.text, due_on=dt.date(2026, 7, 1)), **who)
    services.drop_item(item=signs, **who)
    services.add_item(draft=draft, item=Item("Tổ chức giải chạy"), **who)
    found = selectors.check_of_draft(draft, TODAY).found
    assert [str(one.kind) for one in found] == ["UNMET", "UNFOUNDED", "LATER"]
    key = next(duty.key for duty in duties_of(draft.superior, TODAY) if duty.words == SIGNS)
    services.call_duty(superior=draft.superior, duty=key, ours=False, **who)
    assert [str(one.kind) for one in selectors.check_of_draft(draft, TODAY).found] == ["UNFOUNDED", "LATER"]
    services.add_item(draft=draft, item=Item(SIGNS), duty=key, **who)
    check = selectors.check_of_draft(draft, TODAY)
    assert [duty.words for duty in check.aside] == [OTHER]


REFUSED = [
    # no words; a date and a cadence at once
    (Item(" "), TextNeeded),
    (Item("x", due_on=TODAY, cadence=Cadence.MONTH), DateOrCadence),
]


@pytest.mark.parametrize(("item", "error"), REFUSED)
def test_what_an_item_cannot_say(town: Town, item: Item, error: type[Exception]) -> None:
    draft = drafted(town)
    with pytest.raises(error):
        services.add_item(draft=draft, item=item, by=town.lead, now=NOW)


def test_only_lead_officers_of_the_office_write_it(town: Town) -> None:
    draft = drafted(town)
    for who in (town.finance_officer, town.leader):
        with pytest.raises(NotPermitted):
            services.drop_draft(draft=draft, by=who, now=NOW)
    assert not Draft.objects.for_user(town.finance_officer, TODAY).exists()
    assert Draft.objects.for_user(town.leader, TODAY).exists()


def test_items_change_places(town: Town) -> None:
    draft = drafted(town)
    services.move_item(item=draft.items.all()[2], up=True, by=town.lead, now=NOW)
    services.move_item(item=draft.items.all()[0], up=True, by=town.lead, now=NOW)
    assert [row.text for row in draft.items.all()] == [PAGE, SIGNS, COURSE]


def test_it_is_numbered_when_whole_and_then_changes_no_more(town: Town) -> None:
    draft, who = drafted(town), {"by": town.lead, "now": NOW}
    with pytest.raises(DraftNotReady, match="1, 2, 3"):
        services.number_draft(draft=draft, issued_on=TODAY, **who)
    spread(town, draft)
    paper = services.number_draft(draft=draft, issued_on=TODAY, **who)
    assert paper.code == "01/KH-UBND"
    for act in (services.drop_draft, services.number_draft):
        with pytest.raises(DraftSettled):
            act(draft=draft, **who, **({"issued_on": TODAY} if act is services.number_draft else {}))


def test_the_signed_plan_becomes_a_directive_whose_tasks_keep_their_basis(town: Town, monkeypatch) -> None:
    draft, who = drafted(town), {"by": town.lead, "now": NOW}
    spread(town, draft)
    services.number_draft(draft=draft, issued_on=TODAY, **who)
    monkeypatch.setattr(ports, "_registered", [read_directive])
    made = services.take_in_draft(draft=draft, **who)
    draft.refresh_from_db()
    assert (draft.state, draft.issued) == (DraftState.ISSUED, made)
    assert (made.direction, made.code) == (Direction.OUTGOING, "01/KH-UBND")
    cited = made.citations.get()
    assert (cited.cited, cited.relation) == (draft.superior, Relation.IMPLEMENTS)
    programme = services.propose(directive=made, **who)
    assert selectors.superiors_of(town.lead, TODAY, programme) == [draft.superior]
    assert selectors.check_of_programme(programme, draft.superior, TODAY).found == []
    with pytest.raises(DraftSettled):
        services.take_in_draft(draft=draft, **who)


def a_plan_here(town: Town, above: Directive) -> Programme:
    """A plan that cites the superior's and was not drafted here: a duty reworded and late, one of our own."""
    read = a_reading(
        Said(
            "Xây dựng chuyên trang tiếng Anh giới thiệu tiềm năng du lịch của thành phố",
            ["Phòng Văn hóa và Thông tin"],
            deadline=("date", "2026-09-30", None),
        ),
        Said("Lắp đèn tại tuyến phố đi bộ", ["Phòng Văn hóa và Thông tin"]),
        number="45",
    )
    read["citations"] = [
        {"code": above.code, "number": "12", "symbol": "KH-UBND", "type": "KH", "date": None, "issuer": None}
        | {"title": None, "relation": "implements", "at": [[0, 2]]}
    ]
    with reading_as(read):
        made = receive(data=b"# cua ta", name="cua-ta.md", by=town.lead, now=NOW)
    return services.propose(directive=made, by=town.lead, now=NOW)


def test_a_programme_is_held_against_what_it_cites(town: Town) -> None:
    above, who = superior(town), {"by": town.lead, "now": NOW}
    programme = a_plan_here(town, above)
    page, lamps = programme.tasks.all()

    def kinds() -> list[str]:
        return [str(one.kind) for one in selectors.check_of_programme(programme, above, TODAY).found]

    assert kinds() == ["UNMET", "UNMET", "UNMET", "UNFOUNDED", "UNFOUNDED"]
    (same,) = selectors.check_of_programme(programme, above, TODAY).proposed
    assert same.id == page.pk
    services.found_tasks(
        programme=programme, superior=above, bases=[(page.pk, f"{same.place[0]}-{same.place[1]}")], **who
    )
    services.call_own(task=lamps, **who)
    assert kinds() == ["UNMET", "UNMET", "LATER"]
    services.withdraw_basis(task=lamps, **who)
    assert kinds() == ["UNMET", "UNMET", "UNFOUNDED", "LATER"]
    with pytest.raises(NotPermitted):
        services.call_own(task=lamps, by=town.finance_officer, now=NOW)
