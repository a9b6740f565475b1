"""The second factor: codes of an application (RFC 6238, by pyotp), codes for when it is lost, roles that must have it.

A passkey is one too: `passkeys`.

TCVN 14423:2026 asks for it where the platform is reached from the Internet, and for administrators.
"""

import base64
import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable

import pyotp
from django.db import transaction
from django.utils import timezone

from xulang.organisation.enums import Role
from xulang.organisation.errors import CodeWrong
from xulang.organisation.models import Authenticator, Passkey, Person, RecoveryCode, SecondFactorDemand
from xulang.organisation.permits import require
from xulang.organisation.services import ADMINISTRATORS
from xulang.plumbing import journal

STEP = 30  # seconds that a code is shown
LEEWAY = 1  # steps that a telephone's clock may be off
CODES = 10


def new_key() -> str:
    """A key for an application, to be kept by nobody until a code proves that it arrived."""
    return pyotp.random_base32()


def address_of(key: str, person: Person) -> str:
    """What the QR code says."""
    return pyotp.TOTP(key).provisioning_uri(name=person.username, issuer_name="Xứ Lạng")


@transaction.atomic
def enrol(*, person: Person, key: str, code: str, now: dt.datetime) -> list[str]:
    """The application holds from now on; gives the recovery codes, which are not kept. Raises CodeWrong."""
    step = _step(key, code, now, after=0)
    if step is None:
        raise CodeWrong
    Authenticator.objects.filter(person=person).delete()
    Authenticator.objects.create(person=person, key=key, since=now, last_step=step)
    journal.record(by=person, action="second_factor.enrolled", subject=person, now=now)
    return recovery_codes(person)


@transaction.atomic
def proves(*, person: Person, code: str, now: dt.datetime) -> bool:
    """Whether the code is the person's: of the application and not used before, or a recovery code, used up by this."""
    held = Authenticator.objects.select_for_update().filter(person=person).first()
    if held is not None and (step := _step(held.key, code, now, after=held.last_step)) is not None:
        held.last_step = step
        held.save(update_fields=["last_step"])
        return True
    used, _rows = RecoveryCode.objects.filter(person=person, sha256=_hash(code)).delete()
    if used:
        journal.record(by=person, action="second_factor.recovery_used", subject=person, now=now)
    return used == 1


@transaction.atomic
def renew_codes(*, person: Person, code: str, now: dt.datetime) -> list[str]:
    """New recovery codes; the old ones open no more. Raises CodeWrong."""
    if not proves(person=person, code=code, now=now):
        raise CodeWrong
    return replace_codes(person=person, now=now)


@transaction.atomic
def replace_codes(*, person: Person, now: dt.datetime) -> list[str]:
    """As `renew_codes`, where the caller has made sure who asks."""
    journal.record(by=person, action="second_factor.codes_renewed", subject=person, now=now)
    return recovery_codes(person)


@transaction.atomic
def remove(*, person: Person, by: Person, now: dt.datetime, code: str = "") -> None:
    """The application holds no more, against a code of one's own; nor anything else where an administrator says so.

    A person with passkeys keeps these and the recovery codes; an administrator removes all (a lost telephone). Raises
    NotPermitted, CodeWrong.
    """
    if by == person:
        if not proves(person=person, code=code, now=now):
            raise CodeWrong
    else:
        require(by, ADMINISTRATORS, now)
        Passkey.objects.filter(person=person).delete()
    Authenticator.objects.filter(person=person).delete()
    forget_codes_of_none(person)
    journal.record(by=by, action="second_factor.removed", subject=person, now=now)


def has_one(person: Person) -> bool:
    """Whether a password alone does not log the person in."""
    return has_application(person) or Passkey.objects.filter(person=person).exists()


def has_application(person: Person) -> bool:
    """Whether an application makes codes for the person."""
    return Authenticator.objects.filter(person=person).exists()


def demanded_of(roles: Iterable[Role]) -> bool:
    """Whether one of the roles must have a second factor."""
    return SecondFactorDemand.objects.filter(role__in=list(roles)).exists()


@transaction.atomic
def demand(*, roles: Iterable[Role], by: Person | None, now: dt.datetime) -> None:
    """From now on these roles must have a second factor, and no others. Raises NotPermitted."""
    require(by, ADMINISTRATORS, now)
    wanted, stands = set(roles), set(SecondFactorDemand.objects.values_list("role", flat=True))
    SecondFactorDemand.objects.exclude(role__in=wanted).delete()
    today = timezone.localdate(now)
    SecondFactorDemand.objects.bulk_create(
        SecondFactorDemand(role=role, since=today) for role in sorted(wanted) if role not in stands
    )
    actor = by or Person.objects.order_by("id").first()
    if actor is not None:
        data = {"roles": sorted(wanted)}
        journal.record(by=by, action="second_factor.demanded", subject=actor, data=data, now=now)


def recovery_codes(person: Person) -> list[str]:
    """New ones in place of the old; the caller has written why. Only their hashes are kept."""
    RecoveryCode.objects.filter(person=person).delete()
    codes = [base64.b32encode(secrets.token_bytes(10)).decode().lower() for _n in range(CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(person=person, sha256=_hash(code)) for code in codes)
    return ["-".join(code[i : i + 4] for i in range(0, 16, 4)) for code in codes]


def forget_codes_of_none(person: Person) -> None:
    """Recovery codes go with the last factor that they stood in for."""
    if not has_one(person):
        RecoveryCode.objects.filter(person=person).delete()


def _step(key: str, code: str, now: dt.datetime, *, after: int) -> int | None:
    """The step that the code is shown in, if it is near now and after that one."""
    digits = "".join(code.split())
    here = int(now.timestamp()) // STEP
    for step in range(here - LEEWAY, here + LEEWAY + 1):
        if step > after and pyotp.utils.strings_equal(pyotp.TOTP(key).at(step * STEP), digits):
            return step
    return None


def _hash(code: str) -> str:
    plain = "".join(char for char in code.lower() if char.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
