"""To which units a directive was given, to which persons it was passed on, and who has read it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.enums import DUTY_ROLES, FOLLOWING, Role
from xulang.organisation.models import Handover, Post, PostHolding, Unit
from xulang.organisation.scopes import Scope, ScopedQuerySet


def given_near(scope: Scope) -> models.Q:
    """What was given to the person's units and those beneath, and by name to the posts that the person holds."""
    posts = PostHolding.objects.on(scope.day).filter(person_id=scope.person_id).values("post_id")
    units = models.Q(post__isnull=True, unit_id__in=scope.reach(DUTY_ROLES))
    return units | models.Q(post_id__in=posts) if scope.holds(*DUTY_ROLES) else units


class DistributionQuerySet(ScopedQuerySet["Distribution"]):
    """Distributions: seen by the unit they went to, and by the lead officers and leaders of the home unit."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        homes = scope.homes([Role.LEAD_OFFICER]) | scope.reach([Role.LEADER])
        return given_near(scope) | models.Q(directive__home_unit_id__in=homes)


class Distribution(models.Model):
    """Gửi văn bản: a directive was given to a unit, and when somebody there read it first.

    `given_to` is the unit of that day; `unit` the one that holds its papers today, after reorganisations. With a
    `post` it was given to whoever holds that post, by name.
    """

    directive = models.ForeignKey("registry.Directive", models.PROTECT, related_name="distributions")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="distributions")
    given_to = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="distributions")
    given_on = models.DateField()
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = DistributionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "given_to"], condition=models.Q(post__isnull=True), name="distribution_once"
            ),
            models.UniqueConstraint(fields=["directive", "post"], name="distribution_once_to_a_post"),
        ]

    def __str__(self) -> str:
        return f"{self.directive_id} → {self.unit_id}"


class CirculationQuerySet(ScopedQuerySet["Circulation"]):
    """Circulations: one's own; those of the units that one heads or follows for; for its office a directive's all."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        homes = scope.homes([Role.LEAD_OFFICER]) | scope.reach([Role.LEADER])
        near = models.Q(unit_id__in=scope.reach(FOLLOWING | {Role.LEADER}))
        return models.Q(person_id=scope.person_id) | near | models.Q(directive__home_unit_id__in=homes)


class Circulation(models.Model):
    """Giao đọc: a directive was passed on to a person to be read, and when that person first saw it.

    `given_to` is the person's unit of that day; `unit` the one that answers for it today, after reorganisations. Seen
    is what the person opened while logged in, or heard at a session that tells of the directive: `seen_in` names it.
    With `by_presence` the row is there because the person was at that session, and nobody had passed it on before.
    """

    directive = models.ForeignKey("registry.Directive", models.PROTECT, related_name="circulations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="circulations")
    given_to = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    given_on = models.DateField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by_presence = models.BooleanField(default=False)
    seen_at = models.DateTimeField(null=True)
    seen_in = models.CharField(max_length=400, blank=True)

    objects = CirculationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["directive", "person"], name="circulated_once"),
            models.CheckConstraint(
                condition=models.Q(seen_in="") | models.Q(seen_at__isnull=False), name="circulation_seen_somewhen"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "directive"], name="circulation_of_person"),
            models.Index(fields=["given_on"], condition=models.Q(seen_at__isnull=True), name="circulation_not_seen"),
        ]
        ordering = ["id"]
        verbose_name = _("giao đọc")
        verbose_name_plural = _("giao đọc")

    def __str__(self) -> str:
        return f"{self.directive_id} → {self.person_id}"


class DistributionHandover(Handover):
    """A directive given to a unit went over with it."""

    row = models.ForeignKey(Distribution, models.PROTECT, related_name="handovers")


class CirculationHandover(Handover):
    """What was passed on to a person of a unit went over with the unit."""

    row = models.ForeignKey(Circulation, models.PROTECT, related_name="handovers")
