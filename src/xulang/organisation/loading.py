"""Units from a reviewed table: how an office brings its own register in, and how the sample town is made."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from xulang.organisation.models import Person, Unit, UnitCode
from xulang.organisation.services import create_unit


@transaction.atomic
def load_units(table: Mapping[str, Any], *, by: Person | None, now: dt.datetime) -> dict[str, Unit]:
    """The units of `[[unit]]` rows, each under the key that other rows call it by.

    A row has `key`, `kind`, `name`, and may have `short_name`, `english`, `parent` (a key of a row above), `aliases`,
    `code` ("gso:05971") and `begins` (else the table's own). Raises what `services.create_unit` raises; KeyError for an
    unknown parent.
    """
    made: dict[str, Unit] = {}
    for row in table["unit"]:
        made[row["key"]] = create_unit(
            kind=row["kind"],
            name=row["name"],
            short_name=row.get("short_name", ""),
            english=row.get("english", ""),
            parent=made[row["parent"]] if "parent" in row else None,
            aliases=row.get("aliases", ()),
            begins=row.get("begins", table["begins"]),
            by=by,
            now=now,
        )
        if "code" in row:
            scheme, _colon, code = row["code"].partition(":")
            UnitCode.objects.create(unit=made[row["key"]], scheme=scheme, code=code, valid_from=made[row["key"]].begins)
    return made
