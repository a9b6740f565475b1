"""The index: it finds what the words say, exact marks first, page by page, and is written with the row or not."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import ONGOING, TODAY, a_directive, a_programme, a_reading, a_town
from xulang.plumbing import searching
from xulang.plumbing.models import IndexedText
from xulang.plumbing.searching import Asked
from xulang.plumbing.wording import Query, parse, words
from xulang.programme import selectors as programme
from xulang.programme import services
from xulang.programme.models import Task
from xulang.registry import selectors
from xulang.registry.models import Directive

pytestmark = pytest.mark.django_db


def index(*texts: str) -> None:
    """Texts of one kind, each of a row of its own."""
    IndexedText.objects.bulk_create(searching._indexed("text", at, 0, text) for at, text in enumerate(texts, 1))


def asked(typed: str) -> Asked:
    return Asked("text", parse(typed), IndexedText.objects.filter(kind="text").values("row_id"))


def told(typed: str) -> list[str]:
    return [hit.text for hit in asked(typed).page().hits]


LANG_SON, LONG_SON = "Thành phố Lạng Sơn", "xã Lang Sơn"
DONG_KINH, DONG_DANG = "Phường Đông Kinh đăng tải", "Cửa khẩu Đồng Đăng"

# typed, what is found, in order
FOUND = [
    ("lang son", [LONG_SON, LANG_SON]),  # newest first
    ("Lạng Sơn", [LANG_SON, LONG_SON]),  # the very marks first
    ("dong kinh", [DONG_KINH]),
    ("đồng đăng", [DONG_DANG]),
    ("cửa khẩu lạng sơn", []),
    ('"cửa khẩu đồng đăng"', [DONG_DANG]),
    ("", []),
    ("%' OR \" NEAR(*", []),  # nothing that either database takes for an order
]


@pytest.mark.parametrize(("typed", "found"), FOUND)
def test_what_is_found(typed, found):
    index(LANG_SON, LONG_SON, DONG_KINH, DONG_DANG)
    assert told(typed) == found
    assert asked(typed).count() == len(found)


def says(text: str, query: Query) -> bool:
    """The same by the words alone, without any database."""
    row = " ".join(word.folded for word in words(text))
    return bool(query) and all(
        any(f" {' '.join(word.folded for word in phrase)} " in f" {row} " for phrase in clause)
        for clause in query.clauses
    )


SYLLABLES = st.sampled_from(
    [
        "đồng",
        "đăng",
        "Đông",
        "kinh",
        "lạng",
        "sơn",
        "hoà",
        "Hòa",
        "và",
        "61",
        "61/KH-UBND",
        "KH",
        "1e5",
        "2026",
        "a1",
        "ủy.",
        "ủy,",
        "xã",
    ]
)
SENTENCES = st.lists(SYLLABLES, min_size=1, max_size=8).map(" ".join)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SENTENCES, min_size=1, max_size=5), SENTENCES)
def test_the_database_finds_what_the_words_say(db, texts, typed):
    IndexedText.objects.all().delete()
    index(*texts)
    assert sorted(told(typed)) == sorted(text for text in texts if says(text, parse(typed)))


def test_pages_leave_out_nothing_and_repeat_nothing():
    index(*["Đồng Đăng", "dong dang", "đồng đăng", "Đông đang"] * 3)
    found, after = [], None
    for _page in range(12):
        page = asked("đồng đăng").page(after=after, limit=5)
        found += [(hit.row_id, hit.text.lower() == "đồng đăng") for hit in page.hits]
        if (after := page.after) is None:
            break
    assert len(found) == len(set(found)) == 12
    assert [exact for _id, exact in found] == [True] * 6 + [False] * 6


def test_the_index_goes_with_the_row():
    town = a_town()
    made = a_programme(town.lead, ONGOING)
    task = made.tasks.get()
    query = parse("tờ gấp song ngữ")
    assert not programme.found_tasks(town.lead, TODAY, query).count()
    services.correct_task(task=task, text="In tờ gấp song ngữ", by=town.lead, now=made.proposed_at)
    assert programme.found_tasks(town.lead, TODAY, query).count() == 1
    with transaction.atomic():
        task.text = "Khác hẳn"
        task.save()
        transaction.set_rollback(True)
    assert programme.found_tasks(town.lead, TODAY, query).count() == 1
    services.drop_task(task=task, by=town.lead, now=made.proposed_at)
    assert not programme.found_tasks(town.lead, TODAY, query).count()  # left out: no task any more
    Task.objects.all().delete()
    assert not IndexedText.objects.filter(kind="task").exists()


def test_what_is_not_to_be_seen_is_not_counted():
    town = a_town()
    directive = a_directive(town.lead, a_reading(ONGOING, title="Kế hoạch đối ngoại Mường Hoa"))
    for ask, words_ in ((selectors.found_headings, "doi ngoai"), (selectors.found_passages, "chợ phiên")):
        assert ask(town.lead, TODAY, parse(words_)).count() == 1
        assert ask(town.ward_officer, TODAY, parse(words_)).count() == 0
        assert ask(town.ward_officer, TODAY, parse(words_)).page().hits == []
    hit = selectors.found_passages(town.lead, TODAY, parse("chợ phiên")).page().hits[0]
    assert hit.row_id == directive.pk
    assert directive.text[hit.start :].startswith(hit.text)


def test_passages_are_the_text_in_order():
    town = a_town()
    directive = a_directive(town.lead, a_reading(*[ONGOING] * 3))
    rows = list(IndexedText.objects.filter(kind="passage", row_id=directive.pk).order_by("start"))
    assert len(rows) == 4  # the heading, and three sections
    assert "".join("".join(row.text.split()) for row in rows) == "".join(directive.text.split())
    assert [row.pk for row in rows] == sorted((row.pk for row in rows), reverse=True)


def test_rebuilding_makes_the_same_index():
    town = a_town()
    a_programme(town.lead, ONGOING)

    def rows():
        return sorted(IndexedText.objects.values_list("kind", "row_id", "start", "text", "folded", "marked"))

    before = rows()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM plumbing_indexedtext WHERE kind = 'task'")
    assert searching.rebuild() == {"activity": 0, "directive": 1, "passage": 2, "task": 1}
    assert rows() == before
    assert Directive.objects.count() == 1
