"""Makes a sample: units, an account per kind of user with a random password, a plan read, reorganisations drafted."""

import datetime as dt
import secrets
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from xulang.organisation.enums import Role
from xulang.organisation.loading import load_units
from xulang.organisation.mapping_file import read_mapping
from xulang.organisation.models import Person
from xulang.organisation.reorganising import add_lines, draft
from xulang.organisation.services import appoint, create_person, create_post
from xulang.programme.models import Programme
from xulang.programme.services import propose as propose_programme
from xulang.registry.services import receive

HERE = Path(__file__).parent
# A made-up town with a plan to carry out, and the real city of 2025 with the acts that ended it.
SAMPLES = {"muong-hoa": HERE, "lang-son": HERE / "lang_son"}


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can log in to the demonstration; the password is shown once and kept nowhere."""

    username: str
    password: str
    role: str
    name: str


@transaction.atomic
def seed(today: dt.date, now: dt.datetime, sample: str = "muong-hoa") -> list[Account]:
    """Fills an empty database with a sample. Everybody holds their post long since, and at the latest today.

    The acts of its file are drafted, and wait for the administrator. Raises KeyError for a sample that is not there.
    """
    here = SAMPLES[sample]
    units = load_units(_table(here / "units.toml"), by=None, now=now)
    people = _table(here / "people.toml")
    accounts = []
    for row in people["person"]:
        password = secrets.token_urlsafe(12)
        person = create_person(
            username=row["username"], full_name=row["full_name"], password=password, by=None, now=now
        )
        role = Role(row["role"])
        post = create_post(unit=units[row["unit"]], title=row["title"], role=role, by=None, now=now)
        appoint(post=post, person=person, on=min(people["since"], today), by=None, now=now)
        accounts.append(Account(person.username, password, str(role.label), person.full_name))
    if (acts := here / "acts.toml").exists():
        for row in _table(acts)["act"]:
            act = draft(title=row["title"], basis=row["basis"], on=row["on"], by=None, now=now)
            lines = read_mapping(here.joinpath(row["lines"]).read_bytes(), row["lines"], act=act)
            add_lines(act=act, lines=lines, by=None, now=now)
    return accounts


def propose(data: bytes, name: str, *, now: dt.datetime) -> Programme:
    """Receives a plan as the sample's lead officer and proposes its programme. Raises what `receive` refuses with."""
    officer = Person.objects.get(username=_lead_officer())
    directive = receive(data=data, name=name, by=officer, now=now)
    return propose_programme(directive=directive, by=officer, now=now)


def _lead_officer() -> str:
    rows = _table(HERE / "people.toml")["person"]
    return next(str(row["username"]) for row in rows if row["role"] == Role.LEAD_OFFICER)


def _table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))
