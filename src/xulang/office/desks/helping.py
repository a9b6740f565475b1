"""Help: the two-page guide, and the tour through the screens of the first programme."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from xulang.office import clock, guide, tour
from xulang.office.access import asker, scope
from xulang.office.models import TourStop


@require_safe
def guide_page(request: HttpRequest) -> HttpResponse:
    """The guide, which prints on two sheets."""
    return render(request, "office/guide.html", {"pages": guide.PAGES})


@require_safe
def tour_page(request: HttpRequest) -> HttpResponse:
    """The stops of one's own posts, those that one has been to marked."""
    held = scope(request)
    if held is None:
        return render(request, "office/no_post.html")
    visit = tour.Visit(asker(request), held, clock.today())
    been, way = tour.seen(visit.person), tour.stops(held)
    rows = [(stop, tour.address(stop, visit), stop.slug in been) for stop in way]
    onward = next((href for _stop, href, done in rows if href and not done), None)
    context = {"rows": rows, "onward": onward, "been": len(been & {stop.slug for stop in way})}
    return render(request, "office/tour.html", context)


@require_POST
def tour_step(request: HttpRequest, slug: str) -> HttpResponse:
    """One has been to a stop: on to the next that there is something to see at; after the last, back to the list."""
    held = scope(request)
    way = tour.stops(held) if held else []
    here = next((n for n, stop in enumerate(way) if stop.slug == slug), None)
    if held is None or (here is None and slug != tour.LATER):
        raise Http404
    visit = tour.Visit(asker(request), held, clock.today())
    TourStop.objects.get_or_create(person=visit.person, slug=slug, defaults={"at": clock.now()})
    if here is None:
        return redirect("office:home")
    onward = (tour.address(stop, visit) for stop in way[here + 1 :])
    return redirect(next((href for href in onward if href), "office:tour"))
