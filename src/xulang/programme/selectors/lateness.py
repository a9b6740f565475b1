"""How late it is by the clock of a day, and how many reports stand how by it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import Any

from django.db.models import Aggregate, Count, F, Q, QuerySet, Sum

from xulang.programme.enums import AWAITING, Bucket, ReportState
from xulang.programme.models import Closing, Tally, Task
from xulang.programme.rules import bucket_of


class Clock:
    """How late it is on a day: for a programme that was closed by then, as late as when it was closed."""

    def __init__(self, on: dt.date) -> None:
        self.on, self.stopped = on, Closing.objects.stopped(on)

    def until(self, programme: int) -> dt.date:
        """The day to which the clock ran."""
        return self.stopped.get(programme, self.on)

    def past(self, within: Callable[[Collection[int]], Q]) -> Q:
        """The due days that are behind it; `within` says which rows are of some programmes."""
        if not self.stopped:
            return Q(due__lt=self.on)
        closed: dict[dt.date, list[int]] = defaultdict(list)
        for programme, day in self.stopped.items():
            closed[day].append(programme)
        past = Q(due__lt=self.on) & ~within(self.stopped)
        for day, programmes in closed.items():
            past |= Q(due__lt=day) & within(programmes)
        return past

    def standing(self, bucket: Bucket | None = None, *, waiting: bool = False) -> Q:
        """The expected reports that count in a figure by how they stand today; see `rules.bucket_of`."""
        states = [state for state in ReportState if bucket_of(state, late=False) is not None]
        if waiting:
            states = [ReportState.REPORTED]
        if bucket is None:
            return Q(state__in=states)
        past = self.past(of_programmes)
        told = {
            True: Q(reported_on__gt=F("due")) | (Q(reported_on__isnull=True) & past),
            False: Q(reported_on__lte=F("due")) | (Q(reported_on__isnull=True) & ~past),
        }
        found = Q()
        for late, lateness in told.items():
            theirs = [state for state in states if bucket_of(state, late=late) == bucket]
            found |= Q(state__in=sorted(theirs)) & lateness if theirs else Q()
        return found


def of_programmes(programmes: Collection[int]) -> Q:
    """Expected reports by tasks of some programmes: asked of the column `task`, without a join."""
    return Q(task_id__in=Task.objects.filter(programme__in=list(programmes)).order_by().values("pk"))


def by_lateness(rows: "QuerySet[Any]", clock: Clock, *keys: str) -> Iterator[dict[str, Any]]:
    """How many reports stand how by the columns `keys`, the late ones apart; `rows` are reports, or their counts.

    Both are counted in one group: grouped by lateness itself, a database could not follow its index.
    """
    number: Callable[..., Aggregate]
    if rows.model is Tally:
        number, behind, past = partial(Sum, "n"), Q(late=True), clock.past(_counts_of)
    else:
        number, behind, past = partial(Count, "pk"), Q(reported_on__gt=F("due")), clock.past(of_programmes)
    behind |= Q(state__in=sorted(AWAITING)) & past
    told = rows.order_by().values(*keys, "state").annotate(all=number(), late=number(filter=behind))
    for row in told:
        late = row.pop("late") or 0
        in_time = row.pop("all") - late
        yield from (row | {"behind": its, "rows": n} for its, n in ((True, late), (False, in_time)) if n)


def _counts_of(programmes: Collection[int]) -> Q:
    return Q(programme__in=list(programmes))
