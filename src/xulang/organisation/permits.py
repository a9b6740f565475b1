"""Whether a person's posts of the day give a right; the first line of every verb."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from xulang.organisation.enums import Capacity, Role
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person, PostHolding
from xulang.organisation.scopes import Scope, beneath, home_of, scope_of


def acting(by: Person, now: dt.datetime) -> Scope:
    """The scope that a person acts with at that moment; raises NotPermitted for one without a post."""
    scope = scope_of(by, timezone.localdate(now))
    if scope is None:
        raise NotPermitted
    return scope


def require(by: Person | None, roles: Iterable[Role], now: dt.datetime) -> None:
    """Raises NotPermitted unless one of the roles is held; `by=None` is set-up by the terminal, which may do all."""
    if by is not None and not acting(by, now).holds(*roles):
        raise NotPermitted


def under(by: Person, roles: Iterable[Role], home: int, now: dt.datetime) -> dict[str, int]:
    """What the journal says of the delegation under which alone the person acts for an office; empty in own right.

    The right comes from a post with one of the roles: a leader's at the office or above it, any other's beneath it.
    """
    day = timezone.localdate(now)
    held = list(PostHolding.objects.on(day).filter(person=by, post__role__in=roles).select_related("post"))
    scope = scope_of(by, day) if any(row.capacity == Capacity.DELEGATE for row in held) else None
    if scope is None:
        return {}
    gives = [row for row in held if _serves(row.post.role, row.post.unit_id, home, scope)]
    own = any(row.capacity != Capacity.DELEGATE for row in gives)
    return {} if own or not gives else {"delegation": gives[0].pk}


def _serves(role: str, unit: int, home: int, scope: Scope) -> bool:
    if role == Role.LEADER:
        return home in beneath([unit], scope.parents)
    return home_of(unit, scope.parents, scope.governing) == home
