"""A version as an official report in the form of Nghị định 30/2020/NĐ-CP: the Word file, and what stands in it."""

from typing import Any

from xulang.organisation.models import Unit
from xulang.papers.paper import (
    Annex,
    Block,
    Column,
    Day,
    Items,
    Level,
    Paper,
    Paragraph,
    Row,
    Section,
    Signature,
    Table,
)
from xulang.papers.writing.write import write
from xulang.programme.papering import broken, cited, closed, numbered, place_of, place_told, signature_of, superior_of
from xulang.reporting.consolidating import aim_of, parts_of, targets_in
from xulang.reporting.enums import ReportState
from xulang.reporting.from_ledger import OBSTACLES
from xulang.reporting.indicators import indicators
from xulang.reporting.models import Consolidation, Issue, Round
from xulang.reporting.parts import part_names
from xulang.reporting.year import lacks, named

# What a plan's title begins with where it is itself a thing done, so that "kết quả" can stand before it.
_DOINGS = ("Thực hiện", "Triển khai", "Tổ chức", "Đẩy mạnh", "Tăng cường")


def docx_of(version: Consolidation) -> bytes:
    """The version as DOCX; the same version gives the same bytes. A draft has its number and day left blank."""
    return write(paper_of(version))


def paper_of(version: Consolidation) -> Paper:
    """The version as a báo cáo; what stands in it is the version's alone."""
    round, content = version.round, version.told
    issue = version.issue
    directive = round.programme.directive
    home = directive.home_unit
    day = issue.paper.issued_on if issue else version.on
    names = _names(content, round)
    name, above = home.name_on(day), superior_of(home, day)
    focal = round.programme.focal_unit
    return Paper(
        type="BC",
        issuer=broken(name),
        superior=broken(above),
        number=issue.paper.number if issue else None,
        symbol=issue.paper.symbol if issue else "BC-UBND",
        place=place_told(directive) or place_of(home, day),
        date=Day(day.year, day.month, day.day) if issue else Day(day.year),
        title=title_of(round),
        addressees=(above,) if above else (),
        body=(
            Paragraph(f"Thực hiện {cited(directive)}, {name} báo cáo kết quả {_period(round.period)} như sau:"),
            *_opening(version, names),
            *_results(content, names),
            *_obstacles(content, names),
            *_ahead(content),
            *_replaces(version),
            Paragraph(_ending(round, name, above)),
        ),
        annexes=(_annex(content, round),),
        signature=Signature(tuple(issue.lines), issue.paper.signer) if issue else signature_of(home, day),
        recipients=("Các đơn vị có báo cáo",),
        filed=f"VT, {focal.short_name_on(day).removeprefix('Phòng ')}" if focal else "VT",
    )


def title_of(round: Round) -> str:
    """The report's trích yếu: the results of the plan by its number, else by what it is about."""
    directive = round.programme.directive
    title = " ".join(directive.title.split())
    about = f"{title[:1].lower()}{title[1:]}"
    if directive.code:
        said = f"thực hiện {numbered(directive)}"
    elif title.startswith(_DOINGS):
        said = about
    else:
        said = f"thực hiện {numbered(directive)} {about}"
    return f"Kết quả {said} {_period(round.period)}"


def _period(code: str) -> str:
    return named(code).replace("năm ", "năm\u00a0")  # a year alone on the last line of a title looks forgotten


def _ending(round: Round, name: str, above: str) -> str:
    """The sentence with which a report closes, as the paper goes up or stays in the house."""
    directive = round.programme.directive
    plan = f"{numbered(directive)}{'' if directive.code else ' nêu trên'}"
    told = f"Trên đây là kết quả thực hiện {plan} {_period(round.period)}"
    return f"{told}, {name} trân trọng báo cáo {above}" if above else told


def _replaces(version: Consolidation) -> list[Paragraph]:
    """What a version that corrects says of the report that went out before it; a cancelled number is none."""
    before = Issue.objects.filter(consolidation__round=version.round_id, consolidation__number__lt=version.number)
    issue = before.filter(paper__cancelled_at__isnull=True).select_related("paper").order_by("paper_id").last()
    if issue is None:
        return []
    return [Paragraph(f"Báo cáo này thay thế Báo cáo số {issue.paper.code} ngày {issue.paper.issued_on:%d/%m/%Y}.")]


def _names(content: dict[str, Any], round: Round) -> dict[int, str]:
    ids = {row["unit"] for row in content["units"]}
    ids |= {one["unit"] for part in parts_of(content) for one in part["passages"] if one["unit"] is not None}
    rows = Unit.objects.filter(pk__in=ids).prefetch_related("names")
    return {one.pk: one.name_on(round.cut_off) for one in rows}


def _opening(version: Consolidation, names: dict[int, str]) -> list[Section]:
    """Which days are counted (in a round that is not over, until the version was made), and who reported."""
    round, units = version.round, version.told["units"]
    last = min(round.cut_off, version.on)
    came = [row for row in units if row["state"] == ReportState.ACCEPTED]
    nil = [names[row["unit"]] for row in came if row["nil"]]
    silent = [names[row["unit"]] for row in units if row["state"] != ReportState.ACCEPTED]
    told = [
        f"Số liệu tính từ ngày {round.starts:%d/%m/%Y} đến hết ngày {last:%d/%m/%Y}. "
        f"Đã có {len(came)}/{len(units)} đơn vị báo cáo. Số liệu chi tiết tại Phụ lục kèm theo."
    ]
    if nil:
        told.append(f"Các đơn vị không phát sinh: {'; '.join(nil)}.")
    if silent:
        told.append(f"Các đơn vị chưa có báo cáo: {'; '.join(silent)}.")
    return [Section(Level.ROMAN, "Tình hình báo cáo", tuple(Paragraph(one) for one in told))]


def _results(content: dict[str, Any], names: dict[int, str]) -> list[Section]:
    """The plan's own headings with what was told under each; who told it stands behind its words."""
    parts = [
        Section(Level.CLAUSE, part["title"].strip().rstrip(".;:"), said)
        for part in content["narrative"]
        if (said := _said(part, names))
    ]
    return [Section(Level.ROMAN, "Kết quả thực hiện", tuple(parts))] if parts else []


def _obstacles(content: dict[str, Any], names: dict[int, str]) -> list[Section]:
    """What stood in the way and what was answered; that there was nothing is told too. Older versions do not know."""
    if "from_ledger" not in content:
        return []
    part = next((part for part in content["from_ledger"] if part["heading"] == OBSTACLES), None)
    said = _said(part, names) if part else (Paragraph("Các đơn vị không nêu vướng mắc."),)
    return [Section(Level.ROMAN, "Vướng mắc và việc giải quyết", said)]


def _ahead(content: dict[str, Any]) -> list[Section]:
    """What the next period asks for, each passage behind a dash; a part that stands alone bears no number."""
    parts = [
        (part["title"], Items(tuple(one.words for one in said)))
        for part in content.get("from_ledger", ())
        if part["heading"] != OBSTACLES and (said := _said(part, {}))
    ]
    if not parts:
        return []
    told: tuple[Block, ...] = tuple(Section(Level.CLAUSE, title, (items,)) for title, items in parts)
    if len(parts) == 1:
        ((title, items),) = parts
        told = (Paragraph(f"{title}:"), items)
    return [Section(Level.ROMAN, f"Phương hướng, nhiệm vụ {_period(content['next'])}", told)]


def _said(part: dict[str, Any], names: dict[int, str]) -> tuple[Paragraph, ...]:
    """The lines of a part; of passages each behind who told it, where their name is given."""
    if part["edited"]:
        lines = part["text"].splitlines()
    else:
        lines = [
            f"{names[one['unit']]}: {words}" if one["unit"] in names else words
            for one in part["passages"]
            for words in [" ".join(one["text"].split())]
        ]
    return tuple(Paragraph(closed(line)) for line in lines if line.strip())


_REACHED = "Đạt (%)"
# What the table tells of an indicator, by the key of its figure.
_NUMBERS = {"value": "Kỳ này", "year": "Từ đầu năm", "last": "Kỳ trước"}
_WIDE, _NARROW, _SHARE = 1.5, 0.6, 0.3  # widths: hundreds of millions of đồng, or "99.999", stand on one line
_UPRIGHT = 6  # columns of numbers that an upright page holds


def _annex(content: dict[str, Any], round: Round) -> Annex:
    """The figures; across the page where they take many columns."""
    table = _table(content, round)
    wide = sum(column.align == "right" for column in table.columns) > _UPRIGHT
    title, missing = f"Số liệu {_period(round.period)}", lacks(content)
    if not missing:
        return Annex(title, (table,), landscape=wide)
    told = f"(*) Số từ đầu năm, và phần so với kế hoạch tính từ số ấy, chưa có đủ: {missing}."
    return Annex(title, (table, Paragraph(told)), landscape=wide)


def _table(content: dict[str, Any], round: Round) -> Table:
    """The figures by group. A column that would tell nothing is left out.

    Nothing: the period before where there was none, a plan where none was set, the year so far in its first period.
    """
    shown = [key for key in _NUMBERS if any(row[key] is not None for row in content["figures"])]
    if round.starts == round.year_begins and "year" in shown:
        shown.remove("year")
    targets = targets_in(content)
    starred = {"year"} if lacks(content) else set()
    titles = [_NUMBERS[key] + " (*)" * (key in starred) for key in shown]
    for aimed in targets:
        titles += [f"Kế hoạch {_aimed(aimed, round.period)}", _REACHED]
    by_code: dict[str, list[dict[str, Any]]] = {}
    for row in content["figures"]:
        by_code.setdefault(row["code"], []).append(row)
    names = part_names(row["of"] for row in content["figures"])
    rows, number = [], 0
    for group, known in round.asks.on(round.cut_off):
        rows.append(Row((group.title,), bold=True))
        for one in known:
            for figure in by_code.get(one.code, ()):
                number += not figure["of"]
                told = [figure[key] for key in shown]
                for aimed in targets:
                    aim = aim_of(figure, aimed, content["period"])
                    told += [aim and aim.value, aim and aim.share]
                rows.append(Row((*_named(figure, names[figure["of"]], number), *map(_number, told))))
    columns = [Column("TT", 0.2, "center"), Column("Chỉ tiêu", 4.2), Column("Đơn vị tính", 1.3, "center")]
    for at, title in enumerate(titles, len(columns)):
        longest = max((len(row.cells[at]) for row in rows if len(row.cells) > 1), default=0)
        wide = _WIDE if longest > len("99.999") else _NARROW
        columns.append(Column(title, _SHARE if title == _REACHED else wide, "right"))
    return Table(tuple(columns), tuple(rows))


def _aimed(aimed: str, period: str) -> str:
    return "kỳ này" if aimed == period else "năm" if aimed == period[:4] else _period(aimed)


def _named(figure: dict[str, Any], part: str, number: int) -> tuple[str, str, str]:
    one = indicators()[figure["code"]]
    return ("", f"- {part}", one.unit) if part else (str(number), one.name, one.unit)


def _number(value: int | None) -> str:
    return "-" if value is None else f"{value:,}".replace(",", ".")
