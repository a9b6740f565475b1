"""What the door itself remembers: attempts to log in, for as long as they count."""

from django.db import models


class Attempt(models.Model):
    """One attempt to prove who one is. The key is a digest of a user name or an address, never the thing itself."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"]), models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.at:%H:%M:%S}"


class Sent(models.Model):
    """A form that was sent and written: its one-time token, so that a second click writes nothing more."""

    token = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"])]

    def __str__(self) -> str:
        return self.token[:8]
