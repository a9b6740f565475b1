"""The page: size, margins, page numbers (Annex I, section I)."""

from __future__ import annotations

from xulang.papers.checking.rules import Broke, Case
from xulang.papers.checking.sheet import Line, Page
from xulang.papers.layout import measured

_SLACK = 0.6  # millimetres: what programs round away
_LONG = 3800  # characters that surely need a second page
_FRAMING = ("national_name", "number", "recipients_word", "signer_authority", "copy_form")
_SIDES = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}


def page_rules(case: Case) -> Broke:
    """Every section's page."""
    for at, page in enumerate(case.sheet.pages):
        short, long = sorted((page.width, page.height))
        if abs(short - case.layout.width) > _SLACK or abs(long - case.layout.height) > _SLACK:
            yield case.broken("page.size", f"phần {at + 1} dùng khổ {page.width:.0f} x {page.height:.0f} mm")
        broad = page.width > page.height
        if broad and not _has_data(case, at):
            yield case.broken("page.orientation", f"phần {at + 1} trình bày ngang mà không có bảng, biểu")
        for side in _SIDES:
            allowed = getattr(case.layout.margins, side)
            if not allowed.allows(page.margins[side], _SLACK):
                yield case.broken(f"page.margin_{side}", f"phần {at + 1} để {measured(page.margins[side])} mm")


def _has_data(case: Case, section: int) -> bool:
    """Whether a section has a table that is neither the head nor the closing."""
    founds = (case.found, *case.found.copies)
    framing = {line.cell.table for found in founds for name in _FRAMING for line in found.of(name) if line.cell}
    return any(ln.cell and ln.cell.table not in framing for ln in case.sheet.lines if ln.section == section)


def number_rules(case: Case) -> Broke:
    """Page numbers: present, at the top, not on the first page, from 1, in Arabic digits."""
    pages = case.sheet.pages
    if not pages:
        return
    first = pages[0]
    top = [line for page in pages for line in page.headers.get("default", []) if "PAGE" in line.fields]
    bottom = [line for page in pages for lines in page.footers.values() for line in lines if "PAGE" in line.fields]
    if bottom:
        yield case.broken("page_number.top", "số trang đang ở lề dưới", bottom[0])
    elif not top and (len(pages) > 1 or sum(len(line.text) for line in case.sheet.lines) > _LONG):
        yield case.broken("page_number.present")
    if shown := _numbered(first, "first" if first.titled else "default"):
        yield case.broken("page_number.first_hidden", line=shown[0])
    if (top or bottom) and first.starts_at not in (None, 1):
        yield case.broken("page_number.from_one", f"đang đánh từ số {first.starts_at}")
    odd = next((p.number_format for p in pages if p.number_format not in ("decimal", "none")), None)
    if (top or bottom) and odd:
        yield case.broken("page_number.arabic", f"đang dùng kiểu số {odd}")


def _numbered(page: Page, kind: str) -> list[Line]:
    """The lines that print the page's number, in its headers and footers of that kind."""
    return [line for line in page.headers.get(kind, []) + page.footers.get(kind, []) if "PAGE" in line.fields]
