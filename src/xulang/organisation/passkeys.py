"""Passkeys (WebAuthn Level 3, by py_webauthn): a device proves its holder; nothing that could be stolen is kept here.

A ceremony is two steps. The first makes a challenge, which the caller keeps and lets be answered once; the second takes
the browser's answer to it.
"""

import datetime as dt
from dataclasses import dataclass

import webauthn
from django.db import transaction
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    options_to_json,
    parse_authentication_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from xulang.organisation import second_factor
from xulang.organisation.errors import NameNeeded, PasskeyCopied, PasskeyHeld, PasskeyRefused
from xulang.organisation.models import Passkey, Person
from xulang.plumbing import journal


@dataclass(frozen=True, slots=True)
class Site:
    """What keys are bound to: the domain, and the origins whose pages may ask for them."""

    domain: str
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What the browser is asked (JSON), and the challenge in it (base64url)."""

    options: str
    challenge: str


def ask_to_register(*, person: Person, site: Site, alone: bool) -> Question:
    """Asks for a new key; one that is to open `alone` must be found without a name and verify who holds it."""
    asked = webauthn.generate_registration_options(
        rp_id=site.domain,
        rp_name="Xứ Lạng",
        user_id=_handle(person),
        user_name=person.username,
        user_display_name=person.full_name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED if alone else ResidentKeyRequirement.DISCOURAGED,
            user_verification=_verification(alone=alone),
        ),
        exclude_credentials=_held(person),
    )
    return Question(options_to_json(asked), bytes_to_base64url(asked.challenge))


@transaction.atomic
def register(
    *, person: Person, site: Site, challenge: str, answer: str, name: str, alone: bool, now: dt.datetime
) -> list[str]:
    """The key holds from now on, as second factor or alone; gives recovery codes where the person has none yet.

    Raises PasskeyRefused, PasskeyHeld, NameNeeded.
    """
    if not (name := " ".join(name.split())[:60]):
        raise NameNeeded
    try:
        found = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.domain,
            expected_origin=list(site.origins),
            require_user_verification=alone,
        )
    except (WebAuthnException, ValueError) as why:
        raise PasskeyRefused from why
    credential = bytes_to_base64url(found.credential_id)
    if Passkey.objects.filter(credential=credential).exists():
        raise PasskeyHeld
    key = Passkey.objects.create(
        person=person,
        name=name,
        credential=credential,
        public_key=found.credential_public_key,
        sign_count=found.sign_count,
        alone=alone,
        since=now,
    )
    journal.record(by=person, action="passkey.registered", subject=key, data={"alone": alone}, now=now)
    return [] if person.recovery_codes.exists() else second_factor.recovery_codes(person)


def ask_to_prove(*, site: Site, person: Person | None) -> Question:
    """Asks for one of the person's keys; where the person is not known yet, for any that opens alone."""
    asked = webauthn.generate_authentication_options(
        rp_id=site.domain,
        allow_credentials=_held(person) if person else None,
        user_verification=_verification(alone=person is None),
    )
    return Question(options_to_json(asked), bytes_to_base64url(asked.challenge))


def prove(*, site: Site, challenge: str, answer: str, now: dt.datetime, person: Person | None = None) -> Person:
    """Who holds the key: that person, or where None was known whoever's key it is, if it opens alone.

    Raises PasskeyRefused, and PasskeyCopied, which the journal keeps.
    """
    try:
        told = parse_authentication_credential_json(answer)
        with transaction.atomic():
            key = Passkey.objects.select_for_update().filter(credential=told.id).first()
            if key is None or not (key.alone if person is None else key.person_id == person.pk):
                raise PasskeyRefused
            if told.response.user_handle not in (None, b"", _handle(key.person)):
                raise PasskeyRefused
            found = webauthn.verify_authentication_response(
                credential=told,
                expected_challenge=base64url_to_bytes(challenge),
                expected_rp_id=site.domain,
                expected_origin=list(site.origins),
                credential_public_key=bytes(key.public_key),
                credential_current_sign_count=0,  # compared below, where a copy is told from a bad answer
                require_user_verification=person is None,
            )
            # Synchronised keys count nothing; of those that count, the next number is always higher.
            if copied := key.sign_count > 0 and found.new_sign_count <= key.sign_count:
                journal.record(by=key.person, action="passkey.copy_suspected", subject=key, now=now)
            else:
                key.sign_count, key.last_used = found.new_sign_count, now
                key.save(update_fields=["sign_count", "last_used"])
    except (WebAuthnException, ValueError) as why:
        raise PasskeyRefused from why
    if copied:
        raise PasskeyCopied(name=key.name)
    return key.person


@transaction.atomic
def remove(*, key: Passkey, by: Person, now: dt.datetime) -> None:
    """One's own key holds no more; the caller has made sure who asks."""
    journal.record(by=by, action="passkey.removed", subject=key, now=now)
    person = key.person
    key.delete()
    second_factor.forget_codes_of_none(person)


def _handle(person: Person) -> bytes:
    """What a device keeps to tell accounts apart: says nothing about the person."""
    return str(person.pk).encode()


def _held(person: Person) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(id=base64url_to_bytes(credential))
        for credential in person.passkeys.values_list("credential", flat=True)
    ]


def _verification(*, alone: bool) -> UserVerificationRequirement:
    return UserVerificationRequirement.REQUIRED if alone else UserVerificationRequirement.PREFERRED
