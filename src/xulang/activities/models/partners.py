"""Partners of a place: bodies, people in their public role, twin places, and what was agreed with them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.activities.enums import AgreementTerm, PartnerKind
from xulang.activities.models.activity import Activity
from xulang.organisation.enums import DUTY_ROLES
from xulang.organisation.models import Handover, Unit
from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.programme.models import OwnNotice


class PartnerQuerySet(ScopedQuerySet["Partner"]):
    """Partners are seen by the duty roles of the office whose they are."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(home_unit_id__in=scope.homes(DUTY_ROLES))

    def standing(self) -> "PartnerQuerySet":
        """Without those that go on as another."""
        return self.filter(merged_into__isnull=True)


def _of_partner(scope: Scope) -> models.Q:
    return models.Q(partner__home_unit_id__in=scope.homes(DUTY_ROLES))


class Partner(models.Model):
    """Đối tác: a body outside, or a twin place, with which the office works; never a private person.

    `home_unit` is the office whose partner it is; `met_by` the office that first put it on record. One that stood twice
    goes on as `merged_into`, and is listed no more.
    """

    home_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    met_by = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(_("loại"), max_length=10, choices=PartnerKind.choices)
    name = models.CharField(_("tên"), max_length=300)
    country = models.CharField(_("nước, vùng lãnh thổ"), max_length=100, blank=True)
    note = models.TextField(_("ghi chú"), blank=True)
    activities = models.ManyToManyField(Activity, related_name="partners", blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        verbose_name = _("đối tác")
        verbose_name_plural = _("đối tác")

    def __str__(self) -> str:
        return self.name


class PartnerName(models.Model):
    """Another name of a partner, as papers or the partner itself write it."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="names")
    name = models.CharField(max_length=300)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class ContactQuerySet(ScopedQuerySet["Contact"]):
    """Contacts, seen with their partner."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return _of_partner(scope)


class Contact(models.Model):
    """Đầu mối liên hệ: who speaks for a partner, in the public role alone. Can be erased."""

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="contacts")
    name = models.CharField(_("họ và tên"), max_length=120)
    role = models.CharField(_("chức vụ công khai"), max_length=200)
    reached = models.CharField(_("địa chỉ công vụ"), max_length=200, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("đầu mối liên hệ")
        verbose_name_plural = _("đầu mối liên hệ")

    def __str__(self) -> str:
        return self.name


class AgreementQuerySet(ScopedQuerySet["Agreement"]):
    """Agreements, seen with their partner."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return _of_partner(scope)


class Agreement(models.Model):
    """Thỏa thuận: what was agreed with a partner, and until when; what is to be followed up, and by when.

    `followed_up_on` is when that was done; `settled_on` when it was renewed or ended: nobody is reminded any more.
    """

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="agreements")
    title = models.CharField(_("tên thỏa thuận"), max_length=300)
    signed_on = models.DateField(_("ngày ký"))
    expires_on = models.DateField(_("hết hạn ngày"), null=True, blank=True)
    follow_up = models.TextField(_("việc phải theo tiếp"), blank=True)
    follow_up_by = models.DateField(_("theo xong trước ngày"), null=True, blank=True)
    followed_up_on = models.DateField(null=True)
    settled_on = models.DateField(null=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_on__isnull=True) | models.Q(expires_on__gte=models.F("signed_on")),
                name="agreement_in_order",
            )
        ]
        ordering = ["expires_on", "id"]
        verbose_name = _("thỏa thuận")
        verbose_name_plural = _("thỏa thuận")

    def __str__(self) -> str:
        return self.title


class MergingQuerySet(ScopedQuerySet["PartnerMerging"]):
    """Mergings, seen with the partner that goes on."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(kept__home_unit_id__in=scope.homes(DUTY_ROLES))


class PartnerMerging(models.Model):
    """Gộp đối tác: one that stood twice was made one; `moved` has the ids of what went over, for the undoing."""

    kept = models.ForeignKey(Partner, models.PROTECT, related_name="mergings")
    gone = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    moved = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = MergingQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("gộp đối tác")
        verbose_name_plural = _("gộp đối tác")

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"


class DistinctQuerySet(ScopedQuerySet["DistinctPartners"]):
    """Seen with the first of the two."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(one__home_unit_id__in=scope.homes(DUTY_ROLES))


class DistinctPartners(models.Model):
    """Hai đối tác khác nhau: two that look alike were said to be two; `one` is the older."""

    one = models.ForeignKey(Partner, models.PROTECT, related_name="+")
    other = models.ForeignKey(Partner, models.PROTECT, related_name="+")

    objects = DistinctQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="distinct_partners_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.one_id} ≠ {self.other_id}"


class PartnerHandover(Handover):
    """Bàn giao đối tác: a reorganisation gave a partner to another office."""

    row = models.ForeignKey(Partner, models.PROTECT, related_name="handovers")


class AgreementNotice(OwnNotice):
    """Nhắc thỏa thuận: a person was told of a day of an agreement, on a step of its reminders, once."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="notices")
    term = models.CharField(max_length=10, choices=AgreementTerm.choices)

    class Meta(OwnNotice.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person", "agreement", "term", "day"], name="agreement_notice_once")
        ]
        verbose_name = _("nhắc thỏa thuận")
        verbose_name_plural = _("nhắc thỏa thuận")
