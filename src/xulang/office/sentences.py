"""The text of a report sentence by sentence, each with the address that opens what stands behind it."""

from collections.abc import Callable, Mapping
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


# The address of one sentence of a text by its number, the first is 0.
Opens = Callable[[int], str]


def paragraphs(text: str, traces: list[list[str]], opens: Opens) -> list[list[Sentence]]:
    """The lines of a text, each as its sentences."""
    told: list[list[Sentence]] = []
    number = 0
    for one in text.split("\n"):
        said = []
        for words in sentences(one):
            said.append(Sentence(words, opens(number), number < len(traces) and bool(traces[number])))
            number += 1
        if said:
            told.append(said)
    return told


def of_unit(heading: str, report: int, line: int) -> Opens:
    """Where the sentences are opened that a unit sent with a line of its report."""
    place = reverse("office:unit_figure", args=[report, "loi-van"])
    return lambda number: f"{place}?{urlencode({'muc': heading, 'dong': line, 'cau': number})}"


def of_round(heading: str, round: int, version: int | None, passage: int) -> Opens:
    """Where the sentences are opened that the ledger gave to a round's report, as it stands or in a version."""
    place = reverse("office:round_sentence", args=[round])
    words = {"muc": heading, "doan": passage} | ({"ban": version} if version else {})
    return lambda number: f"{place}?{urlencode(words | {'cau': number})}"


def nearest(words: str, passage: Mapping[str, Any], opens: Opens) -> Sentence:
    """A sentence that was put together from a passage, as the one of the passage that it comes nearest."""
    own = sentences(passage["text"])
    number = traced(words, list(enumerate(own)))[0][1]
    traces = passage.get("traces", [])
    at = 0 if number is None else number
    known = number is not None and number < len(traces) and bool(traces[number])
    return Sentence(words, opens(at), known)
