"""The tokens of the look: every text colour is readable on every ground that it stands on."""

import re
from pathlib import Path

import pytest

import xulang.office

CSS = Path(xulang.office.__file__).parent / "static/office/css"


def tokens(scheme: str) -> dict[str, str]:
    sheet = (CSS / "house.css").read_text("utf-8")
    light, dark = (
        re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block) for block in re.findall(r":root {(.*?)}", sheet, re.DOTALL)
    )
    return dict(light) if scheme == "light" else dict(light) | dict(dark)


def luminance(colour: str) -> float:
    channels = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


TEXTS = ["ink", "muted", "indigo", "peach", "anise", "done", "late", "waiting"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("over", "under", "least"),
    [
        *((text, ground, 4.5) for text in TEXTS for ground in ("ground", "panel", "sunk")),
        *((tone, f"{tone}-tint", 4.5) for tone in ("indigo", "peach", "anise", "done", "late", "waiting")),
        ("on-indigo", "indigo", 4.5),
        ("on-indigo", "indigo-deep", 4.5),
        ("edge", "panel", 3.0),  # the outline of an input
        ("edge", "ground", 3.0),
    ],
)
def test_contrast(scheme: str, over: str, under: str, least: float) -> None:
    known = tokens(scheme)
    assert contrast(known[over], known[under]) >= least


def test_no_sheet_calls_outside_and_all_files_are_there() -> None:
    for sheet in CSS.glob("*.css"):
        for address in re.findall(r"url\(\"?([^)\"]+)", sheet.read_text("utf-8")):
            assert (CSS / address).resolve().is_file(), f"{sheet.name}: {address}"
