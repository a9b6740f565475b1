"""Copies: one is made of a directive that is held or of a paper that was issued; the book of copies; their files."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xulang.office import clock, exporting, originals
from xulang.office.access import asker, opens_to, scope
from xulang.office.desks.numbering import A_PAGE, NUMBERING, year_of
from xulang.office.desks.papers import seen
from xulang.office.files import attached
from xulang.office.forms.copying import CopyingForm
from xulang.office.forms.duties import ReasonForm
from xulang.office.once import written
from xulang.office.paging import Page, place_in
from xulang.organisation.enums import Role
from xulang.papers.extracting import parts
from xulang.papers.paper import UnfitPaperError
from xulang.plumbing import journal
from xulang.plumbing.sheets import Cell, Column
from xulang.programme import copy_papering
from xulang.programme.papering import NOBODY, place_of, signature_of
from xulang.reading.files.faults import RefusedError
from xulang.registry import copying, numbering
from xulang.registry.copying import Asked
from xulang.registry.enums import Book, CopyForm, Direction, Medium
from xulang.registry.models import Copy, Directive, OutgoingPaper, numbering_offices
from xulang.reporting.ports import NotSetError, typesetter


@require_safe
@opens_to(*NUMBERING, Role.LEADER)
def copies(request: HttpRequest) -> HttpResponse:
    """A year's copies, the last first (`nam`; `tep` as a file)."""
    year, years = year_of(request, Book.COPIES)
    rows = Copy.objects.for_user(asker(request), clock.today()).filter(series__year=year)
    rows = rows.select_related("series__unit", "directive", "paper__series__unit")
    rows = rows.defer("directive__text", "directive__reading")
    rows = rows.prefetch_related("series__unit__names", "paper__series__unit__names")
    if exporting.asked_for(request):
        book = rows.order_by("series", "number")
        return exporting.listed(request, f"so-ban-sao-{year}", _columns(), lambda: _lines(book))
    after = place_in(request)
    if after is not None:
        day, last = after
        rows = rows.filter(Q(copied_on__lt=day) | Q(copied_on=day, pk__lt=last))
    held = scope(request)
    mine = numbering_offices(held) if held else frozenset()
    lines = [_Line(row, mine=row.series.unit_id in mine) for row in rows.order_by("-copied_on", "-pk")[: A_PAGE + 1]]
    page = Page.of(lines, A_PAGE, after)
    context = {"year": str(year), "years": [str(one) for one in years], "page": page}
    return render(request, "office/copies.html", context)


class _Line:
    """A copy in the book: of what, and whether the person may cancel it."""

    def __init__(self, row: Copy, *, mine: bool) -> None:
        self.row, self.of, self.mine = row, copy_papering.of_what(row), mine

    @property
    def place(self) -> tuple[Any, int]:
        """Where it stands in the book, the last first."""
        return self.row.copied_on, self.row.pk


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(Role.LEAD_OFFICER)
def copy_directive(request: HttpRequest, directive_id: int) -> HttpResponse:
    """Make a copy of a directive that the office holds."""
    found = seen(request, directive_id)
    if found.reading is None:
        raise Http404
    chosen = [(row["id"], _named(found, row)) for row in parts(found.findings)]
    return _copy(request, found, chosen, own=found.direction == Direction.OUTGOING)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*NUMBERING)
def copy_paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Make a copy of a paper that the office issued."""
    papers = OutgoingPaper.objects.for_user(asker(request), clock.today()).filter(cancelled_at__isnull=True)
    found = get_object_or_404(papers.select_related("series__unit"), pk=paper_id)
    return _copy(request, found, [], own=True)


def _copy(
    request: HttpRequest, of: Directive | OutgoingPaper, chosen: list[tuple[str, str]], *, own: bool
) -> HttpResponse:
    unit = of.series.unit if isinstance(of, OutgoingPaper) else of.home_unit
    if not numbering.may_number(unit.pk, asker(request), clock.now()):
        raise PermissionDenied
    today = clock.today()
    signs = signature_of(unit, today)
    usual = {
        "copied_on": today,
        "place": place_of(unit, today),
        "lines": "\n".join(signs.lines),
        "signer": "" if signs.name == NOBODY else signs.name,
    }
    form = CopyingForm(request.POST or None, initial=usual, parts=chosen, own=own)
    made: list[Copy] = []
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        asked = Asked(
            **given
            | {
                "form": CopyForm(given["form"]),
                "medium": Medium(given["medium"]),
                "lines": given["lines"].splitlines(),
                "parts": given.get("parts", []),
            }
        )

        def act() -> None:
            made.append(copying.make_copy(unit=unit, of=of, asked=asked, by=asker(request), now=clock.now()))

        if written(request, form, act, _("Đã cấp số bản sao. Hãy tải bản sao về trình ký.")):
            return redirect("office:copies")
    context = {"of": of, "directive": of if isinstance(of, Directive) else None, "form": form}
    return render(request, "office/copy.html", context, status=422 if form.is_bound else 200)


def _named(found: Directive, row: dict[str, Any]) -> str:
    """A section as the list of parts shows it: its first words, set in as deep as it stands."""
    words = " ".join(found.text[row["at"][0] : row["at"][1]].split("\n", 1)[0].split())
    return f"{'— ' * (row['depth'] - 1)}{words[:90]}{'…' if len(words) > 90 else ''}"


@require_safe
@opens_to(*NUMBERING, Role.LEADER)
def copy_file(request: HttpRequest, copy_id: int, kind: str) -> HttpResponse:
    """A copy as a Word file, or the same as PDF; none of a number that was cancelled."""
    found = Copy.objects.for_user(asker(request), clock.today()).filter(cancelled_at__isnull=True)
    found = found.select_related("series__unit", "directive__file", "paper__series__unit")
    row = get_object_or_404(found, pk=copy_id)
    if kind not in {"docx", "pdf"}:
        raise Http404
    try:
        original = originals.of_paper(row.paper) if row.paper else originals.of_directive(_directive(row))
        data = copy_papering.docx_of(row, original)
        if data is not None and kind == "pdf":
            data = typesetter().to_pdf(data)
    except (UnfitPaperError, NotSetError) as why:
        return _told(request, str(why))
    except RefusedError as why:
        return _told(request, why.fault.message)
    if data is None:
        told = {"mark": "; ".join(copy_papering.mark_of(row))}
        return _told(request, _("Văn bản không có tệp Word: khi ký số hãy ghi “%(mark)s” vào tệp gốc.") % told)
    journal.record(by=asker(request), action="copy.taken", subject=row, data={"kind": kind}, now=clock.now())
    return attached(data, f"{row.number:02d}-{row.form}-{row.series.year}.{kind}")


def _directive(row: Copy) -> Directive:
    assert row.directive is not None, "a copy is of one or the other"
    return row.directive


def _told(request: HttpRequest, why: str) -> HttpResponse:
    messages.error(request, why)
    return redirect("office:copies")


@require_POST
@opens_to(*NUMBERING)
def cancel_copy(request: HttpRequest, copy_id: int) -> HttpResponse:
    """Cancels the number of a copy given in error."""
    person = asker(request)
    row = get_object_or_404(Copy.objects.for_user(person, clock.today()).select_related("series"), pk=copy_id)
    if not numbering.may_number(row.series.unit_id, person, clock.now()):
        raise Http404
    reason = ReasonForm(request.POST)
    why = reason.cleaned_data["reason"] if reason.is_valid() else ""
    written(
        request,
        None,
        lambda: copying.cancel_copy(copy=row, reason=why, by=person, now=clock.now()),
        _("Đã hủy số. Dòng này vẫn ở trong sổ; số không cấp lại."),
    )
    return redirect("office:copies")


def _columns() -> list[Column]:
    """The columns of the book; the decree has no form for it, so they are those of the outgoing one, of a copy."""
    return [
        Column(_("Số, ký hiệu bản sao"), 18),
        Column(_("Ngày sao"), 12),
        Column(_("Hình thức sao"), 14),
        Column(_("Văn bản được sao"), 60),
        Column(_("Phần trích sao"), 20),
        Column(_("Người ký"), 24),
        Column(_("Nơi nhận"), 40),
        Column(_("Số lượng bản"), 10),
        Column(_("Ghi chú"), 30),
    ]


def _lines(rows: Any) -> Iterator[Sequence[Cell]]:
    for row in rows:
        form = f"{row.get_form_display()}, {row.get_medium_display().lower()}"
        cancelled = _("Đã hủy: %(why)s") % {"why": row.cancelled_for} if row.cancelled_at else ""
        of = copy_papering.of_what(row)
        where = "; ".join(row.recipients.splitlines())
        yield [row.code, row.copied_on, form, of, "; ".join(row.parts), row.signer, where, row.copies, cancelled]
