"""The administrator's desk: units in time, people, posts and who holds them."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xulang.office import clock, exporting, links, logins
from xulang.office.access import asker, opens_to
from xulang.office.forms.directory import (
    AliasForm,
    AppointForm,
    EndForm,
    ParentForm,
    PersonForm,
    PostForm,
    UnitForm,
    UnitNameForm,
)
from xulang.office.forms.reorganising import AsOfForm
from xulang.office.named import post_named, posts_like
from xulang.office.once import SentBefore, once, written
from xulang.office.paging import WORD, Page
from xulang.office.typed import unit_named
from xulang.organisation import accounts, kinds, selectors, services
from xulang.organisation.enums import DIRECTORY_ROLES, Capacity, Role
from xulang.organisation.finding import find_units, matches
from xulang.organisation.models import Person, Post, PostHolding, Unit
from xulang.plumbing.sheets import Column

A_PAGE = 200  # rows of a list; an office of forty units is seen whole

administrators = opens_to(Role.ADMINISTRATOR)
asked_or_sent = require_http_methods(["GET", "HEAD", "POST"])


def tree(rows: list[selectors.UnitRow]) -> list[tuple[selectors.UnitRow, int]]:
    """Units with their depth, each under its parent."""
    known = {row.id for row in rows}
    beneath: dict[int | None, list[selectors.UnitRow]] = {}
    for row in rows:
        beneath.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)

    def walk(parent: int | None, depth: int) -> list[tuple[selectors.UnitRow, int]]:
        return [line for row in beneath.get(parent, []) for line in ((row, depth), *walk(row.id, depth + 1))]

    return walk(None, 0)


@require_safe
@administrators
def units(request: HttpRequest) -> HttpResponse:
    """The directory as of a day, today's unless another is asked for; or what is found in it."""
    names, form = (
        kinds.all_kinds(),
        AsOfForm(request.GET if "ngay" in request.GET else None, initial={"ngay": clock.today()}),
    )
    day = (form.cleaned_data["ngay"] if form.is_valid() else None) or clock.today()
    typed = request.GET.get("tim", "").strip()
    standing = selectors.units_on(day)
    rows: list[tuple[Any, int, str, str]] = (
        [(one, 0, names[one.kind].name, one.above) for one in find_units(typed, day, limit=A_PAGE)]
        if typed
        else [(row, depth, names[row.kind].name, "") for row, depth in tree(standing)]
    )
    if exporting.asked_for(request):
        columns = [Column(_("Tên"), 60), Column(_("Tên ngắn"), 30), Column(_("Loại"), 30)]
        return exporting.listed(
            request, "don-vi", columns, lambda: ([row.name, row.short_name, kind] for row, _depth, kind, _above in rows)
        )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form, "day": day, "typed": typed, "standing": len(standing)}
    return render(request, "office/units.html", context)


@require_safe
@opens_to(*DIRECTORY_ROLES)
def unit_hints(request: HttpRequest) -> HttpResponse:
    """What a field that asks for a unit offers while somebody types; each by words that mean no other."""
    found = find_units(request.GET.get("tim", ""), clock.today())
    often = Counter(one.name for one in found)
    rows = [(f"{one.name} / {one.above}" if often[one.name] > 1 else one.name, one) for one in found]
    return render(request, "office/parts/unit_hints.html", {"rows": rows})


@asked_or_sent
@administrators
def add_unit(request: HttpRequest) -> HttpResponse:
    """A new unit."""
    today = clock.today()
    form = UnitForm(request.POST or None, initial={"valid_from": today})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> None:
            parent = unit_named(given["parent"], asker(request), today) if given["parent"] else None
            services.create_unit(
                kind=given["kind"],
                name=given["name"],
                short_name=given["short_name"],
                english=given["english"],
                parent=parent,
                begins=given["valid_from"],
                by=asker(request),
                now=clock.now(),
            )

        if written(request, form, act, _("Đã thêm đơn vị.")):
            return redirect("office:units")
    return render(request, "office/add_unit.html", {"form": form}, status=422 if form.is_bound else 200)


def _unit(request: HttpRequest, unit_id: int) -> Unit:
    return get_object_or_404(Unit.objects.for_user(asker(request), clock.today()), pk=unit_id)


# What can be done with a unit: the name of its form on the page → the form and the verb.
def _rename(unit: Unit, given: dict[str, Any], by: Person) -> None:
    services.rename_unit(
        unit=unit,
        name=given["name"],
        short_name=given["short_name"],
        english=given["english"],
        on=given["valid_from"],
        by=by,
        now=clock.now(),
    )


def _move(unit: Unit, given: dict[str, Any], by: Person) -> None:
    parent = unit_named(given["parent"], by, clock.today())
    services.set_parent(unit=unit, parent=parent, on=given["valid_from"], by=by, now=clock.now())


def _name_also(unit: Unit, given: dict[str, Any], by: Person) -> None:
    services.add_alias(unit=unit, alias=given["alias"], by=by, now=clock.now())


def _end(unit: Unit, given: dict[str, Any], by: Person) -> None:
    services.end_unit(unit=unit, on=given["ends"], by=by, now=clock.now())


def _open_post(unit: Unit, given: dict[str, Any], by: Person) -> None:
    services.create_post(unit=unit, title=given["title"], role=Role(given["role"]), by=by, now=clock.now())


UNIT_ACTS: dict[str, Callable[[Unit, dict[str, Any], Person], None]] = {
    "rename": _rename,
    "move": _move,
    "alias": _name_also,
    "end": _end,
    "post": _open_post,
}


@asked_or_sent
@administrators
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """A unit's names, place, posts; and the acts upon it."""
    found, today = _unit(request, unit_id), clock.today()
    act = request.POST.get("act", "")

    def sent(name: str) -> Any:
        return request.POST if act == name else None

    acts: dict[str, forms.Form] = {
        "rename": UnitNameForm(sent("rename"), prefix="rename", initial={"valid_from": today}),
        "move": ParentForm(sent("move"), prefix="move", initial={"valid_from": today}),
        "alias": AliasForm(sent("alias"), prefix="alias"),
        "end": EndForm(sent("end"), prefix="end"),
        "post": PostForm(sent("post"), prefix="post"),
    }
    if request.method == "POST":
        form = acts.get(act)
        if (
            form is not None
            and form.is_valid()
            and written(
                request, form, lambda: UNIT_ACTS[act](found, form.cleaned_data, asker(request)), _("Đã ghi thay đổi.")
            )
        ):
            return redirect("office:unit", found.pk)
    there = Q(ends__isnull=True) | Q(ends__gt=today)
    posts = Post.objects.for_user(asker(request), today).filter(there, unit=found).prefetch_related("holdings__person")
    context = {
        "unit": found,
        "name": found.name_on(today),
        "kind": kinds.all_kinds()[found.kind].name,
        "names": found.names.order_by("-valid_from"),
        "parents": [(row, row.parent.name_on(row.valid_from)) for row in found.parents.order_by("-valid_from")],
        "from_units": [
            (row, row.from_unit.name_on(row.on - timedelta(days=1)))
            for row in found.predecessors.select_related("from_unit", "act")
        ],
        "to_units": [(row, row.to_unit.name_on(row.on)) for row in found.successors.select_related("to_unit", "act")],
        "aliases": found.aliases.order_by("alias"),
        "posts": posts.order_by("id"),
        "acts": acts,
        "act": act,
    }
    return render(request, "office/unit.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@administrators
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, by given name; or those whose name or post says what is sought."""
    typed = request.GET.get("tim", "").strip()
    rows = [
        row
        for row in selectors.people(asker(request), clock.today())
        if matches(typed, [row.full_name, row.username, *row.posts])
    ]
    if exporting.asked_for(request):
        columns = [Column(_("Họ và tên"), 34), Column(_("Tên đăng nhập"), 24), Column(_("Chức vụ"), 70)]
        return exporting.listed(
            request,
            "nguoi-dung",
            columns,
            lambda: ([row.full_name, row.username, "; ".join(row.posts)] for row in rows),
        )
    page = _people_behind(rows, request.GET.get(WORD, ""))
    persons = Person.objects.for_user(asker(request), clock.today()).in_bulk([row.id for row in page.rows])
    shown = [(persons[row.id], row.posts) for row in page.rows]
    return render(request, "office/people.html", {"page": page, "shown": shown, "typed": typed, "count": len(rows)})


def _people_behind(rows: list[selectors.Listed], last: str) -> Page[selectors.Listed]:
    """The page that begins behind the person who stood last on the one before; the first, where nobody is so numbered.

    The list is sorted as names are in Vietnamese, which no database does: so the place is the person, not a value.
    """
    at = next((n for n, row in enumerate(rows, 1) if str(row.id) == last), 0)
    shown = rows[at : at + A_PAGE]
    return Page(shown, str(shown[-1].id) if at + A_PAGE < len(rows) else "", after=at > 0)


@asked_or_sent
@administrators
def add_person(request: HttpRequest) -> HttpResponse:
    """A new account; its holder is mailed a link to choose a password, or gets it from the administrator's hands."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made: list[tuple[Person, str | None]] = []

        def act() -> None:
            by, now = asker(request), clock.now()
            new = services.create_person(**form.cleaned_data, password=None, by=by, now=now)
            made.append((new, links.give(request, new, by=by, now=now, invites=True)))

        if written(request, form, act, _("Đã mở tài khoản.")):
            if not made:
                return redirect("office:people")
            return _given(request, *made[0])
    return render(request, "office/add_person.html", {"form": form}, status=422 if form.is_bound else 200)


def _given(request: HttpRequest, person: Person, address: str | None) -> HttpResponse:
    """Where no mail went, the answer bears the link: not redirected to and not stored, so it cannot be opened again."""
    if address is None:
        messages.success(request, _("Đã gửi liên kết đến %(email)s.") % {"email": person.email})
        return redirect("office:person", person.pk)
    return render(request, "office/link_once.html", {"person": person, "address": address})


def _open_posts(request: HttpRequest) -> "QuerySet[Post]":
    today = clock.today()
    rows = Post.objects.for_user(asker(request), today).on(today).select_related("unit")
    return rows.prefetch_related("unit__names").order_by("unit_id", "id")


@require_safe
@opens_to(Role.ADMINISTRATOR, Role.LEAD_OFFICER)
def post_hints(request: HttpRequest) -> HttpResponse:
    """What a field that asks for a post offers while somebody types: of those that the asker may see."""
    found = posts_like(request.GET.get("tim", ""), _open_posts(request), clock.today())
    return render(request, "office/parts/unit_hints.html", {"rows": [(one.name, one) for one in found]})


@asked_or_sent
@administrators
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    """A person's posts; appoint to a post."""
    today = clock.today()
    found = get_object_or_404(Person.objects.for_user(asker(request), today), pk=person_id)
    form = AppointForm(request.POST or None, initial={"valid_from": today})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> None:
            post = post_named(given["post"], _open_posts(request), today)
            services.appoint(
                post=post,
                person=found,
                on=given["valid_from"],
                until=given["until"],
                capacity=Capacity(given["capacity"]),
                basis=given["basis"],
                by=asker(request),
                now=clock.now(),
            )

        if written(request, form, act, _("Đã giao chức vụ.")):
            return redirect("office:person", found.pk)
    rows = PostHolding.objects.for_user(asker(request), today).filter(person=found).exclude(valid_to=F("valid_from"))
    rows = rows.select_related("post__unit", "delegated_by__person")
    context = {
        "person": found,
        "holdings": [(row, row.post.unit.name_on(today)) for row in rows.order_by("-valid_from", "-id")],
        "form": form,
    }
    return render(request, "office/person.html", context, status=422 if form.is_bound else 200)


@require_POST
@administrators
def end_holding(request: HttpRequest, holding_id: int) -> HttpResponse:
    """A person holds a post no more, from a day on."""
    rows = PostHolding.objects.for_user(asker(request), clock.today()).filter(valid_to__isnull=True)
    found = get_object_or_404(rows, pk=holding_id)
    form = EndForm(request.POST)
    if form.is_valid():
        written(
            request,
            None,
            lambda: services.end_appointment(
                holding=found, on=form.cleaned_data["ends"], by=asker(request), now=clock.now()
            ),
            _("Đã kết thúc chức vụ."),
        )
    else:
        messages.error(request, " ".join(str(error) for error in form.errors["ends"]))
    return redirect("office:person", found.person_id)


@require_POST
@administrators
def reset_password(request: HttpRequest, person_id: int) -> HttpResponse:
    """A link for somebody to choose a new password; until then the old one holds."""
    found = get_object_or_404(Person.objects.for_user(asker(request), clock.today()), pk=person_id)
    try:
        with once(request):
            address = links.give(request, found, by=asker(request), now=clock.now())
    except SentBefore:
        messages.info(request, _("Liên kết đã hiện một lần. Cần liên kết khác thì đặt lại lần nữa."))
        return redirect("office:person", found.pk)
    return _given(request, found, address)


@require_POST
@administrators
def close_account(request: HttpRequest, person_id: int) -> HttpResponse:
    """The person can no longer log in."""
    found = get_object_or_404(Person.objects.for_user(asker(request), clock.today()), pk=person_id)
    written(
        request,
        None,
        lambda: services.close_account(person=found, by=asker(request), now=clock.now()),
        _("Đã khóa tài khoản."),
    )
    return redirect("office:person", found.pk)


@require_POST
@administrators
def reopen_account(request: HttpRequest, person_id: int) -> HttpResponse:
    """The person can log in again."""
    found = get_object_or_404(Person.objects.for_user(asker(request), clock.today()), pk=person_id)
    written(
        request,
        None,
        lambda: accounts.reopen(person=found, by=asker(request), now=clock.now()),
        _("Đã mở lại tài khoản."),
    )
    return redirect("office:person", found.pk)


@require_POST
@administrators
def end_sessions(request: HttpRequest, person_id: int) -> HttpResponse:
    """All log-ins of a person end: a lost phone, a forgotten desk."""
    found = get_object_or_404(Person.objects.for_user(asker(request), clock.today()), pk=person_id)
    written(
        request,
        None,
        lambda: logins.end(person=found, by=asker(request), now=clock.now()),
        _("Đã đóng mọi phiên đăng nhập của người này."),
    )
    return redirect("office:person", found.pk)
