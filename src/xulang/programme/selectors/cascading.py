"""The cascade check's rows: a superior's duties beside a draft's items, or beside the tasks of a programme here."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from xulang.organisation.models import Person
from xulang.plumbing.folding import fold
from xulang.programme.cascade_check import Alike, Answering, Found, alike, findings
from xulang.programme.duties import Duty, duties_of
from xulang.programme.enums import TaskState
from xulang.programme.models import Basis, Draft, DraftItem, Programme, Task
from xulang.registry.enums import DirectiveState, Relation
from xulang.registry.models import Citation, Directive

_CLOSING = "organisation"  # what the closing part lays on those who follow up has its basis in the plan itself


@dataclass(frozen=True, slots=True)
class Check:
    """One cascade check. `answering` are tasks or items here; `proposed` the bases that their words speak for."""

    superior: Directive
    duties: list[Duty]
    answering: list[Answering]
    found: list[Found]
    proposed: list[Alike]

    @property
    def aside(self) -> list[Duty]:
        """The duties that do not fall to the office, as far as is known."""
        return [duty for duty in self.duties if not duty.ours and not self._met(duty)]

    @property
    def ours(self) -> list[Duty]:
        """The duties that are the office's, by what is read or said, or since they are carried out here."""
        return [duty for duty in self.duties if duty.ours or self._met(duty)]

    def _met(self, duty: Duty) -> bool:
        return any(duty.place in task.basis for task in self.answering)


def check_of_draft(draft: Draft, today: dt.date) -> Check:
    """A draft beside the superior's directive that it carries out."""
    items = draft.items.select_related("passage")
    answering = [_item(item) for item in items]
    return _check(draft.superior, duties_of(draft.superior, today), answering)


def _item(item: DraftItem) -> Answering:
    basis = frozenset([(item.passage.start, item.passage.end)]) if item.passage else frozenset()
    return Answering(item.pk, item.text, basis, item.due_on, item.cadence)


def superiors_of(person: Person, today: dt.date, programme: Programme) -> list[Directive]:
    """The superior's directives that the programme carries out: those it cites as such, drafted from, or linked to."""
    home = Directive.objects.for_user(person, today).filter(state=DirectiveState.RECEIVED)
    cites = Citation.objects.filter(directive=programme.directive, relation=Relation.IMPLEMENTS, cited__isnull=False)
    linked = Basis.objects.filter(task__programme=programme, passage__isnull=False)
    wanted = (
        Q(pk__in=cites.values("cited"))
        | Q(pk__in=linked.values("passage__directive"))
        | Q(drafts__issued=programme.directive)
    )
    return list(home.filter(wanted).exclude(pk=programme.directive_id).distinct().order_by("pk"))


def may_be_superior(person: Person, today: dt.date, programme: Programme) -> "QuerySet[Directive]":
    """What else of the office's register the programme can be held against."""
    rows = Directive.objects.for_user(person, today).filter(state=DirectiveState.RECEIVED)
    rows = rows.filter(home_unit=programme.directive.home_unit_id).exclude(pk=programme.directive_id)
    return rows.defer("text", "reading").order_by("-id")


def check_of_programme(programme: Programme, superior: Directive, today: dt.date) -> Check:
    """A programme beside a superior's directive: bases that persons said, and those of the draft that it came from."""
    tasks = programme.tasks.exclude(state=TaskState.DROPPED).exclude(origin=_CLOSING).order_by("position", "id")
    said: dict[int, set[tuple[int, int]]] = {}
    own: set[int] = set()
    for row in Basis.objects.filter(task__programme=programme).select_related("passage"):
        if row.passage is None:
            own.add(row.task_id)
        elif row.passage.directive_id == superior.pk:
            said.setdefault(row.task_id, set()).add((row.passage.start, row.passage.end))
    drafted = _drafted(programme, superior)
    answering = [_task(task, said.get(task.pk), drafted, own=task.pk in own) for task in tasks]
    return _check(superior, duties_of(superior, today), answering)


def _drafted(programme: Programme, superior: Directive) -> dict[str, tuple[int, int]]:
    """What the draft of the programme's directive says each wording carries out."""
    rows = DraftItem.objects.filter(
        draft__issued=programme.directive, draft__superior=superior, passage__isnull=False
    ).select_related("passage")
    return {fold(row.text).rstrip(".;"): (row.passage.start, row.passage.end) for row in rows if row.passage}


def _task(
    task: Task, said: set[tuple[int, int]] | None, drafted: dict[str, tuple[int, int]], *, own: bool
) -> Answering:
    words = fold(" ".join(task.text.split())).rstrip(".;")
    places = said or ({drafted[words]} if words in drafted else set())
    return Answering(task.pk, task.text, frozenset(places), task.due_on, task.cadence, own)


def _check(superior: Directive, duties: list[Duty], answering: list[Answering]) -> Check:
    asked = [duty.asked() for duty in duties]
    return Check(superior, duties, answering, findings(asked, answering), alike(asked, answering))
