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


class Direction(models.TextChoices):
    """Which register a directive stands in: incoming, or issued by the office itself."""

    INCOMING = "INCOMING", _("Văn bản đến")
    OUTGOING = "OUTGOING", _("Văn bản đi")


class Book(models.TextChoices):
    """Whose numbers a series gives: the two registers, and the one of copies of any form."""

    OUTGOING = "OUTGOING", _("Văn bản đi")
    INCOMING = "INCOMING", _("Văn bản đến")
    COPIES = "COPIES", _("Bản sao")


class CopyForm(models.TextChoices):
    """Hình thức sao (Nghị định 30/2020/NĐ-CP, Điều 25), by the abbreviations of Phụ lục III."""

    WHOLE = "SY", _("Sao y")
    OF_COPY = "SL", _("Sao lục")
    EXTRACT = "TrS", _("Trích sao")


class Medium(models.TextChoices):
    """What a copy is made for: the two have forms of their own (Phụ lục I, Phần II)."""

    PAPER = "PAPER", _("Bản giấy")
    ELECTRONIC = "ELECTRONIC", _("Bản điện tử")


class EffectKind(models.TextChoices):
    """What happened to a directive's effect."""

    AMENDED = "AMENDED", _("Được sửa đổi, bổ sung")
    REPLACED = "REPLACED", _("Bị thay thế")
    EXPIRED = "EXPIRED", _("Hết hiệu lực")


# A directive with one of these is in force no more.
ENDING = frozenset({EffectKind.REPLACED, EffectKind.EXPIRED})
# What a citation says of the directive that it cites.
READ_AS = {Relation.AMENDS: EffectKind.AMENDED, Relation.REPLACES: EffectKind.REPLACED}
# Relations by which one directive comes down from another, or follows it: the lines of the cascade.
DESCENDS = frozenset({Relation.IMPLEMENTS, Relation.BASIS, Relation.AMENDS, Relation.REPLACES})


class RecipientKind(models.TextChoices):
    """What a line of Nơi nhận names."""

    UNITS = "UNITS", _("Đơn vị trong danh mục")
    ARCHIVE = "ARCHIVE", _("Lưu văn thư")
    OUTSIDE = "OUTSIDE", _("Ngoài hệ thống")


class BookColumn(models.TextChoices):
    """What a line of the incoming register says that may have been entered wrongly."""

    ARRIVED_ON = "ARRIVED_ON", _("Ngày đến")
    ISSUER = "ISSUER", _("Tác giả")
    CODE = "CODE", _("Số, ký hiệu văn bản")
    ISSUED_ON = "ISSUED_ON", _("Ngày tháng văn bản")
