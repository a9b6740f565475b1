"""The register's words with a fixed list."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DirectiveState(models.TextChoices):
    """What became of a directive that came in."""

    RECEIVED = "RECEIVED", _("Đã tiếp nhận")
    REFUSED_SECRET = "REFUSED_SECRET", _("Từ chối: có dấu mật")


class Relation(models.TextChoices):
    """How a directive speaks of another."""

    IMPLEMENTS = "implements", _("Triển khai thực hiện")
    BASIS = "basis", _("Căn cứ")
    AMENDS = "amends", _("Sửa đổi, bổ sung")
    REPLACES = "replaces", _("Thay thế")
    MENTIONS = "mentions", _("Nhắc đến")
