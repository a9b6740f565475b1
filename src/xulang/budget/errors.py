"""What a person is told when an act on money is refused."""

from django.utils.translation import gettext_lazy as _

from xulang.plumbing.errors import ReasonNeeded, Refused


class NotLed(Refused):
    """A line for a task that the unit does not lead."""

    sentence = _("Chỉ đơn vị chủ trì lập dự toán cho nhiệm vụ. Hãy chọn một nhiệm vụ mà đơn vị chủ trì.")


class NotRunning(Refused):
    """An estimate for a programme that does not run in the year."""

    sentence = _("Chương trình không thực hiện trong năm %(year)s. Hãy chọn năm trong thời gian thực hiện.")


class NotWorking(Refused):
    """A change to an estimate that is sent."""

    sentence = _("Dự toán này đã gửi thẩm định nên không sửa được. Muốn sửa, hãy đề nghị cơ quan tài chính trả lại.")


class NotDescribed(Refused):
    """An estimate without a name, or without the day by which norms are chosen."""

    sentence = _("Hãy ghi tên dự toán và ngày phê duyệt kế hoạch theo mẫu 05/06/2026.")


class NotServing(Refused):
    """A line that hangs on an activity of another task."""

    sentence = _("Hoạt động này không thực hiện nhiệm vụ đã chọn. Hãy chọn hoạt động khác hoặc để trống.")


class BadFigure(Refused):
    """Something else than whole numbers above nothing, or too much."""

    sentence = _("Số lượng và số tiền phải là số nguyên lớn hơn 0, thành tiền không quá 1.000.000.000.000.000 đồng.")


class UnknownNorm(Refused):
    """A norm that no data knows."""

    sentence = _("Không có định mức này. Hãy chọn trong danh sách.")


class NoLines(Refused):
    """An estimate of nothing."""

    sentence = _("Dự toán chưa có dòng nào. Hãy thêm ít nhất một dòng.")


class Faulty(Refused):
    """The check found what must be mended first."""

    sentence = _("Còn %(count)s điểm phải sửa trước khi gửi. Mỗi điểm được nêu ở dòng của nó.")


class NotWaiting(Refused):
    """An answer to what waits for none."""

    sentence = _("Việc này không còn chờ xử lý. Hãy tải lại trang.")


class NotAppraised(Refused):
    """A number for a note that is not there."""

    sentence = _("Dự toán chưa thẩm định xong nên chưa có báo cáo thẩm định. Hãy thẩm định xong trước.")


class NoteNumbered(Refused):
    """A second number for the same note."""

    sentence = _("Báo cáo thẩm định đã có số %(code)s. Nếu cấp nhầm, hãy hủy số ấy ở sổ văn bản đi trước.")


class NotSigner(Refused):
    """A note signed by somebody who held no post of the office on the day by which they may."""

    sentence = _(
        "Ngày %(day)s, người được ký văn bản của %(office)s là %(names)s. Hãy ghi một trong các tên ấy, "
        "hoặc nhờ quản trị hệ thống ghi người giữ chức vụ."
    )


class ApprovedLater(Refused):
    """A plan approved after the budget year: most likely a slip in the year."""

    sentence = _("Ngày phê duyệt kế hoạch không thể sau năm ngân sách %(year)s. Hãy xem lại năm.")


class BeforeAppraisal(Refused):
    """A note issued before there was anything to say."""

    sentence = _("Ngày ban hành không thể trước ngày thẩm định xong (%(day)s). Hãy ghi ngày khác.")


class OwnHand(Refused):
    """Somebody who drew an estimate up appraises or decides it; who appraised it decides."""

    sentence = _("Người lập dự toán không thẩm định, người lập và người thẩm định không quyết định chính dự toán đó.")


class NotCut(Refused):
    """An appraised amount that is no cut."""

    sentence = _(
        "Số thẩm định của “%(content)s” phải là số nguyên, từ 0 đến dưới số đề nghị. "
        "Giữ nguyên thì ghi bằng số đề nghị."
    )


class CutUnexplained(ReasonNeeded):
    """A cut without its reason."""

    sentence = _("“%(content)s” bị cắt giảm. Hãy ghi lý do.")


class ReturnUnexplained(ReasonNeeded):
    """A line sent back without saying what to mend."""

    sentence = _("“%(content)s” bị trả lại. Hãy ghi cần sửa, bổ sung gì.")


class LinesReturned(Refused):
    """An estimate handed on with lines that are to be mended."""

    sentence = _("Có %(count)s dòng trả lại. Hãy trả lại dự toán, hoặc ghi số thẩm định của các dòng đó.")


class NotJudged(Refused):
    """Lines that nobody said anything of."""

    sentence = _("Còn %(count)s dòng chưa thẩm định. Hãy ghi số thẩm định của từng dòng.")


class Overspent(Refused):
    """More than what is left of a line."""

    sentence = _("Dòng này còn %(left)s đồng, không đủ %(amount)s đồng. Hãy đề nghị điều chuyển từ dòng khác trước.")


class NotApproved(Refused):
    """Money of an estimate that was not approved."""

    sentence = _("Dự toán chưa được phê duyệt nên chưa chi được. Hãy chờ lãnh đạo quyết định.")


class NotInYear(Refused):
    """Money spent on a day outside the estimate's year, or to come."""

    sentence = _("Ngày chi phải từ 01/01/%(year)s đến %(day)s và không sau hôm nay.")


class NotDoneInYear(Refused):
    """Money of a year paid after it for what was not done in it."""

    sentence = _(
        "Sau ngày 31/12/%(year)s chỉ còn thanh toán việc đã làm xong trong năm (%(source)s). "
        "Hãy xác nhận việc đã làm xong, hoặc chi từ dự toán năm sau."
    )


class YearClosed(Refused):
    """Money of a year whose settlement has ended."""

    sentence = _(
        "Năm ngân sách %(year)s đã hết thời gian chỉnh lý quyết toán ngày %(day)s nên không chi, không điều chuyển "
        "được nữa (%(source)s). Hãy đề nghị chuyển nguồn nếu có căn cứ."
    )


class GroundNeeded(Refused):
    """A carry-over without the case of the law that allows it."""

    sentence = _("Hãy chọn trường hợp được chuyển nguồn theo %(law)s.")


class SameLine(Refused):
    """Money moved to where it is."""

    sentence = _("Hãy chọn một dòng khác để điều chuyển đến.")


class OtherSource(Refused):
    """Money moved between lines of different sources or years."""

    sentence = _(
        "Chỉ điều chuyển giữa hai dòng cùng nguồn kinh phí, cùng năm và cùng cơ quan quyết định. Hãy chọn lại."
    )


class TooMuch(Refused):
    """More taken back than was spent by that line."""

    sentence = _("Khoản chi này chỉ còn %(left)s đồng chưa giảm. Hãy ghi số không lớn hơn.")


class HigherThanNational(Refused):
    """A ceiling of the place's own above the State's."""

    sentence = _(
        "Mức của địa phương không được cao hơn %(ceiling)s đồng (%(document)s, %(article)s). Hãy ghi mức không vượt."
    )


class NoNational(Refused):
    """A ceiling of the place's own for days on which no norm was in force."""

    sentence = _("Định mức này không có hiệu lực vào ngày đó. Hãy ghi ngày trong thời gian hiệu lực của văn bản.")


class NotInOrder(Refused):
    """A norm of the place's own that ends before it begins."""

    sentence = _("Ngày hết hiệu lực phải sau ngày có hiệu lực. Hãy sửa lại, hoặc để trống nếu chưa định ngày hết.")


class BasisNeeded(Refused):
    """A norm of the place's own without the paper that sets it."""

    sentence = _("Hãy ghi văn bản quy định mức này: số, ký hiệu, ngày, cơ quan ban hành.")
