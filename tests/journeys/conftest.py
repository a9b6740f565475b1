"""The browser that every journey is walked in."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from journeys.browsing import CHROMIUM

# Journeys ask whether a thing comes, not how fast: on a loaded machine issuing alone outlasted the usual five seconds.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window. Its driver runs a loop in this thread, beside which the tests ask the database."""
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
