"""Which desks stand in a person's rail, by role, and on which the day begins; the context of every page."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xulang.budget.enums import BUDGET_ROLES
from xulang.office import clock, guide, tour
from xulang.office.access import scope
from xulang.organisation.enums import ACTING_ROLES, DESK, DUTY_ROLES, FOLLOWING, Role
from xulang.organisation.models import REORGANISING, Person, PostHolding
from xulang.organisation.scopes import Scope


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
    Desk(_("Việc của đơn vị"), "desk", ("assignment", "withdraw_evidence", "withdraw_note", "feeds"), DESK),
    Desk(
        pgettext_lazy("rail", "Hoạt động"),
        "activities",
        (
            *("record_activity", "activity", "correct_activity", "give_activity", "attendance", "withdraw_activity"),
            *("withdraw_activity_evidence", "partners", "partner", "activity_partners", "partners_twice"),
            *("correct_partner", "correct_agreement"),
            *("retention", "certificates"),
        ),
        DUTY_ROLES,
    ),
    Desk(
        pgettext_lazy("rail", "Văn bản"),
        "directives",
        (
            *(
                "receive",
                "directive",
                "outgoing",
                "copies",
                "copy_directive",
                "copy_paper",
                "incoming",
                "correct_arrival",
                "record",
                "cascade",
                "distribution",
                "circulation",
            ),
            *("review", "joining"),
            *("drafts", "start_draft", "draft", "draft_item", "draft_preview", "draft_check", "cascade_check"),
        ),
        DUTY_ROLES,
    ),
    Desk(_("Tìm kiếm"), "search", (), DUTY_ROLES),
    Desk(pgettext_lazy("rail", "Nhắc việc"), "notices", (), DUTY_ROLES),
    Desk(_("Chờ xác nhận"), "to_confirm", (), FOLLOWING | {Role.LEADER}),
    Desk(pgettext_lazy("rail", "Vướng mắc"), "obstacles", ("raise_obstacle",), ACTING_ROLES),
    Desk(pgettext_lazy("rail", "Bảng theo dõi"), "board", (), DUTY_ROLES),
    Desk(pgettext_lazy("rail", "Đề nghị"), "requests", (), FOLLOWING | {Role.LEADER}),
    Desk(
        pgettext_lazy("rail", "Kỳ báo cáo"),
        "rounds",
        (
            *("open_round", "round", "round_figure", "round_sentence", "edit_heading", "targets"),
            *("consolidation", "issue_consolidation"),
            *("unit_report", "unit_figure"),
        ),
        DUTY_ROLES,
    ),
    Desk(
        pgettext_lazy("rail", "Dự toán"),
        "estimates",
        (
            *("draw_up", "estimate", "add_estimate_line", "estimate_line", "estimate_sheet", "appraise", "spending"),
            "issue_note",
            *("budget_figures", "norms"),
        ),
        BUDGET_ROLES,
    ),
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

# Where those begin who have one desk; in this order where somebody holds several posts.
STARTS = (
    (Role.LEAD_OFFICER, "home"),
    (Role.LEADER, "overview"),
    *((role, "desk") for role in sorted(DESK)),
    *((role, "figures") for role in sorted(DUTY_ROLES - DESK - {Role.LEADER})),
    (Role.ADMINISTRATOR, "units"),
    (Role.AUDITOR, "journal"),
)


def start(held: Scope) -> str:
    """The desk (the name of its address) on which the day begins."""
    return next(desk for role, desk in STARTS if held.holds(role))


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the day, the rail and the person's posts."""
    today, held = clock.today(), scope(request)
    if held is None or not isinstance(request.user, Person):
        return {"today": today, "rail": [], "held_posts": [], "help_at": guide.place(None)}
    here = request.resolver_match.url_name if request.resolver_match else None
    rail = [
        Item(desk.label, reverse(f"office:{desk.opens}"), here is not None and here in (desk.opens, *desk.holds))
        for desk in DESKS
        if held.holds(*desk.roles)
    ]
    visit = tour.Visit(request.user, held, today)
    posts = PostHolding.objects.on(today).filter(person=request.user).select_related("post__unit")
    return {
        "today": today,
        "rail": rail,
        "help_at": guide.place(here),
        "tour": tour.beside(visit, request.GET.get(tour.PARAMETER), begins=here == start(held)),
        "held_posts": [(row.post.title, row.post.unit.name_on(today)) for row in posts],
    }
