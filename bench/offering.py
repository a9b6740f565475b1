"""Units offered while somebody types, of ten thousand, on each database: beside the whole list in a page."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.measures import Result
from bench.searches import databases, environment

UNITS = 10_000
TYPED = ("lang son", "xa khe 77", "ubnd xa khe 4321", "phong van hao", "Khe 9", "xã Khế", "khong co that")


def offering() -> Result:
    """The answer to each key, its page and its scope included, beside making the list of all for one form."""
    told = []
    for name, address in databases():
        with environment(address) as own:
            done = subprocess.run(
                [sys.executable, str(Path(__file__))], env=own, capture_output=True, text=True, check=True
            )
        told.append({"name": name, **json.loads(done.stdout)})
    return Result(
        f"units offered, of {UNITS:,}",
        "; ".join(f"{row['name']}: p95 {row['ours']:.0f} ms, at most {row['bytes'] / 1000:.1f} kB" for row in told),
        "; ".join(
            f"{row['name']}: whole list {row['whole']:.0f} ms, {row['whole_bytes'] / 1000:.0f} kB" for row in told
        ),
        "p95 ≤ 150 ms, ≤ 60 kB",
        all(row["ours"] <= 150 and row["bytes"] <= 60_000 for row in told),
    )


MEASURES: dict[str, Callable[[], Result]] = {"offering": offering}


def _run() -> None:
    """The process that measures."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from bench import offices
    from xulang.office import clock
    from xulang.organisation.enums import Role
    from xulang.organisation.matching import sought
    from xulang.organisation.models import Person, Post, PostHolding, Unit, UnitName, UnitParent
    from xulang.organisation.selectors import units_on

    call_command("migrate", verbosity=0)
    clock.now = lambda: offices.at(offices.TODAY)  # type: ignore[assignment]
    home, *units = Unit.objects.bulk_create(
        Unit(kind="xa" if n else "ubnd_tinh", tree="STATE", begins=offices.BEGAN) for n in range(UNITS)
    )
    names = ["Ủy ban nhân dân tỉnh Lạng Sơn", *(f"Ủy ban nhân dân xã Khe {n}" for n in range(1, UNITS))]
    UnitName.objects.bulk_create(
        UnitName(unit=unit, name=name, sought=sought(name), valid_from=offices.BEGAN)
        for unit, name in zip([home, *units], names, strict=True)
    )
    UnitParent.objects.bulk_create(UnitParent(unit=unit, parent=home, valid_from=offices.BEGAN) for unit in units)
    person = Person.objects.create(username="lan", full_name="Lương Thị Lan")
    post = Post.objects.create(unit=home, title="Chuyên viên", role=Role.LEAD_OFFICER)
    PostHolding.objects.create(post=post, person=person, valid_from=offices.BEGAN)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client(HTTP_HOST="localhost")
    client.force_login(person)
    taken, most = [], 0
    for turn in range(12):
        for typed in TYPED:
            begun = time.perf_counter()
            answer = client.get("/don-vi/goi-y/", {"tim": typed})
            assert answer.status_code == 200
            if turn:
                taken.append(1000 * (time.perf_counter() - begun))
            most = max(most, len(answer.content))
    begun = time.perf_counter()
    whole = "".join(f'<option value="{row.name}">' for row in units_on(offices.TODAY))
    spent = 1000 * (time.perf_counter() - begun)
    ours = sorted(taken)[int(len(taken) * 0.95)]
    print(json.dumps({"ours": ours, "bytes": most, "whole": spent, "whole_bytes": len(whole.encode())}))


if __name__ == "__main__":
    _run()
