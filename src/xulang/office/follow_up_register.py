"""Sổ theo dõi giải quyết văn bản đến (Nghị định 30/2020/NĐ-CP, Phụ lục IV): what became of each paper that came in."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.translation import gettext as _

from xulang.organisation.models import Person, Unit
from xulang.plumbing.sheets import Cell, Column
from xulang.programme.enums import AWAITING, ReportState
from xulang.programme.models import Draft, ExpectedReport
from xulang.programme.papering import cited, dated
from xulang.programme.selectors.lateness import Clock, of_programmes
from xulang.registry.models import Arrival, Distribution
from xulang.reporting.models import Consolidation, Issue


def columns() -> list[Column]:
    """The seven of the law."""
    return [
        Column(_("Số đến"), 10),
        Column(_("Tên loại, số và ký hiệu, ngày tháng và tác giả văn bản"), 60),
        Column(_("Đơn vị hoặc người nhận"), 40),
        Column(_("Thời hạn giải quyết"), 14),
        Column(_("Tiến độ giải quyết"), 36),
        Column(_("Số, ký hiệu văn bản trả lời"), 24),
        Column(_("Ghi chú"), 30),
    ]


def lines(person: Person, today: dt.date, rows: "QuerySet[Arrival]") -> Iterator[Sequence[Cell]]:
    """A line for each unit that answers for what a paper orders, in a handful of questions for them all.

    What a plan of the office's own carries out counts for the paper that it was drafted from. A paper that orders
    nothing has one line, with whom it was passed to.
    """
    arrivals = list(rows)
    papers = [row.directive_id for row in arrivals]
    drafts = list(Draft.objects.for_user(person, today).filter(superior__in=papers).select_related("paper"))
    carried: dict[int, set[int]] = {paper: {paper} for paper in papers}
    for draft in drafts:
        carried[draft.superior_id] |= {draft.issued_id} if draft.issued_id else set()
    stands = _stands(person, today, {one for ids in carried.values() for one in ids})
    replies = _replies(person, today, drafts, carried)
    passed = _passed(person, today, papers)
    for row in arrivals:
        units = [one for known in sorted(carried[row.directive_id]) for one in stands.get(known, ())]
        answers = "; ".join(dict.fromkeys(replies[row.directive_id]))
        paper = dated(row.directive) if row.directive.code else cited(row.directive)
        note = _("Đã hủy: %(why)s") % {"why": row.cancelled_for} if row.cancelled_at else ""
        for one in units:
            yield [str(row), paper, one.name, one.due, one.progress, answers, note]
        if not units:
            yield [str(row), paper, "; ".join(passed[row.directive_id]), "", "", answers, note]


@dataclass(frozen=True)
class _Stands:
    """How far a unit is with what a paper orders: the next day that is open, else the last."""

    name: str
    due: dt.date
    progress: str


def _stands(person: Person, today: dt.date, papers: Iterable[int]) -> dict[int, list[_Stands]]:
    owed = ExpectedReport.objects.for_user(person, today).filter(task__programme__directive__in=papers)
    counted = list(
        owed.exclude(state=ReportState.WITHDRAWN)
        .order_by()
        .values("task__programme__directive", "unit")
        .annotate(
            every=Count("pk"),
            done=Count("pk", filter=Q(state=ReportState.CONFIRMED)),
            waiting=Count("pk", filter=Q(state=ReportState.REPORTED)),
            overdue=Count("pk", filter=Q(state__in=sorted(AWAITING)) & Clock(today).past(of_programmes)),
            coming=Min("due", filter=~Q(state=ReportState.CONFIRMED)),
            last=Max("due"),
        )
    )
    units = Unit.objects.filter(pk__in={row["unit"] for row in counted}).prefetch_related("names")
    names = {unit.pk: unit.name_on(today) for unit in units}
    found: defaultdict[int, list[_Stands]] = defaultdict(list)
    for row in counted:
        told = [_("Đã xong %(done)d/%(all)d báo cáo") % {"done": row["done"], "all": row["every"]}]
        told += [_("%(n)d chờ xác nhận") % {"n": row["waiting"]}] if row["waiting"] else []
        told += [_("%(n)d quá hạn") % {"n": row["overdue"]}] if row["overdue"] else []
        one = _Stands(names[row["unit"]], row["coming"] or row["last"], "; ".join(told))
        found[row["task__programme__directive"]].append(one)
    return {paper: sorted(ones, key=lambda one: one.name) for paper, ones in found.items()}


def _replies(
    person: Person, today: dt.date, drafts: Iterable[Draft], carried: dict[int, set[int]]
) -> defaultdict[int, list[str]]:
    """The office's own papers that answer: plans drafted from a paper, and reports that went out on what it orders."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for draft in drafts:
        if draft.paper is not None and draft.paper.cancelled_at is None:
            found[draft.superior_id].append(draft.paper.code)
    ordered = {one for ids in carried.values() for one in ids}
    seen = Consolidation.objects.for_user(person, today).filter(round__programme__directive__in=ordered)
    went = Issue.objects.filter(consolidation__in=seen, paper__cancelled_at__isnull=True).order_by("paper_id")
    for issue in went.select_related("paper", "consolidation__round__programme"):
        directive = issue.consolidation.round.programme.directive_id
        for paper in (paper for paper, ids in carried.items() if directive in ids):
            found[paper].append(issue.paper.code)
    return found


def _passed(person: Person, today: dt.date, papers: Iterable[int]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = Distribution.objects.for_user(person, today).filter(directive__in=papers).order_by("given_on", "pk")
    for one in rows.select_related("given_to").prefetch_related("given_to__names"):
        found[one.directive_id].append(one.given_to.name_on(one.given_on))
    return found
