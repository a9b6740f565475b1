"""What is known of a stored file: whether a scanner found harm in it, and whether people can be known in it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scan(models.TextChoices):
    """What the scanner said."""

    UNSCANNED = "UNSCANNED", _("chưa quét mã độc")
    CLEAN = "CLEAN", _("đã quét")
    INFECTED = "INFECTED", _("có mã độc")


class People(models.TextChoices):
    """Whether people can be known in a picture, and by what right it is kept (Luật 91/2025/QH15)."""

    UNTOLD = "UNTOLD", _("Chưa ghi")
    NONE = "NONE", _("Không có người nhận ra được")
    CONSENTED = "CONSENTED", _("Có người, đã đồng ý")
    PUBLIC = "PUBLIC", _("Có người, tại sự kiện công cộng")
