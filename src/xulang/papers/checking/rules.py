"""The rules by name, with their article; and a rule that is broken, with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from xulang.papers.checking.components import Components
from xulang.papers.checking.sheet import Line, Sheet
from xulang.papers.layout import Element, Layout, table


@dataclass(frozen=True, slots=True)
class Rule:
    """Quy tắc thể thức: what the law asks for, and where it says so."""

    id: str
    title: str
    article: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that the paper does not keep. `paragraph` counts from 1; None where it is the paper as a whole."""

    rule: Rule
    message: str
    paragraph: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What the rules are held against."""

    sheet: Sheet
    found: Components
    layout: Layout

    def broken(self, rule: str, message: str = "", line: Line | None = None) -> Broken:
        """The rule of that name, broken there; `message` adds what was measured."""
        told = rules(self.layout)[rule]
        sentence = f"{told.title}; {message}." if message else f"{told.title}."
        return Broken(told, sentence, line.number if line else None, _short(line.text) if line else "")


Broke = Iterator[Broken]


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"


@cache
def rules(layout: Layout) -> dict[str, Rule]:
    """Every rule of an edition, by name, in the order of the law's cells."""
    told = table("rules.toml")["rules"]
    named = {name: Rule(name, r["title"], _full(layout, r["article"])) for name, r in told.items()}
    derived = {rule.id: rule for e in layout.elements.values() for rule in _of_element(e, layout)}
    return dict(sorted((derived | named).items(), key=lambda item: _order(layout, item[0])))


def _full(layout: Layout, article: str) -> str:
    """The place in full."""
    if article.startswith("Phụ lục"):
        return f"{layout.source}, {article}"
    return f"{layout.source}, Phụ lục I, Phần I, Mục {article}"


def _of_element(e: Element, layout: Layout) -> Iterator[Rule]:
    """The rules that follow from what a layout says of a component."""
    article = _full(layout, e.article)
    if e.required:
        yield Rule(f"{e.id}.present", f"Văn bản phải có: {e.name}", article)
    yield Rule(f"{e.id}.size", f"{e.name}: cỡ chữ {e.size}", article)
    yield Rule(f"{e.id}.style", f"{e.name}: kiểu chữ {style_words(bold=e.bold, italic=e.italic)}", article)
    if e.case:
        yield Rule(f"{e.id}.case", f"{e.name}: chữ in {'hoa' if e.case == 'upper' else 'thường'}", article)
    if e.align:
        told = {"center": "canh giữa", "justify": "canh đều hai lề", "left": "sát lề trái"}[e.align]
        yield Rule(f"{e.id}.align", f"{e.name}: {told}", article)


def style_words(*, bold: bool, italic: bool) -> str:
    """ "đứng, đậm"."""
    return ("nghiêng" if italic else "đứng") + (", đậm" if bold else "")


def _order(layout: Layout, name: str) -> tuple[int, str]:
    group = name.split(".")[0]
    groups = ["page", "font", *layout.elements]
    return (groups.index(group) if group in groups else len(groups), "")
