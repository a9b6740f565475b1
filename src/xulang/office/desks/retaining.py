"""What has been kept for as long as its kind is to be: a list, and erasing chosen ones with a reason."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from xulang.activities import services
from xulang.activities.enums import RECORDING, Kept
from xulang.activities.knowledge import retentions
from xulang.activities.services import Piece
from xulang.office import clock, exporting
from xulang.office.access import asker, opens_to
from xulang.office.forms.duties import ReasonForm
from xulang.office.once import written
from xulang.office.paging import Page, place_in
from xulang.plumbing.sheets import Cell, Column

A_PAGE = 60


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*RECORDING)
def retention(request: HttpRequest) -> HttpResponse:
    """The pieces that the asker may erase by now, by kind; the rules with sources; erasing those that are ticked."""
    person, today = asker(request), clock.today()
    word = request.GET.get("loai", "")
    kind = Kept(word) if word in Kept.values else None
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        keys, reason = request.POST.getlist("muc"), form.cleaned_data["reason"]

        def act() -> None:
            services.erase_kept(keys=keys, reason=reason, by=person, now=clock.now())

        if written(request, form, act, _("Đã xóa. Mã băm và số liệu vẫn giữ.")):
            return redirect(request.get_full_path())
    if exporting.asked_for(request):
        pieces = services.kept_long_enough(person, today, kind=kind, most=exporting.MOST)
        return exporting.listed(request, "het-thoi-han-giu", _columns(), lambda: map(_cells, pieces))
    after = place_in(request)
    found = services.kept_long_enough(person, today, kind=kind, after=after, most=A_PAGE + 1)
    page = Page.of(found, A_PAGE, after)
    context = {
        "page": page,
        "count": services.how_many_kept(person, today, kind=kind),
        "rows": [(piece, named(piece), _unit(piece)) for piece in page.rows],
        "rules": list(retentions(today).values()),
        "kind": kind,
        "form": form,
        "chosen": request.POST.getlist("muc"),
    }
    return render(request, "office/retention.html", context, status=422 if form.is_bound else 200)


def named(piece: Piece) -> str:
    """What a piece is called on the list."""
    if piece.evidence is not None:
        return piece.evidence.title or str(piece.evidence.file)
    if piece.shown is not None:
        return piece.shown.title or str(piece.shown.file)
    return str(piece.listed)


def _unit(piece: Piece) -> str:
    today = clock.today()
    if piece.evidence is not None:
        return piece.evidence.entry.assignment.unit.name_on(today)
    activity = piece.listed or (piece.shown.activity if piece.shown else None)
    return activity.unit.name_on(today) if activity else ""


def _columns() -> list[Column]:
    return [Column(_("Mục"), 60), Column(_("Loại"), 40), Column(_("Đơn vị"), 40), Column(_("Giữ từ ngày"), 14)]


def _cells(piece: Piece) -> list[Cell]:
    return [named(piece), str(piece.kind.label), _unit(piece), piece.since]
