"""The finance office's desk: an estimate appraised line by line, and the note of it as an official paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from xulang.budget import services
from xulang.budget.enums import APPRAISING, BUDGET_ROLES, EstimateState, Verdict
from xulang.budget.errors import NotWaiting, OwnHand
from xulang.budget.models import Estimate
from xulang.budget.papering import docx_of
from xulang.office import clock
from xulang.office.access import asker, opens_to
from xulang.office.desks.estimates import Act, act, page_of, seen
from xulang.office.files import attached
from xulang.office.typed import dong
from xulang.plumbing import journal
from xulang.reporting.ports import NotSetError, typesetter

AMOUNT, REASON = "so-", "ly-do-"  # what stands before a line's number in the form
JUDGED = frozenset({EstimateState.APPRAISED, EstimateState.APPROVED, EstimateState.DECLINED})


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*APPRAISING)
def appraise(request: HttpRequest, estimate_id: int) -> HttpResponse:
    """Every line with what is asked, what the checks say, and what is granted of it."""
    found = seen(request, estimate_id)
    if not services.may_appraise(found, asker(request), clock.now()):
        messages.error(request, str(OwnHand() if found.state == EstimateState.SENT else NotWaiting()))
        return redirect("office:estimate", estimate_id)
    if request.method == "POST":
        done = act(request, found, _ACTS, back="office:appraise")
        found.refresh_from_db()
        return done if found.state == EstimateState.SENT else redirect("office:estimate", found.pk)
    return render(request, "office/appraise.html", page_of(request, found, found.current))


def _keep(request: HttpRequest, found: Estimate) -> str:
    """What was typed of each line: the amount asked for accepts it, a lower one cuts it; an empty one says nothing."""
    for line in found.current.lines.order_by("id"):
        amount = dong(request.POST.get(f"{AMOUNT}{line.pk}"))
        if amount is None:
            continue
        told: dict[str, Any] = {"line": line, "by": asker(request), "now": clock.now()}
        if amount == line.amount:
            services.appraise_line(verdict=Verdict.ACCEPT, **told)
        else:
            reason = request.POST.get(f"{REASON}{line.pk}", "")
            services.appraise_line(verdict=Verdict.CUT, amount=amount, reason=reason, **told)
    return _("Đã lưu ý kiến thẩm định.")


def _finish(request: HttpRequest, found: Estimate) -> str:
    _keep(request, found)
    services.finish_appraisal(estimate=found, by=asker(request), now=clock.now(), note=request.POST.get("ghi-chu", ""))
    return _("Đã thẩm định xong; dự toán chờ lãnh đạo quyết định.")


def _return(request: HttpRequest, found: Estimate) -> str:
    services.return_estimate(estimate=found, reason=request.POST.get("reason", ""), by=asker(request), now=clock.now())
    return _("Đã trả lại dự toán kèm lý do.")


_ACTS: dict[str, Act] = {"luu": _keep, "xong": _finish, "tra-lai": _return}


@require_safe
@opens_to(*BUDGET_ROLES)
def appraisal_file(request: HttpRequest, estimate_id: int, kind: str) -> HttpResponse:
    """The appraisal note as DOCX, or as PDF where there is LibreOffice."""
    found = seen(request, estimate_id)
    if kind not in {"docx", "pdf"} or found.state not in JUDGED:
        raise Http404
    with override("vi"):  # the paper speaks Vietnamese, whoever asks for it
        data = docx_of(found)
    if kind == "pdf":
        try:
            data = typesetter().to_pdf(data)
        except NotSetError as why:
            messages.error(request, str(why))
            return redirect("office:estimate", estimate_id)
    told = {"kind": kind}
    journal.record(by=asker(request), action="estimate.note_taken", subject=found, data=told, now=clock.now())
    return attached(data, f"phieu-tham-dinh-{found.pk}.{kind}")
