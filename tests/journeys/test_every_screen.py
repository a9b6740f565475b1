"""Every screen in a browser, on a desk and on a phone, by day and by night: axe finds nothing, nothing hangs over."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from journeys.browsing import IN_A_BROWSER, RULES, Desk, faults
from office.conftest import NOW, Town, populated
from office.plan import reading
from office.screens import SCREENS, story
from xulang.office import clock
from xulang.registry import ports

pytestmark = [*IN_A_BROWSER, pytest.mark.lasting]

SIZES = {1280: 800, 390: 844}
COLOURS = ["color-contrast"]

# What `make screenshots` keeps of them, beside what the journeys keep; the town's rows stand for its addresses.
KEPT = {
    (1280, "lan", "/bang/"): "board",
    (1280, "duc", "/bang/?xem=lich"): "board-calendar",
    (1280, "duc", "/nhiem-vu/{task}/"): "task",
    (1280, "lan", "/de-nghi/"): "requests",
    (1280, "lan", "/ky-bao-cao/{round}/"): "round",
    (1280, "lan", "/ky-bao-cao/ban/{version}/"): "consolidated",
    (1280, "minh", "/hoat-dong/?xem=lich"): "activities-calendar",
    (1280, "lan", "/van-ban/"): "directives",
    (390, "nga", "/nhac-viec/"): "reminders",
    (390, "lan", "/vuong-mac/"): "obstacles",
    (390, "minh", "/ky-bao-cao/don-vi/{sent}/"): "unit-report",
}


@pytest.fixture
def town(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    """The office tests' town; its reader reads the made-up plan."""
    monkeypatch.setattr(ports, "_registered", [reading])
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return populated(Town())


@pytest.mark.parametrize("half", range(2))  # two workers share them
def test_axe_finds_nothing_and_nothing_hangs_over(browser: Browser, live_server: Any, town: Town, half: int) -> None:
    rows, found = story(town), []
    screens = SCREENS[half::2]
    desks = {who: Desk(browser, live_server.url, who) for who in dict(screens)}
    for who, address in screens:
        for width, height in SIZES.items():  # no script asks for the width: a page is opened once, then narrowed
            page = desks[who].page
            page.set_viewport_size({"width": width, "height": height})
            if width == max(SIZES):
                desks[who].open(address.format_map(rows))
            if name := KEPT.get((width, who, address)):
                desks[who].picture(f"{name}-{width}")
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found.append(f"{address} at {width}: hangs over the edge")
            found += [f"{address} at {width} light: {fault}" for fault in faults(page, RULES)]
            if width == max(SIZES):  # nothing but colours changes, and those are the same on a phone
                page.emulate_media(color_scheme="dark")
                found += [f"{address} dark: {fault}" for fault in faults(page, COLOURS)]
                page.emulate_media(color_scheme="light")
    assert not found, "\n".join(found)
