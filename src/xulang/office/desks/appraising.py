"""The finance office's desk: an estimate appraised line by line, and the note of it as an official paper."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from xulang.budget import services
from xulang.budget.enums import APPRAISING, BUDGET_ROLES, EstimateState, Verdict
from xulang.budget.errors import NotCut, NotWaiting, OwnHand
from xulang.budget.models import Estimate, EstimateLine
from xulang.budget.papering import appraisal_of, docx_of, office_of, signature_of, symbol_of
from xulang.budget.selectors import LineTold
from xulang.office import clock
from xulang.office.access import asker, opens_to
from xulang.office.desks.estimates import page_of, seen
from xulang.office.files import attached
from xulang.office.forms.rounds import IssueForm
from xulang.office.once import SentBefore, once
from xulang.office.typed import NotWhole, dong
from xulang.organisation.selectors import signing
from xulang.plumbing import journal
from xulang.plumbing.errors import Refused
from xulang.programme.papering import NOBODY
from xulang.reporting.ports import NotSetError, typesetter

AMOUNT, REASON, BACK = "so-", "ly-do-", "tra-"  # what stands before a line's number in the form


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*APPRAISING)
def appraise(request: HttpRequest, estimate_id: int) -> HttpResponse:
    """Every line with what is asked, what the checks say, and what is granted of it; what is refused stays typed."""
    found, why = seen(request, estimate_id), None
    if request.method == "POST":
        doing = _ACTS.get(request.POST.get("viec", ""))
        if doing is None:
            raise Http404
        try:
            with once(request):
                said = doing(request, found)
        except SentBefore:
            return redirect("office:estimate", estimate_id)
        except Refused as refusal:
            why = refusal
        else:
            messages.success(request, said)
        found = seen(request, estimate_id)
    if not services.may_appraise(found, asker(request), clock.now()):
        if request.method != "POST":
            why = OwnHand() if found.state == EstimateState.SENT else NotWaiting()
        if why is not None:
            messages.error(request, str(why))
        return redirect("office:estimate", estimate_id)
    if request.method == "POST" and why is None:
        return redirect("office:appraise", estimate_id)
    page = page_of(request, found, found.current)
    page |= {
        "why": why,
        "opinions": [(told, findings, *_shown(request, told)) for told, findings in page["lines"]],
        "note": request.POST.get("ghi-chu", ""),
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "office/appraise.html", page, status=422 if why else 200)


def _shown(request: HttpRequest, told: LineTold) -> tuple[int | str, str, bool]:
    """What stands in the fields of a line: as was typed, else as was said; nothing is proposed where a check stops."""
    line = told.line
    if (typed := request.POST.get(f"{AMOUNT}{line.pk}")) is not None:
        return typed, request.POST.get(f"{REASON}{line.pk}", ""), f"{BACK}{line.pk}" in request.POST
    if hasattr(line, "appraisal"):
        return "" if told.returned else line.appraisal.amount, line.appraisal.reason, told.returned
    return "" if told.stops else line.amount, "", False


def _keep(request: HttpRequest, found: Estimate) -> str:
    """What was typed of each line: the amount asked for accepts it, a lower one cuts it; an empty one says nothing.

    A line that is ticked goes back, whatever amount stands there.
    """
    opinions = []
    for line in found.current.lines.select_related("appraisal").order_by("id"):
        opinion = _typed(request, line)
        if opinion is not None and not _said_so(line, opinion):
            opinions.append(opinion)
    _say(request, found, opinions)
    return _("Đã lưu ý kiến thẩm định.")


def _typed(request: HttpRequest, line: EstimateLine) -> services.Opinion | None:
    reason = request.POST.get(f"{REASON}{line.pk}", "")
    if f"{BACK}{line.pk}" in request.POST:
        return services.Opinion(line.pk, None, reason)
    try:
        amount = dong(request.POST.get(f"{AMOUNT}{line.pk}"))
    except NotWhole as why:
        raise NotCut(content=line.content) from why
    return None if amount is None else services.Opinion(line.pk, amount, reason)


def _say(request: HttpRequest, found: Estimate, opinions: list[services.Opinion]) -> None:
    if opinions:
        services.appraise_lines(estimate=found, opinions=opinions, by=asker(request), now=clock.now())


def _said_so(line: EstimateLine, opinion: services.Opinion) -> bool:
    """Whether this was said of the line before: it is not said again."""
    if not hasattr(line, "appraisal"):
        return False
    said = None if line.appraisal.verdict == Verdict.RETURN else line.appraisal.amount
    return said == opinion.amount and (said == line.amount or line.appraisal.reason == opinion.reason.strip())


def _finish(request: HttpRequest, found: Estimate) -> str:
    _keep(request, found)
    services.finish_appraisal(estimate=found, by=asker(request), now=clock.now(), note=request.POST.get("ghi-chu", ""))
    return _("Đã thẩm định xong; dự toán chờ lãnh đạo quyết định.")


def _return(request: HttpRequest, found: Estimate) -> str:
    """Gives the estimate back; of its lines only those that are ticked are spoken of, the others nobody judged yet."""
    back = found.current.lines.order_by("id").values_list("pk", flat=True)
    ticked = [pk for pk in back if f"{BACK}{pk}" in request.POST]
    _say(request, found, [services.Opinion(pk, None, request.POST.get(f"{REASON}{pk}", "")) for pk in ticked])
    services.return_estimate(estimate=found, reason=request.POST.get("reason", ""), by=asker(request), now=clock.now())
    return _("Đã trả lại dự toán kèm lý do.")


_ACTS = {"luu": _keep, "xong": _finish, "tra-lai": _return}


@require_safe
@opens_to(*BUDGET_ROLES)
def appraisal_file(request: HttpRequest, estimate_id: int, kind: str) -> HttpResponse:
    """The appraisal note as DOCX, or as PDF where there is LibreOffice."""
    found = seen(request, estimate_id)
    if kind not in {"docx", "pdf"} or appraisal_of(found) is None:
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


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*APPRAISING)
def issue_note(request: HttpRequest, estimate_id: int) -> HttpResponse:
    """Give the note of the appraisal the next number of the finance office's book."""
    found = seen(request, estimate_id)
    told = appraisal_of(found)
    if told is None:
        raise Http404
    office, today = office_of(told), clock.today()
    signs = signature_of(office, today)
    usual = {
        "symbol": symbol_of(office, today),
        "issued_on": today,
        "signer": "" if signs.name == NOBODY else signs.name,
        "lines": "\n".join(signs.lines),
    }
    form = IssueForm(request.POST or None, signers=signing([office.pk], today), initial=usual)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        lines = given.pop("lines").splitlines()
        try:
            with once(request):
                made = services.issue_note(estimate=found, lines=lines, by=asker(request), now=clock.now(), **given)
        except SentBefore:
            return redirect("office:estimate", estimate_id)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Báo cáo thẩm định mang số %(code)s.") % {"code": made.paper.code})
            return redirect("office:estimate", estimate_id)
    context = {"estimate": found, "form": form, "office": office}
    return render(request, "office/issue_note.html", context, status=422 if form.is_bound else 200)
