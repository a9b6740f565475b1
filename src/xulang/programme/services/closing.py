"""Tổng kết: a programme is closed with its final review, and can be opened again with a reason."""

import datetime as dt

from django.db import transaction

from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person
from xulang.organisation.permits import acting, under
from xulang.plumbing import journal
from xulang.plumbing.errors import ReasonNeeded
from xulang.programme.enums import ProgrammeState, ReportState
from xulang.programme.errors import NotIssued, StillServing, StillWaiting, TextNeeded
from xulang.programme.models import Closing, ExpectedReport, Programme
from xulang.programme.rules import CHANGING, may_change


@transaction.atomic
def close(*, programme: Programme, text: str, by: Person, now: dt.datetime) -> Closing:
    """Closes a programme: nothing more is reported, and what is owed and was never reported stays so in the figures.

    Its clock stops: what is due later stays open and never turns overdue, unless the programme is opened again.

    By a lead officer of the office that issued it or a leader above. Raises NotPermitted, NotIssued, TextNeeded,
    StillServing (a task of it is a task of another that runs), StillWaiting (reports nobody has confirmed or returned).
    """
    programme = _ending(programme, ProgrammeState.ISSUED, by, now)
    if not text.strip():
        raise TextNeeded
    runs = Programme.objects.filter(state=ProgrammeState.ISSUED, tasks__same_as__programme=programme)
    if (other := runs.select_related("directive").first()) is not None:
        raise StillServing(other=other.directive.code or other.title)
    reports = ExpectedReport.objects.filter(assignment__task__programme=programme, state=ReportState.REPORTED)
    if waiting := reports.count():
        raise StillWaiting(count=waiting)
    closing = Closing.objects.create(programme=programme, text=text.strip(), closed_at=now, closed_by=by)
    programme.state = ProgrammeState.CLOSED
    programme.save(update_fields=["state"])
    _noted("programme.closed", programme, closing, by, now)
    return closing


@transaction.atomic
def reopen(*, programme: Programme, reason: str, by: Person, now: dt.datetime) -> None:
    """Opens a closed programme again; its final review stays. Raises NotPermitted, NotIssued, ReasonNeeded."""
    programme = _ending(programme, ProgrammeState.CLOSED, by, now)
    if not reason.strip():
        raise ReasonNeeded
    closing = programme.closings.get(reopened_at__isnull=True)
    closing.reopened_at, closing.reopened_by, closing.reopened_reason = now, by, reason.strip()
    closing.save()
    programme.state = ProgrammeState.ISSUED
    programme.save(update_fields=["state"])
    _noted("programme.reopened", programme, closing, by, now)


def may_end(programme: Programme, by: Person, now: dt.datetime) -> bool:
    """Whether the person may close it or open it again."""
    return may_change(scope=acting(by, now), home_unit=programme.directive.home_unit_id)


def _noted(action: str, programme: Programme, closing: Closing, by: Person, now: dt.datetime) -> None:
    data = {"closing": closing.pk} | under(by, CHANGING, programme.directive.home_unit_id, now)
    journal.record(by=by, action=action, subject=programme, data=data, now=now)


def _ending(programme: Programme, state: ProgrammeState, by: Person, now: dt.datetime) -> Programme:
    programme = Programme.objects.select_for_update(of=("self",)).select_related("directive").get(pk=programme.pk)
    if not may_end(programme, by, now):
        raise NotPermitted
    if programme.state != state:
        raise NotIssued
    return programme
