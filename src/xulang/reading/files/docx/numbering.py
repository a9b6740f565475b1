"""The numbers that Word makes by itself, counted as Word counts them (ECMA-376 Part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from xulang.reading.files.docx.labels import sign, written
from xulang.reading.files.docx.package import W
from xulang.reading.files.docx.styles import Properties, Styles, number, paragraph_properties, value

_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number starts, is written and restarts."""

    start: int = 1
    format: str = "decimal"
    pattern: str | None = None
    text: str = ""
    legal: bool = False
    restart: int | None = None  # after which level (from 1) it starts again; 0 never; None after any higher one
    style: str = ""
    indents: Properties = field(default_factory=dict)

    def restarts_after(self, level: int) -> bool:
        """Whether a number on `level` (from 0) starts this one again."""
        return self.restart is None or level < self.restart


@dataclass(slots=True)
class _List:
    """A <w:num>: which definition it counts with, and what it changes in it."""

    definition: str
    levels: dict[int, Level]
    starts: dict[int, int]
    started: set[int] = field(default_factory=set)


class Numbering:
    """The lists of a document and how far each has counted. `label` must be asked once a paragraph, in order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._definitions: dict[str, etree._Element] = {}
        self._nums: dict[str, etree._Element] = {}
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._styles = styles
        for child in root if root is not None else ():
            if child.tag == W + "abstractNum":
                self._definitions[child.get(W + "abstractNumId", "")] = child
            elif child.tag == W + "num":
                self._nums[child.get(W + "numId", "")] = child

    def level(self, num: str, at: int | None, style: str = "") -> int:
        """The level a paragraph stands on: the one it names, else the one linked to its style, else the first."""
        found = self._list(num)
        if at is None and found and style:
            at = next((n for n, level in found.levels.items() if level.style == style), None)
        return min(max(at or 0, 0), 8)

    def indents(self, num: str, level: int) -> Properties:
        """The indents that the level gives its paragraphs."""
        found = self._list(num)
        return found.levels[level].indents if found and level in found.levels else {}

    def label(self, num: str, level: int) -> str:
        """Counts one paragraph on and gives its label as printed; "" where it has none."""
        found = self._list(num)
        if found is None or level not in found.levels:
            return ""
        counts = self._counts.setdefault(found.definition, {})
        if level in found.starts and level not in found.started:
            counts[level] = found.starts[level]
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = found.starts.get(level, found.levels[level].start)
        found.started.add(level)
        for upper in range(level):  # a level that was passed over counts as begun
            if upper in found.levels:
                counts.setdefault(upper, found.starts.get(upper, found.levels[upper].start))
        for deeper in [n for n in counts if n > level and found.levels.get(n, Level()).restarts_after(level)]:
            del counts[deeper]
        return self._printed(found, level, counts)

    def _printed(self, found: _List, level: int, counts: dict[int, int]) -> str:
        own = found.levels[level]
        if own.format == "bullet":
            return "".join(map(sign, own.text)).strip()

        def place(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            if at not in found.levels or at not in counts:
                return ""
            shown = found.levels[at]
            legal = own.legal and shown.format not in ("bullet", "none")
            return written(counts[at], "decimal" if legal else shown.format, shown.pattern)

        return " ".join(_PLACE.sub(place, own.text).split())

    def _list(self, num: str) -> _List | None:
        if num not in self._lists:
            self._lists[num] = self._built(num)
        return self._lists[num]

    def _built(self, num: str) -> _List | None:
        element = self._nums.get(num)
        if element is None:
            return None
        name = value(element.find(W + "abstractNumId"))
        definition = self._definitions.get(name)
        for _ in range(3):  # a definition may only point at a numbering style, which points at another definition
            link = value(definition.find(W + "numStyleLink")) if definition is not None else ""
            target = self._nums.get(self._styles.numbering(link)) if link else None
            if target is None:
                break
            name = value(target.find(W + "abstractNumId"))
            definition = self._definitions.get(name)
        if definition is None:
            return None
        built = _List(name, _levels(definition), {})
        for override in element.iter(W + "lvlOverride"):
            at = number(override.get(W + "ilvl"))
            built.levels |= _levels(override)
            start = override.find(W + "startOverride")
            if start is not None:
                built.starts[at] = number(value(start), 1)
        return built


def _levels(parent: etree._Element) -> dict[int, Level]:
    levels = {}
    for lvl in parent.iterchildren(W + "lvl"):
        shown = next(lvl.iter(W + "numFmt"), None)
        restart = lvl.find(W + "lvlRestart")
        text = value(lvl.find(W + "lvlText"))
        picture = lvl.find(W + "lvlPicBulletId") is not None
        start = lvl.find(W + "start")
        legal = lvl.find(W + "isLgl")
        levels[number(lvl.get(W + "ilvl"))] = Level(
            start=number(value(start), 1) if start is not None else 0,
            format=value(shown) or "decimal",
            pattern=shown.get(W + "format") if shown is not None else None,
            text="•" if picture else text,
            legal=legal is not None and legal.get(W + "val", "1") not in ("0", "false", "off"),
            restart=number(value(restart)) if restart is not None else None,
            style=value(lvl.find(W + "pStyle")),
            indents={k: v for k, v in paragraph_properties(lvl.find(W + "pPr")).items() if k in ("left", "first")},
        )
    return levels
