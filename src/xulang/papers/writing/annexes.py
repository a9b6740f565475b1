"""Annexes, and texts that a decision puts into force: each a section of its own with its own page numbers."""

from xulang.papers.layout import type_of
from xulang.papers.numerals import BLANK, day_in_words, roman
from xulang.papers.paper import Annex, Attached, Paper
from xulang.papers.writing import ooxml
from xulang.papers.writing.body import Body, ended
from xulang.papers.writing.heading import code, columns, issuer_and_nation, titled
from xulang.papers.writing.setting import Setting


def annexes(setting: Setting, paper: Paper) -> list[tuple[str, bool]]:
    """What each annex holds, and whether it lies broad."""
    count = sum(isinstance(a, Annex) for a in paper.annexes)
    at = 0
    out = []
    for one in paper.annexes:
        if isinstance(one, Attached):
            out.append((_attached(setting, paper, one), False))
        else:
            at += 1
            out.append((_annex(setting, paper, one, roman(at) if count > 1 else ""), one.landscape))
    return out


def _annex(setting: Setting, paper: Paper, annex: Annex, number: str) -> str:
    head = setting.element("annex_label", f"Phụ lục {number}".rstrip())
    if annex.title:
        head += setting.element("annex_title", annex.title)
    head += setting.element("annex_reference", reference(paper))
    across = text_width(setting, landscape=annex.landscape)
    head += ooxml.rule(setting.measure / 5, across / 20) + setting.gap()
    return head + "".join(Body(setting, across).blocks(annex.blocks))


def _attached(setting: Setting, paper: Paper, attached: Attached) -> str:
    widths = columns(setting)
    head = ooxml.side_by_side(widths, (issuer_and_nation(setting, paper, widths),))
    between = setting.element("annex_reference", reference(paper))
    head += titled(setting, type_of(attached.type).name, attached.title, between)
    return head + "".join(Body(setting, text_width(setting)).blocks(ended(attached.blocks)))


def reference(paper: Paper) -> str:
    """ "(Kèm theo Kế hoạch số …)": in an electronic paper number and day are left blank (Annex I, III.1.c)."""
    name = type_of(paper.type).name
    issuer = paper.issuer.replace("\n", " ")
    if paper.electronic:
        number, day = f"{BLANK}/{paper.symbol}", f"ngày {BLANK} tháng {BLANK} năm {BLANK}"
    else:
        number, day = code(paper), day_in_words(paper.date)
    return f"(Kèm theo {name} số {number} {day} của {issuer})"


def text_width(setting: Setting, *, landscape: bool = False) -> int:
    """How wide the text is, in twips."""
    margins = setting.layout.margins
    page = setting.layout.height if landscape else setting.layout.width
    return ooxml.twips(page - margins.left.written - margins.right.written)
