"""Notices of the clock: who was told of which duty on which step, or of what else; and the digests by mail."""

from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.models import Person, Unit
from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.plumbing.models import Letter
from xulang.programme.models.ledger import Entry, ExpectedReport
from xulang.registry.models import Circulation

_M = TypeVar("_M", bound=models.Model)


class OwnRowsQuerySet(ScopedQuerySet[_M]):
    """One's own."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(person_id=scope.person_id)


class Digest(models.Model):
    """Thư nhắc việc: what the clock has to tell a person on a day, in one letter."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    day = models.DateField()
    letter = models.ForeignKey(Letter, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="digest_once")]
        verbose_name = _("thư nhắc việc")
        verbose_name_plural = _("thư nhắc việc")

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"


class Notice(models.Model):
    """Nhắc việc: a person was told of a duty, on a step of the ladder and the day of that step, once.

    `unit` is whose duty it was that day, a fact that stays. `stands_in` tells that nobody stood on the step's own rung.
    With `about` it tells of that entry of the ledger (an extension asked for, granted, refused), once a person.
    """

    expected = models.ForeignKey(ExpectedReport, models.PROTECT, related_name="notices")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    step = models.CharField(max_length=20)
    day = models.DateField()
    due = models.DateField()
    about = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="notices")
    stands_in = models.BooleanField(default=False)
    told_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    digest = models.ForeignKey(Digest, models.PROTECT, null=True, related_name="notices")

    objects = OwnRowsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "expected", "step", "day"],
                condition=models.Q(about__isnull=True),
                name="notice_once",
            ),
            models.UniqueConstraint(
                fields=["person", "about"], condition=models.Q(about__isnull=False), name="notice_about_once"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-day"], name="notice_of_person"),
            models.Index(fields=["person"], condition=models.Q(digest__isnull=True), name="notice_not_mailed"),
        ]
        ordering = ["-day", "due", "id"]
        verbose_name = _("nhắc việc")
        verbose_name_plural = _("nhắc việc")

    def __str__(self) -> str:
        return f"{self.person_id} {self.expected_id} {self.step} {self.day}"


class OwnNotice(models.Model):
    """What any notice has that is no duty's: whom it told, for which day, and which letter carried it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    day = models.DateField()
    told_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    digest = models.ForeignKey(Digest, models.PROTECT, null=True, related_name="+")

    objects = OwnRowsQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-day", "id"]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"


class ReadingNotice(OwnNotice):
    """Nhắc đọc: a person was told that a directive waits to be read by them, once a day."""

    circulation = models.ForeignKey(Circulation, models.CASCADE, related_name="notices")

    class Meta(OwnNotice.Meta):
        constraints = [models.UniqueConstraint(fields=["circulation", "day"], name="reading_notice_once")]
        verbose_name = _("nhắc đọc")
        verbose_name_plural = _("nhắc đọc")


class RaisedNotice(OwnNotice):
    """Nhắc vướng mắc, chỉ đạo: a person was told of a line of the ledger that asks something of them, once a day.

    `about` is the line by which an obstacle came to them (raised, laid before the leader, answered), a leader's
    direction, or the return of a report.
    """

    about = models.ForeignKey(Entry, models.PROTECT, related_name="raised_notices")

    class Meta(OwnNotice.Meta):
        constraints = [models.UniqueConstraint(fields=["person", "about", "day"], name="raised_notice_once")]
        verbose_name = _("nhắc vướng mắc, chỉ đạo")
        verbose_name_plural = _("nhắc vướng mắc, chỉ đạo")
