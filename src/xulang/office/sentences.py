"""The text of a report sentence by sentence, each with the address that opens what stands behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from xulang.reporting.rules import sentences, traced


@dataclass(frozen=True, slots=True)
class Sentence:
    """Its words, what it opens, and whether a row of its own stands behind it."""

    words: str
    href: str
    traced: bool


def paragraphs(text: str, heading: str, report: int, line: int, traces: list[list[str]]) -> list[list[Sentence]]:
    """The lines of a text that was sent with a line of a report, each as its sentences."""
    told: list[list[Sentence]] = []
    number = 0
    for one in text.split("\n"):
        said = []
        for words in sentences(one):
            href = address(heading, report, line, number)
            said.append(Sentence(words, href, number < len(traces) and bool(traces[number])))
            number += 1
        if said:
            told.append(said)
    return told


def address(heading: str, report: int, line: int, number: int) -> str:
    """Where one sentence is opened, the first is 0."""
    place = reverse("office:unit_figure", args=[report, "loi-van"])
    return f"{place}?{urlencode({'muc': heading, 'dong': line, 'cau': number})}"


def nearest(words: str, heading: str, passage: Mapping[str, Any]) -> Sentence:
    """A sentence that was put together from a passage, as the one of the passage that it comes nearest."""
    own = sentences(passage["text"])
    number = traced(words, list(enumerate(own)))[0][1]
    traces = passage.get("traces", [])
    at = 0 if number is None else number
    known = number is not None and number < len(traces) and bool(traces[number])
    return Sentence(words, address(heading, passage["report"], passage["line"], at), known)
