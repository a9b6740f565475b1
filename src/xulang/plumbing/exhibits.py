"""What shows that a thing was done, whatever it hangs on: a file or an address, withdrawn by an act with a reason."""

from django.conf import settings
from django.db import models


class Exhibit(models.Model):
    """Minh chứng: a `file` or an address, one of the two; withdrawn by whom and why.

    Each kind has a `file` of its own, a StoredFile or null, so that a stored file knows what it shows.
    """

    url = models.URLField(max_length=500, blank=True)
    title = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title or self.url


def file_or_address(name: str) -> models.CheckConstraint:
    """That an exhibit is one of the two until it is withdrawn; `name` is the constraint's in the database."""
    return models.CheckConstraint(
        condition=models.Q(withdrawn_at__isnull=False, url="")
        | models.Q(withdrawn_at__isnull=True, file__isnull=False, url="")
        | (models.Q(withdrawn_at__isnull=True, file__isnull=True) & ~models.Q(url="")),
        name=name,
    )
