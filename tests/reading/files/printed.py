"""Digital PDF drawn word by word, so that a test says where each stands."""

import io
from collections.abc import Iterable
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path("/usr/share/fonts/truetype/liberation2")
WIDTH, HEIGHT = A4


class Sheet:
    """Pages to draw on; places are points from the left and from the top."""

    def __init__(self) -> None:
        for name in ("Regular", "Bold"):
            pdfmetrics.registerFont(TTFont(f"Serif-{name}", FONTS / f"LiberationSerif-{name}.ttf"))
        self._out = io.BytesIO()
        self._canvas = Canvas(self._out, A4)
        self._fields: list[str] = []

    def text(self, x: float, y: float, words: str, *, size: float = 13, bold: bool = False) -> "Sheet":
        self._canvas.setFont(f"Serif-{'Bold' if bold else 'Regular'}", size)
        self._canvas.drawString(x, HEIGHT - y, words)
        return self

    def centred(self, x: float, y: float, words: str, *, size: float = 13, bold: bool = False) -> "Sheet":
        self._canvas.setFont(f"Serif-{'Bold' if bold else 'Regular'}", size)
        self._canvas.drawCentredString(x, HEIGHT - y, words)
        return self

    def paragraph(self, y: float, words: str, *, left: float = 85, right: float = 540, indent: float = 28) -> float:
        """Words set to the measure, the first line indented; returns where the next line would stand."""
        line, x = "", left + indent
        for word in words.split():
            wider = f"{line} {word}".strip()
            if pdfmetrics.stringWidth(wider, "Serif-Regular", 13) > right - x:
                self.text(x, y, line)
                line, x, y = word, left, y + 17
            else:
                line = wider
        self.text(x, y, line)
        return y + 22

    def table(self, top: float, edges: list[float], rows: Iterable[list[str]], *, height: float = 24) -> float:
        """A table with all its lines drawn."""
        y = top
        for row in rows:
            for left, right, words in zip(edges, edges[1:], row, strict=False):
                self._canvas.rect(left, HEIGHT - y - height, right - left, height)
                self.text(left + 4, y + 16, words, size=12)
            y += height
        return y + 20

    def field(self, x: float, y: float, words: str) -> "Sheet":
        """A form field set upon the page, as a registry's system fills in the number, the day, and who signed."""
        name = f"field{len(self._fields)}"
        self._fields.append(name)
        box = {"x": x, "y": HEIGHT - y - 5, "width": 12 + 8 * len(words), "height": 18, "borderWidth": 0}
        self._canvas.acroForm.textfield(value=words, name=name, fontSize=12, **box)
        return self

    def page(self) -> "Sheet":
        self._canvas.showPage()
        return self

    def bytes(self, password: str | None = None) -> bytes:
        if password:
            from reportlab.lib.pdfencrypt import StandardEncryption

            self._canvas._doc.encrypt = StandardEncryption(password)
        self._canvas.save()
        return self._out.getvalue()
