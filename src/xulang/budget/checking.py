"""The lines of an estimate put before the checks: with what else asks for money, and the norms that hold for it."""

from collections.abc import Iterable

from django.db import models

from xulang.budget.enums import STANDING
from xulang.budget.models import Estimate, EstimateLine, LocalNorm, Regularity, Version
from xulang.budget.rules import Ceiling, Finding, Item, Settled, checked, seems_regular
from xulang.programme.models import Assignment


def findings_of(version: Version) -> list[Finding]:
    """Everything that the checks find of a version's lines."""
    estimate = version.estimate
    lines = list(version.lines.select_related("assignment__task", "version__estimate").order_by("id"))
    others = _others(estimate, lines)
    regular = regularity(line.assignment for line in lines)
    items = [_item(line, regular[line.assignment_id]) for line in lines]
    beside = [_item(line, True, _where(line.version.estimate)) for line in others]
    return checked(items, beside, settled(estimate))


def settled(estimate: Estimate) -> Settled:
    """By what an estimate is judged: its plan's day, and the norms of the place's own that held on it."""
    own: dict[str, Ceiling] = {}
    rows = LocalNorm.objects.filter(home_unit=estimate.programme.directive.home_unit_id, withdrawn_at__isnull=True)
    for row in rows.on(estimate.approved_on).order_by("id"):
        own[row.norm] = Ceiling(row.ceiling, row.basis)
    return Settled(estimate.approved_on, bool(estimate.adjusted_by), own)


def regularity(assignments: Iterable[Assignment]) -> dict[int, bool]:
    """Whether each is among its unit's regular duties: as was said, else as is proposed."""
    rows = {one.pk: one for one in assignments}
    said = dict(Regularity.objects.filter(assignment__in=list(rows)).values_list("assignment_id", "regular"))
    return {pk: said.get(pk, seems_regular(one.task.cadence)) for pk, one in rows.items()}


def _others(estimate: Estimate, lines: list[EstimateLine]) -> "models.QuerySet[EstimateLine]":
    """Lines of other estimates of the year that ask for money, or have it, for the same duties or activities."""
    others = Estimate.objects.filter(state__in=STANDING, year=estimate.year).exclude(pk=estimate.pk)
    rows = EstimateLine.objects.standing(others)
    duties = {line.assignment_id for line in lines}
    events = {line.activity_id for line in lines if line.activity_id}
    found = rows.filter(models.Q(assignment__in=duties) | models.Q(activity__in=events))
    return found.select_related("version__estimate").order_by("id")


def _where(estimate: Estimate) -> str:
    return f"{estimate.title} ({estimate.year})"


def _item(line: EstimateLine, regular: bool, where: str = "") -> Item:
    return Item(
        id=line.pk,
        unit=line.version.estimate.unit_id,
        assignment=line.assignment_id,
        activity=line.activity_id,
        content=line.content,
        quantity=line.quantity,
        times=line.times,
        price=line.price,
        amount=line.amount,
        source=line.source,
        regular=regular,
        norm=line.norm,
        document=line.document,
        basis=line.basis,
        origin=line.origin,
        where=where,
    )
