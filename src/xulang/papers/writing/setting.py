"""What the parts of the writer share while one paper is set: its layout, and components as paragraphs."""

from __future__ import annotations

from dataclasses import dataclass

from xulang.papers.layout import Layout
from xulang.papers.measure import width
from xulang.papers.paper import Run, Words
from xulang.papers.writing import ooxml
from xulang.papers.writing.styles import style_id


@dataclass(frozen=True, slots=True)
class Setting:
    """The layout a paper is set in."""

    layout: Layout

    def element(self, name: str, words: Words, properties: str = "") -> str:
        """A component's paragraph, in its case; a line feed in it breaks the line."""
        if self.layout.elements[name].case == "upper":
            words = words.upper() if isinstance(words, str) else tuple(_upper(r) for r in words)
        return ooxml.paragraph(style_id(name), ooxml.runs(words), properties)

    def length(self, name: str, text: str) -> float:
        """How long the longest printed line of a component is, in points."""
        element = self.layout.elements[name]
        text = text.upper() if element.case == "upper" else text
        return max(
            width(line, element.size.written, bold=element.bold, italic=element.italic) for line in text.split("\n")
        )

    def rule(self, name: str, text: str, part: float, across: float) -> str:
        """The rule beneath a component, as a part of its last line; a line longer than the column is taken as full."""
        return ooxml.rule(part * min(self.length(name, text), across), across)

    def gap(self) -> str:
        """An empty line of a few points."""
        return ooxml.paragraph("Blank", "", '<w:spacing w:before="160"/>')

    @property
    def measure(self) -> float:
        """The width of the text on an upright page, in points."""
        return self.layout.measure * 72 / 25.4


def _upper(run: Run) -> Run:
    return Run(run.text.upper(), run.bold, run.italic)
