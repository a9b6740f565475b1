"""The four figures as of any day, against a reckoning from scratch on random histories; projections likewise."""

import datetime as dt
import random

import pytest
from django.db import connection

from builders import ONGOING, TODAY, Said, a_person, a_town, an_issued_programme, at
from xulang.organisation.enums import UnitsOf
from xulang.programme import courses, selectors, services
from xulang.programme.enums import Bucket, EntryKind, ReportState
from xulang.programme.models import Assignment, Closing, CourseDrawn, Entry, ExpectedReport, Programme
from xulang.programme.rebuild import rebuild
from xulang.programme.selectors import Figures
from xulang.programme.services import NewEvidence

pytestmark = pytest.mark.django_db

WARDS = Said("Treo bảng", ["*UBND các phường, xã"])
DATED = Said("Lập dự toán", ["Phòng Tài chính - Kế hoạch"], deadline=("date", "2026-04-30", None))
LINK = NewEvidence(url="https://muonghoa.example/1")


MORE = dt.timedelta(days=12)  # an extension reaches so far


def day_of(number):
    """A day of the programme's first quarter of a year."""
    return TODAY + dt.timedelta(days=number)


def a_story(town):
    """One dated report: reported late, returned, reported again, confirmed."""
    an_issued_programme(town, DATED)
    assignment = Assignment.objects.get()
    expected = assignment.expected.get()

    def report(day):
        return services.report(
            assignment=assignment,
            expected=expected,
            kind=EntryKind.DONE,
            evidence=[LINK],
            by=town.finance_officer,
            now=at(day),
        )

    first = report(dt.date(2026, 4, 29))
    services.return_report(entry=first, reason="Thiếu", by=town.lead, now=at(dt.date(2026, 5, 5)))
    second = report(dt.date(2026, 5, 6))
    services.confirm(entry=second, by=town.lead, now=at(dt.date(2026, 5, 8)))


# the day asked for, the figures then
DAYS = [
    # before issue there is nothing
    (dt.date(2026, 3, 9), Figures()),
    (dt.date(2026, 3, 10), Figures(open_in_time=1)),
    (dt.date(2026, 4, 28), Figures(open_in_time=1)),
    # reported in time: the clock stands, though the due day goes by
    (dt.date(2026, 4, 29), Figures(open_in_time=1, waiting=1)),
    (dt.date(2026, 5, 4), Figures(open_in_time=1, waiting=1)),
    # returned: it runs on. 30/04 and what follows are days off, so that the due day was kept on 04/05
    (dt.date(2026, 5, 5), Figures(open_overdue=1)),
    (dt.date(2026, 5, 6), Figures(open_overdue=1, waiting=1)),
    (dt.date(2026, 5, 8), Figures(done_late=1)),
    (dt.date(2027, 1, 1), Figures(done_late=1)),
]


def test_figures_as_of_any_day():
    town = a_town()
    a_story(town)
    told = [(on, selectors.figures(town.leader, dt.date(2027, 1, 1), on=on)) for on, _figures in DAYS]
    assert told == DAYS


def test_figures_are_of_what_one_may_see():
    town = a_town()
    programme = an_issued_programme(town, WARDS, ONGOING)
    on = dt.date(2026, 12, 31)
    everything = selectors.figures(town.leader, TODAY, on=on)
    assert everything == Figures(open_overdue=30)
    assert selectors.figures(town.lead, TODAY, on=on) == everything
    assert selectors.figures(town.ward_officer, TODAY, on=on).total == 10
    for person in (town.finance_officer, town.administrator, town.auditor, a_person()):
        assert selectors.figures(person, TODAY, on=on).total == 0
    assert selectors.figures(town.leader, TODAY, on=on, unit=town.ward).total == 10
    assert selectors.figures(town.leader, TODAY, on=on, programme=programme).total == 30
    other = an_issued_programme(town, DATED)
    assert selectors.figures(town.leader, TODAY, on=on, programme=other).total == 1


def test_number_opens_what_is_behind_it():
    town = a_town()
    a_story(town)
    today = dt.date(2026, 5, 7)
    (row,) = selectors.figure_rows(town.leader, today, on=today, bucket=Bucket.OPEN_OVERDUE)
    assert (row.waiting, row.reported_on, row.confirmed_on) == (True, dt.date(2026, 5, 6), None)
    assert selectors.figure_rows(town.leader, today, on=today, bucket=Bucket.DONE_LATE) == []
    assert len(selectors.figure_rows(town.leader, today, on=today, waiting=True)) == 1
    assert len(selectors.figure_rows(town.leader, today, on=today)) == 1


def test_figures_take_as_many_queries_for_one_as_for_many(django_assert_num_queries):
    town = a_town()
    an_issued_programme(town, WARDS, ONGOING, DATED)
    with django_assert_num_queries(6):  # three for the scope
        selectors.figures(town.leader, TODAY, on=dt.date(2026, 12, 31))
    with django_assert_num_queries(8):
        for row in selectors.figure_rows(town.leader, TODAY, on=dt.date(2026, 12, 31)):
            assert row.expected.assignment.unit.name_on(TODAY)
            assert row.expected.assignment.task.text


def reckoned(expected, acts, on):
    """One report's figure from scratch, by the words of the rule, without any of the code that is tested."""
    reported, confirmed, told, judged = None, False, expected.first_due, expected.first_due
    for act, day in acts:
        if day > on:
            continue
        if act == "extend":
            told = day + MORE
        else:
            confirmed = act == "confirm"
            reported = day if act == "report" else None if act == "return" else reported
        if act in {"report", "return"} or reported is None:
            judged = told  # of a report that was made already another deadline changes nothing
    late = (reported or on) > judged
    name = ("done_late" if late else "done_on_time") if confirmed else ("open_overdue" if late else "open_in_time")
    return name, reported is not None and not confirmed


def summed(histories, on):
    """The figures of many."""
    found = dict.fromkeys(("done_on_time", "done_late", "open_in_time", "open_overdue", "waiting"), 0)
    for expected, acts in histories:
        name, waits = reckoned(expected, acts, on)
        found[name] += 1
        found["waiting"] += waits
    return Figures(**found)


def a_history(chance, due):
    """Acts that can follow each other, some before and some after the due day."""
    day, acts, state = due - dt.timedelta(days=chance.randrange(20)), [], "open"
    for _ in range(chance.randrange(6)):
        day += dt.timedelta(days=chance.choice([0, 0, 1, 3, 9]))
        act = {"open": ["report", "report", "extend"], "reported": ["confirm", "return"], "confirmed": ["return"]}[
            state
        ]
        acts.append((chance.choice(act if chance.random() < 0.9 else ["extend"]), day))
        state = {"report": "reported", "confirm": "confirmed", "return": "open", "extend": state}[acts[-1][0]]
    return acts


def projections():
    """Every projected field of every row."""
    return (
        list(
            ExpectedReport.objects.order_by("id").values_list(
                "id", "state", "report_entry", "reported_on", "confirmed_on"
            )
        ),
        list(Assignment.objects.order_by("id").values_list("id", "state")),
    )


def written(town, histories):
    """The ledger's lines of the histories, the first act of each, then the second …, as they would come in."""
    kinds = {"report": EntryKind.PROGRESS, "confirm": EntryKind.CONFIRMED, "return": EntryKind.RETURNED}
    kinds["extend"] = EntryKind.REDATED
    reports = {}
    for turn in range(max(len(acts) for _expected, acts in histories)):
        lines = [
            Entry(
                assignment_id=expected.assignment_id,
                expected=expected,
                kind=kinds[acts[turn][0]],
                on=acts[turn][1],
                at=at(acts[turn][1]),
                by=town.lead,
                answers=reports[expected.pk] if acts[turn][0] in {"confirm", "return"} else None,
                due=acts[turn][1] + MORE if acts[turn][0] == "extend" else None,
            )
            for expected, acts in histories
            if turn < len(acts)
        ]
        for line in Entry.objects.bulk_create(lines):
            if line.kind == EntryKind.PROGRESS:
                reports[line.expected_id] = line


def test_random_histories():
    """On 230 random histories the figures of every week equal the reckoning, and so do the projections rebuilt."""
    hold(2026)


def hold(seed):
    """The same of any seed: how many histories that were (`proofs.figures` goes on where the suite stops)."""
    town, chance = a_town(), random.Random(seed)
    an_issued_programme(town, *[WARDS] * 11, ONGOING)
    histories = [(row, a_history(chance, row.due)) for row in ExpectedReport.objects.all()]
    assert len(histories) == 230
    written(town, histories)
    rebuild()
    for drawn in (None, day_of(200), day_of(400)):
        if drawn:
            assert courses.draw_all(drawn) == 1
        for week in range(60):
            on = TODAY + dt.timedelta(weeks=week)
            assert selectors.figures(town.leader, day_of(400), on=on) == summed(histories, on), (drawn, on)
    last = {"confirm": ReportState.CONFIRMED, "report": ReportState.REPORTED, "return": ReportState.RETURNED}
    for expected, acts in histories:
        row = ExpectedReport.objects.get(pk=expected.pk)
        said = [act for act, _day in acts if act != "extend"]
        assert row.state == (last[said[-1]] if said else ReportState.EXPECTED)
    assert rebuild() == 0
    return len(histories)


def test_pages_of_a_list_are_the_list():
    """Page by page, as of any day, what is behind each figure is as many rows as the figure says, each once."""
    town, chance = a_town(), random.Random(11)
    an_issued_programme(town, *[WARDS] * 4, ONGOING)
    histories = [(row, a_history(chance, row.due)) for row in ExpectedReport.objects.all()]
    written(town, histories)
    rebuild()
    for week in range(0, 60, 4):
        on = TODAY + dt.timedelta(weeks=week)
        told = selectors.figures(town.leader, day_of(400), on=on)
        for its in Bucket:
            pages, after = [], None
            while page := selectors.figure_rows(town.leader, day_of(400), on=on, bucket=its, after=after, limit=7):
                pages += page
                after = page[-1].place
            assert [row.place for row in pages] == sorted({row.place for row in pages})
            assert len(pages) == told.of(its), (on, its)
            assert {row.bucket for row in pages} <= {its}
            assert pages == selectors.figure_rows(town.leader, day_of(400), on=on, bucket=its)
    by_unit = selectors.figures_by_unit(town.leader, day_of(400), on=day_of(200))
    assert {unit: one.total for unit, one in by_unit.items()} == {
        unit.pk: selectors.figures(town.leader, day_of(400), on=day_of(200), unit=unit).total
        for unit in (town.ward, town.commune, town.culture)
    }


def on_every_day(town, days):
    """The figures of some days by unit, over each programme, on either reading, page by page too.

    Every fifth, which meets each programme on each reading, is asked by others too, and for what is behind it.
    """
    asked = [
        {"on": TODAY + dt.timedelta(days=day), "units_of": units_of, "programme": programme}
        for day in days
        for units_of in UnitsOf
        for programme in (None, *Programme.objects.order_by("pk"))
    ]
    today, others = day_of(400), (town.lead, town.ward_officer)
    return [
        (one, person.username, selectors.figures_by_unit(person, today, **one))
        for people, some in (((town.leader,), asked), (others, asked[::5]))
        for person in people
        for one in some
    ] + [
        (one, its, [(row.place, row.unit, row.bucket) for row in selectors.figure_rows(town.leader, today, **one)])
        for one in asked[::5]
        for its in Bucket
    ]


# PostgreSQL is asked one: SQLite shows that any holds, PostgreSQL that it answers the same questions so.
@pytest.mark.parametrize("seed", range(3 if connection.vendor == "sqlite" else 1))
def test_days_written_down_are_what_the_ledger_says(seed):
    """Drawn or reckoned, a day is the same: with moves, a closing, another deadline; and after more was written."""
    town, chance = a_town(), random.Random(seed)
    first, _other = an_issued_programme(town, *[WARDS] * 3), an_issued_programme(town, WARDS, ONGOING)
    histories = [(row, a_history(chance, row.due)) for row in ExpectedReport.objects.all()]
    written(town, histories)
    rebuild()
    for number, one in enumerate(Assignment.objects.order_by("pk")):
        taken = one.task.assignments.values_list("unit_id", flat=True)
        if number % 3 == 0 and town.finance.pk not in taken:
            services.move(assignment=one, unit=town.finance, reason="x", by=town.lead, now=at(day_of(60 + number)))
    late = ExpectedReport.objects.filter(state=ReportState.EXPECTED).order_by("-due").first()
    Entry.objects.create(
        assignment=late.assignment, expected=late, kind=EntryKind.REDATED, on=day_of(40), at=at(day_of(40)),
        by=town.lead, due=late.due - dt.timedelta(days=30),
    )  # fmt: skip
    Closing.objects.create(programme=first, text="Xong", closed_at=at(day_of(90)), closed_by=town.lead)
    rebuild()
    days = sorted(chance.sample(range(300), 6))
    reckoned_all = on_every_day(town, days)
    assert courses.draw_all(day_of(400)) == 2
    assert courses.draw_all(day_of(400)) == 0
    assert on_every_day(town, days) == reckoned_all
    # A line for a day that is over, or another unit, and the ledger is asked again until housekeeping was there.
    moved = Assignment.objects.filter(state="OPEN").exclude(unit=town.finance).exclude(task__programme=first).last()
    services.move(assignment=moved, unit=town.finance, reason="x", by=town.lead, now=at(day_of(410)))
    assert list(CourseDrawn.objects.values_list("programme", flat=True)) == [first.pk]
    reckoned_all = on_every_day(town, days)
    assert courses.draw_all(day_of(410)) == 2
    assert on_every_day(town, days) == reckoned_all


def test_a_day_that_is_over_is_drawn_anew_when_something_is_written_for_it():
    town = a_town()
    a_story(town)
    courses.draw_all(dt.date(2026, 6, 1))
    expected = ExpectedReport.objects.get()
    line = {"assignment": expected.assignment, "expected": expected, "kind": EntryKind.NIL, "by": town.lead}
    Entry.objects.create(on=dt.date(2026, 6, 1), at=at(dt.date(2026, 6, 1)), **line)
    assert CourseDrawn.objects.exists(), "a new day changes none that is over"
    Entry.objects.create(on=dt.date(2026, 5, 31), at=at(dt.date(2026, 6, 1)), **line)
    assert not CourseDrawn.objects.exists()


@pytest.mark.parametrize("seed", range(6))
def test_verbs_leave_projections_as_they_would_be_rebuilt(seed):
    town, chance, day = a_town(), random.Random(seed), TODAY
    an_issued_programme(town, WARDS, DATED)
    officers = {town.ward: town.ward_officer, town.commune: town.commune_officer, town.finance: town.finance_officer}
    told = {}
    for _ in range(14):
        day += dt.timedelta(days=chance.choice([0, 1, 3, 9]))
        begun = ExpectedReport.objects.filter(period_start__lte=day).select_related("assignment__unit")
        expected = chance.choice(list(begun))
        acts = told.setdefault(expected.pk, [])
        if expected.state in (ReportState.EXPECTED, ReportState.RETURNED):
            kind = EntryKind.DONE if expected.period == "date" else EntryKind.NIL
            services.report(
                assignment=expected.assignment,
                expected=expected,
                kind=kind,
                evidence=[LINK],
                by=officers[expected.assignment.unit],
                now=at(day),
            )
            acts.append(("report", day))
        elif expected.state == ReportState.REPORTED and chance.random() < 0.6:
            services.confirm(entry=expected.report_entry, by=town.lead, now=at(day))
            acts.append(("confirm", day))
        else:
            services.return_report(entry=expected.report_entry, reason="x", by=town.lead, now=at(day))
            acts.append(("return", day))
    histories = [(row, told.get(row.pk, [])) for row in ExpectedReport.objects.all()]
    assert selectors.figures(town.leader, day, on=day) == summed(histories, day)
    before = projections()
    assert rebuild() == 0
    assert projections() == before


def test_rebuild_mends_spoiled_projections():
    town = a_town()
    a_story(town)
    before = projections()
    ExpectedReport.objects.update(state=ReportState.EXPECTED, report_entry=None, reported_on=None, confirmed_on=None)
    Assignment.objects.update(state="OPEN")
    assert rebuild() == 2
    assert projections() == before
    assert Entry.objects.count() == 5
