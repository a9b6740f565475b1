"""The room's words with a fixed list, and the sets of them that rules speak of."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xulang.organisation.enums import DESK, Role


class Source(models.TextChoices):
    """Nguồn kinh phí. GRANTED is what the estimate itself asks of the People's Committee, beyond regular money."""

    REGULAR = "REGULAR", _("Dự toán chi thường xuyên của đơn vị")
    GRANTED = "GRANTED", _("Ngân sách cấp theo dự toán này")
    INTEGRATED = "INTEGRATED", _("Lồng ghép chương trình, đề án, dự án")
    OTHER = "OTHER", _("Nguồn hợp pháp khác")
    SOCIAL = "SOCIAL", _("Xã hội hóa")


class EstimateState(models.TextChoices):
    """Where an estimate stands; a projection of its ledger."""

    DRAFT = "DRAFT", _("Đang lập")
    SENT = "SENT", _("Chờ thẩm định")
    RETURNED = "RETURNED", _("Bị trả lại")
    APPRAISED = "APPRAISED", _("Chờ quyết định")
    APPROVED = "APPROVED", _("Đã phê duyệt")
    DECLINED = "DECLINED", pgettext_lazy("ngân sách", "Không phê duyệt")


class ActKind(models.TextChoices):
    """What a line of the budget's ledger says. Those of money bear an amount."""

    DRAWN = "DRAWN", pgettext_lazy("ngân sách", "Lập dự toán")
    SENT = "SENT", pgettext_lazy("ngân sách", "Gửi thẩm định")
    RETURNED = "RETURNED", pgettext_lazy("ngân sách", "Trả lại")
    APPRAISED = "APPRAISED", _("Thẩm định xong")
    APPROVED = "APPROVED", pgettext_lazy("ngân sách", "Phê duyệt")
    DECLINED = "DECLINED", pgettext_lazy("ngân sách", "Không phê duyệt")
    ALLOTTED = "ALLOTTED", _("Giao dự toán")
    SPENT = "SPENT", pgettext_lazy("ngân sách", "Chi")
    REFUNDED = "REFUNDED", pgettext_lazy("ngân sách", "Giảm chi")
    TRANSFER_ASKED = "TRANSFER_ASKED", pgettext_lazy("ngân sách", "Đề nghị điều chuyển")
    CARRY_ASKED = "CARRY_ASKED", pgettext_lazy("ngân sách", "Đề nghị chuyển nguồn")
    TRANSFERRED = "TRANSFERRED", _("Điều chuyển")
    CARRIED = "CARRIED", _("Chuyển nguồn")
    REFUSED = "REFUSED", pgettext_lazy("ngân sách", "Không đồng ý")


class Verdict(models.TextChoices):
    """What the finance office says of a line."""

    ACCEPT = "ACCEPT", _("Chấp nhận")
    CUT = "CUT", _("Cắt giảm")
    RETURN = "RETURN", pgettext_lazy("ngân sách", "Trả lại")


class Fault(models.TextChoices):
    """What a check finds of a line."""

    OVER_CEILING = "OVER_CEILING", _("Vượt mức chi")
    WRONG_PERIOD = "WRONG_PERIOD", _("Sai thời kỳ của định mức")
    DOUBLE = "DOUBLE", _("Chi trùng")
    ALIKE = "ALIKE", _("Có thể chi trùng")
    REPEATED = "REPEATED", _("Quá một lần cho một đoàn")
    MAY_REPEAT = "MAY_REPEAT", _("Có thể quá một lần cho một đoàn")
    SUM = "SUM", _("Sai số học")
    SOURCE = "SOURCE", _("Sai nguồn")
    NORM_NEEDED = "NORM_NEEDED", _("Có định mức chưa chọn")
    NO_AMOUNT = "NO_AMOUNT", _("Chưa có mức trong dữ liệu")


# What stops an estimate; the others a person looks at.
STOPPING = frozenset({Fault.OVER_CEILING, Fault.WRONG_PERIOD, Fault.DOUBLE, Fault.REPEATED, Fault.SUM, Fault.SOURCE})
# What a unit still works on.
WORKING = frozenset({EstimateState.DRAFT, EstimateState.RETURNED})
# What the leader has decided: the checks say nothing more of it.
DECIDED = frozenset({EstimateState.APPROVED, EstimateState.DECLINED})
# What asks for money, or has it: the same thing may not be asked for again.
STANDING = frozenset({EstimateState.SENT, EstimateState.APPRAISED, EstimateState.APPROVED})
# What moves money to or from a line, or takes it out.
MONEY = frozenset({ActKind.ALLOTTED, ActKind.SPENT, ActKind.REFUNDED, ActKind.TRANSFERRED, ActKind.CARRIED})
# What waits for the leader.
ASKED = frozenset({ActKind.TRANSFER_ASKED, ActKind.CARRY_ASKED})
# Who draws an estimate up and spends, appraises, decides.
DRAWING = DESK
APPRAISING = frozenset({Role.FINANCE})
DECIDING = frozenset({Role.LEADER})
# Who sees money at all; press officers and editors do not.
BUDGET_ROLES = DRAWING | APPRAISING | DECIDING
