"""The activities' desk: what was done; recording it in a minute; one activity and what became of it."""

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xulang.activities import selectors, services
from xulang.activities.enums import DECIDING, RECORDING, DecisionState, Kind
from xulang.activities.models import Activity, ActivityEvidence, Partner
from xulang.activities.permissions import INTERNATIONAL, permission_on
from xulang.activities.selectors import ActivityStory, Wanted
from xulang.activities.services import Filing, NewActivity, NewPiece
from xulang.office import activity_facts, clock, exporting
from xulang.office.access import asker, holds, opens_to
from xulang.office.forms.activities import (
    ActivityForm,
    DecisionForm,
    EvidenceForm,
    GiveForm,
    WantedForm,
    detail_form,
    told,
)
from xulang.office.forms.duties import ReasonForm
from xulang.office.forms.inputs import PeopleForm
from xulang.office.once import SentBefore, once
from xulang.office.units_of import asked_of, unit_filter
from xulang.organisation.enums import DUTY_ROLES, UnitsOf
from xulang.plumbing.errors import Refused
from xulang.plumbing.folding import fold
from xulang.plumbing.sheets import Cell, Column
from xulang.plumbing.verdicts import People
from xulang.plumbing.wording import parse
from xulang.programme.enums import EntryKind, UnitRole
from xulang.programme.models import Assignment
from xulang.registry.enums import DirectiveState
from xulang.registry.models import Directive

A_PAGE = 40
A_MAP = 500  # activities by place


# --- The list ---


def _asked(request: HttpRequest) -> tuple[WantedForm, Wanted]:
    form = WantedForm(request.GET or None, unit=unit_filter(request))
    if form.is_bound:
        form.is_valid()
    given: dict[str, Any] = form.cleaned_data if form.is_bound else {}
    return form, Wanted(
        kind=Kind(given["loai"]) if given.get("loai") else None,
        unit=given.get("don-vi"),
        first=given.get("tu-ngay"),
        last=given.get("den-ngay"),
        words=parse(given.get("tu", "")) or None,
        units_of=asked_of(request),
    )


@require_safe
@opens_to(*DUTY_ROLES)
def activities(request: HttpRequest) -> HttpResponse:
    """What was done and what is planned, the latest first."""
    form, wanted = _asked(request)
    rows = selectors.activities(asker(request), clock.today(), wanted)
    if exporting.asked_for(request):
        return exporting.listed(request, "hoat-dong", _columns(), lambda: _exported(rows, wanted.units_of))
    today = clock.today()
    view = request.GET.get("xem", "")
    views = [("", _("Danh sách")), ("lich", _("Lịch")), ("dia-diem", _("Theo địa điểm"))]
    active = sum(getattr(wanted, one.name) != one.default for one in fields(Wanted))
    head = {"form": form, "active": active, "view": view, "views": views}
    if view == "lich":
        return render(request, "office/activities_calendar.html", head | _calendar(request, wanted))
    if view == "dia-diem":
        some = list(rows[: A_MAP + 1])
        places = {"places": _by_place(some[:A_MAP]), "most": A_MAP if len(some) > A_MAP else None}
        return render(request, "office/activities_places.html", head | places)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = head | {
        "page": page,
        "lines": [
            (row, selectors.name_of(row, wanted.units_of, today), activity_facts.in_one_cell(row)) for row in page
        ],
        "records": holds(request, *RECORDING),
    }
    return render(request, "office/activities.html", context)


def _calendar(request: HttpRequest, wanted: Wanted) -> dict[str, Any]:
    """A month of days with what is on each, and what stands in each other's way."""
    try:
        first = dt.datetime.strptime(request.GET.get("thang", ""), "%Y-%m").date()  # noqa: DTZ007 (a month)
    except ValueError:
        first = clock.today().replace(day=1)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    month = replace(wanted, first=first, last=last)
    rows = list(selectors.activities(asker(request), clock.today(), month).order_by("begins", "starts_at", "pk"))
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    clashes = selectors.clashing(rows)
    return {
        "first": first,
        "earlier": f"{first - dt.timedelta(days=1):%Y-%m}",
        "later": f"{last + dt.timedelta(days=1):%Y-%m}",
        "weekdays": weeks[0],
        "weeks": [
            [
                (day if day.month == first.month else None, [row for row in rows if row.begins <= day <= row.ends])
                for day in week
            ]
            for week in weeks
        ],
        "any": bool(rows),
        "clashes": clashes,
        "clashing": {row.pk for knot in clashes for row in knot},
    }


def _by_place(rows: Iterable[Activity]) -> list[tuple[str, list[Activity]]]:
    """The activities of each place, however it is spelled; the busiest place first."""
    found: dict[str, tuple[str, list[Activity]]] = {}
    for row in rows:
        found.setdefault(fold(row.place), (row.place, []))[1].append(row)
    return sorted(found.values(), key=lambda place: (not place[0], -len(place[1])))


def _columns() -> list[Column]:
    return [
        Column(_("Hoạt động"), 60),
        Column(_("Loại"), 24),
        Column(_("Đơn vị"), 40),
        Column(_("Từ ngày"), 14),
        Column(_("Đến ngày"), 14),
        Column(_("Địa điểm"), 30),
        Column(_("Ngôn ngữ"), 20),
        Column(_("Số liệu"), 60),
        Column(_("Nội dung, kết quả"), 60),
    ]


def _exported(rows: Any, units_of: UnitsOf) -> Iterator[list[Cell]]:
    today = clock.today()
    for row in rows[: exporting.MOST]:
        yield [
            row.title,
            str(row.get_kind_display()),
            selectors.name_of(row, units_of, today),
            row.begins,
            row.ends,
            row.place,
            ", ".join(str(one) for one in row.languages.all()),
            activity_facts.in_one_cell(row),
            row.note,
        ]


# --- Recording and correcting ---


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*RECORDING)
def record_activity(request: HttpRequest) -> HttpResponse:
    """Put an activity on record: first its kind, then a short form."""
    person, today = asker(request), clock.today()
    units = selectors.units_of(person, today)
    unit = next((one for one in units if str(one.pk) == request.GET.get("don-vi")), units[0] if units else None)
    if unit is None:
        raise PermissionDenied
    kind = _kind(request)
    duties = selectors.duties_of(person, today, unit)
    tells = _tells(request, kind)
    context: dict[str, Any] = {
        "kinds": Kind.choices,
        "kind": kind,
        "unit": unit,
        "units": units,
        "duties": duties,
    }
    if kind is None or not duties:
        return render(request, "office/record_activity.html", context | {"none": not duties})
    data = request.POST or None
    chosen = [one.pk for one in duties if str(one.pk) == request.GET.get("viec")]
    form = ActivityForm(
        data,
        request.FILES or None,
        duties=_choices(duties),
        initial={"begins": today, "duties": chosen or ([duties[0].pk] if len(duties) == 1 else [])},
    )
    detail = detail_form(kind, data)
    if request.method == "POST" and form.is_valid() and (detail is None or detail.is_valid()):
        try:
            with once(request):
                made = services.record(
                    kind=kind,
                    unit=unit,
                    new=_new(form, duties),
                    detail=detail.cleaned_data if detail else None,
                    evidence=_pieces(form.cleaned_data),
                    by=person,
                    now=clock.now(),
                )
                if tells is not None:
                    services.tell_of(activity=made, directives=[tells], by=person, now=clock.now())
        except SentBefore:
            return redirect("office:activities")
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Đã ghi hoạt động."))
            return redirect("office:attendance" if tells is not None else "office:activity", made.pk)
    context |= {"form": form, "detail": detail, "label": kind.label}
    return render(request, "office/record_activity.html", context, status=422 if form.is_bound else 200)


def _tells(request: HttpRequest, kind: Kind | None) -> Directive | None:
    """The directive that a session is recorded for, from whose page one came."""
    word = request.GET.get("van-ban", "")
    if kind != Kind.DISSEMINATION or not (word.isascii() and word.isdecimal() and len(word) < 18):
        return None
    rows = Directive.objects.for_user(asker(request), clock.today()).filter(state=DirectiveState.RECEIVED)
    return rows.filter(pk=int(word)).defer("text", "reading").first()


def _kind(request: HttpRequest) -> Kind | None:
    word = request.GET.get("loai", "")
    return Kind(word) if word in Kind.values else None


def _choices(duties: list[Assignment]) -> list[tuple[int, str]]:
    return [(one.pk, _duty(one)) for one in duties]


def _duty(one: Assignment) -> str:
    """A duty in a line: where it stands in the paper, and its first words."""
    words = one.task.text.strip().split("\n", 1)[0]
    short = words if len(words) <= 120 else f"{words[:121].rsplit(' ', 1)[0]}…"
    code = one.task.programme.directive.code
    return f"{short} ({code})" if code else short


def _new(form: ActivityForm, duties: list[Assignment]) -> NewActivity:
    given = form.cleaned_data
    return NewActivity(
        title=given["title"],
        begins=given["begins"],
        ends=given["ends"] or given["begins"],
        assignments=[one for one in duties if one.pk in given["duties"]],
        place=given["place"],
        starts_at=given["starts_at"],
        ends_at=given["ends_at"],
        languages=given["languages"],
        note=given["note"],
    )


def _pieces(given: dict[str, Any]) -> list[NewPiece]:
    people, consent = People(given.get("people") or People.UNTOLD), given.get("consent", "")
    found = [NewPiece(data=one.read(), name=one.name, people=people, consent=consent) for one in given["uploads"]]
    return [*found, NewPiece(url=given["link"])] if given.get("link") else found


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*RECORDING)
def correct_activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Say an activity anew."""
    story = story_of(request, activity_id)
    if not story.records:
        raise PermissionDenied
    person, today, activity = asker(request), clock.today(), story.activity
    there = [owed.assignment for owed in story.duties]
    duties = [*there, *(one for one in selectors.duties_of(person, today, activity.unit) if one not in there)]
    data = request.POST or None
    form = ActivityForm(data, duties=_choices(duties), initial=told(activity), fresh=False)
    detail = detail_form(activity.kind, data, activity.detail)
    if request.method == "POST" and form.is_valid() and (detail is None or detail.is_valid()):
        try:
            with once(request):
                services.correct(
                    activity=activity,
                    new=_new(form, duties),
                    detail=detail.cleaned_data if detail else None,
                    by=person,
                    now=clock.now(),
                )
        except SentBefore:
            return redirect("office:activity", activity_id)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Đã sửa hoạt động."))
            return redirect("office:activity", activity_id)
    context = {"form": form, "detail": detail, "activity": activity}
    return render(request, "office/correct_activity.html", context, status=422 if form.is_bound else 200)


# --- One activity ---


def story_of(request: HttpRequest, activity_id: int) -> ActivityStory:
    """An activity that the asker may see, with its whole story; else there is no such page."""
    try:
        return selectors.activity(asker(request), clock.today(), activity_id)
    except Activity.DoesNotExist as unseen:
        raise Http404 from unseen


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DUTY_ROLES)
def activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Everything of one activity; further evidence is added here."""
    story = story_of(request, activity_id)
    adding = EvidenceForm(request.POST or None, request.FILES or None) if story.records else None
    if request.method == "POST":
        if adding is None:
            raise PermissionDenied
        if adding.is_valid():
            try:
                with once(request):
                    services.add_evidence(
                        activity=story.activity,
                        evidence=_pieces(adding.cleaned_data),
                        by=asker(request),
                        now=clock.now(),
                    )
            except SentBefore:
                return redirect("office:activity", activity_id)
            except Refused as why:
                adding.add_error(None, str(why))
            else:
                messages.success(request, _("Đã thêm minh chứng."))
                return redirect("office:activity", activity_id)
    return _page(request, story, adding=adding)


def _page(request: HttpRequest, story: ActivityStory, **forms: Any) -> HttpResponse:
    activity, today = story.activity, clock.today()
    detail = activity.detail
    proposed = getattr(detail, "state", None) == DecisionState.PROPOSED
    bound = any(form is not None and form.is_bound for form in forms.values())
    context = {
        "story": story,
        "activity": activity,
        "unit": activity.unit.name_on(today),
        "done_by": activity.done_by.name_on(activity.begins) if activity.done_by_id != activity.unit_id else "",
        "pieces": [(piece, _asks(story, piece)) for piece in activity.evidence.all()],
        "facts": list(activity_facts.facts(activity)),
        "practice": activity_facts.practice(activity),
        "detail": detail,
        "permission": permission_on(INTERNATIONAL, activity.begins)
        if getattr(detail, "lacks_permission", False)
        else None,
        "partners": Partner.objects.for_user(asker(request), today).filter(activities=activity),
        "planned": activity.begins > today,
        "in_the_way": selectors.in_the_way(asker(request), today, activity),
        "gives": story.records and activity.begins <= today and bool(_offered(story)),
        "tells": list(activity.tells.select_related("directive").defer("directive__text", "directive__reading")),
        "lists": story.records and activity.kind in (Kind.TRAINING, Kind.DISSEMINATION),
        "certifies": story.records and activity.kind == Kind.TRAINING and activity.ends <= today,
        "deciding": DecisionForm() if story.decides and proposed else None,
    }
    return render(request, "office/activity.html", context | forms, status=422 if bound else 200)


def _asks(story: ActivityStory, piece: ActivityEvidence) -> PeopleForm | None:
    """What is still to be said of a picture, by its unit."""
    stored = piece.file
    if not story.records or stored is None or not stored.is_picture or piece.withdrawn_at:
        return None
    return PeopleForm(prefix=str(piece.pk)) if stored.people == People.UNTOLD else None


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*RECORDING)
def give_activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Report on tasks with an activity: one act for as many as it serves."""
    story = story_of(request, activity_id)
    if not story.records:
        raise PermissionDenied
    offered = _offered(story)
    form = GiveForm(
        request.POST or None,
        reports=[(word, label) for word, (_filing, label) in offered.items()],
        initial={"reports": list(offered)},
    )
    if request.method == "POST" and form.is_valid():
        kind = EntryKind.DONE if form.cleaned_data["done"] else EntryKind.PROGRESS
        filings = [_as(offered[word][0], kind) for word in form.cleaned_data["reports"]]
        try:
            with once(request):
                made = services.give(
                    activity=story.activity,
                    filings=filings,
                    note=form.cleaned_data["note"],
                    by=asker(request),
                    now=clock.now(),
                )
        except SentBefore:
            return redirect("office:activity", activity_id)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Đã dùng làm minh chứng cho %(count)s báo cáo.") % {"count": len(made)})
            return redirect("office:activity", activity_id)
    context = {"story": story, "activity": story.activity, "form": form, "offered": offered}
    return render(request, "office/give_activity.html", context, status=422 if form.is_bound else 200)


def _offered(story: ActivityStory) -> dict[str, tuple[Filing, str]]:
    """The reports that the activity can be given to: of a lead its oldest period owed, of others a word on progress."""
    found = {}
    for owed in story.duties:
        one, words = owed.assignment, _duty(owed.assignment)
        if owed.expected:
            first = owed.expected[0]
            found[f"{one.pk}:{first.pk}"] = Filing(one, first), f"{words}: {first.period_name}"
        elif owed.reports and one.role == UnitRole.COORDINATING:
            found[str(one.pk)] = Filing(one), _("%(task)s: ghi tiến độ") % {"task": words}
    return found


def _as(filing: Filing, kind: EntryKind) -> Filing:
    """What has no period is told as progress, whatever was done."""
    return Filing(filing.assignment, filing.expected, kind if filing.expected else EntryKind.PROGRESS)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*RECORDING)
def withdraw_activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Take an activity back, with a reason."""
    story = story_of(request, activity_id)
    if not story.records:
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw(
                activity=story.activity, reason=form.cleaned_data["reason"], by=asker(request), now=clock.now()
            )
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Đã thu hồi hoạt động."))
            return redirect("office:activities")
    context = {"form": form, "activity": story.activity}
    return render(request, "office/withdraw_activity.html", context, status=422 if form.is_bound else 200)


@require_POST
@opens_to(*DECIDING)
def decide_activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    """The leader decides on a proposal."""
    story = story_of(request, activity_id)
    if not story.decides:
        raise PermissionDenied
    form = DecisionForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.decide(
                activity=story.activity,
                approved=given["approved"] == "co",
                decision=given["decision"],
                decided_on=given["decided_on"],
                by=asker(request),
                now=clock.now(),
            )
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Đã ghi quyết định."))
            return redirect("office:activity", activity_id)
    return _page(request, story, deciding=form)
