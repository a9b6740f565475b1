"""What a person is told when an act on an activity is refused."""

from django.utils.translation import gettext_lazy as _

from xulang.plumbing.errors import Refused


class TaskNeeded(Refused):
    """An activity that serves no task of its unit."""

    sentence = _("Hãy chọn ít nhất một nhiệm vụ của đơn vị mà hoạt động này thực hiện.")


class PartOverWhole(Refused):
    """A number of those who are a part is greater than of all."""

    sentence = _("Số “trong đó” lớn hơn tổng số. Hãy xem lại hai số này.")


class NotInOrder(Refused):
    """It ends before it begins."""

    sentence = _("Ngày, giờ kết thúc không được trước ngày, giờ bắt đầu.")


class NotYetDone(Refused):
    """Something still to come, given as evidence."""

    sentence = _("Hoạt động bắt đầu ngày %(day)s; từ ngày đó mới dùng làm minh chứng được.")


class AlreadyFiled(Refused):
    """The same report has this activity already."""

    sentence = _("Hoạt động này đã được dùng làm minh chứng cho báo cáo đó.")


class NotServed(Refused):
    """Given as evidence of an assignment that it does not serve."""

    sentence = _("Hoạt động này không gắn với nhiệm vụ đó. Hãy sửa hoạt động và chọn thêm nhiệm vụ.")


class ActivityWithdrawn(Refused):
    """An act on an activity that was withdrawn."""

    sentence = _("Hoạt động này đã được thu hồi.")


class NothingChosen(Refused):
    """No report was chosen to give the activity to."""

    sentence = _("Hãy chọn ít nhất một báo cáo.")


class NotProposed(Refused):
    """A decision on what is not proposed, or was decided already."""

    sentence = _("Không có đề xuất nào đang chờ quyết định.")


class DecisionNeeded(Refused):
    """A commendation is decided by a paper."""

    sentence = _("Hãy ghi số, ký hiệu và ngày của quyết định, không sau hôm nay.")


class KnownPartner(Refused):
    """The partner is on record already, spelled so or otherwise."""

    sentence = _("“%(name)s” đã có trong danh sách, ghi là “%(there)s”.")


class NoSession(Refused):
    """Only a session of dissemination tells of directives."""

    sentence = _("Chỉ buổi quán triệt mới gắn văn bản được. Hãy ghi một hoạt động loại “Quán triệt, tuyên truyền”.")


class NothingToErase(Refused):
    """Nothing was chosen to be erased."""

    sentence = _("Hãy chọn ít nhất một mục để xóa.")


class NotTwoPartners(Refused):
    """The same, one that goes on as another already, or two of different offices."""

    sentence = _("Hãy chọn hai đối tác khác nhau của cùng cơ quan, chưa gộp vào đối tác khác.")


class MergedSince(Refused):
    """A merging that cannot be undone any more."""

    sentence = _("Lần gộp này đã được hoàn tác, hoặc đối tác giữ lại đã gộp tiếp. Hãy hoàn tác lần gộp sau trước.")


class NobodyToCertify(Refused):
    """No attendee of a course without a certificate was chosen, or nobody signs."""

    sentence = _("Hãy chọn ít nhất một người đã hoàn thành lớp mà chưa có giấy, và ghi chức vụ, họ tên người ký.")


class NotOver(Refused):
    """A certificate is given when the course is over."""

    sentence = _("Lớp kết thúc ngày %(day)s. Hãy ghi ngày cấp từ ngày đó đến hôm nay.")


class NobodyPresent(Refused):
    """Nobody was chosen who could be marked as present."""

    sentence = _("Hãy chọn ít nhất một người có mặt chưa được ghi.")
