"""What this room refuses, and what to do about it."""

from django.utils.translation import gettext_lazy as _

from xulang.plumbing.errors import Refused


class NotPermitted(Refused):
    """None of the person's posts of the day gives this right."""

    sentence = _(
        "Chức vụ hiện tại của bạn không được làm việc này. Hãy liên hệ người phụ trách hoặc quản trị hệ thống."
    )


class UnknownKind(Refused):
    """A kind of unit that the data does not know."""

    sentence = _("Không có loại đơn vị %(kind)s. Hãy chọn một loại trong danh mục.")


class DatesOverlap(Refused):
    """A dated row would hold at the same time as another, or end before it begins."""

    sentence = _("Ngày %(day)s trùng hoặc trước khoảng thời gian đã ghi. Hãy chọn ngày sau %(after)s.")


class NotInTime(Refused):
    """The unit does not exist on the day."""

    sentence = _("Đơn vị không tồn tại vào ngày %(day)s. Hãy chọn ngày khác.")


class CircleOfUnits(Refused):
    """A unit would stand beneath itself."""

    sentence = _("Một đơn vị không thể trực thuộc chính nó hoặc đơn vị cấp dưới của nó. Hãy chọn đơn vị cấp trên khác.")


class HasUnitsBeneath(Refused):
    """A unit cannot end while others still hang under it."""

    sentence = _("Còn đơn vị trực thuộc. Hãy chuyển hoặc kết thúc các đơn vị đó trước.")


class NameNeeded(Refused):
    """A name, title or username was left empty."""

    sentence = _("Hãy nhập tên.")


class UsernameTaken(Refused):
    """Another person has it."""

    sentence = _("Tên đăng nhập %(username)s đã có người dùng. Hãy chọn tên khác.")


class AlreadyHeld(Refused):
    """The person holds this post on that day already."""

    sentence = _("Người này đang giữ chức vụ đó.")


class WeakPassword(Refused):
    """The password breaks a rule of the settings; `why` holds their sentences."""

    sentence = _("Mật khẩu chưa đạt: %(why)s")
