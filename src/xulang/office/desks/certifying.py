"""Certificates of a course: given to who completed it, and taken as a file for printing and signing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from xulang.activities import services
from xulang.activities.enums import RECORDING, Kind
from xulang.activities.models import Certificate
from xulang.activities.selectors import ActivityStory
from xulang.office import clock
from xulang.office.access import asker, opens_to
from xulang.office.desks.activities import story_of
from xulang.office.files import attached
from xulang.office.forms.activities import CertifyForm
from xulang.office.once import written
from xulang.papers.paper import UnfitPaperError
from xulang.reporting.ports import NotSetError, typesetter


def _course(request: HttpRequest, activity_id: int) -> ActivityStory:
    """A course of the asker's own unit."""
    story = story_of(request, activity_id)
    if not story.records or story.activity.kind != Kind.TRAINING:
        raise PermissionDenied
    return story


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*RECORDING)
def certificates(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Who has a certificate, by number; giving more."""
    story, person = _course(request, activity_id), asker(request)
    activity = story.activity
    people = services.open_attendance(activity=activity, by=person, now=clock.now())
    had = Certificate.objects.for_user(person, clock.today()).filter(activity=activity).select_related("attendee")
    with_one = {row.attendee_id for row in had}
    waiting = [one for one in people if one.pk not in with_one]
    usual = {"attendee": [one.pk for one in waiting], "issued_on": max(activity.ends, clock.today())}
    form = CertifyForm(request.POST or None, waiting=waiting, initial=usual)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> None:
            services.certify(
                activity=activity,
                attendees=[one for one in waiting if one.pk in given["attendee"]],
                signer=given["signer"],
                lines=given["lines"].splitlines(),
                issued_on=given["issued_on"],
                by=person,
                now=clock.now(),
            )

        if written(request, form, act, _("Đã cấp giấy chứng nhận.")):
            return redirect("office:certificates", activity_id)
    context = {"activity": activity, "given": had, "form": form if waiting else None, "listed": bool(people)}
    return render(request, "office/certificates.html", context, status=422 if form.is_bound else 200)


@require_safe
@opens_to(*RECORDING)
def certificates_file(request: HttpRequest, activity_id: int, kind: str) -> HttpResponse:
    """The certificates as a Word file or as PDF, a page for each."""
    story = _course(request, activity_id)
    if kind not in {"docx", "pdf"}:
        raise Http404
    try:
        with override("vi"):  # a paper speaks Vietnamese, whoever asks for it
            data = services.certificates(activity=story.activity, by=asker(request), now=clock.now())
        if kind == "pdf":
            data = typesetter().to_pdf(data)
    except (UnfitPaperError, NotSetError) as why:
        messages.error(request, str(why))
        return redirect("office:certificates", activity_id)
    return attached(data, f"giay-chung-nhan-{activity_id}.{kind}")
