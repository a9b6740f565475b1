"""Whether a person's posts of the day give a right; the first line of every verb."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from xulang.organisation.enums import Role
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person
from xulang.organisation.scopes import Scope, scope_of


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
