"""Which desks stand in a person's rail, by role; and the context of every page."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xulang.office import clock
from xulang.office.access import scope
from xulang.organisation.enums import ACTING_ROLES, DESK, DUTY_ROLES, FOLLOWING, Role
from xulang.organisation.models import REORGANISING, Person, PostHolding


@dataclass(frozen=True)
class Desk:
    """One word of the rail: the address it opens, those that belong to it, and whose it is."""

    label: Promise
    opens: str
    holds: tuple[str, ...]
    roles: frozenset[Role]


@dataclass(frozen=True)
class Item:
    """A desk in one person's rail."""

    label: Promise
    href: str
    current: bool


DESKS = (
    Desk(_("Hôm nay"), "home", (), frozenset({Role.LEAD_OFFICER})),
    Desk(_("Toàn cảnh"), "overview", (), frozenset({Role.LEADER})),
    Desk(_("Việc của đơn vị"), "desk", ("assignment", "withdraw_evidence", "withdraw_note"), DESK),
    Desk(
        pgettext_lazy("rail", "Văn bản"),
        "directives",
        ("receive", "directive", "record", "cascade", "distribution", "review", "joining"),
        DUTY_ROLES,
    ),
    Desk(_("Tìm kiếm"), "search", (), DUTY_ROLES),
    Desk(pgettext_lazy("rail", "Nhắc việc"), "notices", (), DUTY_ROLES),
    Desk(_("Chờ xác nhận"), "to_confirm", (), FOLLOWING | {Role.LEADER}),
    Desk(pgettext_lazy("rail", "Vướng mắc"), "obstacles", ("raise_obstacle",), ACTING_ROLES),
    Desk(pgettext_lazy("rail", "Bảng theo dõi"), "board", (), DUTY_ROLES),
    Desk(pgettext_lazy("rail", "Đề nghị"), "requests", (), FOLLOWING | {Role.LEADER}),
    Desk(_("Tình hình"), "figures", ("figure_rows", "task"), DUTY_ROLES),
    Desk(pgettext_lazy("rail", "Đơn vị"), "units", ("unit", "add_unit"), frozenset({Role.ADMINISTRATOR})),
    Desk(
        pgettext_lazy("rail", "Sắp xếp"),
        "reorganisations",
        ("draft_reorganisation", "reorganisation", "preview_reorganisation", "undo_reorganisation", "touched_rows"),
        REORGANISING,
    ),
    Desk(_("Người dùng"), "people", ("person", "add_person"), frozenset({Role.ADMINISTRATOR})),
    Desk(_("Nhật ký"), "journal", (), frozenset({Role.AUDITOR})),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the day, the rail and the person's posts."""
    today, held = clock.today(), scope(request)
    if held is None or not isinstance(request.user, Person):
        return {"today": today, "rail": [], "held_posts": []}
    here = request.resolver_match.url_name if request.resolver_match else None
    rail = [
        Item(desk.label, reverse(f"office:{desk.opens}"), here is not None and here in (desk.opens, *desk.holds))
        for desk in DESKS
        if held.holds(*desk.roles)
    ]
    posts = PostHolding.objects.on(today).filter(person=request.user).select_related("post__unit")
    return {
        "today": today,
        "rail": rail,
        "held_posts": [(row.post.title, row.post.unit.name_on(today)) for row in posts],
    }
