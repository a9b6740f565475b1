"""The programme's words with a fixed list, and the sets of them that rules speak of."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProgrammeState(models.TextChoices):
    """From a reading to a programme that runs."""

    REVIEW = "REVIEW", _("Đang rà soát")
    ISSUED = "ISSUED", _("Đã giao")
    CLOSED = "CLOSED", _("Đã kết thúc")


class DraftState(models.TextChoices):
    """From a plan that is being written to one that was issued."""

    OPEN = "OPEN", _("Đang soạn")
    NUMBERED = "NUMBERED", _("Đã cấp số")
    ISSUED = "ISSUED", _("Đã ban hành")
    DROPPED = "DROPPED", _("Đã bỏ")


class TaskState(models.TextChoices):
    """What became of a proposed task."""

    PROPOSED = "PROPOSED", _("Chờ xác nhận")
    CONFIRMED = "CONFIRMED", _("Đã xác nhận")
    DROPPED = "DROPPED", _("Đã bỏ")
    ISSUED = "ISSUED", _("Đã giao")
    JOINED = "JOINED", _("Ghép với việc đã giao")


class Mode(models.TextChoices):
    """Whether the issuer can order it, or only ask."""

    ORDER = "ORDER", _("Giao")
    REQUEST = "REQUEST", _("Đề nghị")


class UnitRole(models.TextChoices):
    """What a unit is to a task."""

    LEAD = "LEAD", _("Chủ trì")
    COORDINATING = "COORDINATING", _("Phối hợp")


class DeadlineKind(models.TextChoices):
    """How the directive words the time."""

    ONGOING = "ongoing", _("Thường xuyên")
    DATE = "date", _("Đến ngày")
    RECURRING = "recurring", _("Định kỳ")
    RELATIVE = "relative", _("Tính từ một mốc")
    NONE = "none", _("Không nêu")


class Cadence(models.TextChoices):
    """How often an ongoing task is reported, *kỳ báo cáo*."""

    WEEK = "WEEK", _("Hằng tuần")
    MONTH = "MONTH", _("Hằng tháng")
    QUARTER = "QUARTER", _("Hằng quý")
    HALF = "HALF", _("6 tháng")
    NINE = "NINE", _("9 tháng")
    YEAR = "YEAR", _("Hằng năm")


class AssignmentState(models.TextChoices):
    """Where an assignment stands; a projection of its ledger."""

    OPEN = "OPEN", _("Đang thực hiện")
    DONE = "DONE", _("Đã hoàn thành")
    ANSWERED = "ANSWERED", _("Đã trả lời")
    DECLINED = "DECLINED", _("Không nhận")
    WITHDRAWN = "WITHDRAWN", _("Đã thu hồi")


class ReportState(models.TextChoices):
    """Where an expected report stands; a projection of the ledger."""

    EXPECTED = "EXPECTED", _("Chưa báo cáo")
    REPORTED = "REPORTED", _("Chờ xác nhận")
    RETURNED = "RETURNED", _("Bị trả lại")
    CONFIRMED = "CONFIRMED", _("Đã xác nhận")
    WITHDRAWN = "WITHDRAWN", _("Không còn phải báo cáo")


class EntryKind(models.TextChoices):
    """What a line of the ledger says: what was done, where a button of the same words says what to do."""

    ISSUED = "ISSUED", pgettext_lazy("sổ", "Giao nhiệm vụ")
    PROGRESS = "PROGRESS", _("Báo cáo tiến độ")
    NIL = "NIL", _("Không phát sinh")
    DONE = "DONE", _("Hoàn thành")
    CONFIRMED = "CONFIRMED", pgettext_lazy("sổ", "Xác nhận")
    RETURNED = "RETURNED", pgettext_lazy("sổ", "Trả lại")
    ANSWERED = "ANSWERED", pgettext_lazy("sổ", "Trả lời đề nghị")
    ACCEPTED = "ACCEPTED", _("Đồng ý thực hiện")
    DECLINED = "DECLINED", _("Không nhận thực hiện")
    MOVED = "MOVED", _("Chuyển đơn vị")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("sổ", "Thu hồi nhiệm vụ")
    SOURCED = "SOURCED", _("Thêm căn cứ")
    AMENDED = "AMENDED", _("Sửa đổi nhiệm vụ")
    REDATED = "REDATED", _("Đổi thời hạn")
    EXTENSION = "EXTENSION", pgettext_lazy("sổ", "Xin gia hạn")
    REFUSED = "REFUSED", pgettext_lazy("sổ", "Không gia hạn")
    OBSTACLE = "OBSTACLE", pgettext_lazy("sổ", "Nêu vướng mắc")
    ADVISED = "ADVISED", _("Trả lời vướng mắc")
    ESCALATED = "ESCALATED", pgettext_lazy("sổ", "Trình lãnh đạo")
    DIRECTED = "DIRECTED", _("Ý kiến chỉ đạo")
    RESOLVED = "RESOLVED", pgettext_lazy("sổ", "Đã hết vướng mắc")


class Waits(models.TextChoices):
    """Whose turn it is with what a unit raised."""

    FOCAL = "FOCAL", _("Chờ đơn vị đầu mối")
    LEADER = "LEADER", _("Chờ lãnh đạo")
    UNIT = "UNIT", _("Chờ đơn vị")
    NOBODY = "NOBODY", _("Đã xong")


class AmendmentKind(models.TextChoices):
    """What a directive does to the programme of an earlier one."""

    AMENDED = "AMENDED", _("Sửa đổi, bổ sung")
    REPLACED = "REPLACED", _("Thay thế")
    UNTOUCHED = "UNTOUCHED", _("Không sửa đổi, không thay thế")


class DifferenceKind(models.TextChoices):
    """What a directive that amends or replaces another makes of a task."""

    KEPT = "KEPT", _("Giữ nguyên")
    CHANGED = "CHANGED", _("Thay đổi")
    ENDED = "ENDED", pgettext_lazy("nhiệm vụ", "Kết thúc")
    NEW = "NEW", _("Mới")


class Field(models.TextChoices):
    """What of a task can change."""

    WORDS = "WORDS", _("câu chữ")
    UNITS = "UNITS", _("đơn vị chủ trì")
    COORDINATION = "COORDINATION", _("đơn vị phối hợp")
    DEADLINE = "DEADLINE", _("thời hạn")


class Bucket(models.TextChoices):
    """The leader's four figures."""

    DONE_ON_TIME = "DONE_ON_TIME", _("Hoàn thành đúng hạn")
    DONE_LATE = "DONE_LATE", _("Hoàn thành quá hạn")
    OPEN_IN_TIME = "OPEN_IN_TIME", _("Đang thực hiện, trong hạn")
    OPEN_OVERDUE = "OPEN_OVERDUE", _("Đang thực hiện, quá hạn")


# Tasks that still belong to the programme.
STANDING = frozenset({TaskState.PROPOSED, TaskState.CONFIRMED, TaskState.ISSUED})
# What a unit can file.
REPORTS = frozenset({EntryKind.PROGRESS, EntryKind.NIL, EntryKind.DONE})
# How a request can be answered; the last answer stands.
ANSWERS = frozenset({EntryKind.ANSWERED, EntryKind.ACCEPTED, EntryKind.DECLINED})
# Lines that name a day: the one that is in force from then on, or the one that is asked for.
DATING = frozenset({EntryKind.REDATED, EntryKind.EXTENSION})
# Lines that always answer another; what else may answer one: a direction, a deadline moved, an obstacle raised again.
ANSWERING = frozenset(
    {
        EntryKind.CONFIRMED,
        EntryKind.RETURNED,
        EntryKind.REFUSED,
        EntryKind.ADVISED,
        EntryKind.ESCALATED,
        EntryKind.RESOLVED,
    }
)
MAY_ANSWER = frozenset({EntryKind.DIRECTED, EntryKind.REDATED, EntryKind.OBSTACLE})
# What an expected report can still be answered from.
AWAITING = frozenset({ReportState.EXPECTED, ReportState.RETURNED})
# In which it counts as open; a list, since the database knows the index of these rows again only in this order.
OPEN_STATES = [ReportState.EXPECTED, ReportState.REPORTED, ReportState.RETURNED]


class CascadeFinding(models.TextChoices):
    """What a check of the cascade finds between a superior's directive and a plan here."""

    UNMET = "UNMET", _("Việc cấp trên giao chưa có nhiệm vụ ở đây")
    UNFOUNDED = "UNFOUNDED", _("Nhiệm vụ ở đây không có trong văn bản cấp trên")
    LATER = "LATER", _("Thời hạn ở đây muộn hơn cấp trên")
    UNDATED = "UNDATED", _("Cấp trên có thời hạn, ở đây không nêu")
    RARER = "RARER", _("Kỳ báo cáo ở đây thưa hơn cấp trên")
