"""What the door itself remembers: log-ins, attempts, sent forms, who was or is where, and views that people saved."""

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from xulang.office.sessions import SessionStore
from xulang.programme.models import Programme, Task


class Session(AbstractBaseSession):
    """A log-in that lasts, *phiên đăng nhập*: whose it is, from which browser, since when."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions")
    agent = models.CharField(max_length=200, blank=True)
    began = models.DateTimeField(null=True)

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        """Whose rows these are."""
        return SessionStore


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


class Presence(models.Model):
    """A person has a review open: when the page was last heard of, and what the person last did on it."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    acted_at = models.DateTimeField(null=True)
    task = models.ForeignKey(Task, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "person"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.programme_id}"


class TourStop(models.Model):
    """A screen of the tour that a person has been to, *tham quan*."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "slug"], name="tour_stop_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.slug}"


class SavedView(models.Model):
    """Góc nhìn đã lưu: filters of the board that a person named, as the end of an address."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="saved_view_once")]
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name
