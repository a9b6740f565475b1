"""A round from its opening to the report put together: filled in, sent, returned, accepted, added up, corrected."""

import datetime as dt
from contextlib import nullcontext

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import NOW, TODAY, a_unit, at
from reporting.rounds_work import TYPED, Work
from xulang.activities import services as activities
from xulang.activities.enums import Kind
from xulang.adapters.reader import read_directive
from xulang.organisation import reorganising
from xulang.organisation.canonical import canonical
from xulang.organisation.enums import Role, UnitsOf, Verb
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Line, Post, PostHolding
from xulang.papers.checking.check import check
from xulang.papers.draft_lint import lint
from xulang.plumbing.errors import ReasonNeeded
from xulang.plumbing.models import JournalEntry
from xulang.programme import services as programme_services
from xulang.programme.enums import Cadence, EntryKind, ReportState
from xulang.programme.models import ExpectedReport
from xulang.programme.papering import signers_of
from xulang.reading.directive.read import read_file
from xulang.registry import numbering
from xulang.registry.errors import DayToCome
from xulang.registry.models import Directive, OutgoingPaper
from xulang.reporting import consolidating, errors, papering, rules, selectors, services
from xulang.reporting.counting import counted
from xulang.reporting.enums import Additivity, LineKind
from xulang.reporting.enums import ReportState as State
from xulang.reporting.indicators import forms, indicators
from xulang.reporting.models import Figure, FigureKey, UnitReport
from xulang.reporting.preparing import prepared
from xulang.reporting.services.telling import project, stands
from xulang.reporting.totals import totals
from xulang.reporting.year import lacks

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(reporting_work: Work) -> Work:
    return reporting_work


# --- Counting ---


def test_a_figure_is_counted_with_its_receipts(work: Work) -> None:
    first = work.done(attended=32, women=19, sessions=3)
    second = work.done(attended=8, women=1)
    taken_back = work.done(attended=100)
    activities.withdraw(activity=taken_back, reason="ghi nhầm", by=work.town.ward_officer, now=NOW)
    work.done(attended=7, day=dt.date(2026, 3, 15))  # after the cut-off
    asked = [indicators()["tap-huan-lop"], indicators()["tap-huan-hoc-vien"], indicators()["nhiem-vu-den-ky"]]
    found = counted(asked, units=[work.town.ward.pk], first=work.round.starts, last=work.round.cut_off)
    receipts = (f"a{first.pk}", f"a{second.pk}")
    assert (found["tap-huan-lop", ""].value, found["tap-huan-lop", ""].receipts) == (2, receipts)
    assert found["tap-huan-hoc-vien", ""].value == 40
    expected = ExpectedReport.objects.get(assignment=work.boards, period="2026-03")
    assert found["nhiem-vu-den-ky", ""].receipts == (f"b{expected.pk}",)


def test_parts_overlap_and_names_are_counted_once(work: Work) -> None:
    work.done(Kind.PUBLICATION, items=9, channel="PORTAL")
    work.done(Kind.EVENT, countries="Lào, Trung Quốc")
    work.done(Kind.EVENT, countries="lào")
    asked = [indicators()["tin-bai"], indicators()["nuoc-vung-lanh-tho"]]
    found = counted(asked, units=[work.town.ward.pk], first=work.round.starts, last=work.round.cut_off)
    parts = {of: one.value for (code, of), one in found.items() if code == "tin-bai"}
    assert parts == {"": 9, "vi": 9, "en": 9}
    assert found["nuoc-vung-lanh-tho", ""].value == 2


def test_who_goes_out_is_no_guest_and_what_is_parted_is_the_same_whole(work: Work) -> None:
    work.done(Kind.EVENT, form="DELEGATION_IN", delegations=2, people=30, foreigners=24, countries="Lào")
    work.done(Kind.EVENT, form="DELEGATION_OUT", delegations=1, people=6, countries="Trung Quốc")
    work.done(Kind.PRESS, form="NEWSROOM_VISIT", outlets="VOV, NHK", outlet_count=2, foreign_outlets=1)
    work.done(Kind.PUBLICATION, items=9, content="EXPLANATION")
    work.done(Kind.PUBLICATION, items=4, content="PROMOTION")
    span = {"first": work.round.starts, "last": work.round.cut_off}
    found = counted(indicators().values(), units=[work.town.ward.pk], **span)
    told = {
        "doan-khach": 2, "su-kien-nguoi": 30, "khach-nuoc-ngoai": 24, "nuoc-vung-lanh-tho": 1, "doan-di": 1,
        "doan-di-nguoi": 6, "doan-bao-chi": 1, "bao-chi-nuoc-ngoai": 1, "hop-bao": 0,
    }  # fmt: skip
    assert {code: found[code, ""].value for code in told} == told
    parts = {of: one.value for (code, of), one in found.items() if code == "tin-bai-theo-noi-dung"}
    assert parts == {"": 13, "EXPLANATION": 9, "PROMOTION": 4}


# --- A round is opened ---


def test_each_level_has_its_own_day(work: Work) -> None:
    assert (work.round.starts, work.round.cut_off) == (dt.date(2026, 2, 15), dt.date(2026, 3, 14))
    assert {report.due for report in work.round.reports.all()} == {dt.date(2026, 3, 17)}
    assert work.round.due == dt.date(2026, 3, 19)  # the city consolidates after them
    assert set(work.round.reports.values_list("asked_of", flat=True)) == {work.town.ward.pk, work.town.culture.pk}


# Which days are set, and what becomes of them: the units' and the whole's. March closes on the 14th.
SET = [
    ({"due": dt.date(2026, 3, 25)}, (17, 25)),  # a later whole leaves the units theirs
    ({"due": dt.date(2026, 3, 16)}, (15, 16)),  # an earlier one draws the units before it
    ({"due": dt.date(2026, 3, 14)}, (14, 14)),  # on the very day of closing nothing lies before
    ({"units_due": dt.date(2026, 3, 18)}, (18, 19)),
    ({"units_due": dt.date(2026, 3, 20)}, None),  # after the whole
    ({"units_due": dt.date(2026, 3, 13)}, None),  # before the figures close
    ({"due": dt.date(2026, 3, 13)}, None),
]
FAR = [({"due": dt.date(2027, 3, 15)}, True), ({"due": dt.date(2126, 3, 25)}, False)]  # a year on; a slip of the year


@pytest.mark.parametrize(("said", "days"), SET)
def test_a_superior_may_set_other_days(work: Work, said: dict[str, dt.date], days: tuple[int, int] | None) -> None:
    form = forms()["phat-ngon"]
    if days is None:
        with pytest.raises(errors.DueOutOfOrder):
            work.opened("2026-03", form=form, **said)
    else:
        made = work.opened("2026-03", form=form, **said)
        assert ({one.due.day for one in made.reports.all()}, made.due.day) == ({days[0]}, days[1])


@pytest.mark.parametrize(("said", "taken"), FAR)
def test_a_slip_in_the_year_is_told(work: Work, said: dict[str, dt.date], taken: bool) -> None:
    form = forms()["phat-ngon"]
    if taken:
        assert work.opened("2026-03", form=form, **said).due == said["due"]
    else:
        with pytest.raises(errors.DueTooFar, match="25/03/2126"):
            work.opened("2026-03", form=form, **said)


def test_the_yearly_form_on_the_press_is_due_before_its_day(work: Work) -> None:
    # a city consolidates for seven days by the regime; the decree wants it before the 20th
    said = {"cadence": Cadence.YEAR}
    plain, press = (work.opened("2026", form=forms()[code], **said) for code in ("thong-tin-doi-ngoai", "phat-ngon"))
    assert (plain.due, press.due) == (dt.date(2026, 12, 21), dt.date(2026, 12, 19))
    assert {one.due for one in press.reports.all()} == {dt.date(2026, 12, 18)}


def test_who_may_not_open_what(work: Work) -> None:
    with pytest.raises(NotPermitted):
        work.opened("2026-04", by=work.town.ward_officer)
    with pytest.raises(errors.RoundThere):
        work.opened("2026-03")
    with pytest.raises(errors.NoSuchPeriod):
        work.opened("2031-04")
    with pytest.raises(errors.NoUnits):
        work.opened("2026-04", units=[work.town.finance.pk])


# --- A unit reports ---


def test_what_is_on_record_is_filled_in(work: Work) -> None:
    work.done(attended=32)
    programme_services.report(
        assignment=work.boards, kind=EntryKind.PROGRESS, note="Đã mở một lớp.", by=work.town.ward_officer, now=NOW
    )
    whole = prepared(work.ward, TODAY)
    assert whole.filled >= 0.7
    (part,) = whole.parts
    assert part.heading.code == "II.1"
    assert part.text.splitlines()[0] == "Đã mở một lớp."
    assert [told.receipt[0] for told in part.told] == ["s", "a"]
    assert [doubt.place for doubt in whole.doubts if doubt.must] == [
        "van-ban-da-ban-hanh",
        "can-bo-phu-trach",
        "nguoi-theo-doi",
    ]


def test_a_report_is_sent_returned_corrected_and_accepted(work: Work) -> None:
    work.done(attended=32)
    with pytest.raises(errors.Unfinished):
        services.send(report=work.ward, by=work.town.ward_officer, now=NOW)
    text = {"II.1": "Mở 12 lớp."}
    services.save_draft(report=work.ward, entered=TYPED, narrative=text, by=work.town.ward_officer, now=NOW)
    with pytest.raises(errors.NotSeen):  # twelve are said, one is on record
        services.send(report=work.ward, by=work.town.ward_officer, now=NOW)
    work.send()
    with pytest.raises(errors.NotOpen):
        work.send()
    with pytest.raises(ReasonNeeded):
        services.return_report(report=work.ward, reason=" ", by=work.town.lead, now=NOW)
    services.return_report(report=work.ward, reason="Số lớp khác sổ.", by=work.town.lead, now=NOW)
    work.ward.refresh_from_db()
    assert (work.ward.state, Figure.objects.count()) == (State.RETURNED, 0)
    work.send()
    work.accept()
    work.ward.refresh_from_db()
    assert work.ward.state == State.ACCEPTED
    assert Figure.objects.get(report=work.ward, code="tap-huan-hoc-vien").value == 32
    assert [line.kind for line in work.ward.lines.all()] == ["ASKED", "SENT", "RETURNED", "SENT", "ACCEPTED"]
    assert [JournalEntry.objects.filter(action=f"unit_report.{verb}").count() for verb in ("sent", "accepted")] == [
        2,
        1,
    ]


def test_a_unit_never_accepts_its_own(work: Work) -> None:
    work.send()
    for person in (work.town.ward_officer, work.town.finance_officer, work.town.administrator):
        with pytest.raises(NotPermitted):
            services.accept(report=work.ward, by=person, now=NOW)
    own = work.of(work.town.culture)
    work.send(own, work.town.lead)
    with pytest.raises(NotPermitted):
        services.accept(report=own, by=work.town.lead, now=NOW)
    services.accept(report=own, by=work.town.leader, now=NOW)  # the focal unit's own goes to the leader above


def test_nobody_types_what_is_counted(work: Work) -> None:
    by = {"by": work.town.ward_officer, "now": NOW}
    with pytest.raises(errors.NotEntered):
        services.save_draft(report=work.ward, entered={"tap-huan-lop": 5}, narrative={}, **by)
    with pytest.raises(errors.BadNumber):
        services.save_draft(report=work.ward, entered={"can-bo-phu-trach": -1}, narrative={}, **by)
    with pytest.raises(NotPermitted):
        services.save_draft(report=work.ward, entered={}, narrative={}, by=work.town.commune_officer, now=NOW)


def test_nothing_new_is_one_click(work: Work) -> None:
    line = services.nothing_new(report=work.ward, by=work.town.ward_officer, now=NOW)
    assert line.kind == LineKind.NIL
    duty = ExpectedReport.objects.get(assignment=work.boards, period="2026-03")
    assert (duty.state, duty.report_entry.kind) == (ReportState.REPORTED, EntryKind.NIL)  # type: ignore[union-attr]
    culture = ExpectedReport.objects.get(assignment=work.friends, period="2026-03")
    assert culture.state == ReportState.EXPECTED


def test_nothing_new_is_refused_where_something_is_on_record(work: Work) -> None:
    work.done(attended=3)
    with pytest.raises(errors.SomethingDone):
        services.nothing_new(report=work.ward, by=work.town.ward_officer, now=NOW)
    assert ExpectedReport.objects.get(assignment=work.boards, period="2026-03").state == ReportState.EXPECTED


# What the unit typed before: a sum tells of work, a stock and a blank passage do not.
@pytest.mark.parametrize(
    ("entered", "text", "refused"),
    [({"van-ban-da-ban-hanh": 2}, "", True), ({}, "Mở một lớp.", True), ({"can-bo-phu-trach": 3}, " ", False)],
)
def test_nothing_new_is_refused_where_something_was_typed(
    work: Work, entered: dict[str, int], text: str, refused: bool
) -> None:
    by = {"by": work.town.ward_officer, "now": NOW}
    heading = prepared(work.ward, TODAY).parts[0].heading.code
    services.save_draft(report=work.ward, entered=entered, narrative={heading: text}, **by)
    with pytest.raises(errors.SomethingDone) if refused else nullcontext():
        assert services.nothing_new(report=work.of(work.town.ward), **by).kind == LineKind.NIL


def test_stocks_are_carried_and_leaps_are_noticed(work: Work) -> None:
    work.send()
    work.accept()
    later = work.of(work.town.ward, work.opened("2026-04"))
    whole = prepared(later, dt.date(2026, 4, 1))
    carried = {line.indicator.code: line.value for line in whole.lines if line.carried}
    assert carried == {"can-bo-phu-trach": 3, "nguoi-theo-doi": 500}


def test_the_ledger_is_append_only_and_the_state_can_be_rebuilt(work: Work) -> None:
    work.send()
    work.accept()
    standing = (State.ACCEPTED, TODAY, TODAY, TODAY, 2)
    UnitReport.objects.filter(pk=work.ward.pk).update(state=State.OPEN, sent_on=None, accepted_on=None)
    report = work.of(work.town.ward)
    project(report)
    count = Figure.objects.filter(report=report, code="van-ban-da-ban-hanh").get().value
    assert (report.state, report.sent_on, report.first_sent_on, report.accepted_on, count) == standing
    for table in ("reporting_reportline", "reporting_content"):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(f"UPDATE {table} SET id = id + 1000")


# --- The whole ---


def test_figures_are_added_and_text_keeps_its_sender(work: Work) -> None:
    made = work.done(attended=32)
    work.send()
    work.accept()
    told = consolidating.content_of(work.round)
    figures = {(row["code"], row["of"]): row for row in told["figures"]}
    assert (figures["tap-huan-hoc-vien", ""]["value"], figures["tap-huan-hoc-vien", ""]["last"]) == (32, None)
    (heading, other) = told["narrative"]
    assert heading["passages"][0]["unit"] == work.town.ward.pk
    assert heading["passages"][0]["receipts"] == [f"a{made.pk}"]
    assert heading["passages"][0]["traces"] == [[f"a{made.pk}"]]
    assert other["passages"] == []
    assert {row["unit"]: row["state"] for row in told["units"]} == {
        work.town.ward.pk: State.ACCEPTED,
        work.town.culture.pk: State.OPEN,  # silent, and named
    }


def test_the_same_input_gives_the_same_bytes(work: Work) -> None:
    work.done(attended=32)
    work.send()
    work.accept()
    first = services.consolidate(round=work.round, by=work.town.lead, now=NOW)
    assert consolidating.canonical(consolidating.content_of(work.round)) == first.content
    with pytest.raises(errors.NothingChanged):
        services.consolidate(round=work.round, by=work.town.lead, now=at(dt.date(2026, 5, 1)))


def test_a_late_correction_lists_the_places_it_changes(work: Work) -> None:
    work.done(attended=32)
    work.send()
    work.accept()
    services.consolidate(round=work.round, by=work.town.lead, now=NOW)
    services.return_report(report=work.ward, reason="Thiếu một lớp.", by=work.town.lead, now=NOW)
    work.done(attended=8)
    work.send(**{"van-ban-da-ban-hanh": 4})
    work.accept()
    second = services.consolidate(round=work.round, by=work.town.lead, now=NOW)
    assert second.number == 2
    changed = {row["place"]: (row["before"], row["after"]) for row in second.changes if row["what"] == "figure"}
    assert changed["tap-huan-hoc-vien/"] == ("32", "40")
    assert changed["van-ban-da-ban-hanh/"] == ("2", "4")
    assert work.round.consolidations.get(number=1).told["figures"] != second.told["figures"]


def test_an_edit_keeps_the_link_and_tells_when_its_sources_change(work: Work) -> None:
    work.done(attended=32)
    work.send()
    work.accept()
    services.edit_text(round=work.round, heading="II.1", text="Đã mở một lớp.", by=work.town.lead, now=NOW)
    part = consolidating.content_of(work.round)["narrative"][0]
    assert (part["text"], part["edited"], part["stale"]) == ("Đã mở một lớp.", True, False)
    assert part["passages"][0]["unit"] == work.town.ward.pk
    services.return_report(report=work.ward, reason="Viết rõ hơn.", by=work.town.lead, now=NOW)
    by = {"by": work.town.ward_officer, "now": NOW}
    services.save_draft(report=work.ward, entered={}, narrative={"II.1": "Mở lớp ở ba khu phố."}, **by)
    work.send()
    work.accept()
    assert consolidating.content_of(work.round)["narrative"][0]["stale"]
    services.edit_text(round=work.round, heading="II.1", text="", by=work.town.lead, now=NOW)
    part = consolidating.content_of(work.round)["narrative"][0]
    assert (part["text"], part["edited"]) == ("Mở lớp ở ba khu phố.", False)
    assert [one.text for one in work.round.edits.order_by("id")] == ["Đã mở một lớp.", ""]  # nothing is forgotten


def test_what_the_plan_wants_stands_beside(work: Work) -> None:
    values: dict[str, int | None] = {"tap-huan-lop": 6}
    said = {"programme": work.programme, "by": work.town.lead, "now": NOW}
    services.set_targets(period="2026", values=values, **said)
    told = {row["code"]: row["plan"] for row in consolidating.content_of(work.round)["figures"] if not row["of"]}
    assert (told["tap-huan-lop"], told["tin-bai"]) == (6, None)
    for refused in ("2026-W12", "2026-13", "x"):
        with pytest.raises(errors.NoSuchPeriod):
            services.set_targets(period=refused, values=values, **said)


def test_a_round_is_measured_by_the_targets_of_its_period_the_year_so_far_and_the_year(work: Work) -> None:
    said = {"programme": work.programme, "by": work.town.lead, "now": NOW}
    june = work.opened("2026-06")
    days = {"sent_on": TODAY, "first_sent_on": TODAY, "accepted_on": TODAY}
    UnitReport.objects.filter(round=june, unit=work.town.ward).update(state=State.ACCEPTED, **days)
    for round, lessons in ((work.round, 1), (june, 2)):
        told = [{"code": "tap-huan-lop", "of": "", "value": lessons, "keys": []}]
        stands(work.of(work.town.ward, round), told)
    first = services.consolidate(round=june, by=work.town.lead, now=NOW)
    assert (consolidating.targets_in(first.told), "aims" in first.told["figures"][0]) == ([], False)
    for period, aim in (("2026", 9), ("2026-H1", 4), ("2026-06", 1), ("2026-M9", 5), ("2026-Q2", 7)):
        services.set_targets(period=period, values={"tap-huan-lop": aim}, **said)
    second = services.consolidate(round=june, by=work.town.lead, now=NOW)
    content = second.told
    row = next(row for row in content["figures"] if row["code"] == "tap-huan-lop")
    assert [
        (aimed, consolidating.aim_of(row, aimed, content["period"])) for aimed in consolidating.targets_in(content)
    ] == [
        ("2026-06", consolidating.Aim(done=2, value=1, step=1, share=200)),
        ("2026-H1", consolidating.Aim(done=3, value=4, step=-1, share=75)),  # the year so far
        ("2026", consolidating.Aim(done=3, value=9, step=None, share=33)),  # goes on: no difference yet
    ]
    assert [(one["what"], one["place"], one["after"]) for one in second.changes] == [
        ("plan", "tap-huan-lop/2026", "9"),
        ("plan", "tap-huan-lop/2026-06", "1"),
        ("plan", "tap-huan-lop/2026-H1", "4"),
    ]
    (annex,) = papering.paper_of(second).annexes
    assert annex.landscape
    assert [column.title for column in annex.blocks[0].columns][3:] == [  # type: ignore[union-attr]
        *("Kỳ này", "Từ đầu năm (*)", "Kế hoạch kỳ này", "Đạt (%)", "Kế hoạch 6 tháng đầu năm\xa02026", "Đạt (%)"),
        *("Kế hoạch năm", "Đạt (%)"),
    ]
    assert check(papering.docx_of(second)) == []


def test_the_year_so_far_says_what_it_lacks(work: Work) -> None:
    assert "year_lacks" not in consolidating.content_of(work.round)  # the plan's first period
    may = work.opened("2026-05")
    assert consolidating.content_of(may)["year_lacks"] == [
        {"period": "2026-03", "asked": 2, "accepted": 0},
        {"period": "2026-04", "asked": 0, "accepted": 0},  # never opened
    ]
    work.send()
    work.accept()
    told = [{"code": "tap-huan-lop", "of": "", "value": 2, "keys": []}]
    days = {"sent_on": TODAY, "first_sent_on": TODAY, "accepted_on": TODAY}
    UnitReport.objects.filter(round=may).update(state=State.ACCEPTED, **days)
    stands(work.of(work.town.ward, may), told)
    first = services.consolidate(round=may, by=work.town.lead, now=NOW)
    assert lacks(first.told) == "tháng 3/2026 (1/2 đơn vị có báo cáo); tháng 4/2026 (không mở kỳ báo cáo)"
    (annex,) = papering.paper_of(first).annexes
    table, note = annex.blocks
    assert [column.title for column in table.columns][3:] == ["Kỳ này", "Từ đầu năm (*)"]
    assert lacks(first.told) in note.words
    assert check(papering.docx_of(first)) == []
    culture = work.of(work.town.culture)
    work.send(culture, work.town.lead)
    services.accept(report=culture, by=work.town.leader, now=NOW)
    work.opened("2026-04")
    second = services.consolidate(round=may, by=work.town.lead, now=NOW)
    assert [(row["place"], row["before"], row["after"]) for row in second.changes if row["what"] == "lack"] == [
        ("2026-04", "0/0", "0/2"),
        ("2026-03", "1/2", ""),
    ]


def test_a_figure_opens_on_the_periods_before_it(work: Work) -> None:
    work.done(Kind.EVENT, countries="Lào, Trung Quốc", people=40)
    work.send()
    work.accept()
    april = work.opened("2026-04")
    told = {cell: [(one.round, one.value, one.of_year) for one in selectors.before(april, cell)] for cell in CELLS}
    assert told == {cell: [(work.round, value, True)] for cell, value in CELLS.items()}
    assert selectors.before(work.round, ("su-kien-nguoi", "")) == []


# A sum, names, and a figure that nobody gave.
CELLS = {("su-kien-nguoi", ""): 40, ("nuoc-vung-lanh-tho", ""): 2, ("tin-bai", "en"): 0}


@settings(max_examples=15, deadline=None)  # each makes a town
@given(
    st.lists(
        st.tuples(st.integers(0, 1), st.integers(0, 2), st.integers(0, 50), st.frozensets(st.sampled_from("abcd"))),
        max_size=6,
        unique_by=lambda row: row[:2],
    )
)
def test_the_database_adds_as_the_rule_does(rows: list[tuple[int, int, int, frozenset[str]]]) -> None:
    with transaction.atomic():
        work = Work()
        rounds = [work.round, work.opened("2026-04"), work.opened("2026-05")]
        units = [work.town.ward, work.town.culture]
        codes = {"tin-bai": Additivity.SUM, "can-bo-phu-trach": Additivity.LAST, "co-quan-bao-chi": Additivity.DISTINCT}
        amounts = []
        for unit, order, value, keys in rows:
            told = [{"code": code, "of": "", "value": value, "keys": sorted(keys)} for code in codes]
            told = [row | ({"keys": []} if row["code"] != "co-quan-bao-chi" else {}) for row in told]
            stands(work.of(units[unit], rounds[order]), told)
            amounts.append(rules.Amount(unit, order, value, keys))
        found = totals([one.pk for one in rounds])
        for code, additivity in codes.items():
            assert found.get((code, ""), 0) == rules.added(additivity, amounts)
        transaction.set_rollback(True)


# --- Reorganisations ---


def test_a_report_follows_a_reorganisation_and_comes_back(work: Work) -> None:
    work.done(attended=32)
    work.send()
    work.accept()
    before, bytes_before = consolidating.content_of(work.round)["figures"], canonical(TODAY)
    act = reorganising.draft(title="Sáp nhập", basis="Nghị quyết 01/NQ", on=TODAY, by=None, now=NOW)
    new = Line(verb=Verb.ESTABLISH, kind="phuong", name="UBND phường Thủy Vân", parent=work.town.home)
    merged = Line(verb=Verb.MERGE, unit=work.town.ward, to_line=new, main=True)
    reorganising.add_lines(act=act, lines=[new, merged], by=None, now=NOW)
    reorganising.apply(act=act, by=work.town.administrator, now=NOW)
    report = UnitReport.objects.get(pk=work.ward.pk)
    assert report.unit != work.town.ward
    assert report.asked_of == work.town.ward
    assert consolidating.content_of(work.round)["figures"] == before
    asked = [indicators()["tap-huan-hoc-vien"]]
    span = {"first": work.round.starts, "last": work.round.cut_off}
    then = counted(asked, units=[report.unit_id], **span)
    assert then["tap-huan-hoc-vien", ""].value == 32
    assert counted(asked, units=[work.town.ward.pk], **span)["tap-huan-hoc-vien", ""].value == 0
    reorganising.undo(act=act, basis="Nghị quyết 02/NQ", on=TODAY, by=work.town.administrator, now=NOW)
    assert canonical(TODAY) == bytes_before


def test_a_list_reads_on_the_units_of_the_day_or_on_todays(work: Work) -> None:
    work.send()
    now = at(dt.date(2026, 3, 20))
    act = reorganising.draft(title="Sáp nhập", basis="Nghị quyết 01/NQ", on=now.date(), by=None, now=now)
    merged = Line(verb=Verb.MERGE, unit=work.town.ward, to=work.town.culture, main=True)
    reorganising.add_lines(act=act, lines=[merged], by=None, now=now)
    reorganising.apply(act=act, by=work.town.administrator, now=now)
    ward, culture = (unit.name_on(TODAY) for unit in (work.town.ward, work.town.culture))
    told = {
        units_of: {row.name: (row.asked, row.on_time) for row in rows}
        for units_of in UnitsOf
        for rows in [selectors.punctuality(work.town.lead, now.date(), [work.round], units_of)]
    }
    assert told == {
        UnitsOf.TODAY: {culture: (2, 1)},  # both reports of the round are its own now
        UnitsOf.THE_DAY: {ward: (1, 1), culture: (1, 0)},
    }
    (given,) = [one for one in selectors.reports_of(work.round, work.town.lead, now.date()) if one.sent_on]
    assert [selectors.called(given, units_of, now.date()) for units_of in (UnitsOf.TODAY, UnitsOf.THE_DAY)] == [
        culture,
        ward,
    ]


def test_rows_are_seen_by_scope(work: Work) -> None:
    beside = a_unit("Phòng Nội vụ", "phong", work.town.home)
    assert beside
    seen = {
        person.full_name: UnitReport.objects.for_user(person, TODAY).count()
        for person in (work.town.lead, work.town.ward_officer, work.town.leader, work.town.commune_officer)
    }
    assert list(seen.values()) == [2, 1, 2, 0]
    assert FigureKey.objects.for_user(work.town.auditor, TODAY).count() == 0


# --- The official paper ---


def test_a_version_goes_out_as_a_paper_in_form(work: Work) -> None:
    Directive.objects.filter(pk=work.programme.directive_id).update(issuer="UBND thành phố Mường Hoa")
    work.done(attended=32)
    work.send()
    work.accept()
    version = services.consolidate(round=work.round, by=work.town.lead, now=NOW)
    draft = papering.docx_of(version)
    assert papering.docx_of(version) == draft
    assert check(draft) == []
    (leader,) = signers_of(work.town.home, TODAY)
    told = {"symbol": "BC-UBND", "issued_on": TODAY, "signer": leader.holding, "by": work.town.lead, "now": NOW}
    made = services.issue(version=version, **told)
    assert (made.paper.number, made.paper.signer, tuple(made.lines)) == (
        1,
        work.town.leader.full_name,
        leader.signature.lines,
    )
    issued = papering.docx_of(version)
    assert issued != draft
    assert [str(fault) for fault in check(issued)] == []
    assert lint(read_file(issued, name="bao-cao.docx")) == []
    told_of = papering.paper_of(version)
    (annex,) = told_of.annexes
    (table,) = annex.blocks
    # no period before it, no plan of the year: nothing is told of them; every line names its unit of measure
    assert [column.title for column in table.columns] == ["TT", "Chỉ tiêu", "Đơn vị tính", "Kỳ này", "Từ đầu năm"]
    assert all(cell for row in table.rows if len(row.cells) > 1 for cell in row.cells[1:])
    opening, *_sections, ending = told_of.body
    assert opening.words.endswith("báo cáo kết quả tháng 3/2026 như sau:")
    assert ending.words.startswith("Trên đây là kết quả thực hiện ")
    text = read_directive(issued, "bao-cao.docx")
    assert (text["header"]["number"]["value"], text["header"]["symbol"]["value"]) == ("01", "BC-UBND")
    with pytest.raises(errors.AlreadyNumbered):
        services.issue(version=version, **told)
    numbering.cancel_number(paper=made.paper, reason="Ghi nhầm ngày", by=work.town.lead, now=NOW)
    assert papering.docx_of(version) == draft
    again = services.issue(version=version, **told)
    assert again.paper.code == "02/BC-UBND"  # the cancelled number is not given again
    assert papering.paper_of(version).number == 2


def test_who_may_sign_on_the_day_of_issue_signs_and_nobody_else(work: Work) -> None:
    work.send()
    work.accept()
    version = services.consolidate(round=work.round, by=work.town.lead, now=NOW)
    later = TODAY + dt.timedelta(days=2)
    head = PostHolding.objects.get(person=work.town.leader, post__role=Role.LEADER)
    PostHolding.objects.filter(pk=head.pk).update(valid_to=later)  # the last day is the one before
    post = Post.objects.create(unit=work.town.home, title="Phó Chủ tịch", role=Role.LEADER)
    deputy = PostHolding.objects.create(post=post, person=work.town.finance_officer, valid_from=later)
    own = PostHolding.objects.get(person=work.town.lead)  # who puts the report together signs it not
    told = {"version": version, "symbol": "BC-UBND", "by": work.town.lead, "now": at(later)}
    refused = [
        (head.pk, later, errors.NotSigner),  # gone on the day
        (deputy.pk, TODAY, errors.NotSigner),  # not there yet
        (own.pk, later, errors.NotSigner),
        (head.pk, TODAY - dt.timedelta(days=1), errors.BeforeMade),
        (deputy.pk, later + dt.timedelta(days=1), DayToCome),
    ]
    for signer, day, why in refused:
        with pytest.raises(why):
            services.issue(signer=signer, issued_on=day, **told)
    assert not OutgoingPaper.objects.exists()  # what is refused takes no number
    made = services.issue(signer=deputy.pk, issued_on=later, **told)
    assert (made.paper.code, made.lines) == ("01/BC-UBND", ["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"])
