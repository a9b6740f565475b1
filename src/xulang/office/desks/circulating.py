"""Giao đọc: a directive passed on to persons, who of them has seen it, and reminding those who have not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from xulang.activities import selectors as activities
from xulang.activities.enums import RECORDING
from xulang.office import clock, exporting
from xulang.office.access import asker, holds, opens_to, scope, units_of
from xulang.office.desks.papers import seen
from xulang.office.once import written
from xulang.office.typed import ids
from xulang.office.units_of import asked_of, switch
from xulang.organisation.enums import ACTING_ROLES, DUTY_ROLES, Role, UnitsOf
from xulang.organisation.models import Person, PostHolding, Unit, UnitParent
from xulang.organisation.scopes import beneath
from xulang.plumbing.sheets import Cell, Column
from xulang.programme import services
from xulang.registry import circulating, selectors
from xulang.registry.models import Circulation, Directive

A_PAGE = 100
NAMED = 400  # people of a unit that are offered by name
UNSEEN = "chua"  # the word of the address: only those who have not seen it


@dataclass(frozen=True)
class UnitLine:
    """How many of a unit were given it, and how many have seen it."""

    name: str
    given: int
    seen: int

    @property
    def left(self) -> int:
        """Who has not seen it."""
        return self.given - self.seen


@dataclass(frozen=True)
class Choice:
    """A unit whose people can be given it at once, and how many these are."""

    unit: Unit
    name: str
    people: int


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DUTY_ROLES)
def circulation(request: HttpRequest, directive_id: int) -> HttpResponse:
    """Who was given the directive to read, who has seen it and how; giving it to more."""
    found, person, today = seen(request, directive_id), asker(request), clock.today()
    if found.reading is None:
        raise Http404
    allowed = circulating.may_circulate(found, person, today)
    if request.method == "POST":
        if not allowed:
            raise PermissionDenied
        if _given(request, found, allowed):
            return redirect("office:circulation", directive_id)
    held, reading = asked_of(request), selectors.circulated(person, today, found)
    asked = request.GET.get("loc") == UNSEEN
    rows = reading.filter(seen_at__isnull=True) if asked else reading
    if exporting.asked_for(request):
        return exporting.listed(request, "giao-doc", _columns(), lambda: _exported(rows, held))
    units = _units(Circulation.objects.for_user(person, today).filter(directive=found), held)
    choices = _choices(request, found, allowed)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "directive": found,
        "units": units,
        "given": sum(one.given for one in units),
        "seen": sum(one.seen for one in units),
        "page": page,
        "rows": [(row, _named(row, held)) for row in page],
        "unseen_only": asked,
        "switch": switch(request),
        "sessions": activities.sessions_of(person, today, directive_id),
        "records": holds(request, *RECORDING),
        "gives": bool(allowed),
        "choices": [one for one in choices if one.people],
        "empty": sum(not one.people for one in choices),
        "people": _people(request, found),
    }
    return render(request, "office/circulation.html", context, status=422 if request.method == "POST" else 200)


def _given(request: HttpRequest, found: Directive, allowed: frozenset[int]) -> bool:
    """Give it to whom the form names: whole units, or only those who head them; and persons."""
    person, today = asker(request), clock.today()
    roles = [Role.HEAD] if request.POST.get("ai") == "thu-truong" else DUTY_ROLES
    units = allowed.intersection(ids(request.POST.getlist("unit")))
    if request.POST.get("het"):
        units = frozenset(one.unit.pk for one in _choices(request, found, allowed))
    chosen = circulating.people_in(units, today, roles) if units else []
    # Of those named the service takes the people of the units that the asker leads.
    chosen += Person.objects.filter(pk__in=ids(request.POST.getlist("person")))

    def act() -> None:
        circulating.circulate(directive=found, people=chosen, by=person, now=clock.now())

    return written(request, None, act, _("Đã giao đọc. Ai xem văn bản sẽ được ghi nhận; ai chưa xem được nhắc."))


def _units(rows: "QuerySet[Circulation]", held: UnitsOf) -> list[UnitLine]:
    """The rows counted by unit, where most are waited for first."""
    column = "given_to" if held == UnitsOf.THE_DAY else "unit"
    counted = (
        rows.order_by()
        .values_list(column)
        .annotate(given=Count("pk"), seen=Count("pk", filter=Q(seen_at__isnull=False)))
    )
    names = {
        unit.pk: unit for unit in Unit.objects.filter(pk__in=[row[0] for row in counted]).prefetch_related("names")
    }
    lines = [UnitLine(names[unit].name_on(clock.today()), given, was) for unit, given, was in counted]
    return sorted(lines, key=lambda line: (-line.left, line.name))


def _named(row: Circulation, held: UnitsOf) -> str:
    """The person's unit of that day, or the one that answers for it today."""
    return row.given_to.name_on(row.given_on) if held == UnitsOf.THE_DAY else row.unit.name_on(clock.today())


def _choices(request: HttpRequest, found: Directive, allowed: frozenset[int]) -> list[Choice]:
    """For who follows a whole office: the units that have the paper, each with its people."""
    held, today = scope(request), clock.today()
    if held is None or not (
        found.home_unit_id in held.homes([Role.LEAD_OFFICER]) or found.home_unit_id in held.reach([Role.LEADER])
    ):
        return []
    have = selectors.given(asker(request), today, found).filter(post__isnull=True).values_list("unit_id", flat=True)
    units = Unit.objects.filter(pk__in=set(have) & allowed).prefetch_related("names")
    there: dict[int, set[int]] = defaultdict(set)
    posts = PostHolding.objects.on(today).filter(post__role__in=DUTY_ROLES, person__is_active=True)
    for unit, person in posts.values_list("post__unit_id", "person_id"):
        there[unit].add(person)
    parents = dict(UnitParent.objects.on(today).values_list("unit_id", "parent_id"))
    lines = [
        Choice(unit, unit.name_on(today), len(set[int]().union(*(there[one] for one in beneath([unit.pk], parents)))))
        for unit in units
    ]
    return sorted(lines, key=lambda line: line.name)


def _people(request: HttpRequest, found: Directive) -> list[tuple[Person, str]]:
    """For who heads a unit or follows for it: its people who were not given it yet, each with the post's title."""
    today = clock.today()
    mine = units_of(request, [Role.HEAD, Role.LEAD_OFFICER])
    if not mine:
        return []
    had = set(found.circulations.values_list("person_id", flat=True)) | {asker(request).pk}
    people = [one for one in circulating.people_in(mine, today) if one.pk not in had][:NAMED]
    posts = PostHolding.objects.on(today).filter(person__in=people, post__role__in=DUTY_ROLES).order_by("-pk")
    titles = dict(posts.values_list("person_id", "post__title"))
    return [(one, titles.get(one.pk, "")) for one in people]


def _columns() -> list[Column]:
    return [
        Column(_("Người được giao đọc"), 30),
        Column(_("Đơn vị"), 44),
        Column(_("Ngày giao"), 14),
        Column(_("Người giao"), 28),
        Column(_("Đã xem"), 18),
        Column(_("Xem bằng cách"), 44),
    ]


def _exported(rows: Iterable[Circulation], held: UnitsOf) -> Iterator[list[Cell]]:
    for row in rows:
        was: Cell = ""
        if row.seen_at:
            was = localdate(row.seen_at) if row.seen_in else f"{localtime(row.seen_at):%d/%m/%Y %H:%M}"
        how = row.seen_in or (_("mở văn bản khi đã đăng nhập") if row.seen_at else "")
        yield [row.person.full_name, _named(row, held), row.given_on, row.given_by.full_name, was, how]


@require_POST
@opens_to(*ACTING_ROLES)
def urge_readers(request: HttpRequest, directive_id: int) -> HttpResponse:
    """Remind those who have not seen it, once a person and day."""
    found = seen(request, directive_id)

    def act() -> None:
        services.urge_readers(directive=found, by=asker(request), now=clock.now())

    written(request, None, act, _("Đã nhắc người chưa xem: hiện ngay ở “Nhắc việc”, và trong thư nhắc kế tiếp."))
    return redirect("office:circulation", directive_id)
