"""A piece of an activity's evidence: opened, shown small, said who is in it, erased with a reason."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xulang.activities import services
from xulang.activities.enums import RECORDING
from xulang.activities.models import ActivityEvidence
from xulang.office import clock, files
from xulang.office.access import asker, opens_to
from xulang.office.desks.activities import story_of
from xulang.office.forms.duties import ReasonForm
from xulang.office.forms.inputs import PeopleForm
from xulang.organisation.enums import DUTY_ROLES
from xulang.plumbing.errors import AlreadyWithdrawn, Refused
from xulang.plumbing.models import StoredFile
from xulang.plumbing.verdicts import People


def _piece(request: HttpRequest, activity_evidence_id: int) -> ActivityEvidence:
    rows = ActivityEvidence.objects.for_user(asker(request), clock.today()).select_related("file", "activity")
    return get_object_or_404(rows, pk=activity_evidence_id)


@require_safe
@opens_to(*DUTY_ROLES)
def activity_evidence(request: HttpRequest, activity_evidence_id: int) -> HttpResponseBase:
    """A file that shows an activity."""
    piece = _piece(request, activity_evidence_id)
    try:
        return files.attachment(services.open_evidence(evidence=piece, by=asker(request), now=clock.now()))
    except AlreadyWithdrawn as gone:
        raise Http404 from gone
    except Refused as shut:  # not scanned yet, or harmful
        messages.error(request, str(shut))
        return redirect("office:activity", piece.activity_id)


@require_safe
@opens_to(*DUTY_ROLES)
def activity_thumbnail(request: HttpRequest, activity_evidence_id: int) -> HttpResponse:
    """The same, shown small."""
    piece = _piece(request, activity_evidence_id)
    sent = piece.activity.lines.filter(by=asker(request)).exists()
    return files.small(piece.file, own=sent, by=asker(request))


@require_POST
@opens_to(*RECORDING)
def tell_people(request: HttpRequest, activity_evidence_id: int) -> HttpResponse:
    """Say whether people can be known in a picture."""
    piece = _piece(request, activity_evidence_id)
    if not story_of(request, piece.activity_id).records:
        raise PermissionDenied
    form = PeopleForm(request.POST, prefix=str(piece.pk))
    if form.is_valid():
        try:
            services.tell_people(
                evidence=piece,
                people=People(form.cleaned_data["people"]),
                consent=form.cleaned_data["consent"],
                by=asker(request),
                now=clock.now(),
            )
        except Refused as why:
            messages.error(request, str(why))
        else:
            messages.success(request, _("Đã ghi."))
    return redirect("office:activity", piece.activity_id)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*RECORDING)
def withdraw_activity_evidence(request: HttpRequest, activity_evidence_id: int) -> HttpResponse:
    """Erase a piece of an activity's evidence, by an act with a reason."""
    piece = _piece(request, activity_evidence_id)
    if piece.withdrawn_at:
        raise Http404
    if not story_of(request, piece.activity_id).records:
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_evidence(
                evidence=piece, reason=form.cleaned_data["reason"], by=asker(request), now=clock.now()
            )
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Đã thu hồi. Sổ theo dõi giữ dấu vết của nội dung và lý do."))
            return redirect("office:activity", piece.activity_id)
    others = StoredFile.objects.filter(sha256=piece.file.sha256, withdrawn_at__isnull=True) if piece.file else None
    context = {"form": form, "activity": piece.activity, "piece": piece, "others": others.count() - 1 if others else 0}
    return render(request, "office/withdraw_activity.html", context, status=422 if form.is_bound else 200)
