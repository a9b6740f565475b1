"""The browser that every journey is walked in."""

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from beginnings import Beginning
from journeys.browsing import CHROMIUM
from xulang.config.sample import seeding
from xulang.office import clock
from xulang.organisation.models import Person
from xulang.programme import services
from xulang.programme.enums import Cadence
from xulang.programme.models import Programme

SAMPLE = Path(seeding.__file__).with_name("plan.md")
NOW = dt.datetime(2026, 3, 10, 2, 0, tzinfo=dt.UTC)  # the sample plan's own spring

# Journeys ask whether a thing comes, not how fast: on a loaded machine issuing alone outlasted the usual five seconds.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def browser(beginning: Beginning, django_db_blocker: Any) -> Iterator[Browser]:
    """Chromium without a window. Its driver runs a loop in this thread, beside which the tests ask the database.

    Beside the loop Django opens another connection: what tests before began from is left on theirs.
    """
    with django_db_blocker.unblock():
        beginning.be(None)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(autouse=True)
def _leave_nothing_open(browser: Browser) -> Iterator[None]:
    """A page left open keeps its processes: fifty of them slow down whatever is tested after."""
    yield
    for context in browser.contexts:
        context.close()


@pytest.fixture
def issued(monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> Programme:
    """The sample plan, issued with a monthly cadence by the sample's lead officer."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    seeding.seed(today=NOW.date(), now=NOW)
    programme = seeding.propose(SAMPLE.read_bytes(), SAMPLE.name, now=NOW)
    officer = Person.objects.get(username="dau.moi")
    services.set_cadence(programme=programme, cadence=Cadence.MONTH, by=officer, now=NOW)
    meanings: dict[int, Any] = {
        row.pk: "open" if row.is_open else list(row.units.values_list("pk", flat=True)) for row in programme.sets.all()
    }
    services.confirm_sets(programme=programme, choices=meanings, by=officer, now=NOW)
    services.confirm_sure(programme=programme, by=officer, now=NOW)
    services.issue(programme=programme, by=officer, now=NOW)
    return programme
