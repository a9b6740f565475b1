"""The focal unit opens a round: which period, in which form, which units, and by when."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from xulang.organisation.enums import FOLLOWING
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person, Post, Unit
from xulang.organisation.permits import acting
from xulang.plumbing import journal
from xulang.programme.enums import AssignmentState, Cadence, Mode, ProgrammeState
from xulang.programme.models import Assignment, Programme
from xulang.programme.periods import Period, regime_on, told_day
from xulang.programme.selectors.figures import of_programme
from xulang.programme.services.desk import post_among
from xulang.reporting.enums import LineKind
from xulang.reporting.errors import DueOutOfOrder, DueTooFar, NoFocalUnit, NoSuchPeriod, NotRunning, NoUnits, RoundThere
from xulang.reporting.indicators import Form
from xulang.reporting.models import ReportLine, Round, UnitReport
from xulang.reporting.year import periods_open

FARTHEST = dt.timedelta(days=366)  # from the cut-off: a day beyond is a slip


def units_asked(programme: Programme) -> list[int]:
    """The units that have something to do in the programme today."""
    held = Assignment.objects.filter(of_programme(programme), mode=Mode.ORDER).exclude(state=AssignmentState.WITHDRAWN)
    return sorted(set(held.order_by().values_list("unit_id", flat=True)))


@transaction.atomic
def open_round(
    *,
    programme: Programme,
    form: Form,
    cadence: Cadence,
    period: str,
    by: Person,
    now: dt.datetime,
    units: Iterable[int] | None = None,
    units_due: dt.date | None = None,
    due: dt.date | None = None,
) -> Round:
    """Opens a round; of the programme's units those in `units` are asked, all without it.

    Figures close and reports are due by the regime in force on the cut-off: each kind of unit has its own day
    (Nghị định 09/2019/NĐ-CP, Điều 12 and 13), the whole not after the day that the form names, units at least a day
    before the whole. `units_due` and `due` are the days that a superior or the office itself set instead.
    Raises NotPermitted, NotRunning, NoFocalUnit, NoSuchPeriod, RoundThere, NoUnits, DueOutOfOrder,
    DueTooFar.
    """
    programme = Programme.objects.select_for_update(of=("self",)).select_related("directive").get(pk=programme.pk)
    if programme.focal_unit_id is None:
        raise NoFocalUnit
    post = leading_post(programme, by, now)
    if programme.state != ProgrammeState.ISSUED:
        raise NotRunning
    chosen = next(
        (one for one in periods_open(programme, cadence, timezone.localdate(now)) if one.code == period), None
    )
    if chosen is None:
        raise NoSuchPeriod
    if Round.objects.filter(programme=programme, form=form.code, period=period).exists():
        raise RoundThere
    asked = set(units_asked(programme))
    asked = asked if units is None else asked & set(units)
    if not asked:
        raise NoUnits
    whole = due or max(_by_form(form, cadence, chosen), chosen.end)
    if whole < chosen.end or (units_due and not chosen.end <= units_due <= whole):
        raise DueOutOfOrder(day=f"{chosen.end:%d/%m/%Y}")
    if whole > chosen.end + FARTHEST:
        raise DueTooFar(day=f"{whole:%d/%m/%Y}")
    made = Round.objects.create(
        programme=programme,
        form=form.code,
        cadence=cadence,
        period=period,
        starts=chosen.start,
        cut_off=chosen.end,
        due=whole,
        opened_at=now,
        opened_by=by,
    )
    regime = regime_on(chosen.end)
    for unit in Unit.objects.filter(pk__in=asked).order_by("pk"):
        own = chosen.end + dt.timedelta(days=regime.due_after(cadence, unit.kind))
        own = units_due or max(min(own, whole - dt.timedelta(days=1)), chosen.end)
        report = UnitReport.objects.create(round=made, asked_of=unit, unit=unit, due=own)
        ReportLine.objects.create(
            report=report, kind=LineKind.ASKED, on=timezone.localdate(now), at=now, by=by, post=post
        )
    data = {"programme": programme.pk, "period": period, "form": form.code, "units": sorted(asked)}
    journal.record(by=by, action="round.opened", subject=made, data=data, now=now)
    return made


def _by_form(form: Form, cadence: Cadence, period: Period) -> dt.date:
    """The day by which the whole is due: the regime's, or that of the form's own rule where it is earlier."""
    named = told_day(cadence, form.year_due, period.end) if cadence == Cadence.YEAR else None
    return min(period.due, named) if named else period.due


def leading_post(programme: Programme, by: Person, now: dt.datetime) -> Post | None:
    """The post in which the person speaks for the focal unit; raises NotPermitted without one."""
    if not by.is_active or programme.focal_unit_id not in acting(by, now).units(FOLLOWING):
        raise NotPermitted
    return post_among(by, now, FOLLOWING, [programme.focal_unit_id or 0])
