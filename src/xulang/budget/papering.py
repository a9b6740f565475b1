"""The appraisal of an estimate as an official report in the form of Nghị định 30/2020/NĐ-CP, its lines in an annex."""

import datetime as dt
import re

from xulang.budget.enums import ActKind, Source
from xulang.budget.models import BudgetEntry, Estimate, EstimateLine, NoteIssue
from xulang.organisation.enums import Role
from xulang.organisation.models import PostHolding, Unit
from xulang.papers.money_words import in_words
from xulang.papers.paper import Annex, Block, Column, Day, Level, Paper, Paragraph, Row, Section, Signature, Table
from xulang.papers.writing.write import write
from xulang.programme.papering import NOBODY, broken, numbered, place_told

_WORD = re.compile(r"[^\W\d_]+")
_PLACE = re.compile(r" (?:phường|xã|thị trấn|huyện|thị xã|thành phố|tỉnh|đặc khu) ")


def docx_of(estimate: Estimate) -> bytes:
    """The appraisal as DOCX; the same gives the same bytes. Before it is numbered, number and day are blank."""
    return write(paper_of(estimate))


def paper_of(estimate: Estimate) -> Paper:
    """The appraisal as a báo cáo of the finance office to the office that decides."""
    told = appraisal_of(estimate)
    assert told is not None, "there is a note of what was appraised"
    issue = issue_of(told)
    day = issue.paper.issued_on if issue else told.on
    lines = list(told.version.lines.select_related("appraisal", "assignment__task").order_by("id"))
    home, office = estimate.programme.directive.home_unit, office_of(told)
    return Paper(
        type="BC",
        issuer=office.name_on(day),
        superior=broken(home.name_on(day)),
        number=issue.paper.number if issue else None,
        symbol=issue.paper.symbol if issue else symbol_of(office, day),
        place=place_told(estimate.programme.directive),
        date=Day(day.year, day.month, day.day) if issue else Day(day.year),
        title=title_of(estimate, day),
        addressees=(home.name_on(day),),
        body=_body(estimate, told, lines),
        annexes=(Annex("Kết quả thẩm định từng nội dung chi", (_table(lines),), landscape=True),),
        signature=Signature(tuple(issue.lines), issue.paper.signer) if issue else signature_of(office, day),
        recipients=(estimate.unit.name_on(day),),
        filed=f"VT, {office.short_name_on(day)}",
    )


def appraisal_of(estimate: Estimate) -> BudgetEntry | None:
    """The appraisal of which there is a note; None while there is none, and for money that came over from a year."""
    rows = estimate.entries.filter(kind=ActKind.APPRAISED)
    return (
        rows.select_related("post__unit", "note", "estimate__programme__directive__home_unit").order_by("-id").first()
    )


def issue_of(told: BudgetEntry) -> NoteIssue | None:
    """How the note went out; a number that was cancelled counts as none."""
    return told.issues.filter(paper__cancelled_at__isnull=True).select_related("paper__series").first()


def office_of(told: BudgetEntry) -> Unit:
    """Whose paper the note is: of the finance office in which somebody appraised, else of the governing body."""
    return told.post.unit if told.post else told.estimate.programme.directive.home_unit


def title_of(estimate: Estimate, day: dt.date) -> str:
    """What the note is about."""
    return f"Kết quả thẩm định dự toán “{estimate.title}” năm {estimate.year} của {estimate.unit.name_on(day)}"


def symbol_of(office: Unit, day: dt.date) -> str:
    """A first symbol: the first letters of what the office deals with ("Phòng Tài chính - Kế hoạch": BC-TCKH)."""
    name = _PLACE.split(office.name_on(day).removeprefix("Phòng "), maxsplit=1)[0]
    return "BC-" + "".join(word[0] for word in _WORD.findall(name) if word != "và").upper()


def signature_of(office: Unit, day: dt.date) -> Signature:
    """The head of the finance office signs, or a deputy for them; nobody is named where there is none on the day."""
    held = PostHolding.objects.on(day).filter(post__unit=office, post__role=Role.HEAD).order_by("post_id", "id")
    first = held.select_related("post", "person").first()
    if first is None:
        return Signature(("Trưởng phòng",), NOBODY)
    title = first.post.title
    lines = ("KT. Trưởng phòng", title) if title.startswith("Phó") else (title,)
    return Signature(lines, first.person.full_name)


def _body(estimate: Estimate, told: BudgetEntry, lines: list[EstimateLine]) -> tuple[Block, ...]:
    asked = sum(line.amount for line in lines)
    granted = sum(line.appraisal.amount for line in lines)
    cut = [line for line in lines if line.appraisal.amount < line.amount]
    directive = estimate.programme.directive
    plan = numbered(directive) if directive.code else f"“{directive.title}”"
    opening = [
        f"Dự toán lập để thực hiện {plan}, gồm {len(lines)} nội dung chi, gửi thẩm định lần thứ {told.version.number}.",
        f"Định mức áp dụng theo ngày kế hoạch được phê duyệt: {estimate.approved_on:%d/%m/%Y}.",
    ]
    result = [
        f"Đơn vị đề nghị: {_dong(asked)} đồng.",
        f"Kết quả thẩm định: {_dong(granted)} đồng (bằng chữ: {in_words(granted).lower()}).",
        f"Chênh lệch giảm: {_dong(asked - granted)} đồng, tại {len(cut)} nội dung chi. Chi tiết tại Phụ lục kèm theo.",
    ]
    proposal = [f"Trình xem xét, quyết định phê duyệt dự toán với số tiền {_dong(granted)} đồng."]
    if hasattr(told, "note"):
        proposal.insert(0, told.note.text)
    parts = [("Hồ sơ dự toán", opening), ("Kết quả thẩm định", result), ("Đề nghị", proposal)]
    sections = [Section(Level.ROMAN, title, tuple(map(Paragraph, words))) for title, words in parts]
    sections[1:2] = [Section(Level.ROMAN, "Kết quả thẩm định", (*map(Paragraph, result), _by_source(lines)))]
    return tuple(sections)


def _by_source(lines: list[EstimateLine]) -> Table:
    columns = (
        Column("Nguồn kinh phí", 3),
        Column("Đề nghị (đồng)", 1.2, "right"),
        Column("Thẩm định (đồng)", 1.2, "right"),
        Column("Chênh lệch (đồng)", 1.2, "right"),
    )
    rows = []
    for source in Source:
        of = [line for line in lines if line.source == source]
        if of:
            rows.append(_sums(str(source.label), of))
    return Table(columns, (*rows, _sums("Tổng cộng", lines, bold=True)))


def _sums(name: str, lines: list[EstimateLine], *, bold: bool = False) -> Row:
    asked, granted = sum(line.amount for line in lines), sum(line.appraisal.amount for line in lines)
    return Row((name, _dong(asked), _dong(granted), _dong(asked - granted)), bold=bold)


def _table(lines: list[EstimateLine]) -> Table:
    columns = (
        Column("TT", 0.5, "center"),
        Column("Nội dung chi", 3),
        Column("Đơn vị tính", 1, "center"),
        Column("Số lượng", 0.9, "right"),
        Column("Đơn giá", 1.2, "right"),
        Column("Đề nghị", 1.3, "right"),
        Column("Thẩm định", 1.3, "right"),
        Column("Chênh lệch", 1.3, "right"),
        Column("Lý do", 2.4),
    )
    rows = [Row(_cells(number, line)) for number, line in enumerate(lines, 1)]
    asked, granted = sum(line.amount for line in lines), sum(line.appraisal.amount for line in lines)
    total = ("", "Tổng cộng", "", "", "", _dong(asked), _dong(granted), _dong(asked - granted), "")
    return Table(columns, (*rows, Row(total, bold=True)))


def _cells(number: int, line: EstimateLine) -> tuple[str, ...]:
    quantity = _dong(line.quantity) if line.times == 1 else f"{_dong(line.quantity)} × {_dong(line.times)}"
    said = line.appraisal
    return (
        *(str(number), line.content, line.measure, quantity, _dong(line.price)),
        *(_dong(line.amount), _dong(said.amount), _dong(line.amount - said.amount), said.reason),
    )


def _dong(amount: int) -> str:
    """An amount as Vietnamese papers group it, whatever language the reader has."""
    return f"{amount:,}".replace(",", ".")
