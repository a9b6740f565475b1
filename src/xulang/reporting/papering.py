"""A version as an official report in the form of Nghị định 30/2020/NĐ-CP: the Word file, and what stands in it."""

from typing import Any

from xulang.organisation.models import Unit
from xulang.papers.paper import Annex, Column, Day, Level, Paper, Paragraph, Row, Section, Signature, Table
from xulang.papers.writing.write import write
from xulang.programme.papering import broken, closed, numbered, place_told, signature_of, superior_of
from xulang.reporting.enums import ReportState
from xulang.reporting.indicators import indicators
from xulang.reporting.models import Consolidation, Issue, Round
from xulang.reporting.parts import part_name


def docx_of(version: Consolidation) -> bytes:
    """The version as DOCX; the same version gives the same bytes. A draft has its number and day left blank."""
    return write(paper_of(version))


def paper_of(version: Consolidation) -> Paper:
    """The version as a báo cáo; what stands in it is the version's alone."""
    round, content = version.round, version.told
    issue = Issue.objects.select_related("paper").filter(consolidation=version).first()
    home = round.programme.directive.home_unit
    day = issue.paper.issued_on if issue else version.on
    names = _names(content, round)
    above = superior_of(home, day)
    focal = round.programme.focal_unit
    return Paper(
        type="BC",
        issuer=broken(home.name_on(day)),
        superior=broken(above),
        number=issue.paper.number if issue else None,
        symbol=issue.paper.symbol if issue else "BC-UBND",
        place=place_told(round.programme.directive),
        date=Day(day.year, day.month, day.day) if issue else Day(day.year),
        title=title_of(round),
        addressees=(above,) if above else (),
        body=(*_opening(round, content, names), *_results(content, names), _figures_told()),
        annexes=(Annex(f"Số liệu {round.period_name.lower()}", (_table(content, round),)),),
        signature=Signature(tuple(issue.lines), issue.paper.signer) if issue else signature_of(home, day),
        recipients=("Các đơn vị có báo cáo",),
        filed=f"VT, {focal.short_name_on(day)}" if focal else "VT",
    )


def title_of(round: Round) -> str:
    """The report's trích yếu."""
    directive = round.programme.directive
    said = f"Kết quả thực hiện {numbered(directive)}" if directive.code else directive.title
    return f"{said}, {round.period_name[0].lower()}{round.period_name[1:]}"


def _names(content: dict[str, Any], round: Round) -> dict[int, str]:
    ids = [row["unit"] for row in content["units"]]
    rows = Unit.objects.filter(pk__in=ids).prefetch_related("names")
    return {one.pk: one.name_on(round.cut_off) for one in rows}


def _opening(round: Round, content: dict[str, Any], names: dict[int, str]) -> list[Section]:
    units = content["units"]
    came = [row for row in units if row["state"] == ReportState.ACCEPTED]
    nil = [names[row["unit"]] for row in came if row["nil"]]
    silent = [names[row["unit"]] for row in units if row["state"] != ReportState.ACCEPTED]
    told = [
        f"Số liệu tính từ ngày {round.starts:%d/%m/%Y} đến hết ngày {round.cut_off:%d/%m/%Y}. "
        f"Đã có {len(came)}/{len(units)} đơn vị báo cáo."
    ]
    if nil:
        told.append(f"Các đơn vị không phát sinh: {'; '.join(nil)}.")
    if silent:
        told.append(f"Các đơn vị chưa có báo cáo: {'; '.join(silent)}.")
    return [Section(Level.ROMAN, "Tình hình báo cáo", tuple(Paragraph(one) for one in told))]


def _results(content: dict[str, Any], names: dict[int, str]) -> list[Section]:
    """The plan's own headings with what was told under each; who told it stands behind its words."""
    parts = []
    for part in content["narrative"]:
        if part["edited"]:
            lines = part["text"].splitlines()
        else:
            lines = [f"{names[one['unit']]}: {' '.join(one['text'].split())}" for one in part["passages"]]
        said = tuple(Paragraph(closed(line)) for line in lines if line.strip())
        if said:
            parts.append(Section(Level.CLAUSE, part["title"].strip().rstrip(".;:"), said))
    return [Section(Level.ROMAN, "Kết quả thực hiện", tuple(parts))] if parts else []


def _figures_told() -> Section:
    return Section(Level.ROMAN, "Số liệu", (Paragraph("Số liệu chi tiết tại Phụ lục kèm theo."),))


def _table(content: dict[str, Any], round: Round) -> Table:
    columns = (
        Column("TT", 0.5, "center"),
        Column("Chỉ tiêu", 2.5),
        Column("Đơn vị tính", 0.9, "center"),
        Column("Kỳ này", 1.3, "right"),  # hundreds of millions of đồng stand on one line
        Column("Từ đầu năm", 1.3, "right"),
        Column("Kỳ trước", 1.3, "right"),
        Column("Kế hoạch năm", 1.3, "right"),
    )
    by_code: dict[str, list[dict[str, Any]]] = {}
    for row in content["figures"]:
        by_code.setdefault(row["code"], []).append(row)
    rows, number = [], 0
    for group, known in round.asks.on(round.cut_off):
        rows.append(Row((group.title,), bold=True))
        for one in known:
            for figure in by_code.get(one.code, ()):
                number += not figure["of"]
                rows.append(Row(_cells(figure, "" if figure["of"] else str(number))))
    return Table(columns, tuple(rows))


def _cells(figure: dict[str, Any], number: str) -> tuple[str, ...]:
    one = indicators()[figure["code"]]
    name = f"- {part_name(figure['of'])}" if figure["of"] else one.name
    numbers = [figure[key] for key in ("value", "year", "last", "plan")]
    shown = ["" if n is None else f"{n:,}".replace(",", ".") for n in numbers]
    return (number, name, "" if figure["of"] else one.unit, *shown)
