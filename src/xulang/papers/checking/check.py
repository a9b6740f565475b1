"""The only door of the checker: the bytes of a Word file in, every broken rule of Annex I out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from xulang.papers.checking import body_rules, closing_rules, copy_rules, head_rules, look_rules, page_rules
from xulang.papers.checking.components import Components, components
from xulang.papers.checking.rules import Broken, Case
from xulang.papers.checking.sheet import open_sheet
from xulang.papers.layout import Layout, layout_on
from xulang.papers.paper import UnfitPaperError

_DAY = re.compile(r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})", re.IGNORECASE)
_RULES = (
    page_rules.page_rules, look_rules.font_rules, page_rules.number_rules, look_rules.element_rules,
    look_rules.body_style_rules, head_rules.nation_rules, head_rules.issuer_rules, head_rules.number_rules,
    head_rules.date_rules, head_rules.title_rules, body_rules.basis_rules, body_rules.division_rules,
    body_rules.label_rules, body_rules.size_rules, body_rules.point_rules, body_rules.text_rules,
    closing_rules.signature_rules,
    closing_rules.addressee_rules, closing_rules.recipient_rules, closing_rules.mark_rules, closing_rules.annex_rules,
    copy_rules.mark_rules,
)  # fmt: skip
# Of a copy's own block, which has no head and no body.
_OF_A_COPY = (
    look_rules.element_rules, head_rules.issuer_rules, head_rules.number_rules, head_rules.date_rules,
    closing_rules.signature_rules, closing_rules.recipient_rules, copy_rules.block_rules,
)  # fmt: skip
_OF_A_SHEET = (page_rules.page_rules, look_rules.font_rules)  # where the copy stands on a sheet of its own


def check(data: bytes, layout: Layout | None = None) -> list[Broken]:
    """Every rule that the paper breaks, in the order of its paragraphs; of one rule in one paragraph the first breach.

    Without a layout the edition of the paper's own day is taken. Raises RefusedError (a fault with a Vietnamese
    sentence) for what is no Word file, and UnfitPaperError for a day before the oldest edition and for a paper of the
    Party, which has a form of its own. Words in tables of data and annexes' own content are not measured, but for font
    and colour.
    """
    sheet = open_sheet(data)
    found = components(sheet)
    if found.party:
        raise UnfitPaperError(
            "Văn bản của Đảng trình bày theo quy định của Đảng nên không kiểm tra theo thể thức văn bản hành chính."
        )
    case = Case(sheet, found, layout or layout_on(_day(found)))
    told = [broken for rule in (_OF_A_SHEET if found.alone else _RULES) for broken in rule(case)]
    for copy in found.copies:
        told += [broken for rule in _OF_A_COPY for broken in rule(replace(case, found=copy))]
    broken = {(b.rule.id, b.paragraph): b for b in reversed(told)}
    return sorted(broken.values(), key=lambda b: (b.paragraph or 0, b.rule.id))


def _day(found: Components) -> date | None:
    """The day that the paper bears."""
    line = found.first("place_date") or next((copy.first("place_date") for copy in found.copies), None)
    told = _DAY.search(line.text) if line else None
    try:
        return date(int(told[3]), int(told[2]), int(told[1])) if told else None
    except ValueError:
        return None
