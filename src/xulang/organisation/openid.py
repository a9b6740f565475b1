"""Log-in by an OpenID Connect provider: the port to it, and whose account an identity from there opens.

An identity opens the account that it is bound to. A new one is bound to the account of whoever was invited by the
address for mail that the provider vouches for; nothing here ever makes an account.
"""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from django.db import transaction

from xulang.organisation.errors import AddressUnverified, BoundToAnother, NobodyHere
from xulang.organisation.models import OutsideIdentity, Person
from xulang.organisation.permits import require
from xulang.organisation.services import ADMINISTRATORS
from xulang.plumbing import journal


@dataclass(frozen=True, slots=True)
class Departure:
    """Where the browser goes, and what is kept here to know the answer by."""

    address: str
    kept: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody as the provider knows them, its signature checked; `email` only where it says that it is verified."""

    issuer: str
    subject: str
    email: str = ""
    methods: frozenset[str] = frozenset()
    context: str = ""


class Provider(Protocol):
    """An OpenID Connect provider, spoken to by authorization code with PKCE, state and nonce."""

    label: str

    def leave(self, back: str) -> Departure:
        """Sends somebody there, to return to the address `back`. Raises ProviderSilent."""
        ...

    def arrive(self, *, answer: str, back: str, kept: Mapping[str, str], now: dt.datetime) -> Identity:
        """Who returned, by the whole address that they returned to. Raises ProviderSilent, ProviderRefused."""
        ...

    def farewell(self, back: str) -> str | None:
        """Where one leaves the provider's own session, if it has such a place. Raises ProviderSilent."""
        ...


_registered: list[Provider] = []


def register_provider(provider: Provider) -> None:
    """The wiring names the one provider."""
    _registered[:] = [provider]


def provider() -> Provider | None:
    """The provider, where the settings name one."""
    return _registered[0] if _registered else None


@cache
def _known() -> dict[str, Any]:
    return tomllib.loads(files("xulang.organisation").joinpath("data/openid.toml").read_text("utf-8"))


def by_two_factors(identity: Identity) -> bool:
    """Whether the provider says that it asked for two factors; silence is no."""
    methods = {name: frozenset(values) for name, values in _known()["methods"].items()}
    told = identity.methods
    said = bool(told & methods["both"]) or bool(told & methods["known"] and told & methods["had"])
    return said or identity.context in _known()["context"]["values"]


def holder_of(identity: Identity) -> Person:
    """Whose account it opens. Raises AddressUnverified, NobodyHere, BoundToAnother."""
    known = OutsideIdentity.objects.filter(issuer=identity.issuer, subject=identity.subject).select_related("person")
    if (bound := known.first()) is not None:
        return bound.person
    if not identity.email:
        raise AddressUnverified
    invited: list[Person] = list(Person.objects.filter(email__iexact=identity.email)[:2])
    if len(invited) != 1:
        raise NobodyHere(email=identity.email)
    if invited[0].outside_identities.filter(issuer=identity.issuer).exists():
        raise BoundToAnother(email=identity.email)
    return invited[0]


@transaction.atomic
def bind(*, identity: Identity, person: Person, now: dt.datetime) -> None:
    """From now on the identity opens its holder's account, whatever becomes of the address."""
    bound, new = OutsideIdentity.objects.update_or_create(
        issuer=identity.issuer,
        subject=identity.subject,
        defaults={"last_used": now},
        create_defaults={"person": person, "since": now, "last_used": now},
    )
    if new:
        journal.record(by=person, action="openid.bound", subject=bound, now=now)


@transaction.atomic
def unbind(*, person: Person, by: Person, now: dt.datetime) -> None:
    """Identities from outside open the account no more, until the next log-in binds one again. Raises NotPermitted."""
    require(by, ADMINISTRATORS, now)
    for bound in person.outside_identities.all():
        journal.record(by=by, action="openid.unbound", subject=bound, now=now)
        bound.delete()
