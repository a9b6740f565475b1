"""Assignments, their expected reports, and the append-only ledger of what happened to them."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.enums import DUTY_ROLES, FOLLOWING, Role
from xulang.organisation.models import Line, Post, PostHolding, Reorganisation, Unit
from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.plumbing.exhibits import Exhibit, file_or_address
from xulang.plumbing.models import StoredFile
from xulang.programme.enums import (
    ANSWERING,
    DATING,
    MAY_ANSWER,
    AssignmentState,
    EntryKind,
    Mode,
    ReportState,
    TaskState,
    UnitRole,
)
from xulang.programme.models.proposal import Programme, Task


def assignments_seen(scope: Scope, path: str = "") -> models.Q:
    """Own units' and those beneath; everything that the person's unit follows up; a leader's, all that was issued.

    What a unit follows up is told in each programme that orders it, also by a task that was joined to an earlier one.
    Asked of the row's own two columns, `unit` and `task`, so that an index can answer; or of those at a path.
    """
    joined = Task.objects.filter(
        state=TaskState.JOINED,
        programme__focal_unit_id__in=scope.units(FOLLOWING),
        programme__issued_at__isnull=False,
    ).values("same_as")
    told = Task.objects.filter(models.Q(programme__in=programmes_seen(scope)) | models.Q(pk__in=joined))
    own, followed = scope.reach(DUTY_ROLES), told.order_by().values("pk")
    return models.Q(**{f"{path}unit_id__in": own}) | models.Q(**{f"{path}task_id__in": followed})


def programmes_seen(scope: Scope) -> "models.QuerySet[Programme, Any]":
    """The programmes of which a person sees every assignment: those followed up, and those issued beneath a leader."""
    return (
        Programme.objects.filter(
            models.Q(focal_unit_id__in=scope.units(FOLLOWING))
            | models.Q(directive__home_unit_id__in=scope.reach([Role.LEADER]))
        )
        .order_by()
        .values("pk")
    )


def of_assignment(scope: Scope, path: str = "assignment") -> models.Q:
    """What hangs on an assignment, at that path, is seen with it."""
    return assignments_seen(scope, f"{path}__")


class AssignmentQuerySet(ScopedQuerySet["Assignment"]):
    """Assignments: see `assignments_seen`."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return assignments_seen(scope)

    def moved(self) -> "AssignmentQuerySet":
        """Those that another unit than the one they were laid on answers for today."""
        return self.exclude(unit=models.F("issued_to"))


class Assignment(models.Model):
    """Giao việc: a task laid on one unit.

    `issued_to` is the unit it was laid on; `unit` (responsible today) and `state` are projections of the ledger.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="assignments")
    issued_to = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=14, choices=UnitRole.choices)
    mode = models.CharField(max_length=10, choices=Mode.choices)
    issued_on = models.DateField()
    state = models.CharField(max_length=10, choices=AssignmentState.choices, default=AssignmentState.OPEN)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "issued_to", "issued_on"],
                condition=~models.Q(state=AssignmentState.WITHDRAWN),
                name="assignment_once",
            )
        ]
        indexes = [
            models.Index(fields=["unit", "state", "id"], name="assignment_of_unit"),
            models.Index(fields=["task", "unit", "role"], name="assignment_of_task"),
            models.Index(fields=["id"], condition=~models.Q(unit=models.F("issued_to")), name="assignment_moved"),
        ]
        ordering = ["id"]
        verbose_name = _("giao việc")
        verbose_name_plural = _("giao việc")

    def __str__(self) -> str:
        return f"{self.task_id} → {self.unit_id}"


class ExpectedReportQuerySet(ScopedQuerySet["ExpectedReport"]):
    """Expected reports, seen with their assignment."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return assignments_seen(scope)


class ExpectedReport(models.Model):
    """Báo cáo phải có: duty × unit × period; what the four figures count.

    `period` is a code ("2026-05", "2026-Q2", "2026-H1", "2026", "2026-W23", or "date" for the one report of a dated
    task); `period_name` says it in the reader's language. One is owed since `issued_on`; its `first_due` stays when the
    deadline is changed. `due` (the one that it is judged by), `state` and the three fields after it are projections of
    the ledger; `unit` and `task` are the assignment's, kept equal by triggers (see `tallies`) so that a list is read in
    its order from one index; `reminded_to` is the day up to which the clock has told of it.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="expected")
    period = models.CharField(max_length=10)
    period_start = models.DateField()
    period_end = models.DateField()
    issued_on = models.DateField()
    due = models.DateField()
    first_due = models.DateField()
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.EXPECTED)
    report_entry = models.ForeignKey("Entry", models.PROTECT, null=True, related_name="+")
    reported_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, db_index=False, related_name="+")
    task = models.ForeignKey(Task, models.PROTECT, null=True, db_index=False, related_name="+")
    reminded_to = models.DateField(null=True)

    objects = ExpectedReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "period"], name="expected_once"),
            models.CheckConstraint(
                condition=models.Q(period_end__gte=models.F("period_start"), due__gte=models.F("period_start")),
                name="expected_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=[ReportState.EXPECTED, ReportState.RETURNED, ReportState.WITHDRAWN],
                    report_entry__isnull=True,
                    reported_on__isnull=True,
                    confirmed_on__isnull=True,
                )
                | models.Q(
                    state=ReportState.REPORTED,
                    report_entry__isnull=False,
                    reported_on__isnull=False,
                    confirmed_on__isnull=True,
                )
                | models.Q(
                    state=ReportState.CONFIRMED,
                    report_entry__isnull=False,
                    reported_on__isnull=False,
                    confirmed_on__isnull=False,
                ),
                name="expected_state_fits",
            ),
        ]
        # Lists stand in the order of the due day; whatever they are filtered by is read from the index itself.
        indexes = [
            models.Index(fields=["due", "id", "unit", "task", "state", "reported_on"], name="expected_in_order"),
            models.Index(fields=["unit", "due", "id", "task", "state", "reported_on"], name="expected_of_unit"),
            models.Index(
                fields=["due", "id", "unit", "task", "state", "reported_on"],
                condition=models.Q(state__in=[ReportState.EXPECTED, ReportState.REPORTED, ReportState.RETURNED]),
                name="expected_open",
            ),
            models.Index(
                fields=["reported_on", "report_entry", "unit", "task"],
                condition=models.Q(state=ReportState.REPORTED),
                name="expected_waiting",
            ),
        ]
        ordering = ["due", "id"]
        verbose_name = _("báo cáo phải có")
        verbose_name_plural = _("báo cáo phải có")

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.period}"

    @property
    def period_name(self) -> str:
        """The period as people say it."""
        return period_name(self.period)


class EntryQuerySet(ScopedQuerySet["Entry"]):
    """Lines of the ledger, seen with their assignment."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return of_assignment(scope)


class Entry(models.Model):
    """Mục sổ theo dõi: a line of an assignment's ledger. Never changed or deleted; triggers see to it.

    `delegation` tells that the post was acted in under a delegation. A line that hands the assignment to another unit
    (MOVED) names both, and the reorganisation where one did it; one that changes a deadline (REDATED) or asks for that
    (EXTENSION) the new day. An obstacle that is raised again answers the line that raised it first.
    No words of a person's stand here: the note and the evidence lie beside it and can be erased, their hashes stay.
    """

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="entries")
    expected = models.ForeignKey(ExpectedReport, models.PROTECT, null=True, related_name="entries")
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    delegation = models.ForeignKey(PostHolding, models.PROTECT, null=True, related_name="+")
    percent = models.PositiveSmallIntegerField(null=True)
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="answered_by", db_index=False)
    act = models.ForeignKey(Reorganisation, models.PROTECT, null=True, related_name="+")
    from_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    due = models.DateField(null=True)
    note_sha256 = models.CharField(max_length=64, blank=True)
    evidence_sha256 = models.JSONField(default=list)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent__isnull=True) | models.Q(percent__lte=100), name="entry_percent"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=sorted(ANSWERING), answers__isnull=False)
                | models.Q(kind__in=sorted(MAY_ANSWER))
                | (~models.Q(kind__in=sorted(ANSWERING | MAY_ANSWER)) & models.Q(answers__isnull=True)),
                name="entry_answers_another",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=EntryKind.MOVED, unit__isnull=False, from_unit__isnull=False)
                | (
                    ~models.Q(kind=EntryKind.MOVED)
                    & models.Q(unit__isnull=True, from_unit__isnull=True, act__isnull=True)
                ),
                name="entry_moves_between_units",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=sorted(DATING), due__isnull=False, expected__isnull=False)
                | (~models.Q(kind__in=sorted(DATING)) & models.Q(due__isnull=True)),
                name="entry_dates_a_report",
            ),
        ]
        # Whose an assignment was on a day is asked for each row of a list; what came later, for every figure.
        indexes = [
            models.Index(fields=["on", "expected"], name="entry_by_day"),
            models.Index(
                fields=["assignment", "on", "id"], condition=models.Q(unit__isnull=False), name="entry_handed_over"
            ),
            models.Index(fields=["kind", "on"], name="entry_of_kind"),
            models.Index(fields=["by", "kind"], name="entry_of_person"),
            models.Index(fields=["answers"], condition=models.Q(answers__isnull=False), name="entry_answers"),
            models.Index(
                fields=["kind", "id"],
                condition=models.Q(kind__in=[EntryKind.EXTENSION, EntryKind.OBSTACLE], answers__isnull=True),
                name="entry_raised",
            ),
        ]
        ordering = ["id"]
        verbose_name = _("mục sổ theo dõi")
        verbose_name_plural = _("sổ theo dõi")

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"

    @property
    def gave(self) -> str:
        """What the unit that an assignment was moved from was called the day before."""
        return "" if self.from_unit is None else self.from_unit.name_on(self.on - dt.timedelta(days=1))

    @property
    def took(self) -> str:
        """What the unit that it was moved to was called that day."""
        return "" if self.unit is None else self.unit.name_on(self.on)


class ChoiceQuerySet(ScopedQuerySet["AssignmentChoice"]):
    """Choices, seen with their assignment."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return of_assignment(scope)


class AssignmentChoice(models.Model):
    """Chọn đơn vị tiếp nhận: a person chose by which line of a reorganisation to come an assignment goes."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    line = models.ForeignKey(Line, models.CASCADE, related_name="+")
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "line"], name="assignment_choice_once")]

    def __str__(self) -> str:
        return f"{self.assignment_id} by {self.line_id}"


class NoteQuerySet(ScopedQuerySet["EntryNote"]):
    """Notes, seen with their entry."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return of_assignment(scope, "entry__assignment")


class EntryNote(models.Model):
    """The words that go with an entry; can be withdrawn by an act with a reason."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="note")
    text = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.TextField(blank=True)

    objects = NoteQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text[:80]


class EvidenceQuerySet(ScopedQuerySet["Evidence"]):
    """Evidence, seen with its entry."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return of_assignment(scope, "entry__assignment")


class Evidence(Exhibit):
    """Minh chứng: a file or an address that shows what was done; can be withdrawn by an act with a reason."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="evidence")
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="evidence")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        constraints = [file_or_address("evidence_is_a_file_or_an_address")]
        ordering = ["id"]
        verbose_name = _("minh chứng")
        verbose_name_plural = _("minh chứng")


def period_name(code: str) -> str:
    """The name of a period by its code: "2026-Q2" → "Quý II/2026"."""
    year, _dash, part = code.partition("-")
    if code == "date":
        return str(_("Theo thời hạn"))
    if not part:
        return _("Năm %(year)s") % {"year": year}
    if part[0] == "Q":
        return _("Quý %(quarter)s/%(year)s") % {"quarter": ("I", "II", "III", "IV")[int(part[1]) - 1], "year": year}
    if part[0] == "H":
        half = _("6 tháng đầu năm %(year)s") if part == "H1" else _("6 tháng cuối năm %(year)s")
        return half % {"year": year}
    if part == "M9":
        return _("9 tháng năm %(year)s") % {"year": year}
    if part[0] == "W":
        return _("Tuần %(week)s/%(year)s") % {"week": int(part[1:]), "year": year}
    return _("Tháng %(month)s/%(year)s") % {"month": int(part), "year": year}
