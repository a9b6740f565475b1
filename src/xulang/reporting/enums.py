"""The room's words with a fixed list."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Additivity(models.TextChoices):
    """Cách cộng: how figures of units and of periods become one."""

    SUM = "sum", _("Cộng dồn")
    LAST = "last", _("Số cuối kỳ")
    DISTINCT = "distinct", _("Đếm không trùng")


class By(models.TextChoices):
    """Phân tổ: by what a figure is parted. Parts may overlap (a page in three languages), so they are never added."""

    LANGUAGE = "language", _("Ngôn ngữ")
    CHANNEL = "channel", _("Kênh")
    KIND = "kind", _("Loại")
    CONTENT = "content", _("Loại nội dung")
    TASK = "task", _("Nhiệm vụ")
    SOURCE = "source", _("Nguồn kinh phí")


class ReportState(models.TextChoices):
    """Where a unit's report stands; a projection of its ledger."""

    OPEN = "OPEN", _("Chưa gửi")
    SENT = "SENT", _("Chờ chấp nhận")
    RETURNED = "RETURNED", _("Bị trả lại")
    ACCEPTED = "ACCEPTED", _("Đã chấp nhận")


class LineKind(models.TextChoices):
    """What a line of a unit report's ledger says."""

    ASKED = "ASKED", _("Yêu cầu báo cáo")
    SENT = "SENT", _("Gửi báo cáo")
    NIL = "NIL", _("Không phát sinh")
    RETURNED = "RETURNED", _("Trả lại")
    ACCEPTED = "ACCEPTED", _("Chấp nhận")


class Timeliness(models.TextChoices):
    """Đúng hạn hay chậm: a fact of its own, whatever a report says."""

    ON_TIME = "ON_TIME", _("Đúng hạn")
    LATE = "LATE", _("Chậm hạn")
    OPEN = "OPEN", _("Còn hạn")
    SILENT = "SILENT", _("Quá hạn, chưa gửi")


class Doubtful(models.TextChoices):
    """What the check before sending finds."""

    MISSING = "MISSING", _("Thiếu số liệu")
    EMPTY = "EMPTY", _("Chưa có lời văn")
    OUTLIER = "OUTLIER", _("Khác hẳn các kỳ trước")
    PROSE = "PROSE", _("Lời văn khác số liệu")
    EXCEEDS = "EXCEEDS", _("Phần lớn hơn tổng")


# What a unit still works on.
WORKING = frozenset({ReportState.OPEN, ReportState.RETURNED})
# What a unit sends.
SENDING = frozenset({LineKind.SENT, LineKind.NIL})
