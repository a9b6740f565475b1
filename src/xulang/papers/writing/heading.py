"""The head of a paper: cells 1 to 5 of the diagram, the stamps beneath the number, and Kính gửi."""

from math import ceil

from xulang.papers.layout import Type
from xulang.papers.measure import width
from xulang.papers.numerals import BLANK, day_in_words, padded
from xulang.papers.paper import Paper
from xulang.papers.writing import ooxml
from xulang.papers.writing.setting import Setting
from xulang.papers.writing.styles import style_id

NATIONAL_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_LEFT = 0.41  # of the measure goes to the issuer: the rest holds Quốc hiệu on one line
_LONGEST_WORD = 36  # points: what a line may lack when the next word does not fit
_SPACE = '<w:spacing w:before="360"/>'  # above Kính gửi


def code(paper: Paper) -> str:
    """ "61/KH-UBND", with the blank that a clerk fills where the number is not yet given."""
    return f"{BLANK if paper.number is None else padded(paper.number)}/{paper.symbol}"


def heading(setting: Setting, paper: Paper, type: Type) -> str:
    """Everything above the body."""
    widths = columns(setting)
    left, right = issuer_and_nation(setting, paper, widths)
    below = setting.element("number", f"Số: {code(paper)}")
    if type.code == "CV":
        below += setting.element("subject", f"V/v {paper.title}")
    below += _stamps(setting, paper, widths[0])
    place = setting.element("place_date", f"{paper.place}, {day_in_words(paper.date)}") if type.dated else ""
    head = ooxml.side_by_side(widths, ((left, right), (below, place)))
    if type.code == "CV":
        return head + addressees(setting, paper)
    head += titled(setting, type.name, paper.title)
    if paper.issued_by and type.calls:
        called = setting.element("addressees", f"{paper.issued_by} {type.calls}", f'{_SPACE}<w:jc w:val="center"/>')
        return head + called + _dashed(setting, paper)
    return head + addressees(setting, paper)


def columns(setting: Setting) -> tuple[int, int]:
    """How wide the two columns of the head are, in twips."""
    whole = ooxml.twips(setting.layout.measure)
    return round(_LEFT * whole), whole - round(_LEFT * whole)


def issuer_and_nation(setting: Setting, paper: Paper, widths: tuple[int, int]) -> tuple[str, str]:
    """The two upper cells, each with its rule beneath."""
    layout = setting.layout
    left = setting.element("superior", paper.superior) if paper.superior else ""
    left += setting.element("issuer", paper.issuer)
    last = paper.issuer.split("\n")[-1]
    left += setting.rule("issuer", last, layout.rule_issuer.written, widths[0] / 20)
    right = setting.element("national_name", NATIONAL_NAME) + setting.element("motto", MOTTO)
    return left, right + setting.rule("motto", MOTTO, layout.rule_motto.written, widths[1] / 20)


def titled(setting: Setting, name: str, title: str, between: str = "") -> str:
    """Tên loại, trích yếu and the rule beneath; `between` stands under the title, above the rule."""
    shown = setting.element("type_name", name)
    across = _evenly(setting, title)
    if title:
        side = round(10 * (setting.measure - across))
        shown += setting.element("title", title, f'<w:ind w:left="{side}" w:right="{side}"/>' if side else "")
    part = setting.layout.rule_title.written
    line = part * min(setting.length("title", (title or name).split("\n")[-1]), across)
    return shown + between + ooxml.rule(line, setting.measure)


def _evenly(setting: Setting, title: str) -> float:
    """How wide a title is set, in points: one of several lines so that no word is left alone on the last."""
    whole = setting.length("title", title)
    if "\n" in title or whole <= setting.measure:
        return setting.measure
    lines = ceil(whole / setting.measure)
    return min(setting.measure, whole / lines + _LONGEST_WORD)


def addressees(setting: Setting, paper: Paper) -> str:
    """Kính gửi (cell 9a): one on the same line, more behind dashes that stand under the colon."""
    if not paper.addressees:
        return ""
    if len(paper.addressees) == 1:
        return setting.element("addressees", f"Kính gửi: {paper.addressees[0]}", f'{_SPACE}<w:jc w:val="center"/>')
    indent = 1440
    colon = indent + round(20 * width("Kính gửi", setting.layout.elements["addressees"].size.written))
    first = ooxml.paragraph(style_id("addressees"), ooxml.run("Kính gửi:"), f'{_SPACE}<w:ind w:left="{indent}"/>')
    return first + _dashed(setting, paper, colon)


def _dashed(setting: Setting, paper: Paper, left: int = 2160) -> str:
    last = len(paper.addressees) - 1
    return "".join(
        setting.element(
            "addressees",
            f"- {ooxml.closed(who, '.' if at == last else ';')}",
            f'<w:ind w:left="{left + 150}" w:hanging="150"/><w:jc w:val="left"/>',
        )
        for at, who in enumerate(paper.addressees)
    )


def _stamps(setting: Setting, paper: Paper, across: int) -> str:
    shown = ""
    if paper.urgency:
        shown += _framed("urgency", paper.urgency, setting.layout.frames[paper.urgency], across, "FF0000")
    if paper.circulation:
        length = setting.length("circulation", paper.circulation) * 25.4 / 72 + 6
        shown += _framed("circulation", paper.circulation, length, across, "000000")
    return shown


def _framed(name: str, words: str, wide: float, across: int, colour: str) -> str:
    """Words in a frame of single lines, 8 mm high, in the middle of the column."""
    side = max(0, (across - ooxml.twips(wide)) // 2)
    lines = "".join(
        f'<w:{edge} w:val="single" w:sz="8" w:space="3" w:color="{colour}"/>'
        for edge in ("top", "left", "bottom", "right")
    )
    look = f'<w:rPr><w:color w:val="{colour}"/></w:rPr>'
    inner = f"<w:r>{look}<w:t>{ooxml.escaped(words.upper())}</w:t></w:r>"
    return ooxml.paragraph(
        style_id(name),
        inner,
        f'<w:pBdr>{lines}</w:pBdr><w:ind w:left="{side}" w:right="{side}"/><w:jc w:val="center"/>',
    )
