"""What a round's report tells straight from the ledger: obstacles with what was answered, and the next period's duties.

As the ledger stood at the cut-off: what is written later changes no report of the days before.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from xulang.organisation.calendars import working_days
from xulang.organisation.enums import UnitsOf
from xulang.organisation.models import Unit, unit_then
from xulang.programme.enums import AWAITING, AssignmentState, Cadence, EntryKind, Mode, ReportState, UnitRole, Waits
from xulang.programme.models import Entry, ExpectedReport, Task
from xulang.programme.papering import closed
from xulang.programme.periods import Period, periods, regime_on
from xulang.programme.rows import entry_rows
from xulang.programme.rules import standing, waits_for
from xulang.programme.selectors.figures import of_programme
from xulang.programme.selectors.units_of import with_unit_of
from xulang.reporting.counting import ENTRY, EXPECTED, TASK, through
from xulang.reporting.headings import Heading
from xulang.reporting.models import Round
from xulang.reporting.parts import short
from xulang.reporting.rules import sentences

OBSTACLES = "vuong-mac"
_TITLES = {
    OBSTACLES: "Vướng mắc và việc giải quyết",
    "con-cham": "Hoàn thành, báo cáo các nhiệm vụ còn chậm",
    "co-han": "Thực hiện đúng hạn các nhiệm vụ có thời hạn",
    "thuong-xuyen": "Tiếp tục thực hiện các nhiệm vụ thường xuyên",
    "con-vuong": "Giải quyết các vướng mắc còn lại",
}
_FEW = 5  # units that are named one by one

Passage = dict[str, Any]


def following(round: Round) -> Period | None:
    """The period that comes after a round's; after nine months it is the quarter that is left of the year."""
    cadence = Cadence.QUARTER if round.cadence == Cadence.NINE else Cadence(round.cadence)
    first = round.cut_off + dt.timedelta(days=1)
    return next(iter(periods(cadence, first, first + dt.timedelta(days=2 * 366), regime_on(round.cut_off))), None)


def from_ledger(round: Round, plan: Sequence[Heading]) -> list[dict[str, Any]]:
    """Obstacles, then what the next period asks for, by kind; some may have no passage.

    A passage is as a unit's (`text`, the `receipts` of it all, the `traces` of each sentence), but was sent by nobody:
    `unit` is the one that raised it, None where the words name who does it.
    """
    raised = _obstacles(round)
    passages = {OBSTACLES: [passage for passage, _open in raised]}
    if (period := following(round)) is not None:
        names = Names(round.cut_off)
        late, dated = _owed(round, period, names)
        stuck = [passage for passage, is_open in raised if is_open]
        passages |= {
            "con-cham": late,
            "co-han": dated,
            "thuong-xuyen": _ongoing(round, period, plan, names),
            "con-vuong": [_stuck(stuck, names)] if stuck else [],
        }
    return [{"heading": code, "title": _TITLES[code], "passages": told} for code, told in passages.items()]


class Names:
    """What units were called on a day, each asked for once."""

    def __init__(self, day: dt.date) -> None:
        self._day = day
        self._units: dict[int, Unit] = {}

    def learn(self, units: Iterable[int]) -> None:
        """Fetches those that are not known yet."""
        self._units |= Unit.objects.prefetch_related("names").in_bulk(set(units) - set(self._units))

    def listed(self, units: Collection[int]) -> str:
        """Their names in one row; how many there are where they are many."""
        if len(units) > _FEW:
            return f"{len(units)} đơn vị"
        self.learn(units)
        return ", ".join(sorted(self._units[one].name_on(self._day) for one in units))


def _told(unit: int | None, pieces: Iterable[tuple[str, Sequence[str]]]) -> Passage:
    """A passage of pieces of text, each with its receipts."""
    pieces = [(closed(" ".join(words.split())), receipts) for words, receipts in pieces]
    return {
        "unit": unit,
        "text": " ".join(words for words, _receipts in pieces),
        "receipts": list(dict.fromkeys(one for _words, receipts in pieces for one in receipts)),
        "traces": [list(receipts) for words, receipts in pieces for _one in sentences(words)],
    }


# --- Obstacles ---

# How the lines that answer an obstacle are told: what happened, and the words that go with it where there are some.
_ANSWERS = {
    EntryKind.OBSTACLE: "Nêu lại ngày {day}",
    EntryKind.ADVISED: "Đơn vị đầu mối trả lời ngày {day}",
    EntryKind.ESCALATED: "Trình lãnh đạo ngày {day}",
    EntryKind.DIRECTED: "Lãnh đạo chỉ đạo ngày {day}",
    EntryKind.RESOLVED: "Đã hết vướng mắc từ ngày {day}",
}
_WAITING = {Waits.FOCAL: "Chưa được trả lời", Waits.LEADER: "Đang chờ ý kiến chỉ đạo"}


def _obstacles(round: Round) -> list[tuple[Passage, bool]]:
    """What was raised by the cut-off, if it was not over before the period; whether it is still open."""
    raised = Entry.objects.filter(through(of_programme(round.programme)), kind=EntryKind.OBSTACLE, answers__isnull=True)
    gone = Q(on__lt=round.starts, assignment__state=AssignmentState.WITHDRAWN)
    rows = raised.filter(on__lte=round.cut_off).exclude(gone).select_related("note", "assignment__task")
    found: list[Any] = list(with_unit_of(rows, UnitsOf.THE_DAY, "on").order_by("on", "id"))
    answers: dict[int | None, list[Entry]] = defaultdict(list)
    lines = Entry.objects.filter(answers__in=[row.pk for row in found], on__lte=round.cut_off).select_related("note")
    for line in lines.order_by("id"):
        answers[line.answers_id].append(line)
    focal = round.programme.focal_unit_id
    told = []
    for row in found:
        after = answers[row.pk]
        waits = waits_for([one.kind for one in after], own=row.assignment.unit_id == focal)
        if waits != Waits.NOBODY or max(one.on for one in after) >= round.starts:
            told.append((_obstacle(row, after, waits), waits != Waits.NOBODY))
    return told


def _obstacle(row: Any, answers: Iterable[Entry], waits: Waits) -> Passage:
    about = f"Nêu ngày {row.on:%d/%m/%Y} khi thực hiện nhiệm vụ “{short(row.assignment.task.text)}”"
    pieces = [(_with_note(about, row), [f"{ENTRY}{row.pk}"])]
    for one in answers:
        said = _ANSWERS[EntryKind(one.kind)].format(day=f"{one.on:%d/%m/%Y}")
        pieces.append((_with_note(said, one), [f"{ENTRY}{one.pk}"]))
    if waits in _WAITING:
        pieces.append((_WAITING[waits], pieces[-1][1]))
    return _told(row.had, pieces)


def _with_note(said: str, line: Entry) -> str:
    note = getattr(line, "note", None)
    words = note.text.strip() if note is not None and note.withdrawn_at is None else ""
    return f"{said}: {words}" if words else said


def _stuck(passages: Sequence[Passage], names: Names) -> Passage:
    units = {one["unit"] for one in passages}
    return _told(None, [(f"Vướng mắc của {names.listed(units)}", [one["receipts"][0] for one in passages])])


# --- What the next period asks for ---


class _Owed(NamedTuple):
    """An expected report, with the unit that owed it on the day of the cut-off."""

    pk: int
    task: int
    period: str
    first_due: dt.date
    unit: int


def _asked(round: Round) -> Any:
    """The reports that leading units owed as the cut-off knew them, with the unit of that day as `had`."""
    known = max(round.cut_off, timezone.localdate(round.opened_at))
    withdrawn = Entry.objects.filter(expected=OuterRef("pk"), kind=EntryKind.WITHDRAWN, on__lte=round.cut_off)
    rows = ExpectedReport.objects.filter(
        through(of_programme(round.programme)),
        assignment__mode=Mode.ORDER,
        assignment__role=UnitRole.LEAD,
        issued_on__lte=known,
    ).exclude(Q(state=ReportState.WITHDRAWN) & Exists(withdrawn))
    return rows.annotate(had=unit_then(Entry.objects.all(), "assignment_id", "assignment_id", "unit_id", round.cut_off))


def _owed(round: Round, period: Period, names: Names) -> tuple[list[Passage], list[Passage]]:
    """What was late at the cut-off, and what has its day in the next period; of each task one passage and day."""
    unmade = Q(reported_on__isnull=True) | Q(reported_on__gt=round.cut_off)
    found = _asked(round).filter(unmade, Q(due__lte=round.cut_off) | Q(first_due__lte=round.cut_off) | Q(period="date"))
    found = found.order_by("assignment__task__position", "assignment__task_id", "due", "id")
    # Columns alone: where many are late, the rows are many.
    rows = [_Owed(*row) for row in found.values_list("pk", "assignment__task_id", "period", "first_due", "had")]
    written = Entry.objects.filter(expected__in=found.order_by().values("pk"), on__lte=round.cut_off)
    lines = entry_rows(written)
    days = working_days(round.programme.directive.home_unit_id)
    kept = {due: days.kept_on(due) for due in {row.first_due for row in rows}}
    late: dict[int, list[tuple[_Owed, dt.date]]] = defaultdict(list)
    dated: dict[tuple[int, dt.date], list[_Owed]] = defaultdict(list)
    for row in rows:
        stood = standing(lines[row.pk], row.first_due)
        if stood.state not in AWAITING:
            continue
        if (kept.get(stood.due) or days.kept_on(stood.due)) <= round.cut_off:
            late[row.task].append((row, stood.due))
        elif row.period == "date" and stood.due <= period.end:
            dated[row.task, stood.due].append(row)
    tasks = set(late) | {task for task, _due in dated}
    texts = {pk: short(text) for pk, text in Task.objects.filter(pk__in=tasks).values_list("pk", "text")}
    return (
        [_late(texts[task], told, names) for task, told in late.items()],
        [
            _dated(task, texts[task], {row.unit for row in told}, due, names)
            for (task, due), told in sorted(dated.items(), key=lambda one: one[0][1])
        ],
    )


def _late(task: str, told: Sequence[tuple[_Owed, dt.date]], names: Names) -> Passage:
    due = min(due for _row, due in told)
    when = "hạn" if told[0][0].period == "date" else "chưa báo cáo từ kỳ đến hạn"
    said = f"{task} ({names.listed({row.unit for row, _due in told})}, {when} ngày {due:%d/%m/%Y})"
    return _told(None, [(said, [f"{EXPECTED}{row.pk}" for row, _due in told])])


def _dated(task: int, text: str, units: Collection[int], due: dt.date, names: Names) -> Passage:
    return _told(None, [(f"{text}: chậm nhất ngày {due:%d/%m/%Y} ({names.listed(units)})", [f"{TASK}{task}"])])


def _ongoing(round: Round, period: Period, plan: Iterable[Heading], names: Names) -> list[Passage]:
    """The plan's headings beneath which something is reported period by period, with those that lead it."""
    rows = _asked(round).filter(period_end__gt=round.cut_off, period_end__lte=period.end).exclude(period="date")
    leading: dict[int, set[int]] = defaultdict(set)
    for task, unit in rows.order_by().values_list("assignment__task_id", "had").distinct():
        leading[task].add(unit)
    found = []
    for heading in plan:
        tasks = sorted(heading.tasks & leading.keys())
        if tasks:
            units = set[int]().union(*(leading[task] for task in tasks))
            title = heading.title.strip().rstrip(".;:")
            found.append(_told(None, [(f"{title} ({names.listed(units)})", [f"{TASK}{task}" for task in tasks])]))
    return found
