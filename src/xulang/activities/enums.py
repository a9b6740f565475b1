"""The room's words with a fixed list."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.organisation.enums import DESK, Role


class Kind(models.TextChoices):
    """Loại hoạt động; each but the last has a table of details of its own."""

    EVENT = "EVENT", _("Sự kiện, đoàn khách")
    TRAINING = "TRAINING", _("Tập huấn, bồi dưỡng")
    PUBLICATION = "PUBLICATION", _("Tin bài, ấn phẩm")
    PRESS = "PRESS", _("Làm việc với báo chí")
    DISSEMINATION = "DISSEMINATION", _("Quán triệt, tuyên truyền")
    COMMENDATION = "COMMENDATION", _("Khen thưởng, cách làm hay")
    OTHER = "OTHER", _("Hoạt động khác")


class EventForm(models.TextChoices):
    """Hình thức sự kiện."""

    EVENT = "EVENT", _("Sự kiện, lễ hội")
    DELEGATION_IN = "DELEGATION_IN", _("Đón đoàn vào")
    DELEGATION_OUT = "DELEGATION_OUT", _("Đoàn đi công tác")
    CONFERENCE = "CONFERENCE", _("Hội nghị, hội thảo")
    MEETING = "MEETING", _("Làm việc với đối tác")


class Channel(models.TextChoices):
    """Kênh đăng tải."""

    PORTAL = "PORTAL", _("Cổng, trang thông tin điện tử")
    SOCIAL = "SOCIAL", _("Mạng xã hội của cơ quan")
    NEWSPAPER = "NEWSPAPER", _("Báo, tạp chí")
    BROADCAST = "BROADCAST", _("Phát thanh, truyền hình")
    PRINT = "PRINT", _("Ấn phẩm in")
    VIDEO = "VIDEO", _("Phim, video")
    OUTDOOR = "OUTDOOR", _("Bảng, biển, triển lãm")


class Content(models.TextChoices):
    """Loại nội dung thông tin đối ngoại (Nghị định 72/2015/NĐ-CP, Điều 7 đến 10).

    Official information about Viet Nam is given by ministries and provinces alone, so none of ours is of that kind.
    """

    PROMOTION = "PROMOTION", _("Quảng bá hình ảnh")
    WORLD = "WORLD", _("Tình hình thế giới vào Việt Nam")
    EXPLANATION = "EXPLANATION", _("Giải thích, làm rõ")
    DOMESTIC = "DOMESTIC", _("Thông tin trong nước")


class PressForm(models.TextChoices):
    """Hình thức làm việc với báo chí."""

    CONFERENCE = "CONFERENCE", _("Họp báo")
    BRIEFING = "BRIEFING", _("Giao ban báo chí, cung cấp thông tin")
    INTERVIEW = "INTERVIEW", _("Trả lời phỏng vấn")
    NEWSROOM_VISIT = "NEWSROOM_VISIT", _("Đón đoàn báo chí")


class CommendationForm(models.TextChoices):
    """Khen thưởng, or a practice that others can copy."""

    COMMENDATION = "COMMENDATION", _("Khen thưởng")
    GOOD_PRACTICE = "GOOD_PRACTICE", _("Cách làm hay")


class DecisionState(models.TextChoices):
    """Where a proposal stands."""

    PROPOSED = "PROPOSED", _("Đang đề xuất")
    APPROVED = "APPROVED", _("Đã công nhận")
    REFUSED = "REFUSED", _("Không công nhận")


class Language(models.TextChoices):
    """Ngôn ngữ sử dụng."""

    VI = "vi", _("Tiếng Việt")
    EN = "en", _("Tiếng Anh")
    ZH = "zh", _("Tiếng Trung")
    KO = "ko", _("Tiếng Hàn")
    JA = "ja", _("Tiếng Nhật")
    FR = "fr", _("Tiếng Pháp")
    RU = "ru", _("Tiếng Nga")
    TAY = "tay", _("Tiếng Tày, Nùng")
    OTHER = "other", _("Tiếng khác")


class LineKind(models.TextChoices):
    """What a line of an activity's ledger says."""

    RECORDED = "RECORDED", _("Ghi nhận")
    CORRECTED = "CORRECTED", _("Sửa nội dung")
    EVIDENCED = "EVIDENCED", _("Thêm minh chứng")
    FILED = "FILED", _("Dùng làm minh chứng cho báo cáo")
    APPROVED = "APPROVED", _("Công nhận")
    REFUSED = "REFUSED", _("Không công nhận")
    WITHDRAWN = "WITHDRAWN", _("Thu hồi")


class PartnerKind(models.TextChoices):
    """Loại đối tác."""

    TWIN = "TWIN", _("Địa phương kết nghĩa")
    AUTHORITY = "AUTHORITY", _("Cơ quan nhà nước, chính quyền")
    PRESS = "PRESS", _("Cơ quan báo chí")
    BUSINESS = "BUSINESS", _("Doanh nghiệp, hợp tác xã")
    SCHOOL = "SCHOOL", _("Trường, viện")
    SOCIETY = "SOCIETY", _("Hội, tổ chức")


# Who puts on record what their own unit did: its desk, and those who work with the press and with texts.
RECORDING = DESK | {Role.PRESS, Role.EDITOR}
# Who decides on a commendation proposed beneath them.
DECIDING = frozenset({Role.LEADER})


class Kept(models.TextChoices):
    """What is kept for a time and then proposed for erasing."""

    PEOPLE = "PEOPLE", _("Ảnh có người, hoặc chưa ghi có người hay không")
    PICTURE = "PICTURE", _("Ảnh không có người nhận ra được")
    FILE = "FILE", _("Tệp khác")
    ATTENDANCE = "ATTENDANCE", _("Danh sách người dự")


class AgreementTerm(models.TextChoices):
    """A day of an agreement that one is reminded of."""

    EXPIRY = "EXPIRY", _("hết hạn")
    FOLLOW_UP = "FOLLOW_UP", _("việc phải theo tiếp")
