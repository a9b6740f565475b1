"""What an act closes and opens in the directory, each row noted as an effect, so that an undo can compensate it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import models
from django.db.models import functions

from xulang.organisation.models import (
    Effect,
    Post,
    PostHolding,
    Reorganisation,
    Unit,
    UnitCode,
    UnitName,
    UnitParent,
)

_TABLES: dict[str, type[Any]] = {"name": UnitName, "parent": UnitParent, "code": UnitCode}


class Changes:
    """The changes of one act on its day, set by set: ten thousand units take as many statements as ten."""

    def __init__(self, act: Reorganisation, on: dt.date) -> None:
        self.act, self.on = act, on

    # --- Opening ---

    def begin(self, units: Iterable[Unit]) -> None:
        """Notes units that the act made."""
        self._note("unit", units, opened=True)

    def name(self, rows: Iterable[tuple[int, str, str, str]]) -> None:
        """New names (unit, name, short name, English); what the units were called until then is closed."""
        new = [
            UnitName(unit_id=unit, name=name, short_name=short, english=english, valid_from=self.on)
            for unit, name, short, english in rows
        ]
        self._instead("name", new)

    def hang(self, rows: Iterable[tuple[int, int]]) -> None:
        """New parents (unit, parent)."""
        self._instead("parent", [UnitParent(unit_id=unit, parent_id=above, valid_from=self.on) for unit, above in rows])

    def bear(self, rows: Iterable[tuple[int, str, str]]) -> None:
        """New codes (unit, scheme, code); another code of the unit in that scheme is closed."""
        new = [UnitCode(unit_id=unit, scheme=scheme, code=code, valid_from=self.on) for unit, scheme, code in rows]
        schemes: dict[str, list[int]] = {}
        for row in new:
            schemes.setdefault(row.scheme, []).append(row.unit_id)
        for scheme, units in schemes.items():
            self._close("code", UnitCode.objects.filter(scheme=scheme), units)
        self._open("code", new)

    def _instead(self, kind: str, new: list[Any]) -> None:
        self._close(kind, _TABLES[kind].objects.all(), [row.unit_id for row in new])
        self._open(kind, new)

    # --- Ending ---

    def end(self, units: "models.QuerySet[Any]", heirs: Mapping[int, int]) -> None:
        """Units end, with their names, places and codes; sub-units that stand on and posts go to the heir of each.

        `units` asks for their ids: they may be ten thousand.
        """
        under = UnitParent.objects.filter(parent__in=units).exclude(unit__in=units)
        orphans = [(row.unit_id, heirs[row.parent_id]) for row in self._held(under)]
        self.hang(orphans)
        for kind, table in _TABLES.items():
            self._shut(kind, self._held(table.objects.filter(unit__in=units)))
        standing = Unit.objects.filter(pk__in=units)
        rows = list(standing.only("pk", "begins", "ends"))
        was = {row.pk: row.ends for row in rows}
        standing.update(ends=functions.Greatest(models.F("begins"), models.Value(self.on)))
        self._note("unit", rows, opened=False, was=was)
        self._continue_posts(Post.objects.filter(unit__in=units), heirs)

    def _continue_posts(self, posts: "models.QuerySet[Post]", heirs: Mapping[int, int]) -> None:
        """For each post one in the heir, and whoever holds it goes along."""
        old = list(posts.filter(models.Q(ends__isnull=True) | models.Q(ends__gt=self.on)).order_by("id"))
        new = [_copy(post, unit_id=heirs[post.unit_id], continues_id=post.pk) for post in old]
        Post.objects.bulk_create(new)
        self._note("post", new, opened=True)
        self._appoint({before.pk: after.pk for before, after in zip(old, new, strict=True)})

    def _appoint(self, posts: Mapping[int, int]) -> None:
        """Holders of the one post hold the other from the day on; what they delegated hangs on that."""
        for some in _pieces(list(posts)):
            held = self._held(PostHolding.objects.filter(post__in=some))
            old = list(held.order_by("id"))
            held.update(valid_to=functions.Greatest(models.F("valid_from"), models.Value(self.on)))
            there = PostHolding.objects.filter(post__in=[posts[post] for post in some], valid_to__isnull=True)
            taken = set(there.values_list("post_id", "person_id"))
            old = [row for row in old if (posts[row.post_id], row.person_id) not in taken]
            goes_on = self._hold([row for row in old if row.delegated_by_id is None], posts, {})
            self._hold([row for row in old if row.delegated_by_id in goes_on], posts, goes_on)

    def _hold(
        self, rows: list[PostHolding], posts: Mapping[int, int], goes_on: Mapping[int, PostHolding]
    ) -> dict[int, PostHolding]:
        """The holdings on their new posts, by the number of the old ones; `goes_on` are those they are delegated by."""
        new = [
            _copy(
                row,
                post_id=posts[row.post_id],
                valid_from=max(self.on, row.valid_from),
                delegated_by_id=None if row.delegated_by_id is None else goes_on[row.delegated_by_id].pk,
            )
            for row in rows
        ]
        PostHolding.objects.bulk_create(new)
        return {row.pk: made for row, made in zip(rows, new, strict=True)}

    # --- Undoing ---

    def compensate(self, act: Reorganisation, heirs: Mapping[int, int]) -> None:
        """Closes what `act` opened, opens again what it closed; what came to its units since goes to their heirs."""
        effects = Effect.objects.filter(act=act)
        made = effects.filter(opened=True, unit__isnull=False).values("unit")
        ours = effects.filter(opened=True, post__isnull=False).values("post")
        self._return_posts(Post.objects.filter(pk__in=ours))
        for kind, table in _TABLES.items():
            opened = effects.filter(opened=True, **{f"{kind}__isnull": False}).values(kind)
            self._shut(kind, self._held(table.objects.filter(pk__in=opened).exclude(unit__in=made)))
        self._restore_units(effects)
        came = UnitParent.objects.filter(parent__in=made).exclude(unit__in=made)
        self.hang([(row.unit_id, heirs[row.parent_id]) for row in self._held(came)])
        for kind, table in _TABLES.items():
            self._shut(kind, self._held(table.objects.filter(unit__in=made)))
        for kind in _TABLES:
            self._restore(kind, effects)
        rows = list(Unit.objects.filter(pk__in=made).only("pk", "ends"))
        Unit.objects.filter(pk__in=made).update(ends=self.on)
        self._note("unit", rows, opened=False, was={row.pk: row.ends for row in rows})
        self._continue_posts(Post.objects.filter(unit__in=made), heirs)

    def _return_posts(self, posts: "models.QuerySet[Post]") -> None:
        """Whoever holds a post that the act made holds the one it continues, also if appointed since; the post ends."""
        rows = list(posts)
        self._appoint({post.pk: post.continues_id for post in rows if post.continues_id is not None})
        for some in _pieces([post.pk for post in rows]):
            Post.objects.filter(pk__in=some).update(ends=self.on)
        self._note("post", rows, opened=False)

    def _restore_units(self, effects: "models.QuerySet[Effect]") -> None:
        """Units that the act ended stand again, unless somebody ended them otherwise since."""
        ends: dict[dt.date | None, list[int]] = {}
        for unit, was in effects.filter(opened=False, unit__isnull=False).order_by("id").values_list("unit", "was_to"):
            ends.setdefault(was, []).append(unit)
        for was, units in ends.items():
            for some in _pieces(units):
                Unit.objects.filter(pk__in=some).update(ends=was)
                self._note("unit", Unit.objects.filter(pk__in=some).order_by("pk").only("pk"), opened=True)

    def _restore(self, kind: str, effects: "models.QuerySet[Effect]") -> None:
        """Opens closed rows again, where nothing else has taken their place."""
        table = _TABLES[kind]
        closed = effects.filter(opened=False, **{f"{kind}__isnull": False}).select_related(kind)
        held = self._held(table.objects.all())
        if kind == "code":
            taken = set(held.values_list("scheme", "code"))
        else:
            taken = set(held.values_list("unit_id", flat=True))
        new = []
        for effect in closed:
            row = getattr(effect, kind)
            key = (row.scheme, row.code) if kind == "code" else row.unit_id
            if key not in taken and (effect.was_to is None or effect.was_to > self.on):
                taken.add(key)
                new.append(_copy(row, valid_from=max(self.on, row.valid_from), valid_to=effect.was_to))
        self._open(kind, new)

    # --- Rows and their effects ---

    def _held(self, rows: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
        """Those that hold on the day, or will later."""
        return rows.filter(models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=self.on))

    def _close(self, kind: str, rows: "models.QuerySet[Any]", units: list[int]) -> None:
        for some in _pieces(units):
            self._shut(kind, self._held(rows.filter(unit__in=some)))

    def _shut(self, kind: str, rows: "models.QuerySet[Any]") -> None:
        """Ends the rows on the day; one that would begin later never held."""
        found = list(rows.order_by("pk").only("pk", "valid_to"))
        if not found:
            return
        was = {row.pk: row.valid_to for row in found}
        self._note(kind, found, opened=False, was=was)
        latest = functions.Greatest(models.F("valid_from"), models.Value(self.on))
        rows.order_by().update(valid_to=latest)

    def _open(self, kind: str, new: list[Any]) -> None:
        _TABLES[kind].objects.bulk_create(new)
        self._note(kind, new, opened=True)

    def _note(
        self, kind: str, rows: Iterable[Any], *, opened: bool, was: Mapping[int, dt.date | None] | None = None
    ) -> None:
        Effect.objects.bulk_create(
            Effect(act=self.act, opened=opened, was_to=(was or {}).get(row.pk), **{f"{kind}_id": row.pk})
            for row in rows
        )


def _copy(row: Any, **changed: Any) -> Any:
    """The same row anew, but for what is given."""
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    return type(row)(**values | changed)


def _pieces(ids: list[int]) -> Iterator[list[int]]:
    """The ids in pieces that one statement may name."""
    for start in range(0, len(ids), 5_000):
        yield ids[start : start + 5_000]
