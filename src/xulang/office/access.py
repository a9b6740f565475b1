"""Who asks, and whether their posts open a page. Which rows they then see, `for_user` decides in every question."""

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from xulang.office import clock
from xulang.organisation.enums import Role
from xulang.organisation.models import Person
from xulang.organisation.scopes import Scope, reading, scope_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def asker(request: HttpRequest) -> Person:
    """The person who asks; pages without a log-in never call this."""
    assert isinstance(request.user, Person), "a page for persons was opened without a log-in"
    return request.user


def scope(request: HttpRequest) -> Scope | None:
    """The posts that the asker holds today; asked once a request."""
    if not hasattr(request, "_office_scope"):
        person = request.user
        request._office_scope = scope_of(person, clock.today()) if isinstance(person, Person) else None  # type: ignore[attr-defined]
    found: Scope | None = request._office_scope  # type: ignore[attr-defined]
    return found


def holds(request: HttpRequest, *roles: Role) -> bool:
    """Whether the asker holds one of the roles today."""
    held = scope(request)
    return held is not None and held.holds(*roles)


def units_of(request: HttpRequest, roles: Iterable[Role]) -> frozenset[int]:
    """The units in which the asker holds one of the roles today."""
    held = scope(request)
    return held.units(roles) if held else frozenset()


class ReadingScope:
    """Middleware: what only reads knows its reader's posts once, however many questions the page puts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with reading() if request.method in ("GET", "HEAD") else nullcontext():
            return self.get_response(request)


def opens_to(*roles: Role) -> Callable[[View[P]], View[P]]:
    """A view that opens to holders of one of the roles and is refused (403) to all others."""

    def shut(view: View[P]) -> View[P]:
        @wraps(view)
        def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not holds(request, *roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return opened

    return shut
