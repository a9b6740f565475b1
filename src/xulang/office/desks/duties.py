"""The unit's desk: what is asked of it, by when, and reporting what was done. Made for a phone."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xulang.activities import selectors as activities
from xulang.activities.enums import RECORDING
from xulang.office import clock, exporting, files
from xulang.office.access import asker, holds, opens_to
from xulang.office.desks import raised
from xulang.office.desks.raised import story_of
from xulang.office.forms.duties import AnswerForm, FiledForm, ReasonForm, ReportForm, pieces
from xulang.office.forms.inputs import PeopleForm
from xulang.office.once import SentBefore, once, sent_before
from xulang.office.paging import Page, place_in
from xulang.organisation.enums import DESK, DUTY_ROLES
from xulang.plumbing.errors import AlreadyWithdrawn, Refused
from xulang.plumbing.sheets import Cell, Column
from xulang.plumbing.verdicts import People
from xulang.programme import selectors, services
from xulang.programme.directions import ready_directions
from xulang.programme.enums import AWAITING, EntryKind, Mode, UnitRole
from xulang.programme.models import EntryNote, Evidence
from xulang.programme.selectors import DeskRow, Story
from xulang.programme.services import NewLetter
from xulang.registry import selectors as papers
from xulang.reporting import selectors as reporting

A_PAGE = 30
NEAR = 7  # days
OWN = 30  # duties that are told apart, as one's own
NAMED = 20  # units that carry out the same task
TOLD = 14  # days for which a unit is told of what was moved or taken back


@dataclass(frozen=True)
class Shelf:
    """Duties of one urgency: those on this page, and how many there are in all."""

    title: str | Promise
    rows: list[DeskRow]
    count: int


@require_safe
@opens_to(*DESK)
def desk(request: HttpRequest) -> HttpResponse:
    """The open duties of the asker's units, the nearest first."""
    person, today, after = asker(request), clock.today(), place_in(request)
    if exporting.asked_for(request):
        return exporting.listed(request, "viec-cua-don-vi", _columns(), lambda: _exported(request))
    own = _own(request)
    apart = frozenset(row.assignment.pk for row in own)
    page = Page.of(selectors.desk(person, today, after=after, limit=A_PAGE + 1, without=apart), A_PAGE, after)
    counts = selectors.desk_counts(person, today, near=NEAR, without=apart)
    timed = [(row, row.days_left) for row in page.rows if row.days_left is not None]
    never = [row for row in page.rows if row.days_left is None]
    shelves = [
        Shelf(_("Quá hạn"), [row for row, left in timed if left < 0], counts.overdue),
        Shelf(_("Trong 7 ngày tới"), [row for row, left in timed if 0 <= left <= NEAR], counts.near),
        Shelf(_("Sau đó"), [row for row, left in timed if left > NEAR], counts.later),
        Shelf(_("Được đề nghị"), [row for row in never if row.assignment.mode == Mode.REQUEST], counts.requests),
        Shelf(_("Phối hợp"), [row for row in never if row.assignment.mode == Mode.ORDER], counts.coordinating),
    ]
    context = {
        "page": page,
        "guided": selectors.new_guidance(person, today) if after is None else [],
        "to_read": papers.to_read(person, today)[:OWN] if after is None else [],
        "rounds": reporting.owed_reports(person, today) if after is None else [],
        "own": own if after is None else [],
        "shelves": [shelf for shelf in shelves if shelf.rows],
        "rows": page.rows,
        "changes": selectors.changes(person, today, days=TOLD) if after is None else [],
        "told": selectors.told_changes(person, today) if after is None else [],
    }
    return render(request, "office/desk.html", context)


def _own(request: HttpRequest) -> list[DeskRow]:
    """What was laid on the asker by name, told before all else; past so many the rest stands on the shelves."""
    person, today = asker(request), clock.today()
    laid = selectors.delegated_to(person, today)
    rows = selectors.desk(person, today, only=laid) if laid else []
    kept = {row.assignment.pk: None for row in rows}
    first = frozenset(list(kept)[:OWN])
    return [row for row in rows if row.assignment.pk in first]


def _columns() -> list[Column]:
    return [
        Column(_("Nhiệm vụ"), 70),
        Column(_("Đơn vị"), 40),
        Column(_("Văn bản"), 30),
        Column(_("Kỳ"), 22),
        Column(_("Hạn"), 14),
        Column(_("Tình trạng"), 26),
        Column(_("Phân công cho"), 28),
    ]


def _exported(request: HttpRequest) -> Iterator[list[Cell]]:
    today = clock.today()
    for head in selectors.desk(asker(request), today, limit=exporting.MOST):
        for row in (head, *head.twins):
            one, owed = row.assignment, row.expected
            told = "; ".join(dict.fromkeys(str(source.passage.directive.code) for source in one.task.sources.all()))
            named: list[Cell] = [one.task.text, one.unit.name_on(today), told]
            state: list[Cell] = (
                [owed.period_name, owed.due, str(owed.get_state_display())]
                if owed is not None
                else ["", "", str(one.get_mode_display() if one.mode == Mode.REQUEST else one.get_role_display())]
            )
            yield [*named, *state, row.delegate]


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DUTY_ROLES)
def assignment(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """The whole story of one assignment, from the sentence to the evidence, and the unit's own report on it."""
    story = story_of(request, assignment_id)
    if request.method == "POST":
        if not (story.may_report or story.may_answer or story.may_enter_letter):
            raise PermissionDenied
        if sent_before(request):
            return redirect("office:assignment", assignment_id)
    form = _form(request, story)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            with once(request):
                _file(request, story, form)
        except SentBefore:
            return redirect("office:assignment", assignment_id)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Đã ghi vào sổ theo dõi."))
            return redirect("office:assignment", assignment_id)
    obstacles = selectors.obstacles_of(asker(request), clock.today(), assignment_id)
    context = {
        "story": story,
        "assignment": story.assignment,
        "task": story.assignment.task,
        "unit": story.assignment.unit.name_on(clock.today()),
        "company": selectors.company(story.assignment, at_most=NAMED),
        "form": form,
        "answers": story.may_answer or story.may_enter_letter,
        "activities": activities.of_assignment(asker(request), clock.today(), assignment_id)[:NAMED],
        "made_by": activities.filed(asker(request), clock.today(), [row.pk for row in story.entries]),
        "records": story.may_report and holds(request, *RECORDING),
        "may_change": story.may_change,
        "obstacles": [(row, raised.waited(request, row)) for row in obstacles],
        "extendable": story.may_raise and any(row.state in AWAITING for row in story.expected),
        "ready": ready_directions(),
        "guidance": selectors.readable_guidance(asker(request), clock.today(), story.assignment.task_id),
        "delegation": selectors.delegation(story.assignment, clock.today()),
        "turns": selectors.turns(asker(request), clock.today(), [story.assignment.task]).get(story.assignment.task_id),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "office/assignment.html", context, status=status)


KINDS: dict[EntryKind, str | Promise] = {
    EntryKind.PROGRESS: gettext_lazy("Tiến độ: đã làm được một phần"),
    EntryKind.NIL: gettext_lazy("Không phát sinh việc trong kỳ"),
    EntryKind.DONE: gettext_lazy("Hoàn thành: có minh chứng kèm theo"),
}


def _form(request: HttpRequest, story: Story) -> FiledForm | None:
    """The form by which this person may file something on this assignment today; None where nothing is to be filed."""
    if story.may_answer:
        return AnswerForm(request.POST or None, request.FILES or None)
    if story.may_enter_letter:
        return AnswerForm(request.POST or None, request.FILES or None, letters=True)
    if not story.may_report:
        return None
    kinds, periods = [EntryKind.PROGRESS], []
    if story.assignment.role == UnitRole.LEAD:
        owed = [row for row in story.expected if row.state in AWAITING and row.period_start <= clock.today()]
        if not owed:
            return None
        dated = owed[0].period == "date"
        kinds = [EntryKind.PROGRESS, EntryKind.DONE] if dated else list(KINDS)
        periods = [(row.pk, row.period_name) for row in owed]
    return ReportForm(
        request.POST or None,
        request.FILES or None,
        periods=periods,
        kinds=[(kind.value, KINDS[kind]) for kind in kinds],
    )


def _file(request: HttpRequest, story: Story, form: FiledForm) -> None:
    given = form.cleaned_data
    evidence = pieces(given)
    if not isinstance(form, ReportForm):
        kind = given.get("kind", AnswerForm.LETTER)
        by_letter = kind == AnswerForm.LETTER
        services.answer_request(
            assignment=story.assignment,
            kind=EntryKind.ANSWERED if by_letter else EntryKind(kind),
            letter=NewLetter(given["number"], given["dated"]) if by_letter else None,
            note=given["note"],
            evidence=evidence,
            by=asker(request),
            now=clock.now(),
        )
        return
    services.report(
        assignment=story.assignment,
        expected=next((row for row in story.expected if row.pk == given.get("expected")), None),
        kind=EntryKind(given["kind"]),
        note=given["note"],
        percent=given["percent"],
        evidence=evidence,
        by=asker(request),
        now=clock.now(),
    )


@require_safe
@opens_to(*DUTY_ROLES)
def evidence(request: HttpRequest, evidence_id: int) -> HttpResponseBase:
    """A file that shows what was done."""
    rows = Evidence.objects.for_user(asker(request), clock.today()).select_related("file", "entry__assignment")
    piece = get_object_or_404(rows, pk=evidence_id)
    try:
        return files.attachment(services.open_evidence(evidence=piece, by=asker(request), now=clock.now()))
    except AlreadyWithdrawn as gone:
        raise Http404 from gone
    except Refused as shut:  # not scanned yet, or harmful
        messages.error(request, str(shut))
        return redirect("office:assignment", piece.entry.assignment_id)


@require_safe
@opens_to(*DUTY_ROLES)
def evidence_thumbnail(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """The same, shown small."""
    rows = Evidence.objects.for_user(asker(request), clock.today()).select_related("file", "entry")
    piece = get_object_or_404(rows, pk=evidence_id)
    return files.small(piece.file, own=piece.entry.by_id == asker(request).pk, by=asker(request))


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DUTY_ROLES)
def people_in_evidence(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """Say whether people can be known in a picture that was sent, and by what right it is kept."""
    rows = Evidence.objects.for_user(asker(request), clock.today()).select_related("file", "entry")
    piece = get_object_or_404(rows, pk=evidence_id, withdrawn_at__isnull=True, file__isnull=False)
    assert piece.file is not None, "asked for"
    if not piece.file.is_picture:
        raise Http404
    told = {"people": piece.file.people, "consent": piece.file.consent}
    form = PeopleForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        people, consent = People(form.cleaned_data["people"]), form.cleaned_data["consent"]
        try:
            services.tell_people(evidence=piece, people=people, consent=consent, by=asker(request), now=clock.now())
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Đã ghi."))
            return redirect("office:assignment", piece.entry.assignment_id)
    context = {"form": form, "piece": piece}
    return render(request, "office/people_in_evidence.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DUTY_ROLES)
def withdraw_evidence(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """Erase a piece of evidence, by an act with a reason."""
    rows = Evidence.objects.for_user(asker(request), clock.today()).filter(withdrawn_at__isnull=True)
    return _withdraw(request, get_object_or_404(rows.select_related("entry"), pk=evidence_id))


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DUTY_ROLES)
def withdraw_note(request: HttpRequest, note_id: int) -> HttpResponse:
    """Erase the words of an entry, by an act with a reason."""
    rows = EntryNote.objects.for_user(asker(request), clock.today()).filter(withdrawn_at__isnull=True)
    return _withdraw(request, get_object_or_404(rows.select_related("entry"), pk=note_id))


def _withdraw(request: HttpRequest, what: Evidence | EntryNote) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason, by, now = form.cleaned_data["reason"], asker(request), clock.now()
        try:
            if isinstance(what, Evidence):
                services.withdraw_evidence(evidence=what, reason=reason, by=by, now=now)
            else:
                services.withdraw_note(note=what, reason=reason, by=by, now=now)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Đã thu hồi. Sổ theo dõi giữ dấu vết của nội dung và lý do."))
            return redirect("office:assignment", what.entry.assignment_id)
    context = {"form": form, "what": str(what), "assignment_id": what.entry.assignment_id}
    return render(request, "office/withdraw.html", context, status=422 if form.is_bound else 200)
