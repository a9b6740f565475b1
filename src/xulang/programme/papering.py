"""A draft plan as an official paper in the form of Nghị định 30/2020/NĐ-CP, worded so that the reader reads it back."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from django.utils import timezone

from xulang.organisation.enums import Capacity, Role
from xulang.organisation.models import PostHolding, Unit, UnitParent
from xulang.papers.layout import types
from xulang.papers.paper import Block, Day, Items, Level, Paper, Paragraph, Run, Section, Signature
from xulang.papers.writing.write import write
from xulang.programme.enums import Cadence, UnitRole
from xulang.programme.models import Draft, DraftItem
from xulang.registry.models import Directive

# A cadence as plans word it and as the reader reads it.
_EVERY = {
    Cadence.WEEK: "Hằng tuần",
    Cadence.MONTH: "Hằng tháng",
    Cadence.QUARTER: "Hằng quý",
    Cadence.HALF: "Định kỳ 6 tháng",
    Cadence.NINE: "Định kỳ 9 tháng",
    Cadence.YEAR: "Hằng năm",
}
_PLACE = re.compile(r"(?:thành phố|thị xã|huyện|tỉnh|phường|xã|thị trấn)\s+(.+)$", re.IGNORECASE)
_BODY = "Ủy ban nhân dân"
_FOR_ALL = f"TM. {_BODY}"
NOBODY = "…"  # stands in a draft where the signer's name will


def docx_of(draft: Draft) -> bytes:
    """The draft as DOCX; the same draft gives the same bytes. Before it is numbered its number and day are blank."""
    return write(paper_of(draft))


def paper_of(draft: Draft) -> Paper:
    """The draft as a kế hoạch. Raises `papers.paper.UnfitPaperError` where something does not fit its form."""
    home, paper = draft.superior.home_unit, draft.paper
    day = paper.issued_on if paper else timezone.localdate(draft.changed_at)
    items = list(draft.items.prefetch_related("units__unit__names"))
    name = home.name_on(day)
    above = superior_of(home, day)
    return Paper(
        type="KH",
        issuer=broken(name),
        superior=broken(above),
        number=paper.number if paper else None,
        symbol=paper.symbol if paper else draft.symbol,
        place=draft.place,
        date=Day(day.year, day.month, day.day) if paper else Day(day.year),
        title=draft.title,
        body=(
            Paragraph(f"Thực hiện {cited(draft.superior)}, {name} ban hành Kế hoạch như sau:"),
            *_aims(draft),
            Section(Level.ROMAN, "Nhiệm vụ", tuple(_tasks(items, day))),
            *_following(draft, name),
        ),
        signature=Signature(tuple(draft.lines), draft.signer or NOBODY),
        recipients=tuple(draft.recipients.splitlines()) or _recipients(draft, items, day),
        filed="VT",
    )


def cited(directive: Directive) -> str:
    """The superior's directive as a paper cites it: type, number, day, issuer, title."""
    title = " ".join(directive.title.split())
    return dated(directive) + (f" về {title[0].lower()}{title[1:]}" if title else "")


def dated(directive: Directive) -> str:
    """Its type, number, day and issuer."""
    day = directive.issued_date
    told = [numbered(directive)]
    told += [f"ngày {day:%d/%m/%Y}"] if day else []
    told += [f"của {spelled_out(directive.issuer)}"] if directive.issuer else []
    return " ".join(told)


def spelled_out(name: str) -> str:
    """A body's name as running text has it: "UBND tỉnh" as "Ủy ban nhân dân tỉnh"."""
    return name.replace("UBND", _BODY).replace("HĐND", "Hội đồng nhân dân")


def numbered(directive: Directive) -> str:
    """Its type and number as papers say them: "Kế hoạch số 61/KH-UBND"."""
    kind = types()[directive.type].name if directive.type in types() else "Văn bản"
    return f"{kind} số {directive.code}" if directive.code else kind


def title_for(superior: Directive) -> str:
    """A first title: what the superior's plan is about, said to be carried out here."""
    return f"Triển khai thực hiện {numbered(superior)}" + (
        f" của {spelled_out(superior.issuer)}" if superior.issuer else ""
    )


class Signer(NamedTuple):
    """Who may sign for an office on a day, by which holding of a post, and how it is written."""

    holding: int
    signature: Signature


def signers_of(home: Unit, day: dt.date) -> list[Signer]:
    """Those who may sign for the office on the day: its head, deputies for the head, then whom the head authorised.

    A deputy in charge signs as a deputy does; an authorised person by their own post, and not for the committee:
    Nghị định 30/2020/NĐ-CP, Điều 13 and Phụ lục I, II.7.a. What a deputy has is not authorised further.
    """
    held = PostHolding.objects.on(day).filter(post__unit=home, post__role=Role.LEADER).select_related("post", "person")
    rows = [row for row in held if row.capacity != Capacity.DELEGATE or not _deputy(row)]
    rows.sort(key=lambda row: (row.capacity == Capacity.DELEGATE, _deputy(row), row.post_id, row.pk))
    return [Signer(row.pk, Signature(_lines(row, day), row.person.full_name)) for row in rows]


def _lines(held: PostHolding, day: dt.date) -> tuple[str, ...]:
    if held.capacity == Capacity.DELEGATE:
        own = PostHolding.objects.on(day).filter(person=held.person, capacity=Capacity.HOLDER).order_by("id")
        return ("TUQ. Chủ tịch", *own.values_list("post__title", flat=True)[:1])
    return (_FOR_ALL, "KT. Chủ tịch", "Phó Chủ tịch") if _deputy(held) else (_FOR_ALL, "Chủ tịch")


def signature_of(home: Unit, day: dt.date) -> Signature:
    """The first of them; nobody is named (NOBODY) where there is none on the day."""
    first = next(iter(signers_of(home, day)), None)
    return first.signature if first else Signature((_FOR_ALL, "Chủ tịch"), NOBODY)


def _deputy(held: PostHolding) -> bool:
    """Whether they sign for the head: a deputy's post, or the head's in the head's stead."""
    return held.post.title.startswith("Phó") or held.capacity in (Capacity.DEPUTY, Capacity.ACTING)


def place_of(home: Unit, day: dt.date) -> str:
    """The place that the office's papers bear: that of its name ("Mường Hoa"), Nghị định 30/2020, Phụ lục I, II.4."""
    found = _PLACE.search(home.name_on(day))
    return found[1] if found else ""


def place_told(directive: Directive) -> str:
    """The place that a directive of the office bears, which its further papers bear too; empty where none was read."""
    header = directive.findings["header"]
    return header["place"]["value"] if header.get("place") else ""


def superior_of(home: Unit, day: dt.date) -> str:
    """The name of the body above the office on the day; empty without one."""
    above = UnitParent.objects.on(day).filter(unit=home).select_related("parent").first()
    return above.parent.name_on(day) if above else ""


def broken(name: str) -> str:
    """A committee's name on two lines, parted where its place begins."""
    return f"{_BODY}\n{name[len(_BODY) :].strip()}" if name.startswith(f"{_BODY} ") else name


def time_of(item: DraftItem) -> str:
    """An item's time in words."""
    if item.due_on is not None:
        return f"Trước ngày {item.due_on:%d/%m/%Y}"
    return _EVERY[Cadence(item.cadence)] if item.cadence else "Thường xuyên"


def _aims(draft: Draft) -> list[Section]:
    told = [line.strip() for line in draft.aims.splitlines() if line.strip()]
    return [Section(Level.ROMAN, "Mục đích, yêu cầu", tuple(Paragraph(closed(one)) for one in told))] if told else []


def _tasks(items: Sequence[DraftItem], day: dt.date) -> list[Block]:
    if not any(item.heading for item in items):
        return [_task(item, day) for item in items]
    parts = groupby(items, key=lambda item: item.heading)
    return [
        Section(Level.CLAUSE, heading or "Nhiệm vụ khác", tuple(_task(item, day) for item in group))
        for heading, group in parts
    ]


def _task(item: DraftItem, day: dt.date) -> Section:
    lead, helping = names_of(item, day)
    lines: list[tuple[Run, ...]] = []
    if lead:
        who = f"{lead} chủ trì, phối hợp với {', '.join(helping)}." if helping else f"{lead}."
        lines.append((Run("Đơn vị thực hiện: ", italic=True), Run(who)))
    lines.append((Run("Thời gian thực hiện: ", italic=True), Run(f"{time_of(item)}.")))
    return Section(Level.CLAUSE, "", (Paragraph(closed(item.text)), Items(tuple(lines))))


def names_of(item: DraftItem, day: dt.date) -> tuple[str, list[str]]:
    """Who leads an item, and who coordinates, by their names of the day; a unit is named once."""
    rows = list(item.units.all())
    lead = next((row.unit for row in rows if row.role == UnitRole.LEAD), None)
    helping = {row.unit_id: row.unit for row in rows if row.role == UnitRole.COORDINATING}
    return lead.name_on(day) if lead else "", [
        unit.name_on(day) for pk, unit in helping.items() if lead is None or pk != lead.pk
    ]


def _following(draft: Draft, name: str) -> list[Section]:
    if not draft.follows:
        return []
    order = f"Giao {draft.follows} theo dõi, đôn đốc việc thực hiện Kế hoạch này; tổng hợp kết quả, báo cáo {name}."
    return [Section(Level.ROMAN, "Tổ chức thực hiện", (Paragraph(order),))]


def _recipients(draft: Draft, items: Iterable[DraftItem], day: dt.date) -> tuple[str, ...]:
    """The superior, and the units that the items name, each once in the order in which they are named."""
    named = [one for item in items for lead, helping in [names_of(item, day)] for one in (lead, *helping) if one]
    above = [draft.superior.issuer] if draft.superior.issuer else []
    follows = [draft.follows] if draft.follows else []
    return tuple(dict.fromkeys([*above, *named, *follows])) or ("Như trên",)


def run_on(words: str) -> str:
    """Paragraphs as one: a heading that the text follows is closed, so that it does not run into it."""
    lines = [" ".join(line.split()) for line in words.splitlines() if line.strip()]
    told = lines[:1]
    for above, line in pairwise(lines):
        told.append(f". {line}" if above[-1].isalnum() and line[0].isupper() else f" {line}")
    return "".join(told)


def closed(line: str) -> str:
    """A sentence with its closing mark."""
    line = line.strip()
    return line if line.endswith((".", ";", ":", "!", "?")) else f"{line}."
