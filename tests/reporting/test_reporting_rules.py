"""The decisions of reporting: adding, the check before sending, time, sentences, what changed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xulang.activities.enums import EventForm, PressForm
from xulang.organisation.kinds import all_kinds
from xulang.organisation.working_days import WorkingDays
from xulang.reporting.aims import aimed_periods, closes_with, measures, share
from xulang.reporting.enums import Additivity, Doubtful, Timeliness
from xulang.reporting.indicators import forms, indicators
from xulang.reporting.rules import (
    Amount,
    Change,
    Doubt,
    Row,
    added,
    changes,
    check,
    figure,
    outlier,
    sentences,
    sourced,
    timeliness,
    traced,
)

ADDED = [
    # nothing was reported
    (Additivity.SUM, [], 0),
    (Additivity.LAST, [], 0),
    (Additivity.DISTINCT, [], 0),
    # two units, two periods: all of it
    (Additivity.SUM, [Amount(1, 1, 3), Amount(1, 2, 4), Amount(2, 1, 5)], 12),
    # of each unit its last period
    (Additivity.LAST, [Amount(1, 1, 30), Amount(1, 2, 40), Amount(2, 1, 5)], 45),
    # two reports of one period that one unit answers for since a merger: both stand
    (Additivity.LAST, [Amount(1, 1, 30), Amount(1, 1, 12)], 42),
    # a name that two units and two periods have is one; the sum of their own figures would be five
    (
        Additivity.DISTINCT,
        [Amount(1, 1, 2, frozenset({"lao", "trung quoc"})), Amount(2, 1, 2, frozenset({"lao", "han quoc"})),
         Amount(1, 2, 1, frozenset({"lao"}))],
        3,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("additivity", "amounts", "whole"), ADDED)
def test_added(additivity: Additivity, amounts: list[Amount], whole: int) -> None:
    assert added(additivity, amounts) == whole


amounts = st.lists(
    st.builds(
        Amount,
        unit=st.integers(1, 4),
        order=st.integers(1, 3),
        value=st.integers(0, 1000),
        keys=st.frozensets(st.sampled_from("abcdef")),
    ),
    max_size=12,
)


@given(amounts, st.randoms(use_true_random=False))
def test_the_order_makes_no_difference(rows: list[Amount], chance: object) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    for additivity in Additivity:
        assert added(additivity, shuffled) == added(additivity, rows)


@given(amounts, amounts)
def test_what_is_added_in_two_steps_is_conserved(one: list[Amount], other: list[Amount]) -> None:
    whole = added(Additivity.SUM, one + other)
    assert whole == added(Additivity.SUM, one) + added(Additivity.SUM, other)
    names = added(Additivity.DISTINCT, one + other)
    parts = added(Additivity.DISTINCT, one), added(Additivity.DISTINCT, other)
    assert max(parts) <= names <= sum(parts)


@given(amounts)
def test_a_merger_changes_no_sum_and_no_count_of_names(rows: list[Amount]) -> None:
    merged = [Amount(1 if row.unit == 2 else row.unit, row.order, row.value, row.keys) for row in rows]
    for additivity in (Additivity.SUM, Additivity.DISTINCT):
        assert added(additivity, merged) == added(additivity, rows)


ROWS = [
    Row("a1", 9, parts=frozenset({"vi", "en"})),
    Row("a2", 4, parts=frozenset({"vi"})),
    Row("a3", 0, parts=frozenset({"zh"})),  # nobody said how many
]


def test_a_figure_has_the_rows_that_make_it() -> None:
    assert (figure(ROWS, Additivity.SUM).value, figure(ROWS, Additivity.SUM).receipts) == (13, ("a1", "a2"))
    assert figure(ROWS, Additivity.SUM, "en").value == 9
    assert figure(ROWS, Additivity.SUM, "zh") == figure([], Additivity.SUM)
    named = [Row("a1", 0, frozenset({"lao", "trung quoc"})), Row("a2", 0, frozenset({"lao"}))]
    assert figure(named, Additivity.DISTINCT).value == 2


OUTLIERS = [
    # too few periods to say
    (900, [10, 12], False),
    # as usual
    (13, [10, 12, 11, 14], False),
    # ten times as much
    (120, [10, 12, 11, 14], True),
    # always the same: a small step is no wonder, a leap is
    (21, [20, 20, 20], False),
    (60, [20, 20, 20], True),
    # nothing, where there always was something
    (0, [40, 42, 38, 41], True),
]


@pytest.mark.parametrize(("value", "past", "strange"), OUTLIERS)
def test_outliers(value: int, past: list[int], strange: bool) -> None:
    assert outlier(value, past) is strange


def test_the_check_finds_what_is_missing_strange_and_said_otherwise() -> None:
    found = check(
        figures={("tap-huan-lop", ""): 12, ("hoc-vien", ""): 500, ("nguoi", ""): 540, ("can-bo", ""): None},
        past={("tap-huan-lop", ""): [1, 2, 1]},
        narrative={"II.1": "Mở mười hai lớp, hơn 500 lượt người; sau đó thêm 700 lượt người.", "II.2": " "},
        said_as={"tap-huan-lop": ["lớp"], "hoc-vien": ["lượt người"], "nguoi": ["lượt người"]},
        part_of={"nguoi": "hoc-vien", "tap-huan-lop": "hoc-vien", "hoc-vien": "can-bo"},
    )
    assert [(doubt.kind, doubt.place, doubt.must) for doubt in found] == [
        (Doubtful.MISSING, "can-bo", True),
        (Doubtful.EMPTY, "II.2", False),
        (Doubtful.OUTLIER, "tap-huan-lop", False),
        (Doubtful.EXCEEDS, "nguoi", False),  # 540 of 500; of a whole that nobody gave nothing is said
        (Doubtful.PROSE, "II.1", False),  # 540 agrees with one of the two that go by this word; 700 with none
    ]
    assert found[-1] == Doubt(Doubtful.PROSE, "II.1", {"said": "700", "word": "lượt người", "counted": (500, 540)})


SATURDAY, MONDAY = dt.date(2026, 3, 14), dt.date(2026, 3, 16)
TIMES = [
    # due on a Saturday: kept on the Monday
    (SATURDAY, MONDAY, MONDAY, Timeliness.ON_TIME),
    (SATURDAY, dt.date(2026, 3, 17), dt.date(2026, 3, 18), Timeliness.LATE),
    (SATURDAY, None, MONDAY, Timeliness.OPEN),
    (SATURDAY, None, dt.date(2026, 3, 17), Timeliness.SILENT),
]


@pytest.mark.parametrize(("due", "sent", "today", "told"), TIMES)
def test_timeliness(due: dt.date, sent: dt.date | None, today: dt.date, told: Timeliness) -> None:
    assert timeliness(due, sent, today, WorkingDays()) == told


def test_sentences_end_where_they_end() -> None:
    text = "Mở 12 lớp, 1.240 lượt người. Đăng 9 bài;\nĐón 2 đoàn"
    assert sentences(text) == ["Mở 12 lớp, 1.240 lượt người.", "Đăng 9 bài;", "Đón 2 đoàn"]


def test_a_sentence_keeps_its_sender_when_it_is_reworded() -> None:
    passages = [(7, "Mở 12 lớp cho thuyết minh viên. Có 540 lượt người."), (9, "Đón hai đoàn khách nước bạn Lào.")]
    text = "Mở 12 lớp cho thuyết minh viên. Đã đón hai đoàn khách từ nước bạn Lào. Nhìn chung kết quả tốt."
    assert [key for _one, key in traced(text, passages)] == [7, 9, None]


RECORDS = [
    ("s1", "Đã mở một lớp cho thuyết minh viên tại phố cổ."),
    ("a2", "Đón đoàn báo chí nước bạn (12/03/2026, Bến Đá)."),
    ("a3", "Hội nghị gặp mặt thân nhân kiều bào (20/03/2026)."),
]

SOURCED = [
    ("Đã mở một lớp cho thuyết minh viên tại phố cổ.", [["s1"]]),  # as it was proposed
    ("Mở một lớp cho thuyết minh viên.", [["s1"]]),  # a part of a row's words
    ("Trong kỳ đơn vị mở lớp thuyết minh viên ở phố cổ.", [["s1"]]),  # reworded
    ("Đón đoàn báo chí nước bạn và gặp mặt thân nhân kiều bào.", [["a2", "a3"]]),  # two in one
    ("Nhìn chung kết quả tốt. Đón đoàn báo chí nước bạn.", [[], ["a2"]]),  # the unit's own words, then a row's
    ("Đã mở.", [["s1"]]),  # the very words of a row, however few
    ("Mở rộng.", [[]]),  # a word in common is no source
    ("", []),
]


@pytest.mark.parametrize(("text", "told"), SOURCED)
def test_each_sentence_names_the_rows_it_tells_of(text: str, told: list[list[str]]) -> None:
    assert sourced(text, RECORDS) == told


def test_a_new_version_tells_its_places() -> None:
    def figure(code: str, of: str, value: int, year: int, **plans: object) -> dict[str, object]:
        return {"code": code, "of": of, "value": value, "year": year, "last": None, "plan": None, **plans}

    old = {
        "period": "2026-H2",
        "figures": [figure("lop", "", 3, 9), figure("bai", "en", 4, 4), figure("tin", "", 1, 2, plan=8)],
        "narrative": [{"heading": "II.1", "text": "Mở 3 lớp."}],
        "units": [{"unit": 5, "state": "OPEN"}],
    }
    new = {
        "period": "2026-H2",
        "figures": [
            figure("lop", "", 5, 11),  # the year so far goes with it
            figure("bai", "en", 4, 6),  # an earlier round was corrected
            figure("tin", "", 1, 2, plan=7, aims={"2026-H2": 3}),
        ],
        "narrative": [{"heading": "II.1", "text": "Mở 3 lớp."}],
        "units": [{"unit": 5, "state": "ACCEPTED"}],
    }
    assert changes(old, new) == [
        Change("figure", "lop/", "3", "5"),
        Change("year", "bai/en", "4", "6"),
        Change("plan", "tin/2026", "8", "7"),
        Change("plan", "tin/2026-H2", "", "3"),
        Change("unit", "5", "OPEN", "ACCEPTED"),
    ]
    assert changes(new, new) == []


MEASURES = [
    # a month: its own, and where a quarter, a half-year or nine months close with it, that
    ("2026-02", ["2026-02", "2026"], ["2026-02"]),
    ("2026-03", ["2026-03", "2026-Q1", "2026"], ["2026-03", "2026-Q1"]),
    ("2026-06", ["2026-06", "2026-H1", "2026"], ["2026-06", "2026-H1"]),
    # a quarter, not the first: the year so far has another target than the quarter
    ("2026-Q1", ["2026-Q1", "2026"], ["2026-Q1"]),
    ("2026-Q2", ["2026-Q2", "2026-H1", "2026"], ["2026-Q2", "2026-H1"]),
    ("2026-Q3", ["2026-Q3", "2026-M9", "2026"], ["2026-Q3", "2026-M9"]),
    # from the year's beginning: one target is both
    ("2026-H1", ["2026-H1", "2026"], ["2026-H1"]),
    ("2026-M9", ["2026-M9", "2026"], ["2026-M9"]),
    # whatever ends with the year is told apart from the year's
    ("2026-12", ["2026-12", "2026"], ["2026-12", "2026"]),
    ("2026-Q4", ["2026-Q4", "2026"], ["2026-Q4", "2026"]),
    ("2026-H2", ["2026-H2", "2026"], ["2026-H2", "2026"]),
    ("2026", ["2026"], ["2026"]),
    # weeks belong to no part of the year
    ("2026-W12", ["2026-W12", "2026"], ["2026-W12"]),
]


@pytest.mark.parametrize(("period", "by", "closing"), MEASURES)
def test_by_which_targets_a_round_is_measured(period: str, by: list[str], closing: list[str]) -> None:
    assert measures(period) == by
    assert [aimed for aimed in by if closes_with(aimed, period)] == closing
    assert aimed_periods(period)[0] == "2026"
    assert set(by) <= set(aimed_periods(period))


@pytest.mark.parametrize(
    ("done", "aim", "told"),
    [
        (0, 4, 0),
        (1, 3, 33),
        (1, 8, 13),  # 12,5 rounds up
        (9, 4, 225),  # more than was planned
        (3, 0, None),  # nothing was to be reached
        (10**15 - 1, 10**15, 100),  # money, without a float
    ],
)
def test_how_much_of_a_target_is_reached(done: int, aim: int, told: int | None) -> None:
    assert share(done, aim) == told


def test_the_data_is_whole() -> None:
    for form in forms().values():
        assert form.source
        for one in form.indicators(dt.date(2026, 11, 28)):
            assert one.definition
            assert one.english
            assert one.source
    # the press form's own counters hold since the decree does, and are asked of who has a spokesperson
    asked = indicators()["bao-chi-yeu-cau"]
    assert (asked.valid_on(dt.date(2026, 6, 30)), asked.valid_on(dt.date(2026, 7, 1))) == (False, True)
    assert (asked.asked_of("phuong"), asked.asked_of("ban_dang")) == (True, False)
    # a part stands in a form beside its whole
    for form in forms().values():
        codes = {one.code for one in form.indicators(dt.date(2026, 11, 28))}
        assert all(one.part_of in codes for one in form.indicators(dt.date(2026, 11, 28)) if one.part_of)
    assert {row for one in indicators().values() for row in one.levels} <= set(all_kinds())
    # what activities are picked by is a word that they can bear
    forms_of = {"EVENT": EventForm, "PRESS": PressForm}
    for how in filter(None, (one.counting for one in indicators().values())):
        for field, word in (*how.where.items(), *how.unless.items()):
            assert field == "form"
            assert word in forms_of[how.kind].values
