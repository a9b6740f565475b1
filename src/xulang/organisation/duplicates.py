"""One unit that stands in the directory twice: found by what both are called, and made one by an act like any other.

The merging is a reorganisation of one line, drafted here: its preview shows everything it touches, applying hands all
of it over, and it is undone as every act is. Ledgers keep both units.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from xulang.organisation import reorganising, services
from xulang.organisation.enums import Tree, Verb
from xulang.organisation.errors import NotTwoUnits, StillDifferent
from xulang.organisation.matching import sought
from xulang.organisation.models import DistinctUnits, Line, Person, Reorganisation, Unit, UnitAlias
from xulang.organisation.permits import require
from xulang.organisation.selectors import UnitRow, units_on
from xulang.plumbing import journal
from xulang.plumbing.folding import fold

ALIKE = 94  # of 100, between whole names of sisters
_SISTERS = 400  # of more, only those that share a name are told


@dataclass(frozen=True, slots=True)
class Pair:
    """Two units that may be one, the older first, and the one above both."""

    one: UnitRow
    other: UnitRow
    above: str


def likely(day: dt.date) -> list[Pair]:
    """Sister units of the day that share a name or other name, or whose names are nearly alike. A proposal only.

    Those that a person told apart are left out.
    """
    rows = units_on(day)
    names, sisters = {row.id: row.name for row in rows}, defaultdict(list)
    others = defaultdict(list)
    for unit, alias in UnitAlias.objects.values_list("unit_id", "alias"):
        others[unit].append(alias)
    for row in rows:
        sisters[row.parent_id].append(row)
    apart = set(DistinctUnits.objects.values_list("one_id", "other_id"))
    found = []
    for parent, group in sisters.items():
        for one, other in _alike(group, others):
            if tuple(sorted((one.id, other.id))) not in apart:
                found.append(Pair(one, other, names.get(parent or 0, "")))
    return found


def _alike(group: list[UnitRow], others: dict[int, list[str]]) -> list[tuple[UnitRow, UnitRow]]:
    bears: dict[str, list[UnitRow]] = defaultdict(list)
    for row in group:
        for key in sought(row.name, row.short_name, *others[row.id]).split("\n"):
            bears[key].append(row)
    pairs = {(one.id, other.id): (one, other) for rows in bears.values() for one, other in combinations(rows, 2)}
    if len(group) <= _SISTERS:
        for one, other in combinations(group, 2):
            if _numbers(one.name) == _numbers(other.name) and fuzz.ratio(fold(one.name), fold(other.name)) >= ALIKE:
                pairs[one.id, other.id] = (one, other)
    return [pairs[ids] for ids in sorted(pairs)]


def _numbers(name: str) -> list[str]:
    """Tổ 1 is not Tổ 2."""
    return re.findall(r"\d+", name)


def differences(kept: Unit, gone: Unit) -> dict[str, str]:
    """In what the two differ so that a person must confirm it: by a short word, a sentence."""
    found = {}
    if kept.tree != gone.tree:
        trees = {"kept": Tree(kept.tree).label, "gone": Tree(gone.tree).label}
        found["tree"] = _("Khác khối: %(kept)s và %(gone)s.") % trees
    if kept.kind != gone.kind:
        found["kind"] = _("Khác loại đơn vị.")
    if kept.begins != gone.begins:
        days = {"kept": f"{kept.begins:%d/%m/%Y}", "gone": f"{gone.begins:%d/%m/%Y}"}
        found["begins"] = _("Khác ngày bắt đầu: %(kept)s và %(gone)s.") % days
    if kept.ends != gone.ends:
        found["ends"] = _("Khác ngày kết thúc.")
    return found


@transaction.atomic
def draft_merging(
    *, kept: Unit, gone: Unit, confirmed: Collection[str], by: Person | None, now: dt.datetime
) -> Reorganisation:
    """A draft by which `gone` merges into `kept` today; what it is called, papers from now on mean `kept` by.

    Raises NotPermitted, NotTwoUnits, StillDifferent (`confirmed` has not every difference).
    """
    require(by, services.ADMINISTRATORS, now)
    today = timezone.localdate(now)
    there = set(Unit.objects.on(today).filter(pk__in=[kept.pk, gone.pk]).values_list("pk", flat=True))
    if len(there) < 2:
        raise NotTwoUnits
    if left := [why for word, why in differences(kept, gone).items() if word not in confirmed]:
        raise StillDifferent(why=" ".join(left))
    title = _("Gộp mục trùng: %(name)s") % {"name": gone.name_on(today)}
    basis = _("Hai mục trong danh bạ là một đơn vị")
    act = reorganising.draft(title=title[:200], basis=basis, on=today, by=by, now=now)
    reorganising.add_lines(act=act, lines=[Line(verb=Verb.MERGE, unit=gone, to=kept)], by=by, now=now)
    mine = {row.folded for row in kept.aliases.all()} | {fold(kept.name_on(today)), fold(kept.short_name_on(today))}
    called = [gone.name_on(today), gone.short_name_on(today), *(row.alias for row in gone.aliases.order_by("id"))]
    for name in dict.fromkeys(called):
        if fold(name) not in mine:
            services.add_alias(unit=kept, alias=name, by=by, now=now)
            mine.add(fold(name))
    return act


@transaction.atomic
def tell_apart(*, one: Unit, other: Unit, by: Person | None, now: dt.datetime) -> DistinctUnits:
    """Says that two units that look alike are two. Raises NotPermitted, NotTwoUnits."""
    require(by, services.ADMINISTRATORS, now)
    if one == other:
        raise NotTwoUnits
    first, second = sorted((one.pk, other.pk))
    row, made = DistinctUnits.objects.get_or_create(
        one_id=first, other_id=second, defaults={"said_at": now, "said_by": by}
    )
    if made:
        journal.record(by=by, action="unit.told_apart", subject=one, data={"other": other.pk}, now=now)
    return row


@transaction.atomic
def untell(*, row: DistinctUnits, by: Person | None, now: dt.datetime) -> None:
    """The two may be proposed as one again. Raises NotPermitted."""
    require(by, services.ADMINISTRATORS, now)
    journal.record(by=by, action="unit.apart_withdrawn", subject=row.one, data={"other": row.other_id}, now=now)
    row.delete()
