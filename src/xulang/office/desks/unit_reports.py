"""A unit's own report of a round: filled in from what is on record, sent in a minute, answered by the focal unit."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xulang.office import clock, exporting, indicator_words
from xulang.office.access import asker, opens_to
from xulang.office.sentences import of_unit, paragraphs
from xulang.organisation.enums import DUTY_ROLES
from xulang.plumbing.errors import Refused
from xulang.plumbing.sheets import Cell, Column
from xulang.reporting import selectors, services
from xulang.reporting.enums import WORKING, By, ReportState
from xulang.reporting.errors import BadNumber
from xulang.reporting.headings import headings
from xulang.reporting.indicators import indicators
from xulang.reporting.models import Content, UnitReport
from xulang.reporting.parts import part_name, part_names
from xulang.reporting.preparing import Prepared, prepared
from xulang.reporting.rules import sentences, timeliness
from xulang.reporting.services.telling import may_answer, may_work

FIGURE, TEXT = "so-", "muc-"  # what stands before a field's own name in the form


@dataclass(frozen=True)
class FigureLine:
    """A figure as it is shown."""

    code: str
    of: str
    name: str
    unit: str
    definition: str
    value: int | None
    receipts: int
    last: int | None
    entered: bool
    carried: bool
    by_task: bool


def _seen(request: HttpRequest, unit_report_id: int) -> UnitReport:
    try:
        return selectors.unit_report(asker(request), clock.today(), unit_report_id)
    except UnitReport.DoesNotExist as unseen:
        raise Http404 from unseen


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DUTY_ROLES)
def unit_report(request: HttpRequest, unit_report_id: int) -> HttpResponse:
    """The report: the unit fills it in and sends it, the focal unit answers it, others read it."""
    report = _seen(request, unit_report_id)
    if request.method == "POST":
        return _act(request, report)
    if exporting.asked_for(request):
        lines = [line for _title, rows in _groups(report)[0] for line in rows]
        return exporting.listed(request, "bao-cao", _columns(), lambda: map(_exported, lines))
    return _page(request, report)


def _act(request: HttpRequest, report: UnitReport) -> HttpResponse:
    act = request.POST.get("viec", "")
    if act not in _ACTS:
        raise Http404
    try:
        said = _ACTS[act](request, report)
    except Refused as why:
        messages.error(request, str(why))
        return redirect("office:unit_report", report.pk)
    messages.success(request, said)
    return redirect("office:unit_report", report.pk)


def _save(request: HttpRequest, report: UnitReport) -> str:
    if not may_work(report, asker(request), clock.now()):
        raise PermissionDenied
    entered: dict[str, int | None] = {}
    for name, given in request.POST.items():
        code = name.removeprefix(FIGURE)
        if code == name or code not in indicators():
            continue
        typed = str(given).strip().replace(".", "").replace(" ", "")
        if typed and not (typed.isascii() and typed.isdecimal() and len(typed) < 16):
            raise BadNumber(name=indicator_words.figure_name(code))
        entered[code] = int(typed) if typed else None
    known = {one.code for one in headings(report.round.programme)}
    texts = {
        name.removeprefix(TEXT): str(text)[:20_000] for name, text in request.POST.items() if name.startswith(TEXT)
    }
    narrative = {heading: text for heading, text in texts.items() if heading in known}
    services.save_draft(report=report, entered=entered, narrative=narrative, by=asker(request), now=clock.now())
    return _("Đã lưu nháp.")


def _send(request: HttpRequest, report: UnitReport) -> str:
    _save(request, report)
    services.send(report=report, by=asker(request), now=clock.now(), seen="da-xem" in request.POST)
    return _("Đã gửi báo cáo.")


def _nothing(request: HttpRequest, report: UnitReport) -> str:
    if not may_work(report, asker(request), clock.now()):
        raise PermissionDenied
    services.nothing_new(report=report, by=asker(request), now=clock.now())
    return _("Đã gửi báo cáo không phát sinh cho mọi việc đến kỳ.")


def _accept(request: HttpRequest, report: UnitReport) -> str:
    _answers(request, report)
    services.accept(report=report, by=asker(request), now=clock.now())
    return _("Đã chấp nhận báo cáo.")


def _return(request: HttpRequest, report: UnitReport) -> str:
    _answers(request, report)
    reason = request.POST.get("reason", "")[:4000]
    services.return_report(report=report, reason=reason, by=asker(request), now=clock.now())
    return _("Đã trả lại báo cáo kèm lý do.")


def _answers(request: HttpRequest, report: UnitReport) -> None:
    if not may_answer(report, asker(request), clock.now()):
        raise PermissionDenied


_ACTS = {"luu": _save, "gui": _send, "khong-phat-sinh": _nothing, "chap-nhan": _accept, "tra-lai": _return}


def _groups(report: UnitReport) -> tuple[list[tuple[str, list[FigureLine]]], Prepared | None]:
    """The figures under their titles: as they stand now for whoever works on them, else as they were sent."""
    if report.state in WORKING:
        whole = prepared(report, clock.today())
        names = part_names(line.of for line in whole.lines)
        told = [
            (
                indicator_words.group_title(group),
                [
                    _line(line.indicator.code, line.of, names, line.value, len(line.receipts), line.last, line.carried)
                    for line in lines
                ],
            )
            for group, lines in whole.groups
        ]
        return told, whole
    content = selectors.sent_content(report)
    rows = content.figures if content else []
    told, names = [], part_names(row["of"] for row in rows)
    for group, known in report.round.asks.on(report.round.cut_off):
        codes = [one.code for one in known]
        lines = [
            _line(row["code"], row["of"], names, row["value"], len(row["receipts"]), None, row["from"] == "carried")
            for row in rows
            if row["code"] in codes
        ]
        if lines:
            told.append((indicator_words.group_title(group), lines))
    return told, None


def _line(
    code: str, of: str, names: dict[str, str], value: int | None, receipts: int, last: int | None, carried: bool
) -> FigureLine:
    one = indicators()[code]
    return FigureLine(
        code=code,
        of=of,
        name=names[of] or indicator_words.indicator_name(one),
        unit=indicator_words.indicator_unit(one),
        definition=one.definition,
        value=value,
        receipts=receipts,
        last=last,
        entered=one.counting is None,
        carried=carried,
        by_task=bool(of) and one.by == By.TASK,
    )


def _page(request: HttpRequest, report: UnitReport) -> HttpResponse:
    person, today, now = asker(request), clock.today(), clock.now()
    groups, whole = _groups(report)
    titles = {one.code: one.title for one in headings(report.round.programme)}
    works = may_work(report, person, now)
    content = None if whole else selectors.sent_content(report)
    context: dict[str, Any] = {
        "report": report,
        "round": report.round,
        "unit": report.unit.name_on(today),
        "timely": timeliness(report.due, report.first_sent_on, today, selectors.days_of(report.round)),
        "groups": groups,
        "works": works,
        "answers": report.state in {ReportState.SENT, ReportState.ACCEPTED} and may_answer(report, person, now),
        "story": selectors.story(report),
        "sees_round": selectors.sees_whole(report.round, person, today),
        "parts": whole.parts if whole else [],
        "told": _told(report, content, titles) if content else [],
        "doubts": [(doubt, indicator_words.doubt_words(doubt, titles)) for doubt in whole.doubts] if whole else [],
        "filled": round(whole.filled * 100) if whole else None,
        "empty": whole is not None and not whole.typed and not any(line.tells_of_work for line in whole.lines),
    }
    context["must"] = any(doubt.must for doubt, _words in context["doubts"])
    return render(request, "office/unit_report.html", context)


def _told(report: UnitReport, content: Content, titles: dict[str, str]) -> list[Any]:
    """The text that was sent: each heading's title, the part itself, its lines of sentences."""
    return [
        (
            titles.get(part["heading"], part["heading"]),
            part,
            paragraphs(part["text"], part.get("traces", []), of_unit(part["heading"], report.pk, content.line_id)),
        )
        for part in content.narrative
    ]


@require_safe
@opens_to(*DUTY_ROLES)
def unit_figure(request: HttpRequest, unit_report_id: int, code: str) -> HttpResponse:
    """The rows behind one figure of the report, or behind the text of a heading or one sentence (`cau`) of it."""
    report, today = _seen(request, unit_report_id), clock.today()
    of, heading = request.GET.get("phan", ""), request.GET.get("muc", "")
    titles = {one.code: one.title for one in headings(report.round.programme)}
    if heading:
        if heading not in titles:
            raise Http404
        name, value, behind = titles[heading], None, _behind_text(request, report, heading)
    else:
        if code not in indicators():
            raise Http404
        name = indicator_words.figure_name(code, part_name(of))
        value, rows = _figure(report, code, of)
        behind = Behind(rows)
    context = {
        "report": report,
        "unit": report.unit.name_on(today),
        "name": name,
        "value": value,
        "indicator": None if heading else indicators()[code],
        "behind": behind,
        "receipts": selectors.receipts(asker(request), today, behind.rows),
    }
    return render(request, "office/unit_figure.html", context)


def _figure(report: UnitReport, code: str, of: str) -> tuple[int, tuple[str, ...]]:
    if report.state in WORKING:
        for line in prepared(report, clock.today()).lines:
            if (line.indicator.code, line.of) == (code, of):
                return line.value or 0, line.receipts
    elif content := selectors.sent_content(report):
        for row in content.figures:
            if (row["code"], row["of"]) == (code, of):
                return row["value"], tuple(row["receipts"])
    raise Http404


@dataclass(frozen=True)
class Behind:
    """The rows behind a figure, a text or one sentence of it; `own`: the sentence has none, they are its heading's."""

    rows: tuple[str, ...]
    sentence: str = ""
    own: bool = False


def _behind_text(request: HttpRequest, report: UnitReport, heading: str) -> Behind:
    """What is behind a heading's text, or one sentence of it.

    `dong` names the line with which the text was sent; without it the text that stands.
    """
    line = request.GET.get("dong", "")
    if report.state in WORKING and not line:
        parts = prepared(report, clock.today()).parts
        return Behind(tuple(told.receipt for part in parts if part.heading.code == heading for told in part.told))
    content = selectors.sent_content(report, int(line) if line.isdecimal() and len(line) < 18 else None)
    part = next((row for row in (content.narrative if content else []) if row["heading"] == heading), None)
    if part is None:
        raise Http404
    every, said, number = tuple(part["receipts"]), sentences(part["text"]), request.GET.get("cau", "")
    if not number:
        return Behind(every)
    if not (number.isascii() and number.isdecimal()) or int(number) >= len(said):
        raise Http404
    traces = part.get("traces", [])
    rows = tuple(traces[int(number)]) if int(number) < len(traces) else ()
    return Behind(rows or every, said[int(number)], not rows)


def _columns() -> list[Column]:
    return [Column(_("Chỉ tiêu"), 60), Column(_("Đơn vị tính"), 16), Column(_("Số liệu"), 14), Column(_("Nguồn"), 24)]


def _exported(line: FigureLine) -> list[Cell]:
    source = _("đơn vị ghi") if line.entered else _("đếm từ sổ")
    name = indicator_words.figure_name(line.code, line.name) if line.of else line.name
    return [name, line.unit, "" if line.value is None else line.value, source]
