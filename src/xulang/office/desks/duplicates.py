"""The desk of double entries: units that may be one, and the merging drafted to be looked at."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xulang.office import clock
from xulang.office.access import asker
from xulang.office.desks.directory import administrators, asked_or_sent, written
from xulang.office.forms.directory import DuplicateForm
from xulang.office.typed import unit_named
from xulang.organisation.duplicates import differences, draft_merging, likely
from xulang.organisation.models import Reorganisation

SHOWN = 100  # pairs; once these are settled others follow


@asked_or_sent
@administrators
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs that may be one unit; by POST two are merged by a draft, whose preview is shown next."""
    person, today = asker(request), clock.today()
    form = DuplicateForm(request.POST or None)
    differ: dict[str, str] = {}
    called: list[str] = []
    if request.method == "POST" and form.is_valid():
        made: list[Reorganisation] = []

        def act() -> None:
            kept = unit_named(form.cleaned_data["kept"], person, today)
            gone = unit_named(form.cleaned_data["gone"], person, today)
            differ.update(differences(kept, gone))
            called.extend(unit.name_on(today) for unit in (gone, kept))
            confirmed = request.POST.getlist("confirmed")
            made.append(draft_merging(kept=kept, gone=gone, confirmed=confirmed, by=person, now=clock.now()))

        if written(request, form, act, _("Đã lập phương án gộp. Hãy xem những gì sẽ chuyển, rồi áp dụng.")):
            return redirect("office:preview_reorganisation", made[0].pk) if made else redirect("office:duplicates")
    pairs = likely(today)
    context = {
        "form": form,
        "differ": differ,
        "called": called,
        "pairs": pairs[:SHOWN],
        "more": max(len(pairs) - SHOWN, 0),
    }
    return render(request, "office/duplicates.html", context, status=422 if form.is_bound else 200)
