"""One process of the proof of the figures: `python -m proofs._figures FIRST LAST`, a line of JSON for each seed."""

import json
import sys


def main() -> None:
    """Each seed in a transaction that is taken back."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from programme import test_figures

    call_command("migrate", verbosity=0)
    for seed in range(int(sys.argv[1]), int(sys.argv[2])):
        told: dict[str, object] = {"seed": seed, "histories": 0, "fault": ""}
        with transaction.atomic():
            try:
                told["histories"] = test_figures.hold(seed)
            except AssertionError as why:
                told["fault"] = str(why)[:300]
            transaction.set_rollback(True)
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
