"""The layout in force on a day, out of the TOML files in data/: what the law allows and what the writer takes of it."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from xulang.papers.paper import UnfitPaperError

DATA = files("xulang.papers") / "data"


def table(name: str) -> dict[str, Any]:
    """One of the TOML files of the room."""
    return tomllib.loads((DATA / name).read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class Range:
    """What the law allows, and what the writer takes."""

    least: float
    most: float
    written: float

    def allows(self, value: float, slack: float = 0.0) -> bool:
        """Whether the value lies within, give or take `slack`."""
        return self.least - slack <= value <= self.most + slack

    def __str__(self) -> str:
        """As a person reads it: "12" or "12 đến 13"."""
        return measured(self.least) if self.least == self.most else f"{measured(self.least)} đến {measured(self.most)}"


def measured(value: float) -> str:
    """A measure as Vietnamese writes it: at most one figure after a comma."""
    return f"{round(value, 1):g}".replace(".", ",")


@dataclass(frozen=True, slots=True)
class Element:
    """Thành phần thể thức: one cell of the diagram, with what is measured of it.

    `case` ("upper", "lower") and `align` may be untold; `before` is the space above that the writer sets, in points.
    """

    id: str
    cell: str
    name: str
    size: Range
    bold: bool
    italic: bool
    required: bool
    article: str
    case: str | None = None
    align: str | None = None
    before: float = 0.0


@dataclass(frozen=True, slots=True)
class Margins:
    """Định lề trang, in millimetres."""

    top: Range
    bottom: Range
    left: Range
    right: Range


@dataclass(frozen=True, eq=False)
class Layout:
    """Thể thức, kỹ thuật trình bày: one edition, in force from `valid_from`. Lengths in millimetres, sizes in points.

    `frames`: how wide the frames of the urgency stamps are. Made once for an edition and compared as that one, so that
    what is derived of it can be cached.
    """

    source: str
    valid_from: date
    width: float
    height: float
    margins: Margins
    first_line: tuple[float, ...]
    written_first_line: float
    gap: float
    line: Range
    rule_motto: Range
    rule_issuer: Range
    rule_title: Range
    table_size: float
    frames: dict[str, float]
    elements: dict[str, Element]

    @property
    def measure(self) -> float:
        """The width of the text, in millimetres, on an upright page that the writer sets."""
        return self.width - self.margins.left.written - self.margins.right.written


EDITIONS = ("nghi_dinh_30_2020.toml",)  # oldest first


@cache
def editions() -> tuple[Layout, ...]:
    """Every edition known, oldest first."""
    return tuple(_layout(table(name)) for name in EDITIONS)


def layout_on(day: date | None) -> Layout:
    """The edition in force on a day, the newest where the day is not known.

    Raises UnfitPaperError for a day before the oldest edition.
    """
    if day is None:
        return editions()[-1]
    for layout in reversed(editions()):
        if layout.valid_from <= day:
            return layout
    raise UnfitPaperError(
        f"Chưa có thể thức cho văn bản trước ngày {editions()[0].valid_from:%d/%m/%Y}. Hãy kiểm tra lại ngày ban hành."
    )


def _layout(raw: dict[str, Any]) -> Layout:
    page, body, rules = raw["page"], raw["body"], raw["rules"]
    return Layout(
        source=raw["source"],
        valid_from=raw["valid_from"],
        width=page["width"],
        height=page["height"],
        margins=Margins(*(Range(*page[side]) for side in ("top", "bottom", "left", "right"))),
        first_line=tuple(10 * cm for cm in body["first_line_cm"]),
        written_first_line=10 * body["written_first_line_cm"],
        gap=body["gap"],
        line=_range(body["line"], body["written_line"]),
        rule_motto=_range(rules["motto"], 1.0),
        rule_issuer=_range(rules["issuer"], rules["written"]),
        rule_title=_range(rules["title"], rules["written"]),
        table_size=raw["table"]["size"],
        frames=raw["frames"],
        elements={e["id"]: _element(e) for e in raw["element"]},
    )


def _range(allowed: list[float], written: float) -> Range:
    least, most = allowed
    return Range(least, most, written)


def _element(raw: dict[str, Any]) -> Element:
    told = {"bold": False, "italic": False, "required": False} | raw
    return Element(**(told | {"size": Range(*raw["size"])}))


@dataclass(frozen=True, slots=True)
class Type:
    """Tên loại văn bản (Điều 7) and what its template asks for.

    `addressees`: "must", "may" or "no"; `resolves`: the words before the articles ("QUYẾT ĐỊNH:"); `calls`: what
    follows the caller of a công điện; `titled`: whether a title stands beneath the name; `dated`: whether place and
    date stand in the heading; `in_symbol`: whether the abbreviation stands in the symbol.
    """

    code: str
    name: str
    form: str
    addressees: str = "no"
    resolves: str = ""
    calls: str = ""
    titled: bool = True
    dated: bool = True
    in_symbol: bool = True


@cache
def types() -> dict[str, Type]:
    """Every type of administrative paper, by its abbreviation."""
    return {t["code"]: Type(**t) for t in table("types.toml")["type"]}


def type_of(code: str) -> Type:
    """The type of that abbreviation. Raises UnfitPaperError where there is none."""
    if code not in types():
        raise UnfitPaperError(
            f"Không có loại văn bản “{code}”. Hãy dùng chữ viết tắt của Phụ lục III, ví dụ KH, BC, CV."
        )
    return types()[code]


@dataclass(frozen=True, slots=True)
class CopyForm:
    """Hình thức sao (Điều 25.1 đến 25.3): its abbreviation, its name, and what it is made of."""

    code: str
    name: str
    of: str


@cache
def copy_forms() -> dict[str, CopyForm]:
    """Every form of a copy, by its abbreviation."""
    return {one["code"]: CopyForm(**one) for one in table("copies.toml")["form"]}


@cache
def copy_parts() -> frozenset[str]:
    """The components of a paper that a copy's own block must have beside its form."""
    return frozenset(table("copies.toml")["parts"])
