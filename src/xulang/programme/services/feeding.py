"""Calendar feeds: made, asked for by their secret, revoked."""

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from xulang.organisation.enums import DESK
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person, Post, PostHolding
from xulang.plumbing import journal
from xulang.programme.enums import AWAITING, AssignmentState, Mode, ProgrammeState
from xulang.programme.models import CalendarFeed, ExpectedReport


@transaction.atomic
def make_feed(*, by: Person, now: dt.datetime, post: Post | None = None) -> str:
    """A calendar of all that the person's units owe, or of the unit of one of their posts; gives the address's secret.

    Raises NotPermitted for a post that is not theirs, or none that works on duties.
    """
    if not _posts(by, timezone.localdate(now), post).exists():
        raise NotPermitted
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(person=by, post=post, secret_sha256=_sha256(secret), made_at=now)
    data = {"post": post.pk} if post else {}
    journal.record(by=by, action="feed.made", subject=feed, data=data, now=now)
    return secret


@transaction.atomic
def revoke_feed(*, feed: CalendarFeed, by: Person, now: dt.datetime) -> None:
    """Its address opens nothing from now on. Raises NotPermitted for another's."""
    if feed.person_id != by.pk:
        raise NotPermitted
    if CalendarFeed.objects.filter(pk=feed.pk, revoked_at__isnull=True).update(revoked_at=now):
        journal.record(by=by, action="feed.revoked", subject=feed, now=now)


def fed(secret: str, today: dt.date) -> "QuerySet[ExpectedReport] | None":
    """What the calendar of that secret shows: the reports that are owed still. None for one that opens nothing.

    The posts are asked anew each time, so that it shows no more than its person may see that day.
    """
    feed = CalendarFeed.objects.filter(secret_sha256=_sha256(secret), revoked_at__isnull=True).first()
    if feed is None:
        return None
    posts = _posts(feed.person, today, feed.post)
    if not posts.exists():
        return None
    return (
        ExpectedReport.objects.filter(
            unit__in=posts.values("unit"),
            state__in=AWAITING,
            assignment__mode=Mode.ORDER,
            assignment__state=AssignmentState.OPEN,
            assignment__task__programme__state=ProgrammeState.ISSUED,
        )
        .select_related("assignment__task__programme__directive", "assignment__unit")
        .defer("assignment__task__programme__directive__text", "assignment__task__programme__directive__reading")
        .prefetch_related("assignment__unit__names")
        .order_by("due", "id")
    )


def _posts(person: Person, today: dt.date, post: Post | None) -> "QuerySet[Post]":
    held = PostHolding.objects.on(today).filter(person=person, person__is_active=True, post__role__in=DESK)
    posts = Post.objects.filter(pk__in=held.values("post"))
    return posts if post is None else posts.filter(pk=post.pk)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
