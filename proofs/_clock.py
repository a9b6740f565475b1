"""One process of the proof of the clock, on the database that XULANG_DATABASE_URL names: what `proofs.clock` starts.

`python -m proofs._clock histories FIRST LAST` lives through histories and prints a line of JSON for each;
`python -m proofs._clock town DUTIES` makes a town whose duties are due and late; `python -m proofs._clock work MINUTES`
is the worker of the jobs, its clock so many minutes ahead, in which a lease lasts one second: it may be killed.
"""

import datetime as dt
import json
import sys


def main() -> None:
    """See the module."""
    import django

    django.setup()
    from django.core.management import call_command

    what, *given = sys.argv[1:]
    if what == "work":
        work(int(given[0]))
        return
    call_command("migrate", verbosity=0)
    if what == "town":
        town(int(given[0]))
    else:
        histories(int(given[0]), int(given[1]))


def histories(first: int, last: int) -> None:
    """Each in a transaction that is taken back."""
    from django.db import transaction

    from programme import clock_histories

    for seed in range(first, last):
        with transaction.atomic():
            outcome = clock_histories.live(seed)
            told = {
                "seed": seed,
                "faults": clock_histories.faults(outcome),
                "notices": sum(outcome.notices.values()),
                "turns": sum(outcome.turns.values()),
                "letters": outcome.letters,
                "again": sum(outcome.sent.values()) - len(outcome.sent),
                "deaths": dict(outcome.deaths),
            }
            transaction.set_rollback(True)
        print(json.dumps(told), flush=True)


def town(duties: int) -> None:
    """A town whose officers have mail, issued with duties due around today, a third of them with an old obstacle."""
    from django.utils import timezone

    from builders import Said, a_town, an_issued_programme
    from xulang.organisation.models import Person
    from xulang.programme import services
    from xulang.programme.models import Assignment, ExpectedReport

    made = a_town()
    for person in Person.objects.all():
        person.email = f"{person.username}@muonghoa.example"
        person.save()
    units = ("Phòng Tài chính - Kế hoạch", "UBND phường Bến Đá", "UBND xã Nà Sáng")
    now = timezone.now() - dt.timedelta(days=60)
    today = timezone.localdate()
    dues = [today + dt.timedelta(days=n % 30 - 20) for n in range(duties)]
    rows = [Said(f"Việc {n}", [units[n % 3]], deadline=("date", str(due), None)) for n, due in enumerate(dues)]
    an_issued_programme(made, *rows, now=now)
    # Long enough ago, whatever holidays lie between, that the focal unit is told again and the leader as well.
    raised_at = timezone.now() - dt.timedelta(days=20)
    for duty in Assignment.objects.filter(unit=made.ward):
        services.raise_obstacle(assignment=duty, note="Thiếu kinh phí", by=made.ward_officer, now=raised_at)
    print(ExpectedReport.objects.count())


def work(minutes: int) -> None:
    """Works off the periodic jobs until nothing waits."""
    from django.utils import timezone

    from xulang.config.housekeeping import keep_house
    from xulang.plumbing import jobs

    real = timezone.now
    timezone.now = lambda: real() + dt.timedelta(minutes=minutes)
    jobs.LEASE = dt.timedelta(seconds=1)
    print("ready", flush=True)
    keep_house()


if __name__ == "__main__":
    main()
