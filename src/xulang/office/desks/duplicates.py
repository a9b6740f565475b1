"""The desk of double entries: units that may be one, told apart or merged by a draft to be looked at."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from xulang.office import clock
from xulang.office.access import asker
from xulang.office.desks.directory import administrators, asked_or_sent
from xulang.office.forms.directory import DuplicateForm
from xulang.office.once import written
from xulang.office.typed import number, unit_named
from xulang.organisation.duplicates import differences, draft_merging, likely, tell_apart, untell
from xulang.organisation.models import DistinctUnits, Reorganisation

SHOWN = 100  # pairs; once these are settled others follow


@asked_or_sent
@administrators
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs that may be one unit; by POST two are merged by a draft, whose preview is shown next."""
    person, today = asker(request), clock.today()
    if request.POST.get("viec") in APART:
        return _apart(request)
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
        "apart": [
            (row, row.one.name_on(today), row.other.name_on(today))
            for row in DistinctUnits.objects.for_user(person, today).select_related("one", "other")
        ],
    }
    return render(request, "office/duplicates.html", context, status=422 if form.is_bound else 200)


APART = ("khac", "bo-khac")  # the words of the form: told apart, and no longer


def _apart(request: HttpRequest) -> HttpResponse:
    """Two units are said to be two, or that is taken back."""
    person, today, now = asker(request), clock.today(), clock.now()

    def act() -> None:
        if request.POST["viec"] == "khac":
            one, other = (unit_named(request.POST.get(side, ""), person, today) for side in ("kept", "gone"))
            tell_apart(one=one, other=other, by=person, now=now)
        else:
            rows = DistinctUnits.objects.for_user(person, today)
            untell(row=get_object_or_404(rows, pk=number(request.POST.get("cap"))), by=person, now=now)

    done = _("Đã ghi là hai đơn vị khác nhau; cặp này không được đề xuất nữa.")
    written(request, None, act, done if request.POST["viec"] == "khac" else _("Cặp này lại được đề xuất."))
    return redirect("office:duplicates")
