"""To whom a directive goes: its recipients matched and settled, sent, and who has read it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xulang.office import clock, exporting, typed
from xulang.office.access import asker, holds, opens_to, scope
from xulang.office.desks.papers import seen
from xulang.office.units_of import asked_of, switch
from xulang.organisation.enums import DUTY_ROLES, Role, UnitsOf
from xulang.organisation.models import Post
from xulang.organisation.selectors import subtree
from xulang.plumbing.errors import Refused
from xulang.plumbing.sheets import Cell, Column
from xulang.registry import recipients, selectors
from xulang.registry.enums import RecipientKind
from xulang.registry.models import Directive, Distribution, Recipient


@dataclass(frozen=True)
class Line:
    """A line of Nơi nhận as the screen shows it."""

    row: Recipient
    names: list[str]


@dataclass(frozen=True)
class Receipt:
    """To whom it was given, since how many days, and who has read it."""

    row: Distribution
    name: str
    days: int


@require_safe
@opens_to(*DUTY_ROLES)
def distribution(request: HttpRequest, directive_id: int) -> HttpResponse:
    """The list of recipients and the receipts."""
    found, today, person = seen(request, directive_id), clock.today(), asker(request)
    if found.reading is None:
        raise Http404
    lines = [
        Line(row, [unit.name_on(today) for unit in row.units.all()])
        for row in selectors.recipients(person, today, found)
    ]
    units_of = asked_of(request)
    receipts = [
        Receipt(row, _named(row, units_of), (today - row.given_on).days)
        for row in selectors.given(person, today, found)
    ]
    if exporting.asked_for(request):
        return exporting.listed(request, "noi-nhan", _columns(), lambda: _exported(receipts))
    context = {
        "directive": found,
        "lines": lines,
        "doubtful": sum(not line.row.settled for line in lines),
        "receipts": receipts,
        "read": sum(one.row.read_at is not None for one in receipts),
        "acts": holds(request, Role.LEAD_OFFICER) and found.home_unit_id in _homes(request),
        "switch": switch(request),
        "posts": _posts(request, found),
    }
    return render(request, "office/distribution.html", context)


def _named(row: Distribution, units_of: UnitsOf) -> str:
    """The unit that it was given to on its day, or the one that holds its papers today."""
    return row.given_to.name_on(row.given_on) if units_of == UnitsOf.THE_DAY else row.unit.name_on(clock.today())


def _columns() -> list[Column]:
    return [
        Column(_("Nơi nhận"), 50),
        Column(_("Ngày gửi"), 14),
        Column(_("Ngày nhận"), 14),
        Column(_("Người nhận"), 34),
    ]


def _exported(receipts: list[Receipt]) -> Iterator[list[Cell]]:
    for one in receipts:
        whom = f"{one.row.post.title}, {one.name}" if one.row.post else one.name
        read = localdate(one.row.read_at) if one.row.read_at else ""
        yield [whom, one.row.given_on, read, one.row.read_by.full_name if one.row.read_by else ""]


def _homes(request: HttpRequest) -> frozenset[int]:
    held = scope(request)
    return held.homes([Role.LEAD_OFFICER]) if held else frozenset()


def _posts(request: HttpRequest, found: Directive) -> list[tuple[int, str]]:
    """The posts of the office and the units beneath it, each with its unit."""
    if not holds(request, Role.LEAD_OFFICER):
        return []
    today = clock.today()
    rows = Post.objects.filter(unit_id__in=subtree(found.home_unit_id, today), role__in=DUTY_ROLES)
    rows = rows.select_related("unit").prefetch_related("unit__names").order_by("unit_id", "id")
    return [(row.pk, f"{row.title}, {row.unit.name_on(today)}") for row in rows]


@require_POST
@opens_to(Role.LEAD_OFFICER)
def settle(request: HttpRequest, recipient_id: int) -> HttpResponse:
    """Say what a line of Nơi nhận means: as proposed, other units (a name a line), the archive, or outside."""
    person, today = asker(request), clock.today()
    line = Recipient.objects.for_user(person, today).filter(pk=recipient_id).first()
    if line is None:
        raise Http404
    try:
        kind = typed.chosen(RecipientKind, request.POST.get("kind"))
        names = [name for name in request.POST.get("units", "").splitlines() if name.strip()]
        units = [typed.unit_named(name, person, today) for name in names]
        recipients.settle(line=line, kind=kind, units=units, by=person, now=clock.now())
    except Refused as why:
        messages.error(request, str(why))
    return redirect("office:distribution", line.directive_id)


@require_POST
@opens_to(Role.LEAD_OFFICER)
def send(request: HttpRequest, directive_id: int) -> HttpResponse:
    """Send to all settled recipients, or (`unit`, `post`) give it to one more."""
    found, person = seen(request, directive_id), asker(request)
    try:
        if name := request.POST.get("unit", "").strip():
            unit = typed.unit_named(name, person, clock.today())
            made = recipients.distribute(directive=found, units=[unit], by=person, now=clock.now())
        elif request.POST.get("post"):
            wanted = typed.number(request.POST.get("post"))
            known = {number for number, _name in _posts(request, found)}
            posts = Post.objects.select_related("unit").filter(pk__in={wanted} & known)
            made = recipients.distribute(directive=found, posts=posts, by=person, now=clock.now())
        else:
            made = recipients.send(directive=found, by=person, now=clock.now())
    except Refused as why:
        messages.error(request, str(why))
    else:
        many = len(made)
        told = ngettext("Đã gửi đến %(n)d nơi nhận.", "Đã gửi đến %(n)d nơi nhận.", many) % {"n": many}
        messages.success(request, told if made else _("Mọi nơi nhận đã có văn bản."))
    return redirect("office:distribution", directive_id)
