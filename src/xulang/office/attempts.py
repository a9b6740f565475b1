"""How often one may try a password: counted in the database, so that all processes count together.

Guarantee: of attempts under one key at most its limit are let through within `WINDOW`, however many arrive at once; an
attempt that was turned away does not count, so the wait always ends.
"""

import hashlib
from datetime import datetime, timedelta
from math import ceil
from typing import Self

from xulang.office.models import Attempt

WINDOW = timedelta(minutes=15)
# TCVN 14423:2026 asks for a limit and names no number. An office shares one address, so its limit is wider.
PER_NAME = 8
PER_ADDRESS = 60


class Trial:
    """One attempt, counted before the password is looked at. `forgive` it when the password was right.

    Where `wait_minutes` is not 0 it was turned away: the password is not to be looked at, nor the attempt counted.
    """

    def __init__(self, counted: list[Attempt], wait_minutes: int = 0) -> None:
        self.counted = counted
        self.wait_minutes = wait_minutes

    @classmethod
    def begin(cls, *, name: str, address: str, now: datetime) -> Self:
        """Count an attempt for `name` from `address`, unless one of them has had its share."""
        Attempt.objects.filter(at__lt=now - WINDOW).delete()
        counted = []
        for key, limit in ((f"name:{name.strip().casefold()}", PER_NAME), (f"address:{address}", PER_ADDRESS)):
            digest = hashlib.sha256(key.encode()).hexdigest()
            # Written first, counted after: two that arrive together see each other.
            counted.append(Attempt.objects.create(key=digest, at=now))
            standing = Attempt.objects.filter(key=digest, at__lte=now).order_by("at")
            if standing.count() > limit:
                oldest = standing.first()
                cls(counted).forgive()
                wait = (oldest.at if oldest else now) + WINDOW - now
                return cls([], wait_minutes=max(1, ceil(wait.total_seconds() / 60)))
        return cls(counted)

    def forgive(self) -> None:
        """Take the attempt out of the count."""
        Attempt.objects.filter(pk__in=[attempt.pk for attempt in self.counted]).delete()
