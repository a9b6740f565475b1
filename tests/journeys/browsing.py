"""A person at a browser."""

import os
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from xulang.organisation.models import Person

# The browser without its window's parts takes half the time over a page; the engine is the same.
BROWSERS = [Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")]
CHROMIUM = next((path for path in BROWSERS if path.exists()), BROWSERS[-1])
ON_BOTH = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium; make setup-system installs it"),
    pytest.mark.django_db(transaction=True),
]
IN_A_BROWSER = [
    *ON_BOTH,
    pytest.mark.one_database("what a browser does with a page; what the page asks, the office's tests ask of both"),
]
# axe lies ready on every page that a context opens, unread until it is asked for; sent along each time it costs more.
AXE = f"window.bringAxe = () => {{{AXE_SCRIPT}}}"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults(page: Page, rules: list[str]) -> list[str]:
    """What axe finds, with the first places of each."""
    if not page.evaluate("'axe' in window || 'bringAxe' in window && (bringAxe(), true)"):
        page.add_init_script(AXE)
        page.evaluate(AXE_SCRIPT)
    # The hem is above all words; over a ground with any picture in it axe judges no word's colour.
    page.evaluate("document.body.style.backgroundImage = 'none'")
    # The place of a fault is told by its HTML: no selector is sought for all that is sound.
    asked = {"runOnly": rules, "resultTypes": ["violations"], "selectors": False}
    found = page.evaluate("async asked => (await axe.run(asked)).violations", asked)
    return [f"{one['id']}: " + "; ".join(node["html"][:160] for node in one["nodes"][:3]) for one in found]


class Desk:
    """A person at a browser, logged in (None: nobody yet); counts clicks, gathers what the page complains of."""

    def __init__(self, browser: Browser, address: str, username: str | None, **look: Any) -> None:
        self.address = address
        self.context: BrowserContext = browser.new_context(**look)
        self.context.set_default_timeout(30_000)
        if username is not None:
            login = Client()
            login.force_login(Person.objects.get(username=username))
            session = login.cookies["sessionid"].value
            self.context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        self.page: Page = self.context.new_page()
        self.wrong: list[str] = []
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        self.clicks = 0

    def open(self, path: str) -> Page:
        """Go to an address of the office."""
        self.page.goto(self.address + path)
        return self.page

    def click(self, name: str) -> None:
        """Press the button of this name."""
        self.page.get_by_role("button", name=name, exact=True).click()
        self.clicks += 1

    def picture(self, name: str) -> None:
        """Keep what is seen under docs/screenshots, where XULANG_SCREENSHOTS asks for it (`make screenshots`)."""
        if folder := os.environ.get("XULANG_SCREENSHOTS"):
            self.page.screenshot(path=f"{folder}/{name}.png", animations="allow", caret="initial")
