"""The reporting desk: rounds, who has sent and in time, and the report that is put together, every figure open."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xulang.office import clock, exporting, indicator_words
from xulang.office.access import asker, opens_to
from xulang.office.forms.rounds import ChooseForm, RoundForm, TargetsForm, TextForm
from xulang.office.sentences import Opens, nearest, of_round, of_unit, paragraphs
from xulang.office.units_of import asked_of, switch
from xulang.organisation.enums import DUTY_ROLES, FOLLOWING
from xulang.organisation.models import Unit
from xulang.plumbing.errors import Refused
from xulang.plumbing.sheets import Cell, Column
from xulang.programme.enums import Cadence
from xulang.programme.models import Programme
from xulang.programme.models.ledger import period_name
from xulang.reporting import selectors, services
from xulang.reporting.aims import aimed_periods, closes_with
from xulang.reporting.consolidating import aim_of, content_of, parts_of, targets_in
from xulang.reporting.enums import By, ReportState, Timeliness
from xulang.reporting.indicators import forms_on, indicators
from xulang.reporting.models import Consolidation, Round, Target
from xulang.reporting.parts import part_name, part_names
from xulang.reporting.rules import sentences, traced
from xulang.reporting.services.opening import units_asked
from xulang.reporting.year import lacks, periods_open

FEW = 12  # rounds side by side


# --- Rounds ---


@require_safe
@opens_to(*DUTY_ROLES)
def rounds(request: HttpRequest) -> HttpResponse:
    """The rounds, and who reported in time over the last of them."""
    person, today = asker(request), clock.today()
    rows = list(selectors.rounds(person, today)[:FEW])
    shown = rows[::-1]
    units = selectors.punctuality(person, today, shown, asked_of(request))
    if exporting.asked_for(request):
        return exporting.listed(request, "ky-bao-cao", _columns(shown), lambda: _exported(units))
    own = [cell for row in units for cell in row.every if cell.report.state != ReportState.ACCEPTED]
    own.sort(key=lambda cell: (cell.report.due, cell.report.pk))
    led = set(Round.objects.led(person, today).values_list("pk", flat=True))
    context = {
        "led": led,
        "rounds": [(one, indicator_words.form_name(one.asks), _counted(one, units, shown)) for one in rows],
        "shown": shown,
        "units": units,
        "switch": switch(request),
        "mine": [(cell, indicator_words.form_name(cell.report.round.asks)) for cell in own],
        "opens": bool(selectors.programmes_to_open(person, today)),
    }
    return render(request, "office/rounds.html", context)


def _counted(one: Round, units: list[Any], shown: list[Round]) -> dict[str, int]:
    """How a round's reports stand."""
    cells = [cell for row in units for cell in row.cells[shown.index(one)]]
    return {
        "asked": len(cells),
        "accepted": sum(cell.report.state == ReportState.ACCEPTED for cell in cells),
        "waiting": sum(cell.report.state == ReportState.SENT for cell in cells),
        "open": sum(cell.report.state in {ReportState.OPEN, ReportState.RETURNED} for cell in cells),
        "silent": sum(cell.timely == Timeliness.SILENT for cell in cells),
        "late": sum(cell.timely == Timeliness.LATE for cell in cells),
    }


def _columns(shown: list[Round]) -> list[Column]:
    return [Column(_("Đơn vị"), 48), *(Column(one.period_name, 26) for one in shown), Column(_("Đúng hạn"), 12)]


def _exported(units: list[Any]) -> Iterator[list[Cell]]:
    for row in units:
        told = [
            "; ".join(f"{one.report.get_state_display()} · {one.timely.label}" for one in cell) for cell in row.cells
        ]
        yield [row.name, *told, row.on_time]


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*FOLLOWING)
def open_round(request: HttpRequest) -> HttpResponse:
    """Open a round: first the programme and how often, then the period and the units."""
    person, today = asker(request), clock.today()
    programmes = {str(one.pk): one for one in selectors.programmes_to_open(person, today)}
    named = [(pk, one.directive.code or one.title[:80]) for pk, one in programmes.items()]
    first = next(iter(programmes.values()), None)
    asked = programmes.get(request.GET.get("chuong-trinh", ""), first)
    cadence = _cadence(request, asked)
    choose = ChooseForm(
        initial={"chuong-trinh": asked.pk if asked else "", "nhip": cadence}, programmes=named, auto_id="chon-%s"
    )
    context: dict[str, Any] = {"choose": choose, "programme": asked, "form": None}
    if asked is None:
        return render(request, "office/open_round.html", context)
    there = periods_open(asked, cadence, today)
    units = Unit.objects.filter(pk__in=units_asked(asked)).prefetch_related("names")
    form = RoundForm(
        request.POST or None,
        periods=[(one.code, _period(one)) for one in there],
        report_forms=[(one.code, indicator_words.form_name(one)) for one in forms_on(today)],
        units=sorted(((one.pk, one.name_on(today)) for one in units), key=lambda unit: unit[1]),
        initial={"period": next((one.code for one in there if one.start <= today <= one.due), "")},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = services.open_round(
                programme=asked,
                form=next(one for one in forms_on(today) if one.code == given["form"]),
                cadence=cadence,
                period=given["period"],
                units=given["units"],
                units_due=given["units_due"],
                due=given["due"],
                by=person,
                now=clock.now(),
            )
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _("Đã mở kỳ báo cáo; các đơn vị thấy báo cáo điền sẵn của mình."))
            return redirect("office:round", made.pk)
    return render(request, "office/open_round.html", context | {"form": form}, status=422 if form.is_bound else 200)


def _cadence(request: HttpRequest, programme: Programme | None) -> Cadence:
    word = request.GET.get("nhip", "")
    if word in Cadence.values and word != Cadence.WEEK:
        return Cadence(word)
    usual = programme.cadence if programme else None
    return Cadence(usual) if usual and usual != Cadence.WEEK else Cadence.HALF


def _period(one: Any) -> str:
    name = Round(period=one.code).period_name
    span = {"name": name, "first": f"{one.start:%d/%m/%Y}", "last": f"{one.end:%d/%m/%Y}"}
    return _("%(name)s (số liệu %(first)s – %(last)s)") % span


# --- One round, put together ---


def seen_round(request: HttpRequest, round_id: int) -> Round:
    """A round that the asker leads or stands above; else there is no such page."""
    rows = Round.objects.led(asker(request), clock.today()).select_related("programme__directive")
    found = rows.filter(pk=round_id).first()
    if found is None:
        raise Http404
    return found


@require_safe
@opens_to(*DUTY_ROLES)
def round_page(request: HttpRequest, round_id: int) -> HttpResponse:
    """The report of a round as its accepted reports stand now, who is missing, and the versions that were made."""
    round, person, today = seen_round(request, round_id), asker(request), clock.today()
    content = content_of(round)
    if exporting.asked_for(request):
        return exporting.listed(
            request, f"tong-hop-{round.period}", figure_columns(content), lambda: figures_out(content)
        )
    reports = selectors.standings(round, selectors.reports_of(round, person, today), today)
    versions = round.consolidations.select_related("by").prefetch_related("issues__paper__series").order_by("-number")
    context = {
        "round": round,
        "form": indicator_words.form_name(round.asks),
        "programme": round.programme,
        "reports": [(one, selectors.called(one.report, asked_of(request), today)) for one in reports],
        "switch": switch(request),
        "versions": versions,
        "fresh": not versions or versions[0].told != content,
        "any_accepted": any(one.report.state == ReportState.ACCEPTED for one in reports),
        "leads": selectors.leads(round, person, today),
        "timely": selectors.round_timely(round, today),
        **whole(content, round),
    }
    return render(request, "office/round.html", context)


def whole(content: dict[str, Any], round: Round, version: int | None = None) -> dict[str, Any]:
    """A content as it is shown: figures under their titles, text by heading with its senders, silent units."""
    ids = {row["unit"] for row in content["units"]}
    ids |= {passage["unit"] for part in parts_of(content) for passage in part["passages"]}
    units = {one.pk: one.name_on(round.cut_off) for one in Unit.objects.filter(pk__in=ids).prefetch_related("names")}
    by_code: dict[str, list[dict[str, Any]]] = {}
    names, period = part_names(row["of"] for row in content["figures"]), content["period"]
    targets = [(aimed, indicator_words.measured_name(aimed, period)) for aimed in targets_in(content)]
    for row in content["figures"]:
        aims = [(name, aim_of(row, aimed, period)) for aimed, name in targets]
        by_code.setdefault(row["code"], []).append({**_shown(row, names[row["of"]]), "measured": aims})
    groups = [
        (indicator_words.group_title(group), [row for one in known for row in by_code.get(one.code, ())])
        for group, known in round.asks.on(round.cut_off)
    ]
    return {
        "groups": groups,
        "parts": [_part(part, round, version, units) for part in content["narrative"]],
        "ledger_parts": [_part(part, round, version, units) for part in content.get("from_ledger", ())],
        "silent": [units.get(row["unit"], "") for row in content["units"] if row["state"] != ReportState.ACCEPTED],
        "nil": [units.get(row["unit"], "") for row in content["units"] if row["nil"]],
        "lacks": lacks(content),
        "has_last": any(row["last"] is not None for row in content["figures"]),
        "targets": [name for _aimed, name in targets],
    }


def _part(part: dict[str, Any], round: Round, version: int | None, units: dict[int, str]) -> dict[str, Any]:
    """One part of the text: who told it, and sentence by sentence what a person made of it."""
    opens = [_opens(part["heading"], number, one, round, version) for number, one in enumerate(part["passages"])]
    senders = [_sender(passage, units, to) for passage, to in zip(part["passages"], opens, strict=True)]
    told = [(number, passage["text"]) for number, passage in enumerate(part["passages"])]
    reworded = traced(part["text"], told) if part["edited"] else []
    shown = [
        (words, None, None) if at is None else (words, nearest(words, part["passages"][at], opens[at]), senders[at])
        for words, at in reworded
    ]
    return {**part, "senders": senders, "sentences": shown}


def _opens(heading: str, number: int, passage: dict[str, Any], round: Round, version: int | None) -> Opens:
    """Where a passage's sentences open: in the report of the unit that sent it, or by themselves."""
    if "report" in passage:
        return of_unit(heading, passage["report"], passage["line"])
    return of_round(heading, round.pk, version, number)


def _sender(passage: dict[str, Any], units: dict[int, str], opens: Opens) -> dict[str, Any]:
    """A passage with its unit's name, and its sentences to be opened."""
    said = paragraphs(passage["text"], passage.get("traces", []), opens)
    return {**passage, "name": units.get(passage["unit"], ""), "paragraphs": said}


def _shown(row: dict[str, Any], part: str) -> dict[str, Any]:
    one = indicators()[row["code"]]
    name = part or indicator_words.indicator_name(one)
    told: dict[str, Any] = {"name": name, "unit": indicator_words.indicator_unit(one), "definition": one.definition}
    told |= {"added": str(one.additivity.label), "by_task": bool(part) and one.by == By.TASK}
    step = None if row["last"] is None else row["value"] - row["last"]
    return {**row, **told, "step": step}


def figure_columns(content: dict[str, Any]) -> list[Column]:
    """The columns of the figures as a sheet; two of each period of which there are targets."""
    missing = lacks(content)
    columns = [
        Column(_("Chỉ tiêu"), 60),
        Column(_("Đơn vị tính"), 16),
        Column(_("Kỳ này"), 12),
        Column(_("Từ đầu năm (chưa có đủ: %(lacks)s)") % {"lacks": missing} if missing else _("Từ đầu năm"), 14),
        Column(_("Kỳ trước"), 12),
    ]
    for aimed in targets_in(content):
        measured = indicator_words.measured_name(aimed, content["period"])
        closes = closes_with(aimed, content["period"])
        columns.append(Column(indicator_words.plan_name(aimed, content["period"]), 22))
        columns.append(Column(measured if closes else f"{measured} (%)", 22))
    return columns


def figures_out(content: dict[str, Any]) -> Iterator[list[Cell]]:
    """The figures as rows of a sheet."""
    names = part_names(row["of"] for row in content["figures"])
    for row in content["figures"]:
        one = indicators()[row["code"]]
        name = indicator_words.figure_name(row["code"], names[row["of"]])
        cells: list[Cell] = [name, indicator_words.indicator_unit(one), row["value"], row["year"]]
        cells.append("" if row["last"] is None else row["last"])
        for aimed in targets_in(content):
            aim = aim_of(row, aimed, content["period"])
            told = None if aim is None else aim.share if aim.step is None else aim.step
            cells += ["" if aim is None else aim.value, "" if told is None else told]
        yield cells


@require_safe
@opens_to(*DUTY_ROLES)
def round_figure(request: HttpRequest, round_id: int, code: str) -> HttpResponse:
    """A figure of the whole, opened: which unit gave how much, and the rows behind each."""
    round, person, today = seen_round(request, round_id), asker(request), clock.today()
    of = request.GET.get("phan", "")
    if code not in indicators():
        raise Http404
    version, content = _asked(request, round)
    row = next((row for row in content["figures"] if (row["code"], row["of"]) == (code, of)), None)
    if row is None:
        raise Http404
    units_of = asked_of(request)
    given = [
        (one, selectors.called(one.report, units_of, today))
        for one in selectors.contributions(round, code, of, version, person, today)
    ]
    if exporting.asked_for(request):
        columns = [Column(_("Đơn vị"), 48), Column(_("Số liệu"), 14), Column(_("Số dòng minh chứng"), 20)]
        cells: list[list[Cell]] = [[name, one.value, len(one.receipts)] for one, name in given]
        return exporting.listed(request, code, columns, lambda: cells)
    context = {
        "round": round,
        "version": version,
        "row": _shown(row, part_name(row["of"])),
        "code": code,
        "of": of,
        "indicator": indicators()[code],
        "given": [(one, name, selectors.receipts(person, today, one.receipts)) for one, name in given],
        "lacks": lacks(content),
        "before": selectors.before(round, (code, of)),
        "switch": switch(request),
    }
    return render(request, "office/round_figure.html", context)


def _asked(request: HttpRequest, round: Round) -> tuple[Consolidation | None, dict[str, Any]]:
    """The version that the address names, and what it says; without a name the report as it stands now."""
    number = request.GET.get("ban", "")
    if not number:
        return None, content_of(round)
    version = round.consolidations.filter(number=number).first() if _is_number(number) else None
    if version is None:
        raise Http404
    return version, version.told


def _is_number(words: str) -> bool:
    return words.isascii() and words.isdecimal() and len(words) < 10


@require_safe
@opens_to(*DUTY_ROLES)
def round_sentence(request: HttpRequest, round_id: int) -> HttpResponse:
    """A sentence that the ledger gave to the report, opened: the rows that it tells of."""
    round, person, today = seen_round(request, round_id), asker(request), clock.today()
    version, content = _asked(request, round)
    heading, passage, number = (request.GET.get(word, "") for word in ("muc", "doan", "cau"))
    part = next((part for part in content.get("from_ledger", ()) if part["heading"] == heading), None)
    if part is None or not _is_number(passage) or not _is_number(number):
        raise Http404
    told = next(iter(part["passages"][int(passage) :]), None)
    said = sentences(told["text"])[int(number) :] if told else []
    if told is None or not said:
        raise Http404
    unit = Unit.objects.filter(pk=told["unit"]).prefetch_related("names").first()
    context = {
        "round": round,
        "version": version,
        "title": part["title"],
        "unit": unit.name_on(round.cut_off) if unit else "",
        "sentence": said[0],
        "receipts": selectors.receipts(person, today, told["traces"][int(number)]),
    }
    return render(request, "office/round_sentence.html", context)


# --- What the focal unit does with it ---


@require_POST
@opens_to(*FOLLOWING)
def consolidate(request: HttpRequest, round_id: int) -> HttpResponse:
    """Make the next version."""
    round = _led(request, round_id)
    try:
        made = services.consolidate(round=round, by=asker(request), now=clock.now())
    except Refused as why:
        messages.error(request, str(why))
        return redirect("office:round", round_id)
    messages.success(request, _("Đã lập bản tổng hợp số %(number)s.") % {"number": made.number})
    return redirect("office:consolidation", made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*FOLLOWING)
def edit_heading(request: HttpRequest, round_id: int) -> HttpResponse:
    """Reword what stands under a heading, with what it was made from beside it."""
    round = _led(request, round_id)
    shown = whole(content_of(round), round)
    parts = [*shown["parts"], *shown["ledger_parts"]]
    part = next((part for part in parts if part["heading"] == request.GET.get("muc")), None)
    if part is None:
        raise Http404
    form = TextForm(request.POST or None, initial={"text": part["text"]})
    if request.method == "POST" and form.is_valid():
        services.edit_text(
            round=round, heading=part["heading"], text=form.cleaned_data["text"], by=asker(request), now=clock.now()
        )
        messages.success(request, _("Đã sửa lời văn; lời của các đơn vị vẫn giữ."))
        return redirect("office:round", round_id)
    context = {"round": round, "part": part, "form": form, "from_ledger": part in shown["ledger_parts"]}
    return render(request, "office/edit_heading.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*FOLLOWING)
def targets(request: HttpRequest, round_id: int) -> HttpResponse:
    """Say what the plan wants reached in the year, or in a period of it."""
    round = _led(request, round_id)
    periods = aimed_periods(round.period)
    aimed = request.GET.get("ky", periods[0])
    if aimed not in periods:
        raise Http404
    there: dict[str, dict[str, int]] = {period: {} for period in periods}
    rows = Target.objects.filter(programme=round.programme, period__in=periods)
    for period, code, value in rows.values_list("period", "code", "value"):
        there[period][code] = value
    of_year = {} if aimed == periods[0] else there[periods[0]]
    asked = round.asks.indicators(round.cut_off)
    wanted = [(one.code, indicator_words.indicator_name(one), there[aimed].get(one.code)) for one in asked]
    form = TargetsForm(request.POST or None, wanted=wanted)
    if request.method == "POST" and form.is_valid():
        services.set_targets(
            programme=round.programme, period=aimed, values=form.cleaned_data, by=asker(request), now=clock.now()
        )
        messages.success(request, _("Đã ghi chỉ tiêu kế hoạch: %(period)s.") % {"period": period_name(aimed)})
        return redirect("office:round", round_id)
    context = {
        "round": round,
        "form": form,
        "groups": [
            (
                indicator_words.group_title(group),
                [(form[one.code], indicator_words.indicator_unit(one), of_year.get(one.code)) for one in known],
            )
            for group, known in round.asks.on(round.cut_off)
        ],
        "name": period_name(aimed),
        "has_year": bool(of_year),
        "periods": [(period_name(one), f"?ky={one}", len(there[one]), one == aimed) for one in periods],
    }
    return render(request, "office/targets.html", context, status=422 if form.is_bound else 200)


def _led(request: HttpRequest, round_id: int) -> Round:
    round = seen_round(request, round_id)
    if not selectors.leads(round, asker(request), clock.today()):
        raise PermissionDenied
    return round
