"""What each kind of activity has of its own: facts that can be counted are fields."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.activities.enums import (
    Channel,
    CommendationForm,
    Content,
    DecisionState,
    EventForm,
    Kind,
    PressForm,
)
from xulang.activities.errors import PartOverWhole
from xulang.activities.models.activity import Activity, _of_activity
from xulang.activities.rules import countries, needs_permission, over_whole
from xulang.organisation.models import Unit
from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.papers.numerals import padded

SYMBOL = "GCN"  # behind the number of a certificate


def _count(name: Any) -> models.PositiveIntegerField[int | None, int | None]:
    """A number that may not be known yet."""
    return models.PositiveIntegerField(name, null=True, blank=True)


class Detail(models.Model):
    """What one kind has beyond `Activity`, by the activity's own id. `PARTS`: a number, and what it is a part of."""

    PARTS: ClassVar[dict[str, str]] = {}

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)

    def clean(self) -> None:
        """A form tells at its place of a part that is greater than its whole."""
        if over := over_whole(vars(self), self.PARTS):
            raise ValidationError(dict.fromkeys(over, PartOverWhole.sentence))


def _activity(name: str) -> models.OneToOneField[Activity, Activity]:
    return models.OneToOneField(Activity, models.CASCADE, primary_key=True, related_name=name)


class Event(Detail):
    """Sự kiện, đoàn khách."""

    PARTS: ClassVar = {"foreigners": "people"}
    activity = _activity("event")
    form = models.CharField(_("hình thức"), max_length=14, choices=EventForm.choices, default=EventForm.EVENT)
    delegations = _count(_("số đoàn"))
    people = _count(_("số người dự"))
    foreigners = _count(_("trong đó người nước ngoài"))
    countries = models.CharField(
        _("các nước, vùng lãnh thổ"), max_length=300, blank=True, help_text=_("Cách nhau bằng dấu phẩy.")
    )
    international = models.BooleanField(_("có tham gia hoặc tài trợ của nước ngoài"), default=False)
    permission = models.CharField(_("số văn bản cho phép"), max_length=120, blank=True)
    permission_on = models.DateField(_("ngày văn bản cho phép"), null=True, blank=True)

    @property
    def country_names(self) -> list[str]:
        """Each country once."""
        return countries(self.countries)

    @property
    def lacks_permission(self) -> bool:
        """Whether it is an international conference without its permission."""
        foreign = self.international or bool(self.foreigners)
        return needs_permission(self.form, foreign, bool(self.permission.strip()))


class Training(Detail):
    """Tập huấn, bồi dưỡng."""

    PARTS: ClassVar = {"women": "attended"}
    activity = _activity("training")
    sessions = _count(_("số buổi"))
    trainers = models.CharField(_("giảng viên, báo cáo viên"), max_length=300, blank=True)
    trainer_count = _count(_("số giảng viên"))
    attended = _count(_("số học viên"))
    women = _count(_("trong đó nữ"))


class Publication(Detail):
    """Tin bài, ấn phẩm."""

    activity = _activity("publication")
    channel = models.CharField(_("kênh"), max_length=10, choices=Channel.choices, default=Channel.PORTAL)
    content = models.CharField(_("loại nội dung"), max_length=12, choices=Content.choices, default=Content.PROMOTION)
    items = _count(_("số tin, bài, sản phẩm"))
    reach = _count(_("lượt xem, số bản phát hành"))


class PressContact(Detail):
    """Làm việc với báo chí."""

    PARTS: ClassVar = {"foreign_outlets": "outlet_count"}
    activity = _activity("press")
    form = models.CharField(_("hình thức"), max_length=14, choices=PressForm.choices, default=PressForm.BRIEFING)
    outlets = models.CharField(_("cơ quan báo chí"), max_length=300, blank=True)
    outlet_count = _count(_("số cơ quan báo chí"))
    foreign_outlets = _count(_("trong đó báo chí nước ngoài"))
    journalists = _count(_("số phóng viên"))


class Dissemination(Detail):
    """Quán triệt, tuyên truyền."""

    activity = _activity("dissemination")
    sessions = _count(_("số buổi"))
    invited = _count(_("số người được mời"))
    attended = _count(_("số người dự"))
    online = models.BooleanField(_("trực tuyến"), default=False)


class Commendation(Detail):
    """Khen thưởng, cách làm hay: proposed by the unit from its evidence, decided by the leader.

    The four parts of a practice tell it so that others can copy it.
    """

    activity = _activity("commendation")
    form = models.CharField(
        _("hình thức"), max_length=14, choices=CommendationForm.choices, default=CommendationForm.GOOD_PRACTICE
    )
    whom = models.CharField(_("tập thể, cá nhân được đề xuất"), max_length=300, blank=True)
    situation = models.TextField(_("khó khăn ban đầu"), blank=True)
    steps = models.TextField(_("cách làm, từng bước"), blank=True)
    result = models.TextField(_("kết quả đo được"), blank=True)
    conditions = models.TextField(_("điều kiện để nơi khác làm theo"), blank=True)
    state = models.CharField(max_length=10, choices=DecisionState.choices, default=DecisionState.PROPOSED)
    decision = models.CharField(_("số, ký hiệu quyết định"), max_length=120, blank=True)
    decided_on = models.DateField(_("ngày quyết định"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=DecisionState.APPROVED)
                | (~models.Q(decision="") & models.Q(decided_on__isnull=False)),
                name="commendation_is_decided_by_a_paper",
            )
        ]


DETAILS: dict[str, type[Detail]] = {
    Kind.EVENT: Event,
    Kind.TRAINING: Training,
    Kind.PUBLICATION: Publication,
    Kind.PRESS: PressContact,
    Kind.DISSEMINATION: Dissemination,
    Kind.COMMENDATION: Commendation,
}


class AttendeeQuerySet(ScopedQuerySet["Attendee"]):
    """Attendees, seen with their activity."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return _of_activity(scope)


class Attendee(models.Model):
    """Người dự: who was at a training or a session. Personal data: outside every ledger, erased with its list.

    `person` is the user of the platform that it was; of others only the name is known.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="attendees")
    name = models.CharField(_("họ và tên"), max_length=120)
    body = models.CharField(_("đơn vị"), max_length=200, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = AttendeeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "person"], condition=models.Q(person__isnull=False), name="present_once"
            )
        ]
        ordering = ["id"]
        verbose_name = _("người dự")
        verbose_name_plural = _("người dự")

    def __str__(self) -> str:
        return self.name


class CertificateQuerySet(ScopedQuerySet["Certificate"]):
    """Certificates, seen with their activity."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return _of_activity(scope)


class Certificate(models.Model):
    """Giấy chứng nhận: who completed a course was given one, with the next number of the unit's book of that year.

    Whose it is lies with the attendee alone: when the list is erased the number stays, and bears no name.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="certificates")
    attendee = models.OneToOneField(Attendee, models.SET_NULL, null=True, related_name="certificate")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    issued_on = models.DateField()
    signer = models.CharField(max_length=120)
    lines = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "number"], name="certificate_number_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="certificate_from_one"),
        ]
        ordering = ["year", "number"]
        verbose_name = _("giấy chứng nhận")
        verbose_name_plural = _("giấy chứng nhận")

    def __str__(self) -> str:
        return f"{padded(self.number)}/{SYMBOL}"
