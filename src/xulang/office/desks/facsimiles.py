"""Pictures of a directive's pages, for whoever may see the directive."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from xulang.office import clock
from xulang.office.access import asker, opens_to
from xulang.organisation.enums import DUTY_ROLES
from xulang.registry import facsimiles
from xulang.registry.errors import NoPages
from xulang.registry.models import Facsimile

WIDTH = 1100  # pixels: sharp in a pane of half a screen, about 150 kB a page


@require_safe
@opens_to(*DUTY_ROLES)
def page(request: HttpRequest, directive_id: int, leaf: int) -> HttpResponse:
    """One page as a WebP picture."""
    seen = Facsimile.objects.for_user(asker(request), clock.today()).select_related("directive__file", "file")
    found = seen.filter(directive_id=directive_id).first()
    if found is None or not 1 <= leaf <= len(found.leaves):
        raise Http404
    try:
        return HttpResponse(facsimiles.page_picture(found, leaf, WIDTH), content_type="image/webp")
    except NoPages as why:
        raise Http404 from why
