"""A small sample of `proofs.load`: people at once over HTTP, each with their own log-in; nothing is timed."""

import pytest
from proofs import _load, load

from office.conftest import NOW
from xulang.programme.enums import EntryKind
from xulang.programme.models import Entry


@pytest.mark.django_db(transaction=True)
def test_people_work_at_once(live_server):
    _load.seed(4, 24, NOW)
    tally = _load.crowd(live_server.url, 4, think=0, ramp=0, seconds=600, turns=10)
    assert tally.errors == {}
    assert len(tally.seconds["log-in"]) == 4
    assert len(tally.seconds["report"]) == Entry.objects.filter(kind=EntryKind.PROGRESS).count() == 4
    row = {"engine": "sqlite", "people": 4, "lasted": 2, "load": 1.0, "busy": 0.5, "nice": 0}
    row |= {"errors": {}, "seconds": {kind: sorted(times) for kind, times in tally.seconds.items()}}
    assert "| reports filed | 4 |" in load.page([row])


# What was met → whether the proof holds: the log-ins, whose hash is slow by design, do not count.
@pytest.mark.parametrize(
    ("seconds", "errors", "holds"),
    [
        ({"/": [0.1] * 96 + [2.0] * 4, "log-in": [3.0] * 50}, {}, True),
        ({"/": [0.1] * 90 + [2.0] * 10}, {}, False),
        ({"/": [0.1] * 100}, {"OSError": 1}, False),
    ],
)
def test_when_it_holds(seconds, errors, holds):
    assert load.holds({"seconds": seconds, "errors": errors}) is holds
