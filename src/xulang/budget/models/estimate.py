"""An estimate: what a unit asks for a year's tasks, its versions and lines, what the finance office says of each."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.activities.models import Activity
from xulang.budget.enums import APPRAISING, BUDGET_ROLES, EstimateState, Source, Verdict
from xulang.organisation.enums import DUTY_ROLES
from xulang.organisation.models import Handover, Unit
from xulang.organisation.scopes import Scope, ScopedQuerySet
from xulang.programme.models import Assignment, Programme
from xulang.programme.models.ledger import assignments_seen, programmes_seen


def estimates_seen(scope: Scope) -> models.Q:
    """Own units' and those beneath; once sent, those of the office whose money one appraises, follows up or decides."""
    appraised = models.Q(programme__directive__home_unit_id__in=scope.homes(APPRAISING))
    sent = (appraised | models.Q(programme__in=programmes_seen(scope))) & models.Q(sent_on__isnull=False)
    return models.Q(unit_id__in=scope.reach(BUDGET_ROLES)) | sent


class EstimateQuerySet(ScopedQuerySet["Estimate"]):
    """Estimates: see `estimates_seen`."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return estimates_seen(scope)


class Estimate(models.Model):
    """Dự toán: the money that a unit asks for tasks of a programme in a year, and what became of it.

    `drawn_by` is the unit that drew it up and stays; `unit` answers for it today and follows reorganisations while the
    money is asked for or there to be spent. `approved_on`: when the plan of the activities was approved, by which norms
    are chosen; `adjusted_by`: the paper that adjusts an older plan to newer norms. `state` and `sent_on` (of the first
    version) are projections of the ledger.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="estimates")
    year = models.PositiveSmallIntegerField(_("năm"))
    title = models.CharField(_("tên dự toán"), max_length=300)
    drawn_by = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    approved_on = models.DateField(_("ngày kế hoạch được phê duyệt"))
    adjusted_by = models.CharField(_("văn bản điều chỉnh theo định mức mới"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=EstimateState.choices, default=EstimateState.DRAFT)
    sent_on = models.DateField(null=True)

    objects = EstimateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=EstimateState.DRAFT, sent_on__isnull=True)
                | ~models.Q(state=EstimateState.DRAFT) & models.Q(sent_on__isnull=False),
                name="estimate_sent_has_day",
            )
        ]
        indexes = [
            models.Index(fields=["unit", "state"], name="estimate_of_unit"),
            models.Index(fields=["state", "programme"], name="estimate_by_state"),
        ]
        ordering = ["-year", "-id"]
        verbose_name = _("dự toán")
        verbose_name_plural = _("dự toán")

    def __str__(self) -> str:
        return self.title

    @property
    def current(self) -> "Version":
        """The version that stands: the last one."""
        found = self.versions.order_by("-number").first()
        assert found is not None, "an estimate is made with its first version"
        return found


def _of_estimate(scope: Scope, path: str) -> models.Q:
    """What hangs on an estimate is seen with it."""
    seen = Estimate.objects.filter(estimates_seen(scope)).order_by().values("pk")
    return models.Q(**{f"{path}__in": seen})


class VersionQuerySet(ScopedQuerySet["Version"]):
    """Versions, seen with their estimate."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return _of_estimate(scope, "estimate")


class Version(models.Model):
    """Lần lập: what was sent at one time. A returned estimate goes on as the next one; the old one stays readable."""

    estimate = models.ForeignKey(Estimate, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estimate", "number"], name="version_numbered_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.estimate_id} #{self.number}"


class EstimateLineQuerySet(ScopedQuerySet["EstimateLine"]):
    """Lines, seen with their estimate."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return _of_estimate(scope, "version__estimate")

    def standing(self, estimates: "models.QuerySet[Estimate]") -> "EstimateLineQuerySet":
        """The lines that stand: of each of the estimates those of its last version."""
        last = Version.objects.filter(estimate__in=estimates.order_by().values("pk"))
        last = last.annotate(last=models.Max("estimate__versions__number")).filter(number=models.F("last"))
        return self.filter(version__in=last.order_by().values("pk"))


class EstimateLine(models.Model):
    """Nội dung chi: one line of an estimate. All money is whole đồng.

    `amount` is what the unit says the line comes to; the check tells where quantities and price come to something else.
    `norm` and `document` name the norm that the price goes by (see `norms`). `origin` names the project or giver of
    money that is not the budget's. `allotted` and `spent` are projections of the ledger.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="lines")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, blank=True, related_name="+")
    content = models.CharField(_("nội dung chi"), max_length=300)
    measure = models.CharField(_("đơn vị tính"), max_length=60)
    quantity = models.PositiveIntegerField(_("số lượng"))
    times = models.PositiveIntegerField(_("số lần, số ngày"), default=1)
    price = models.BigIntegerField(_("đơn giá"))
    amount = models.BigIntegerField(_("thành tiền"))
    norm = models.CharField(_("định mức"), max_length=60, blank=True)
    document = models.CharField(max_length=60, blank=True)
    basis = models.CharField(_("căn cứ"), max_length=300, blank=True)
    source = models.CharField(_("nguồn kinh phí"), max_length=10, choices=Source.choices)
    origin = models.CharField(_("tên chương trình, nhà tài trợ"), max_length=200, blank=True)
    index_codes = models.CharField(_("mã mục lục ngân sách"), max_length=60, blank=True)
    allotted = models.BigIntegerField(default=0)
    spent = models.BigIntegerField(default=0)

    objects = EstimateLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quantity__gt=0, times__gt=0, price__gt=0, amount__gte=0), name="line_of_something"
            ),
            models.CheckConstraint(
                condition=models.Q(allotted__gte=0, spent__gte=0, spent__lte=models.F("allotted")),
                name="line_never_overspent",
            ),
        ]
        ordering = ["id"]
        verbose_name = _("nội dung chi")
        verbose_name_plural = _("nội dung chi")

    def __str__(self) -> str:
        return self.content

    @property
    def product(self) -> int:
        """What quantities and price come to."""
        return self.quantity * self.times * self.price

    @property
    def left(self) -> int:
        """What can still be spent."""
        return self.allotted - self.spent


class LineAppraisalQuerySet(ScopedQuerySet["LineAppraisal"]):
    """Appraisals, seen with their estimate."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return _of_estimate(scope, "line__version__estimate")


class LineAppraisal(models.Model):
    """Ý kiến thẩm định: what the finance office says of a line: accepted, or cut, or given back with the reason.

    `amount`: what is granted; of a line that is given back nothing.
    """

    line = models.OneToOneField(EstimateLine, models.PROTECT, related_name="appraisal")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    amount = models.BigIntegerField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = LineAppraisalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict=Verdict.ACCEPT) | ~models.Q(reason=""), name="cut_has_reason"
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="appraised_amount_is_money"),
            models.CheckConstraint(
                condition=~models.Q(verdict=Verdict.RETURN) | models.Q(amount=0), name="returned_line_grants_nothing"
            ),
        ]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.amount}"


class Drafter(models.Model):
    """Người lập: somebody who drew up any part of an estimate, and so neither appraises nor decides it."""

    estimate = models.ForeignKey(Estimate, models.PROTECT, related_name="drafters")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["estimate", "person"], name="drafter_once")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.estimate_id} ← {self.person_id}"


class RegularityQuerySet(ScopedQuerySet["Regularity"]):
    """Said of an assignment, seen with it."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q(assignment__in=Assignment.objects.filter(assignments_seen(scope)).order_by().values("pk"))


class Regularity(models.Model):
    """Nhiệm vụ thường xuyên: whether an assignment is among the unit's regular duties, so paid from its regular money.

    What the lead unit said last holds; unsaid, `rules.seems_regular` proposes.
    """

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="regularity")
    regular = models.BooleanField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = RegularityQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.regular}"


class EstimateHandover(Handover):
    """Bàn giao dự toán: a reorganisation gave an estimate to another unit to answer for."""

    row = models.ForeignKey(Estimate, models.PROTECT, related_name="handovers")


# Whose assignments may bear estimates at all is the programme's business; who sees them, its scope.
assert BUDGET_ROLES <= DUTY_ROLES
