"""Due days in a calendar of one's own: addresses made, shown once and revoked; and what calendar programmes fetch."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xulang.office import clock
from xulang.office.access import asker, opens_to
from xulang.office.calendar_file import calendar_file
from xulang.organisation.enums import DESK
from xulang.organisation.models import Post, PostHolding
from xulang.plumbing.errors import Refused
from xulang.programme import services
from xulang.programme.models import CalendarFeed


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*DESK)
def feeds(request: HttpRequest) -> HttpResponse:
    """One's feeds; a POST makes one, whose address is shown on that page and never again."""
    person, today, address = asker(request), clock.today(), ""
    held = PostHolding.objects.on(today).filter(person=person, post__role__in=DESK)
    posts = list(Post.objects.filter(pk__in=held.values("post")).select_related("unit").prefetch_related("unit__names"))
    if request.method == "POST":
        chosen = next((one for one in posts if str(one.pk) == request.POST.get("post")), None)
        try:
            secret = services.make_feed(by=person, post=chosen, now=clock.now())
        except Refused as why:
            messages.error(request, str(why))
        else:
            address = request.build_absolute_uri(reverse("office:feed", args=[secret]))
    context = {
        "address": address,
        "posts": posts,
        "feeds": CalendarFeed.objects.for_user(person, today)
        .filter(revoked_at__isnull=True)
        .select_related("post__unit"),
    }
    return render(request, "office/feeds.html", context)


@require_POST
@opens_to(*DESK)
def revoke_feed(request: HttpRequest, feed_id: int) -> HttpResponse:
    """An address opens nothing any more."""
    feed = get_object_or_404(CalendarFeed.objects.for_user(asker(request), clock.today()), pk=feed_id)
    services.revoke_feed(feed=feed, by=asker(request), now=clock.now())
    messages.success(request, _("Đã thu hồi địa chỉ lịch."))
    return redirect("office:feeds")


@login_not_required
@require_safe
def feed(_request: HttpRequest, secret: str) -> HttpResponse:
    """What a calendar programme fetches, which cannot log in: its address is the secret."""
    rows = services.fed(secret, clock.today())
    if rows is None:
        raise Http404
    answer = HttpResponse(
        calendar_file(rows, now=clock.now(), today=clock.today()), content_type="text/calendar; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = 'inline; filename="han-bao-cao.ics"'
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
