"""What a reorganisation, or undoing one, would touch: asked before anything is done, and writing nothing."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from xulang.organisation import ports
from xulang.organisation.enums import ENDING, Verb
from xulang.organisation.mapping import MappingFault
from xulang.organisation.models import Post, PostHolding, Reorganisation, Unit, UnitName, UnitParent
from xulang.organisation.ports import Plan, Touched
from xulang.organisation.reorganising import faults, plan_of, undo_plan, undoing_of


@dataclass(frozen=True, slots=True)
class Flow:
    """How much goes from one unit to another."""

    from_name: str
    to_name: str
    count: int
    back: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything touched. `followers` are sub-units that stand on and change their place, each with its new one."""

    plan: Plan
    faults: list[MappingFault]
    names: Mapping[int, str]
    begins: list[str]
    ends: list[str]
    followers: list[tuple[str, str]]
    posts: int
    holders: int
    touched: list[Touched] = field(default_factory=list)

    def name(self, unit_id: int) -> str:
        """What a unit is called, planned ones included."""
        return self.names.get(unit_id, "")

    def flows(self, touched: Touched) -> list[Flow]:
        """The rows of one table by where from and where to, the largest first."""
        counts = Counter((move.from_unit, move.unit, move.back) for move in touched.moves)
        return [Flow(self.name(gave), self.name(took), n, back) for (gave, took, back), n in counts.most_common()]


def preview(act: Reorganisation) -> Preview:
    """What applying the draft would touch, by its lines as they stand."""
    plan = plan_of(act)
    lines = list(act.lines.all())
    names = _names(act.on) | {-line.pk: line.name for line in lines if line.verb == Verb.ESTABLISH}
    ending = act.lines.filter(verb__in=ENDING).values("unit")
    placed = {line.unit_id for line in lines if line.parent_id or line.parent_line_id}
    under = UnitParent.objects.on(act.on).filter(parent__in=ending).exclude(unit__in=ending)
    followers = [
        (names.get(unit, ""), names.get(heirs[0].unit_id, ""))
        for unit, parent in under.order_by("unit_id").values_list("unit_id", "parent_id")
        if unit not in placed and (heirs := plan.heirs.get(parent))
    ]
    return _preview(plan, names, faults(act), [-line.pk for line in lines if line.verb == Verb.ESTABLISH], followers)


def preview_undo(act: Reorganisation, *, on: dt.date) -> Preview:
    """What undoing would touch; what was done since is among the moves that go not `back`. Raises NowhereToGo."""
    plan = undo_plan(act, undoing_of(act, on=on))
    back = act.effects.filter(opened=False, unit__isnull=False).values_list("unit_id", flat=True)
    names = _names(on) | _newest(list(back))
    came = UnitParent.objects.on(on).filter(parent__in=plan.leaving).exclude(unit__in=plan.leaving)
    ours = act.effects.filter(opened=True, parent__isnull=False).values("parent")
    followers = [
        (names.get(unit, ""), names.get(plan.heirs[parent][0].unit_id, ""))
        for unit, parent in came.exclude(pk__in=ours).order_by("unit_id").values_list("unit_id", "parent_id")
    ]
    return _preview(plan, names, [], list(back), followers)


def _preview(
    plan: Plan, names: Mapping[int, str], found: list[MappingFault], begins: list[int], followers: list[tuple[str, str]]
) -> Preview:
    leaving = Unit.objects.filter(pk__in=plan.ends if len(plan.ends) < 5_000 else plan.leaving)
    posts = Post.objects.filter(Q(ends__isnull=True) | Q(ends__gt=plan.on), unit__in=leaving)
    holders = PostHolding.objects.on(plan.on).filter(post__in=posts)
    return Preview(
        plan=plan,
        faults=found,
        names=names,
        begins=[names.get(unit, "") for unit in begins],
        ends=sorted(names.get(unit, "") for unit in plan.ends),
        followers=followers,
        posts=posts.count(),
        holders=holders.count(),
        touched=[touched for room in ports.affected() for touched in room.preview(plan)],
    )


def _names(day: dt.date) -> dict[int, str]:
    return dict(UnitName.objects.on(day).values_list("unit_id", "name"))


def _newest(units: list[int]) -> dict[int, str]:
    """The last names of units that may stand no more."""
    rows = UnitName.objects.filter(unit_id__in=units).order_by("valid_from", "id")
    return dict(rows.values_list("unit_id", "name"))
