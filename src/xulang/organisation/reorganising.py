"""Reorganisations: drafting a mapping, applying it in one transaction, undoing it by a new dated act.

Applying closes and opens dated rows of the directory and has every room hand its rows over (`ports.Affected`). Nothing
that was is changed: on a day before, everything reads as it did.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xulang.organisation import kinds, ports
from xulang.organisation.directory_changes import Changes
from xulang.organisation.enums import ENDING, ReorganisationState, Role, Verb
from xulang.organisation.errors import (
    LaterReorganisation,
    MappingFaulty,
    NameNeeded,
    NotADraft,
    NotApplied,
    NotYetInForce,
    NowhereToGo,
    UndoneBefore,
)
from xulang.organisation.mapping import Heir, LineRow, MappingFault, Register, faults_of, heirs_of
from xulang.organisation.models import Line, Person, Reorganisation, Succession, Unit, UnitCode
from xulang.organisation.permits import require
from xulang.organisation.ports import Plan
from xulang.organisation.selectors import units_on
from xulang.plumbing import journal
from xulang.plumbing.surveying import survey

ADMINISTRATORS = (Role.ADMINISTRATOR,)
MANY = 10_000  # rows moved at once, from which the database looks anew at how its rows lie


# --- Drafting ---


@transaction.atomic
def draft(*, title: str, basis: str, on: dt.date, by: Person | None, now: dt.datetime) -> Reorganisation:
    """A reorganisation to be filled with lines: its name, legal basis and day. Raises NotPermitted, NameNeeded."""
    require(by, ADMINISTRATORS, now)
    title, basis = " ".join(title.split()), " ".join(basis.split())
    if not title or not basis:
        raise NameNeeded
    made = Reorganisation.objects.create(title=title, basis=basis, on=on, drafted_at=now, drafted_by=by)
    journal.record(by=by, action="reorganisation.drafted", subject=made, data={"on": on.isoformat()}, now=now)
    return made


@transaction.atomic
def add_lines(*, act: Reorganisation, lines: Sequence[Line], by: Person | None, now: dt.datetime) -> None:
    """Adds lines, not yet saved, to a draft; one may name another of them as the unit that receives or stands above.

    What does not fit is told by `faults` and by `apply`: a draft may be wrong. Raises NotPermitted, NotADraft.
    """
    require(by, ADMINISTRATORS, now)
    act = _draft(act)
    for line in lines:
        line.reorganisation = act
    made = [line for line in lines if line.verb == Verb.ESTABLISH]
    above = [line.parent_line for line in made]
    for line in made:
        line.parent_line = None  # may be made by the very next line
    Line.objects.bulk_create(made)
    for line, parent in zip(made, above, strict=True):
        line.parent_line = parent
    Line.objects.bulk_update([line for line in made if line.parent_line_id is not None], ["parent_line"], 200)
    Line.objects.bulk_create(line for line in lines if line.verb != Verb.ESTABLISH)
    journal.record(by=by, action="reorganisation.lines_added", subject=act, data={"lines": len(lines)}, now=now)


@transaction.atomic
def remove_line(*, line: Line, by: Person | None, now: dt.datetime) -> None:
    """Takes a line out of a draft, and with it those that name what it would make. Raises NotPermitted, NotADraft."""
    require(by, ADMINISTRATORS, now)
    act, id = _draft(line.reorganisation), line.pk
    line.delete()
    journal.record(by=by, action="reorganisation.line_removed", subject=act, data={"line": id}, now=now)


@transaction.atomic
def discard(*, act: Reorganisation, by: Person | None, now: dt.datetime) -> None:
    """Throws a draft away; the journal keeps that it was. Raises NotPermitted, NotADraft."""
    require(by, ADMINISTRATORS, now)
    act = _draft(act)
    journal.record(by=by, action="reorganisation.discarded", subject=act, now=now)
    act.delete()


def _draft(act: Reorganisation) -> Reorganisation:
    act = Reorganisation.objects.select_for_update(of=("self",)).get(pk=act.pk)
    if act.state != ReorganisationState.DRAFT:
        raise NotADraft
    return act


# --- What a draft would do ---


def line_rows(act: Reorganisation) -> list[LineRow]:
    """The lines as the rules see them."""
    return [
        LineRow(
            id=line.pk,
            verb=Verb(line.verb),
            unit=line.unit_id,
            to=line.to_id if line.to_id is not None else _planned(line.to_line_id),
            function=line.function,
            main=line.main,
            kind=line.kind,
            name=line.name,
            parent=line.parent_id if line.parent_id is not None else _planned(line.parent_line_id),
            scheme=line.scheme,
            code=line.code,
        )
        for line in act.lines.all()
    ]


def _planned(line_id: int | None) -> int | None:
    return None if line_id is None else -line_id


def faults(act: Reorganisation) -> list[MappingFault]:
    """Everything that keeps the draft from being applied, on the register of its day."""
    rows = units_on(act.on)
    codes = UnitCode.objects.on(act.on).values_list("scheme", "code", "unit_id")
    register = Register(
        names={row.id: row.name for row in rows},
        parents={row.id: row.parent_id for row in rows if row.parent_id is not None},
        codes={(scheme, code): unit for scheme, code, unit in codes},
        kinds=frozenset(kinds.all_kinds()),
    )
    return faults_of(line_rows(act), register)


def plan_of(act: Reorganisation) -> Plan:
    """The plan of a draft, for previews; units not there yet go by minus the number of their line."""
    rows = line_rows(act)
    ends = frozenset(row.unit for row in rows if row.verb in ENDING and row.unit is not None)
    return Plan(act=act, on=act.on, ends=ends, heirs=heirs_of(rows))


# --- Applying ---


@transaction.atomic
def apply(*, act: Reorganisation, by: Person, now: dt.datetime) -> Reorganisation:
    """Puts a draft into force from its day on: the directory, posts with their holders, and every room's rows.

    A unit that ends gives its standing sub-units, its posts and all its rows to its heirs; one that stands and gives a
    function away, the open work that speaks of it. Raises NotPermitted, NotADraft, NotYetInForce (before its day),
    MappingFaulty (with every fault).
    """
    require(by, ADMINISTRATORS, now)
    act = _draft(act)
    if act.on > timezone.localdate(now):
        raise NotYetInForce(day=f"{act.on:%d/%m/%Y}")
    if found := faults(act):
        raise MappingFaulty(found)
    rows = line_rows(act)
    changes = Changes(act, act.on)
    made = _establish(act, changes)

    def real(unit: int) -> int:
        return made[-unit] if unit < 0 else unit

    heirs = {
        unit: tuple(Heir(real(heir.unit_id), heir.line_id, heir.function, heir.main) for heir in those)
        for unit, those in heirs_of(rows).items()
    }
    ends = frozenset(row.unit for row in rows if row.verb in ENDING and row.unit is not None)
    main = {unit: those[0].unit_id for unit, those in heirs.items() if unit in ends}
    changes.end(act.lines.filter(verb__in=ENDING).values("unit"), main)
    _rename(act, changes, made)
    changes.bear((line.unit_id or made[line.pk], line.scheme, line.code) for line in act.lines.all() if line.code)
    _succeed(act, ((unit, heir.unit_id, heir.function, heir.main) for unit, those in heirs.items() for heir in those))
    act.state, act.applied_at, act.applied_by = ReorganisationState.APPLIED, now, by
    act.save(update_fields=["state", "applied_at", "applied_by"])
    plan = Plan(act=act, on=act.on, ends=ends, heirs=heirs, by=by, now=now)
    moved = sum(room.apply(plan) for room in ports.affected())
    _look_anew(moved)
    data = {"on": act.on.isoformat(), "lines": len(rows), "rows": moved}
    journal.record(by=by, action="reorganisation.applied", subject=act, data=data, now=now)
    return act


def _look_anew(moved: int) -> None:
    """Has the database look at its rows where many moved.

    PostgreSQL would go on believing in a ledger without handovers, and seek for minutes whose a country's work was.
    """
    if moved >= MANY:
        transaction.on_commit(survey)


def _establish(act: Reorganisation, changes: Changes) -> dict[int, int]:
    """Makes the new units; gives for each line the unit it made."""
    lines = list(act.lines.filter(verb=Verb.ESTABLISH))
    units = Unit.objects.bulk_create(
        Unit(kind=line.kind, tree=kinds.all_kinds()[line.kind].tree, begins=act.on) for line in lines
    )
    made = {line.pk: unit.pk for line, unit in zip(lines, units, strict=True)}
    for line in lines:
        line.made_id = made[line.pk]
    Line.objects.bulk_update(lines, ["made"], batch_size=200)
    changes.begin(units)
    changes.name((made[line.pk], line.name, line.short_name, line.english) for line in lines)
    changes.hang((made[line.pk], above) for line in lines if (above := _above(line, made)) is not None)
    return made


def _above(line: Line, made: Mapping[int, int]) -> int | None:
    return made[line.parent_line_id] if line.parent_line_id is not None else line.parent_id


def _rename(act: Reorganisation, changes: Changes, made: Mapping[int, int]) -> None:
    """New names, and where a line says so another parent, for units that go on."""
    lines = list(act.lines.filter(verb=Verb.RENAME))
    changes.name(((line.unit_id or 0), line.name, line.short_name, line.english) for line in lines)
    changes.hang(((line.unit_id or 0), above) for line in lines if (above := _above(line, made)) is not None)


def _succeed(act: Reorganisation, rows: Any) -> None:
    Succession.objects.bulk_create(
        Succession(
            act=act, from_unit_id=gave, to_unit_id=took, on=act.on, basis=act.basis, function=function, main=main
        )
        for gave, took, function, main in rows
    )


# --- Undoing ---


def undo_plan(
    act: Reorganisation, undoing: Reorganisation, *, by: Person | None = None, now: dt.datetime | None = None
) -> Plan:
    """Where everything goes when `act` is undone: what it made ends, and what came since goes to whom it came from.

    The heir of a unit that ends is its first main predecessor; of one without any, the unit it stood under. Raises
    NowhereToGo.
    """
    made = list(act.effects.filter(opened=True, unit__isnull=False).values_list("unit_id", flat=True))
    ends = frozenset(made)
    home: dict[int, int] = {}
    for gave, took in act.successions.order_by("-main", "id").values_list("from_unit_id", "to_unit_id"):
        home.setdefault(took, gave)
    above = dict(
        act.effects.filter(opened=True, parent__isnull=False).values_list("parent__unit_id", "parent__parent_id")
    )
    for unit in made:
        here: int | None = unit
        while here is not None and here not in home and here in ends:
            here = above.get(here)
        if here is None:
            raise NowhereToGo(name=str(Unit.objects.get(pk=unit)))
        home[unit] = home.get(here, here)
    heirs = {unit: (Heir(home[unit]),) for unit in made}
    return Plan(act=undoing, on=undoing.on, ends=ends, heirs=heirs, by=by, now=now, undoes=act)


def undoing_of(act: Reorganisation, *, on: dt.date, basis: str = "") -> Reorganisation:
    """The act that would undo another, not saved."""
    title = _("Hoàn tác: %(title)s") % {"title": act.title}
    return Reorganisation(title=title[:200], basis=basis, on=on, undoes=act)


@transaction.atomic
def undo(*, act: Reorganisation, basis: str, on: dt.date, by: Person, now: dt.datetime) -> Reorganisation:
    """Undoes a reorganisation by a new act, from a day on: units, posts and rows are as they were before it.

    Between the two days everything reads as it was then. Reports and whatever else was done since stay where they were
    done; what was laid on the new units goes to the heirs of `undo_plan`. Raises NotPermitted, NameNeeded (no legal
    basis), NotApplied, UndoneBefore (a day before its own, or to come), LaterReorganisation (undo that first),
    NowhereToGo.
    """
    require(by, ADMINISTRATORS, now)
    act = Reorganisation.objects.select_for_update(of=("self",)).get(pk=act.pk)
    if act.state != ReorganisationState.APPLIED or act.undoes_id is not None:
        raise NotApplied
    if not (basis := " ".join(basis.split())):
        raise NameNeeded
    if not act.on <= on <= timezone.localdate(now):
        raise UndoneBefore(day=f"{act.on:%d/%m/%Y}")
    if (later := later_act(act)) is not None:
        raise LaterReorganisation(title=later.title)
    undoing = undoing_of(act, on=on, basis=basis)
    undoing.state, undoing.applied_at, undoing.applied_by = ReorganisationState.APPLIED, now, by
    undoing.drafted_at, undoing.drafted_by = now, by
    undoing.save(force_insert=True)
    plan = undo_plan(act, undoing, by=by, now=now)
    changes = Changes(undoing, on)
    changes.compensate(act, {unit: heirs[0].unit_id for unit, heirs in plan.heirs.items()})
    _succeed(
        undoing,
        act.successions.order_by("id").values_list("to_unit_id", "from_unit_id", "function", "main"),
    )
    act.state = ReorganisationState.UNDONE
    act.save(update_fields=["state"])
    moved = sum(room.undo(plan) for room in ports.affected())
    _look_anew(moved)
    data = {"undoes": act.pk, "on": on.isoformat(), "rows": moved}
    journal.record(by=by, action="reorganisation.undone", subject=undoing, data=data, now=now)
    return undoing


def later_act(act: Reorganisation) -> Reorganisation | None:
    """A reorganisation in force that was applied after this one to units that this one touched; it is undone first."""
    touched = Line.objects.filter(reorganisation=act)
    mine = set()
    for field in ("unit", "to", "made", "parent"):
        mine |= set(touched.filter(**{f"{field}__isnull": False}).values_list(field, flat=True))
    later = Reorganisation.objects.filter(
        state=ReorganisationState.APPLIED, undoes__isnull=True, applied_at__gte=act.applied_at
    ).exclude(pk=act.pk)
    for other in later.order_by("-applied_at", "-id"):
        lines = Line.objects.filter(reorganisation=other).values_list("unit_id", "to_id", "parent_id")
        if any(unit in mine for row in lines for unit in row if unit is not None):
            return other
    return None
