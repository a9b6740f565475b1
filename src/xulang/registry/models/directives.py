"""A directive as it came in and as it was read: its passages, citations, effects, recipients and pages."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.enums import Role
from xulang.organisation.models import Handover, Unit
from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.plumbing.models import StoredFile
from xulang.registry.enums import Direction, DirectiveState, EffectKind, RecipientKind, Relation
from xulang.registry.models.circulation import Circulation, Distribution, given_near


def directives_seen(scope: Scope) -> models.Q:
    """A directive is seen by lead officers and leaders of the office that received it, where and whom it was given."""
    given = Distribution.objects.filter(given_near(scope)).values("directive_id")
    passed_on = Circulation.objects.filter(person_id=scope.person_id).order_by().values("directive_id")
    homes = scope.homes([Role.LEAD_OFFICER]) | scope.reach([Role.LEADER])
    return models.Q(home_unit_id__in=homes) | models.Q(pk__in=given) | models.Q(pk__in=passed_on)


class DirectiveQuerySet(ScopedQuerySet["Directive"]):
    """Directives: see `directives_seen`."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return directives_seen(scope)


class Directive(models.Model):
    """Văn bản chỉ đạo: a paper that orders things, as it came in and as it was read.

    One refused as secret has no file, text, reading or name: only that something with this hash came. `received_for` is
    the office that it came to; `home_unit` the one whose it is today, after reorganisations.
    """

    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="directive")
    sha256 = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    reading = models.JSONField(null=True)
    number = models.CharField(max_length=40, blank=True)
    symbol = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=120, blank=True)
    type = models.CharField(max_length=20, blank=True)
    issued_on = models.CharField(max_length=10, blank=True)
    issued_date = models.DateField(null=True)
    issuer = models.CharField(max_length=300, blank=True)
    title = models.TextField(blank=True)
    received_for = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    home_unit = models.ForeignKey(Unit, models.PROTECT, related_name="directives")
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=DirectiveState.choices)
    direction = models.CharField(max_length=10, choices=Direction.choices, default=Direction.INCOMING)
    direction_sure = models.BooleanField(default=False)
    direction_confirmed_at = models.DateTimeField(null=True)
    direction_confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["received_for", "sha256"], name="directive_once_in_an_office"),
            models.CheckConstraint(
                condition=models.Q(state=DirectiveState.RECEIVED, file__isnull=False, reading__isnull=False)
                | models.Q(
                    state=DirectiveState.REFUSED_SECRET,
                    file__isnull=True,
                    reading__isnull=True,
                    text="",
                    title="",
                    code="",
                    issuer="",
                ),
                name="directive_secret_has_no_content",
            ),
        ]
        indexes = [
            models.Index(fields=["code"], name="directive_code"),
            models.Index(fields=["home_unit", "direction"], name="directive_register"),
        ]
        ordering = ["-received_at", "-id"]
        verbose_name = _("văn bản chỉ đạo")
        verbose_name_plural = _("văn bản chỉ đạo")

    def __str__(self) -> str:
        return self.code or self.title[:80] or f"#{self.pk}"

    @property
    def findings(self) -> dict[str, Any]:
        """The reading (`xulang.reading/1`) of a directive that was received; one refused has none."""
        assert self.reading is not None, "a refused directive was never read"
        return dict(self.reading)


class PartQuerySet(ScopedQuerySet["Passage"]):
    """Passages, seen with their directive."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(directive__in=Directive.objects.filter(directives_seen(scope)))


class Passage(models.Model):
    """Đoạn: a place in a directive's text, counted in code points."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="passages")
    section = models.CharField(max_length=120, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="passage_not_empty"),
            models.UniqueConstraint(fields=["directive", "start", "end"], name="passage_once"),
        ]
        ordering = ["start"]

    def __str__(self) -> str:
        return f"{self.directive_id}[{self.start}:{self.end}]"

    @property
    def text(self) -> str:
        """The very words; select the directive along with passages."""
        return self.directive.text[self.start : self.end]


class CitationQuerySet(ScopedQuerySet["Citation"]):
    """Citations, seen with the directive that makes them."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(directive__in=Directive.objects.filter(directives_seen(scope)))


class Citation(models.Model):
    """Viện dẫn: another document that a directive speaks of; linked where the office holds that too."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="citations")
    code = models.CharField(max_length=120)
    type = models.CharField(max_length=20, blank=True)
    date = models.CharField(max_length=10, blank=True)
    issuer = models.CharField(max_length=300, blank=True)
    relation = models.CharField(max_length=12, choices=Relation.choices)
    places = models.JSONField(default=list)
    cited = models.ForeignKey(Directive, models.PROTECT, null=True, related_name="cited_by")

    objects = CitationQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["code"], name="citation_code")]

    def __str__(self) -> str:
        return self.code


class EffectQuerySet(ScopedQuerySet["Effect"]):
    """Effects, seen with their directive."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(directive__in=Directive.objects.filter(directives_seen(scope)))


class Effect(models.Model):
    """Hiệu lực: a person's note that a directive was amended, replaced or has lapsed, since a day, by a source.

    What only citations say stays with the citations until a person records it here.
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="effects")
    kind = models.CharField(max_length=10, choices=EffectKind.choices)
    since = models.DateField()
    by_code = models.CharField(max_length=120, blank=True)
    by_directive = models.ForeignKey(Directive, models.PROTECT, null=True, related_name="effects_made")
    source = models.CharField(max_length=500)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = EffectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(source=""), name="effect_has_source"),
            models.CheckConstraint(
                condition=models.Q(kind=EffectKind.EXPIRED) | ~models.Q(by_code=""), name="effect_says_by_what"
            ),
        ]
        ordering = ["since", "id"]

    def __str__(self) -> str:
        return f"{self.directive_id} {self.kind} {self.since}"


class RecipientQuerySet(ScopedQuerySet["Recipient"]):
    """Lines of Nơi nhận, seen with their directive."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(directive__in=Directive.objects.filter(directives_seen(scope)))


class Recipient(models.Model):
    """Nơi nhận: a line of a directive's recipients, and which units of the register it means.

    A line that was not matched surely goes to nobody before a person settles it. The units are those of the day.
    """

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="recipients")
    position = models.PositiveIntegerField()
    words = models.CharField(max_length=500)
    kind = models.CharField(max_length=10, choices=RecipientKind.choices)
    units = models.ManyToManyField(Unit, related_name="+")
    sure = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = RecipientQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["directive", "position"], name="recipient_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.words

    @property
    def settled(self) -> bool:
        """Whether it is known what the line means."""
        return self.sure or self.settled_at is not None


class FacsimileQuerySet(ScopedQuerySet["Facsimile"]):
    """Facsimiles, seen with their directive."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(directive__in=Directive.objects.filter(directives_seen(scope)))


class Facsimile(models.Model):
    """Bản chụp: the pages of a directive as they look, and where on them its words stand (`registry.ports.Pages`).

    `file` is the PDF made from a Word file; null where the pages are those of the directive's own file.
    """

    directive = models.OneToOneField(Directive, models.PROTECT, related_name="facsimile")
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="facsimile")
    leaves = models.JSONField()
    words = models.JSONField()
    made_at = models.DateTimeField()

    objects = FacsimileQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.directive_id}: {len(self.leaves)}"


class DirectiveHandover(Handover):
    """A directive went over to another office with its unit."""

    row = models.ForeignKey(Directive, models.PROTECT, related_name="handovers")
