"""Who was at a training or a session: a list that its unit keeps and erases; and what directives a session tells."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xulang.activities import services
from xulang.activities.enums import RECORDING, Kind
from xulang.activities.models import ActivityDirective, Attendee
from xulang.activities.selectors import ActivityStory
from xulang.office import clock, exporting
from xulang.office.access import asker, opens_to
from xulang.office.desks.activities import story_of
from xulang.office.forms.activities import AttendanceForm
from xulang.office.forms.duties import ReasonForm
from xulang.office.once import written
from xulang.office.typed import ids
from xulang.organisation.finding import matches
from xulang.organisation.models import Person
from xulang.plumbing.sheets import Column
from xulang.registry import selectors
from xulang.registry.enums import DirectiveState
from xulang.registry.models import Directive

LISTED = (Kind.TRAINING, Kind.DISSEMINATION)
OFFERED = 200  # people, and directives of late, that one chooses from


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*RECORDING)
def attendance(request: HttpRequest, activity_id: int) -> HttpResponse:
    """The names; marking who was there, of a session what it tells of; erasing the list."""
    story = story_of(request, activity_id)
    if not story.records or story.activity.kind not in LISTED:
        raise PermissionDenied
    verb = request.POST.get("viec", "")
    form = AttendanceForm(request.POST if request.method == "POST" and verb == "" else None)
    reason = ReasonForm(request.POST if verb == "xoa" else None)
    chosen = {"": form, "xoa": reason}.get(verb)
    if request.method == "POST" and (chosen is None or chosen.is_valid()):
        act, done = _act(request, story, verb, form, reason)
        if written(request, chosen, act, done):
            return redirect("office:attendance", activity_id)
    person, now = asker(request), clock.now()
    people = services.open_attendance(activity=story.activity, by=person, now=now)
    if exporting.asked_for(request):
        columns = [Column(_("Họ và tên"), 30), Column(_("Đơn vị"), 40)]
        return exporting.listed(request, "nguoi-du", columns, lambda: [[one.name, one.body] for one in people])
    sought = request.GET.get("tim", "").strip()[:100]
    able = services.may_be_present(story.activity, person, clock.today())
    offered = [one for one in able if not sought or matches(sought, [one.full_name])]
    context = {
        "story": story,
        "activity": story.activity,
        "people": people,
        "form": form,
        "reason": reason,
        "begun": story.activity.begins <= clock.today(),
        "sought": sought,
        "offered": offered[:OFFERED],
        "further": max(0, len(offered) - OFFERED),
        "able": len(able),
    }
    if story.activity.kind == Kind.DISSEMINATION:
        context |= _directives(request, story)
    return render(request, "office/attendance.html", context, status=422 if request.method == "POST" else 200)


def _directives(request: HttpRequest, story: ActivityStory) -> dict[str, Any]:
    """What the session tells of, and what of the register it could, the latest first."""
    tells = list(story.activity.tells.select_related("directive").defer("directive__text", "directive__reading"))
    rows = selectors.directives(asker(request), clock.today()).filter(state=DirectiveState.RECEIVED)
    rows = rows.exclude(pk__in=[row.directive_id for row in tells]).order_by("-id")
    return {"session": True, "tells": tells, "papers": rows[:OFFERED]}


def _act(
    request: HttpRequest, story: ActivityStory, verb: str, form: AttendanceForm, reason: ReasonForm
) -> tuple[Callable[[], Any], str]:
    """What a sent form does, and what is said when it is done."""
    activity, person, today, now = story.activity, asker(request), clock.today(), clock.now()
    who: dict[str, Any] = {"by": person, "now": now}
    if verb == "xoa":
        why = reason.cleaned_data["reason"]
        return lambda: services.erase_attendance(activity=activity, reason=why, **who), _("Đã xóa danh sách.")
    if verb == "co-mat":
        people = Person.objects.filter(pk__in=ids(request.POST.getlist("person")))
        return lambda: services.mark_present(activity=activity, people=people, **who), _("Đã ghi người có mặt.")
    if verb == "bo":
        rows = Attendee.objects.for_user(person, today).filter(activity=activity)
        struck = get_object_or_404(rows, pk__in=ids(request.POST.getlist("attendee"))[:1])
        return lambda: services.strike(attendee=struck, **who), _("Đã gạch tên khỏi danh sách.")
    if verb == "van-ban":
        papers = Directive.objects.for_user(person, today).filter(pk__in=ids(request.POST.getlist("directive")))
        return lambda: services.tell_of(activity=activity, directives=papers, **who), _("Đã gắn văn bản.")
    if verb == "bo-van-ban":
        told = ActivityDirective.objects.for_user(person, today).filter(activity=activity)
        gone = get_object_or_404(told, pk__in=ids(request.POST.getlist("tells"))[:1])
        return lambda: services.tell_no_more(tells=gone, **who), _("Đã gỡ văn bản.")
    return lambda: services.list_attendance(activity=activity, rows=form.rows, **who), _("Đã ghi danh sách.")
