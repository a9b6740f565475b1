"""The desk of people who stand in the directory twice: told apart, or made one after looking at what it touches."""

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xulang.office import clock, typed
from xulang.office.access import asker
from xulang.office.desks.directory import administrators, asked_or_sent
from xulang.office.forms.directory import TwiceForm
from xulang.office.once import written
from xulang.organisation import people_twice
from xulang.organisation.models import DistinctPeople, Person, PersonMerging, PostHolding
from xulang.plumbing.errors import Refused

SHOWN = 100  # pairs; once these are settled others follow


class NobodyCalledSo(Refused):
    """No account bears the user name."""

    sentence = _("Không có tài khoản nào tên là “%(name)s”. Tên đăng nhập ghi ở trang “Người dùng”.")


@asked_or_sent
@administrators
def twice(request: HttpRequest) -> HttpResponse:
    """Pairs that may be one person; with `kept` and `gone` in the address what making them one touches.

    Each act is a form that posts here with its name in `viec`.
    """
    if request.method == "POST":
        verb, said = ACTS.get(request.POST.get("viec", ""), (None, ""))
        if verb is None:
            raise Http404
        written(request, None, partial(verb, request), str(said))
        return redirect("office:people_twice")
    person, today = asker(request), clock.today()
    form = TwiceForm(request.GET if "kept" in request.GET else None)
    touched = pair = None
    if form.is_bound and form.is_valid():
        try:
            pair = _named(request, form.cleaned_data["kept"]), _named(request, form.cleaned_data["gone"])
            touched = people_twice.preview(kept=pair[0], gone=pair[1], by=person, now=clock.now())
        except Refused as why:
            form.add_error(None, str(why))
    pairs = people_twice.likely(today)
    context = {
        "form": form,
        "pair": pair,
        "touched": touched,
        "goes": [(row, row.post.unit.name_on(today)) for row in touched.goes] if touched else [],
        "pairs": [(one, _posts(one.one), _posts(one.other)) for one in pairs[:SHOWN]],
        "more": max(len(pairs) - SHOWN, 0),
        "apart": DistinctPeople.objects.for_user(person, today).select_related("one", "other"),
        "mergings": PersonMerging.objects.for_user(person, today).select_related("kept", "gone")[:SHOWN],
    }
    return render(request, "office/people_twice.html", context, status=422 if form.errors else 200)


def _named(request: HttpRequest, username: str) -> Person:
    found: Person | None = (
        Person.objects.for_user(asker(request), clock.today()).filter(username=username.strip()).first()
    )
    if found is None:
        raise NobodyCalledSo(name=username)
    return found


def _posts(person: Person) -> str:
    today = clock.today()
    rows = PostHolding.objects.on(today).filter(person=person).select_related("post__unit").order_by("id")
    return "; ".join(f"{row.post.title}, {row.post.unit.name_on(today)}" for row in rows)


def _merge(request: HttpRequest) -> None:
    kept, gone = (_named(request, request.POST.get(side, "")) for side in ("kept", "gone"))
    people_twice.merge(kept=kept, gone=gone, by=asker(request), now=clock.now())


def _tell_apart(request: HttpRequest) -> None:
    one, other = (_named(request, request.POST.get(side, "")) for side in ("kept", "gone"))
    people_twice.tell_apart(one=one, other=other, by=asker(request), now=clock.now())


def _untell(request: HttpRequest) -> None:
    rows = DistinctPeople.objects.for_user(asker(request), clock.today())
    row = get_object_or_404(rows, pk=typed.number(request.POST.get("cap")))
    people_twice.untell(row=row, by=asker(request), now=clock.now())


def _undo(request: HttpRequest) -> None:
    rows = PersonMerging.objects.for_user(asker(request), clock.today())
    row = get_object_or_404(rows, pk=typed.number(request.POST.get("lan")))
    people_twice.undo(merging=row, by=asker(request), now=clock.now())


ACTS: dict[str, tuple[Callable[[HttpRequest], None], Promise]] = {
    "gop": (_merge, _("Đã gộp hai tài khoản thành một.")),
    "khac": (_tell_apart, _("Đã ghi là hai người khác nhau; cặp này không được đề xuất nữa.")),
    "bo-khac": (_untell, _("Cặp này lại được đề xuất.")),
    "hoan-tac": (_undo, _("Đã hoàn tác: chức vụ trở về tài khoản cũ từ hôm nay.")),
}
