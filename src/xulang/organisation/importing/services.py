"""Taking a file of the directory in: staged, compared, then applied in one transaction, or thrown away."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import functions

from xulang.organisation import kinds, services
from xulang.organisation.enums import ImportState, Role
from xulang.organisation.errors import AlreadySettled, DirectoryMoved, NoTables, RowsFaulty
from xulang.organisation.importing.register import register_on
from xulang.organisation.importing.rules import Comparison, Found, Standing
from xulang.organisation.importing.tables import Row, Table, rows_of
from xulang.organisation.models import (
    DirectoryImport,
    Person,
    Post,
    PostHolding,
    Unit,
    UnitAlias,
    UnitCode,
    UnitName,
    UnitParent,
)
from xulang.organisation.permits import require
from xulang.plumbing import files, journal, sheets
from xulang.plumbing.folding import fold

_KEPT = dt.timedelta(days=2)  # a staged file that nobody decides on names persons no longer than this
_PIECE = 5_000  # ids that one statement names


@transaction.atomic
def stage(*, data: bytes, name: str, on: dt.date, by: Person | None, now: dt.datetime) -> DirectoryImport:
    """Keeps the rows of a file to be looked at; nothing of the directory is touched. `on`: changes hold from that day.

    Raises NotPermitted, NoTables, or what `sheets.read` raises.
    """
    require(by, services.ADMINISTRATORS, now)
    rows, unknown = rows_of(sheets.read(data, name))
    if not rows:
        raise NoTables
    _settle(DirectoryImport.objects.filter(state=ImportState.STAGED, staged_at__lt=now - _KEPT), now)
    return DirectoryImport.objects.create(
        name=files.clean_name(name),
        sha256=hashlib.sha256(data).hexdigest(),
        on=on,
        rows=[[row.table.value, row.number, row.cells] for row in rows],
        unknown=list(dict.fromkeys(unknown)),
        staged_at=now,
        staged_by=by,
    )


def compared(file: DirectoryImport) -> list[Found]:
    """What each row of a staged file would do to the directory as it stands now."""
    rows = [Row(Table(table), number, cells) for table, number, cells in file.rows]
    return Comparison(rows, register_on(file.on), kinds.all_kinds()).found


def seen(found: Iterable[Found]) -> str:
    """A mark of what a comparison shows: equal marks, equal outcomes."""
    told = [(one.standing, max(one.id, 0), sorted(one.changed.items()), one.faults) for one in found]
    return hashlib.sha256(repr(told).encode()).hexdigest()


@transaction.atomic
def discard(*, file: DirectoryImport, by: Person | None, now: dt.datetime) -> None:
    """Throws a staged file away. Raises NotPermitted, AlreadySettled."""
    require(by, services.ADMINISTRATORS, now)
    _settle(DirectoryImport.objects.filter(pk=_staged(file).pk), now)


def _settle(rows: "models.QuerySet[DirectoryImport]", now: dt.datetime) -> None:
    rows.update(state=ImportState.DISCARDED, rows=[], settled_at=now)


def _staged(file: DirectoryImport) -> DirectoryImport:
    file = DirectoryImport.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if file.state != ImportState.STAGED:
        raise AlreadySettled
    return file


@transaction.atomic
def apply(
    *, file: DirectoryImport, looked_at: str, good_alone: bool, by: Person | None, now: dt.datetime
) -> list[Person]:
    """Takes the rows in, all of them or (`good_alone`) those without a fault; gives the persons who are new.

    `looked_at` is the mark (`seen`) of what a person agreed to. Raises NotPermitted, AlreadySettled, DirectoryMoved,
    RowsFaulty.
    """
    require(by, services.ADMINISTRATORS, now)
    file = _staged(file)
    found = compared(file)
    if seen(found) != looked_at:
        raise DirectoryMoved
    faulty = sum(one.standing == Standing.FAULTY for one in found)
    if faulty and not good_alone:
        raise RowsFaulty(count=faulty)
    taken = _Taking(found, file.on, by, now)
    taken.units()
    people = taken.people()
    taken.posts()
    counts = {
        "new": sum(one.standing == Standing.NEW for one in taken.good),
        "changed": sum(one.standing == Standing.CHANGED for one in taken.good),
        "left_out": faulty,
    }
    DirectoryImport.objects.filter(pk=file.pk).update(state=ImportState.APPLIED, rows=[], settled_at=now, **counts)
    data = {"on": file.on.isoformat(), "sha256": file.sha256, **counts, "rows": taken.touched()}
    journal.record(by=by, action="directory.imported", subject=file, data=data, now=now)
    return people


class _Taking:
    """The writing of what was compared, table by table; new rows get their ids as they are made."""

    def __init__(self, found: Iterable[Found], on: dt.date, by: Person | None, now: dt.datetime) -> None:
        self.on, self.by, self.now = on, by, now
        self.good = [one for one in found if one.standing in {Standing.NEW, Standing.CHANGED}]
        self.made: dict[int, int] = {}
        self.rows: dict[str, list[int]] = {}

    def touched(self) -> dict[str, list[int]]:
        """The ids of what was made or changed, by table: what the journal tells."""
        return {name: sorted(set(ids)) for name, ids in self.rows.items()}

    def _of(self, table: Table, standing: Standing) -> list[Found]:
        return [one for one in self.good if one.row.table == table and one.standing == standing]

    def _real(self, id: int) -> int:
        return self.made[id] if id < 0 else id

    def _note(self, table: str, ids: Iterable[int]) -> None:
        self.rows.setdefault(table, []).extend(ids)

    # --- Units ---

    def units(self) -> None:
        """New units with all they have; then what changes of those that stand, from the day on."""
        new = self._of(Table.UNITS, Standing.NEW)
        units = Unit.objects.bulk_create(
            Unit(
                kind=one.values["kind"],
                tree=kinds.all_kinds()[one.values["kind"]].tree,
                begins=one.values.get("first") or self.on,
                ends=_day_after(one.values.get("last")),
            )
            for one in new
        )
        self.made |= {one.id: unit.pk for one, unit in zip(new, units, strict=True)}
        self._note("units", (unit.pk for unit in units))
        changed = self._of(Table.UNITS, Standing.CHANGED)
        self._note("units", (one.id for one in changed))
        named = [one for one in changed if {"name", "short_name", "english"} & one.changed.keys()]
        placed = [one for one in changed if "parent" in one.changed]
        coded = [one for one in changed if "codes" in one.changed]
        ends = self._close(UnitName, named)
        UnitName.objects.bulk_create(
            UnitName(unit_id=unit, name=name, short_name=short, english=english, valid_from=first, valid_to=end)
            for unit, name, short, english, first, end in self._names(new, named, ends)
        )
        self._close(UnitParent, placed)
        self._close(UnitCode, coded)
        UnitParent.objects.bulk_create(
            UnitParent(unit_id=unit, parent_id=self._real(above), valid_from=first, valid_to=end)
            for one, unit, first, end in self._spans(new, placed)
            if (above := one.values.get("parent")) is not None
        )
        UnitCode.objects.bulk_create(
            UnitCode(unit_id=unit, scheme=code.partition(":")[0], code=code.partition(":")[2], valid_from=first)
            for one, unit, first, _end in self._spans(new, coded)
            for code in one.values.get("codes") or ()
        )
        UnitAlias.objects.bulk_create(
            (
                UnitAlias(unit_id=unit, alias=alias, folded=fold(alias))
                for one, unit, _first, _end in self._spans(new, [one for one in changed if "aliases" in one.changed])
                for alias in one.values.get("aliases") or ()
            ),
            ignore_conflicts=True,
        )
        self._end_units([one for one in changed if "last" in one.changed])

    def _names(self, new: Sequence[Found], named: Sequence[Found], now: Any) -> Iterable[tuple[Any, ...]]:
        """The names of new units, and the new names of others: what the file does not tell stays as it was."""
        for one, unit, first, end in self._spans(new, named):
            was = now.get(unit)
            told = [one.values.get(key, getattr(was, key, "")) for key in ("name", "short_name", "english")]
            yield unit, *told, first, end

    def _spans(self, new: Sequence[Found], changed: Sequence[Found]) -> Iterable[tuple[Found, int, Any, Any]]:
        """Each row with its unit, and from when to when what it tells will hold."""
        for one in new:
            yield one, self.made[one.id], one.values.get("first") or self.on, _day_after(one.values.get("last"))
        ends = dict(Unit.objects.filter(ends__isnull=False).values_list("pk", "ends")) if changed else {}
        for one in changed:
            yield one, one.id, self.on, ends.get(one.id)

    def _close(self, table: type[Any], rows: Sequence[Found]) -> dict[int, Any]:
        """Ends what holds on the day of these units; gives it. What began on that very day never held."""
        was: dict[int, Any] = {}
        for some in _pieces([one.id for one in rows]):
            held = table.objects.on(self.on).filter(unit__in=some)
            was |= {row.unit_id: row for row in held}
            held.update(valid_to=functions.Greatest(models.F("valid_from"), models.Value(self.on)))
        return was

    def _end_units(self, rows: Sequence[Found]) -> None:
        """Those beneath go first, so that none is left hanging under a unit that is no more."""
        tree = dict(UnitParent.objects.on(self.on).values_list("unit_id", "parent_id"))

        def depth(unit: int) -> int:
            return 0 if (above := tree.get(unit)) is None else 1 + depth(above)

        for one in sorted(rows, key=lambda one: -depth(one.id)):
            unit, end = Unit.objects.get(pk=one.id), one.values["last"] + dt.timedelta(days=1)
            services.end_unit(unit=unit, on=end, by=self.by, now=self.now)

    # --- People ---

    def people(self) -> list[Person]:
        """New accounts without a password, and what changes of others; gives the new ones."""
        new = self._of(Table.PEOPLE, Standing.NEW)
        made = []
        for one in new:
            person = Person(
                username=one.values["username"],
                full_name=one.values["full_name"],
                email=one.values.get("email", ""),
                opened_at=self.now,
            )
            person.set_unusable_password()
            made.append(person)
        Person.objects.bulk_create(made)
        self.made |= {one.id: person.pk for one, person in zip(new, made, strict=True)}
        for one in self._of(Table.PEOPLE, Standing.CHANGED):
            told = {column: one.values[column] for column in one.changed}
            Person.objects.filter(pk=one.id).update(**told)
            self._note("people", [one.id])
        self._note("people", (person.pk for person in made))
        return made

    # --- Posts ---

    def posts(self) -> None:
        """New posts, then who holds them; what ends, ends with what was delegated from it."""
        new = self._of(Table.POSTS, Standing.NEW)
        makes = [one for one in new if one.values["post"] == one.id]
        posts = Post.objects.bulk_create(
            Post(unit_id=self._real(one.values["unit"]), title=one.values["title"], role=Role(one.values["role"]))
            for one in makes
        )
        self.made |= {one.id: post.pk for one, post in zip(makes, posts, strict=True)}
        self._note("posts", (post.pk for post in posts))
        holdings = PostHolding.objects.bulk_create(
            PostHolding(
                post_id=self._real(one.values["post"]),
                person_id=self._real(one.values["person"]),
                valid_from=one.values["first"],
                valid_to=_day_after(one.values.get("last")),
                **{key: one.values[key] for key in ("capacity", "basis") if one.values.get(key)},
            )
            for one in new
            if one.values.get("person") is not None
        )
        self._note("holdings", (holding.pk for holding in holdings))
        for one in self._of(Table.POSTS, Standing.CHANGED):
            holding = PostHolding.objects.get(pk=one.id)
            if "basis" in one.changed:
                holding.basis = one.values["basis"]
                holding.save(update_fields=["basis"])
            if "last" in one.changed:
                end = one.values["last"] + dt.timedelta(days=1)
                services.end_appointment(holding=holding, on=end, by=self.by, now=self.now)
            self._note("holdings", [holding.pk])


def _day_after(last: dt.date | None) -> dt.date | None:
    return None if last is None else last + dt.timedelta(days=1)


def _pieces(ids: list[int]) -> Iterable[list[int]]:
    for start in range(0, len(ids), _PIECE):
        yield ids[start : start + _PIECE]
