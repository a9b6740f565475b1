"""Files of the directory on their way in: staged, looked at, then taken in or thrown away."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.enums import ImportState, Role
from xulang.organisation.scopes import Scope, ScopedQuerySet, nothing


class ImportQuerySet(ScopedQuerySet["DirectoryImport"]):
    """Files of the directory: administrators alone."""

    @classmethod
    def scope_q(cls, scope: Scope) -> models.Q:
        """See the class."""
        return models.Q() if scope.holds(Role.ADMINISTRATOR) else nothing()


class DirectoryImport(models.Model):
    """Nạp danh bạ: the rows of one file, kept until a person has seen what they would do and decided.

    `rows` are [table, number, cells]; they name persons and are emptied once the file is settled. `on` is the day from
    which changes hold. The counts are those of what was taken in.
    """

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    on = models.DateField()
    rows = models.JSONField(default=list)
    unknown = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.STAGED)
    staged_at = models.DateTimeField()
    staged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=ImportState.STAGED, settled_at__isnull=True)
                | (~models.Q(state=ImportState.STAGED) & models.Q(settled_at__isnull=False, rows=[])),
                name="import_settled_is_empty",
            )
        ]
        verbose_name = _("tệp danh bạ")
        verbose_name_plural = _("tệp danh bạ")

    def __str__(self) -> str:
        return self.name
