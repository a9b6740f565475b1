"""What waits for a person to confirm or return it: whole, by its first, and how much."""

import datetime as dt

from django.db.models import F, Prefetch, Q, QuerySet, Sum

from xulang.organisation.enums import FOLLOWING, Role, UnitsOf
from xulang.organisation.models import Person
from xulang.organisation.scopes import Scope, scope_of
from xulang.programme.enums import REPORTS, ReportState
from xulang.programme.models import Assignment, Entry, Evidence, ExpectedReport, Programme, Tally
from xulang.programme.rules import may_confirm
from xulang.programme.selectors.figures import with_words_in_order
from xulang.programme.selectors.units_of import with_unit_of


def to_confirm(
    person: Person,
    today: dt.date,
    *,
    units_of: UnitsOf = UnitsOf.TODAY,
    after: tuple[dt.date, int] | None = None,
    limit: int | None = None,
) -> list[ExpectedReport]:
    """The reports that wait for this person to confirm or return them, the oldest first.

    At most `limit`, those that come `after` a day of report and its entry. Each tells as `had` whose the duty is on
    this reading: today, or on the day of the report.
    """
    scope = scope_of(person, today)
    if scope is None:
        return []
    rows = _waiting(scope, reports=_reports(scope))
    if after is not None:
        day, entry = after
        rows = rows.filter(Q(reported_on__gt=day) | Q(reported_on=day, report_entry_id__gt=entry), reported_on__gte=day)
    ids = list(rows.order_by("reported_on", "report_entry_id").values_list("pk", flat=True)[:limit])
    found = with_words_in_order(ids, _with_report(units_of))
    return [row for row in found if row.report_entry and confirms(scope, row.assignment, row.report_entry.by_id)]


def first_to_confirm(person: Person, today: dt.date, most: int) -> tuple[list[ExpectedReport], int]:
    """The first of these, and how many there are.

    With no more than their task and its unit, whose names a page asks for with all others'.
    """
    scope = scope_of(person, today)
    if scope is None:
        return [], 0
    reports = _reports(scope)
    rows = _waiting(scope, reports=reports).order_by("reported_on", "report_entry_id")
    first = with_words_in_order(
        list(rows.values_list("pk", flat=True)[:most]),
        ExpectedReport.objects.select_related("assignment__task", "assignment__unit"),
    )
    return first, _counted(scope, reports=reports)


def _with_report(units_of: UnitsOf) -> "QuerySet[ExpectedReport]":
    """Expected reports with what was sent, as those who answer see it."""
    return (
        with_unit_of(ExpectedReport.objects.all(), units_of, "reported_on")
        .select_related(
            "assignment__task__programme__directive",
            "assignment__unit",
            "report_entry__by",
            "report_entry__post",
            "report_entry__note",
            "report_entry__expected",
            "report_entry__by_link__holding__post",
        )
        .defer("assignment__task__programme__directive__text", "assignment__task__programme__directive__reading")
        .prefetch_related(
            "assignment__unit__names", Prefetch("report_entry__evidence", Evidence.objects.select_related("file"))
        )
    )


def waiting(person: Person, today: dt.date) -> int:
    """How many reports `to_confirm` would give."""
    scope = scope_of(person, today)
    if scope is None:
        return 0
    return _counted(scope, reports=_reports(scope))


def waiting_since(person: Person, today: dt.date) -> dt.date | None:
    """The day of the report that waits for the person for the longest; None where none does."""
    scope = scope_of(person, today)
    if scope is None:
        return None
    rows = _waiting(scope, reports=_reports(scope)).order_by("reported_on", "report_entry_id")
    return rows.values_list("reported_on", flat=True).first()


def _reports(scope: Scope) -> bool:
    """Whether the person ever reported: nobody answers an own report, and most who answer have none."""
    return Entry.objects.filter(by=scope.person_id, kind__in=sorted(REPORTS)).exists()


def _waiting(scope: Scope, *, reports: bool) -> "QuerySet[ExpectedReport]":
    """What waits for them; the same as `rules.may_confirm`, asked of all at once. Whoever may answer sees it."""
    rows = ExpectedReport.objects.filter(_answered_by(scope), state=ReportState.REPORTED)
    return rows.exclude(report_entry__by=scope.person_id) if reports else rows


def _counted(scope: Scope, *, reports: bool) -> int:
    counts = Tally.objects.filter(_answered_by(scope, "programme"), state=ReportState.REPORTED)
    counted: int = counts.aggregate(count=Sum("n"))["count"] or 0
    if reports:
        own = ExpectedReport.objects.filter(_answered_by(scope), state=ReportState.REPORTED)
        counted -= own.filter(report_entry__by=scope.person_id).count()
    return counted


def _answered_by(scope: Scope, programme: str = "task__programme") -> Q:
    """The reports that they may answer, whoever of the unit made them; `programme` is the path to it in the table."""
    beneath, own = scope.reach([Role.LEADER]), frozenset(scope.roles_by_unit)
    followed = Programme.objects.filter(focal_unit__in=scope.units(FOLLOWING)).order_by()
    found = Q(**{f"{programme}__in": followed.values("pk")}) & ~Q(unit__in=own)
    if beneath:  # the focal unit's own
        led = Q(focal_unit__in=beneath - own) | Q(focal_unit__in=beneath & own, directive__home_unit=F("focal_unit"))
        focal = Programme.objects.filter(led).order_by()
        theirs = Q(unit__in=focal.values("focal_unit"), unit=F(f"{programme}__focal_unit"))
        found |= theirs & Q(**{f"{programme}__in": focal.values("pk")})
    return found


def confirms(scope: Scope, found: Assignment, reporter: int) -> bool:
    """Whether the person may confirm or return what somebody reported on an assignment; see `rules.may_confirm`."""
    programme = found.task.programme
    return programme.focal_unit_id is not None and may_confirm(
        scope=scope,
        reporter=reporter,
        reporting_unit=found.unit_id,
        focal_unit=programme.focal_unit_id,
        home_unit=programme.directive.home_unit_id,
    )
