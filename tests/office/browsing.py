"""A browser for the tests: the machine's own Chromium, told to keep to itself."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright

from office.conftest import Town

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
ALONE = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
SIZES = {1280: 800, 390: 844}

needs_browser = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium on this machine: make setup-system installs it; no screen was opened"
)


@contextmanager
def browser() -> Iterator[Browser]:
    """One Chromium, closed at the end."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ALONE))
        try:
            yield opened
        finally:
            opened.close()


def window(
    opened: Browser,
    address: str,
    town: Town,
    who: str | None,
    *,
    width: int = 1280,
    dark: bool = False,
    lang: str = "vi",
) -> Page:
    """A fresh window in which that person is logged in."""
    context = opened.new_context(
        base_url=address,
        viewport={"width": width, "height": SIZES[width]},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        service_workers="block",
    )
    cookies = [{"name": settings.LANGUAGE_COOKIE_NAME, "value": lang, "url": address}]
    if who is not None:
        session = town.client(who).cookies[settings.SESSION_COOKIE_NAME].value
        cookies.append({"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address})
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
    return page
