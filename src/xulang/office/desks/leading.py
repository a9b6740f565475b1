"""The leader's page: the figures, what waits for the leader, what is late. Five minutes on a phone."""

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xulang.budget import selectors as budget
from xulang.office import clock
from xulang.office.access import asker, opens_to
from xulang.office.desks import raised
from xulang.office.paging import head
from xulang.organisation.enums import Role
from xulang.programme import selectors
from xulang.programme.directions import ready_directions
from xulang.registry import selectors as registry

SHOWN = 5  # of what is late; all of it is behind the figure
NAMED = 3  # of what waits


@require_safe
@opens_to(Role.LEADER)
def overview(request: HttpRequest) -> HttpResponse:
    """Everything that a leader must know today, each number opening what is behind it."""
    person, today = asker(request), clock.today()
    papers, papers_count = head(registry.unread_directives(person, today), NAMED)
    unwound, unwound_count = head(selectors.unwound(person, today), NAMED)
    figures = selectors.figures_by_unit(person, today, on=today)
    laid = selectors.laid_before(person, today, most=NAMED)
    waiting, waiting_count = selectors.first_to_confirm(person, today, NAMED)
    late = selectors.late(person, today, most=SHOWN)
    late_units = selectors.late_units(person, today, figures, most=SHOWN)
    counts = {
        "obstacles_count": laid.obstacles_count,
        "extensions_count": laid.extensions_count,
        "waiting_count": waiting_count,
        "papers_count": papers_count,
        "estimates_count": budget.to_decide(person, today),
        "unwound_count": unwound_count,
    }
    units = [row.assignment.unit for row in laid.stuck + laid.extensions]
    units += [row.assignment.unit for row in waiting]
    units += [one.unit for row in late for one in row.worst] + [row.unit for row in late_units]
    prefetch_related_objects(units, "names")
    context = counts | {
        "obstacles": [(row, raised.waited(request, row)) for row in laid.obstacles(today)],
        "extensions": laid.extensions,
        "ready": ready_directions(),
        "waits": any(counts.values()),
        "figures": sum(figures.values(), selectors.Figures()),
        "waiting": waiting,
        "papers": papers,
        "unwound": unwound,
        "late": late,
        "late_units": late_units,
    }
    return render(request, "office/overview.html", context)
