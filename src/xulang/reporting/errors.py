"""What a person is told when an act of reporting is refused."""

from django.utils.translation import gettext_lazy as _

from xulang.plumbing.errors import Refused


class NotRunning(Refused):
    """A round of a programme that is not issued, or is closed."""

    sentence = _("Chương trình này không còn thực hiện nên không mở kỳ báo cáo được.")


class NoFocalUnit(Refused):
    """A round that nobody would consolidate."""

    sentence = _("Chương trình chưa có đơn vị đầu mối theo dõi.")


class NoSuchPeriod(Refused):
    """A period that the regime does not know."""

    sentence = _("Không có kỳ báo cáo này trong thời gian thực hiện chương trình. Hãy chọn kỳ trong danh sách.")


class RoundThere(Refused):
    """The same round twice."""

    sentence = _("Kỳ báo cáo này đã mở.")


class DueOutOfOrder(Refused):
    """A due day before the figures close, or units that report after the whole is due."""

    sentence = _("Hạn phải từ ngày chốt số liệu %(day)s trở đi, và hạn gửi của đơn vị không sau hạn tổng hợp.")


class DueTooFar(Refused):
    """A due day more than a year after the figures close: most likely a slip in the year."""

    sentence = _("Hạn %(day)s sau ngày chốt số liệu hơn một năm. Hãy xem lại năm.")


class NoUnits(Refused):
    """A round that asks nobody."""

    sentence = _("Hãy chọn ít nhất một đơn vị đang có nhiệm vụ của chương trình.")


class NotOpen(Refused):
    """An act on a report that is sent or accepted already."""

    sentence = _("Báo cáo này đã gửi. Muốn sửa, hãy đề nghị đơn vị đầu mối trả lại.")


class NotYetBegun(Refused):
    """A report of a period that has not begun."""

    sentence = _("Kỳ này bắt đầu ngày %(day)s; từ ngày đó mới gửi báo cáo được.")


class Unfinished(Refused):
    """The check found what must be mended first."""

    sentence = _("Còn %(count)s số liệu chưa điền. Số không có thì ghi 0.")


class NotSeen(Refused):
    """The check found what the unit must look at."""

    sentence = _("Có %(count)s điểm cần xem lại. Sửa, hoặc đánh dấu đã xem rồi gửi.")


class SomethingDone(Refused):
    """Nothing new, and yet something stands on record or was typed."""

    sentence = _("Trong kỳ, đơn vị đã ghi %(count)s hoạt động, báo cáo, số liệu. Hãy gửi báo cáo có số liệu.")


class NotWaiting(Refused):
    """An answer to a report that waits for none."""

    sentence = _("Báo cáo này không còn chờ. Hãy tải lại trang.")


class NotEntered(Refused):
    """A figure typed where it is counted."""

    sentence = _("Số liệu này được đếm từ hoạt động, báo cáo đã ghi. Muốn đổi số, hãy sửa hoạt động.")


class BadNumber(Refused):
    """Something else than a whole number from 0 on."""

    sentence = _("Hãy ghi số nguyên từ 0 trở lên cho “%(name)s”.")


class NothingToConsolidate(Refused):
    """No report of the round was accepted."""

    sentence = _("Chưa có báo cáo nào được chấp nhận nên chưa tổng hợp được.")


class NothingChanged(Refused):
    """A new version that would say what the last one says."""

    sentence = _("Bản tổng hợp số %(number)s vẫn đúng: chưa có gì thay đổi.")


class AlreadyNumbered(Refused):
    """A version that is issued already."""

    sentence = _("Bản tổng hợp này đã phát hành với số %(code)s.")


class NotSigner(Refused):
    """A signer who held no post on the day of issue by which they may sign."""

    sentence = _("Ngày %(day)s người đã chọn không được ký văn bản của %(office)s. Hãy chọn người được ký ngày ấy.")


class BeforeMade(Refused):
    """A day of issue before the version was made."""

    sentence = _("Bản tổng hợp này lập ngày %(day)s. Hãy ghi ngày ban hành từ ngày đó trở đi.")


class NotLatest(Refused):
    """A version that a later one replaced."""

    sentence = _("Đã có bản tổng hợp mới hơn. Hãy phát hành bản mới nhất.")
