"""What the programme refuses, and what to do about it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from xulang.plumbing.errors import Refused
from xulang.programme.rules import Fault


class NotInReview(Refused):
    """The programme was issued; what is proposed can no longer be changed."""

    sentence = _("Chương trình đã được giao nên không sửa được nữa.")


class AlreadyProposed(Refused):
    """The directive has a programme."""

    sentence = _("Văn bản này đã có danh mục nhiệm vụ. Hãy mở danh mục đó.")


class StillDoubtful(Refused):
    """A task cannot be confirmed while one of its findings needs an act of its own; `faults` says which."""

    sentence = _("Nhiệm vụ còn điểm chưa chắc chắn: %(why)s")

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(why=" ".join(str(fault) for fault in faults))
        self.faults = list(faults)


class NotReady(Refused):
    """The programme cannot be issued yet; `faults` is the whole list, task by task."""

    sentence = _("Chưa giao được: còn %(count)s điểm cần xử lý. %(why)s")

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(count=len(faults), why=" ".join(dict.fromkeys(str(fault) for fault in faults)))
        self.faults = list(faults)


class OneAtATime(Refused):
    """A doubtful set was to be confirmed along with others."""

    sentence = _("“%(words)s” chưa chắc chắn nên phải được xác nhận riêng.")


class SetNeedsUnits(Refused):
    """A set was given no units and not left open either."""

    sentence = _("Hãy chọn đơn vị cho “%(words)s”, hoặc để mở nếu văn bản không chỉ rõ đơn vị nào.")


class UnknownUnits(Refused):
    """A chosen unit does not exist today."""

    sentence = _("Có đơn vị không còn tồn tại vào hôm nay. Hãy chọn lại.")


class TextNeeded(Refused):
    """A task without words."""

    sentence = _("Hãy ghi nội dung nhiệm vụ.")


class DateOrCadence(Refused):
    """Both a date and a cadence were given."""

    sentence = _("Hãy chọn ngày hoàn thành hoặc kỳ báo cáo, không chọn cả hai.")


class NothingToConfirm(Refused):
    """The deadline has neither a date nor a cadence: there is nothing that could be confirmed."""

    sentence = _("Thời hạn chưa có ngày hoặc kỳ báo cáo. Hãy chọn trước khi xác nhận.")


class CannotMerge(Refused):
    """Fewer than two tasks, tasks of several programmes, or of different modes."""

    sentence = _("Hãy chọn từ hai nhiệm vụ trở lên, cùng là giao hoặc cùng là đề nghị.")


class CannotSplit(Refused):
    """The place is not inside the task's one passage."""

    sentence = _("Hãy chọn một chỗ nằm giữa đoạn văn của nhiệm vụ để tách.")


class CannotJoin(Refused):
    """The other task is of this very programme, of another office or mode, or in force no more."""

    sentence = _(
        "Chỉ ghép được với nhiệm vụ đang thực hiện của chương trình khác trong cơ quan, cùng là giao hoặc đề nghị."
    )


class CannotMatch(Refused):
    """The two tasks cannot be one: none of the earlier programme's in force, of this one, or of different modes."""

    sentence = _(
        "Không đối chiếu được hai nhiệm vụ này. Hãy chọn một nhiệm vụ đang thực hiện của văn bản cũ và một nhiệm vụ "
        "đang rà soát, cùng là giao hoặc đề nghị."
    )


class NothingDiffers(Refused):
    """Said to be changed, but both sides are the same."""

    sentence = _("Hai bên không khác nhau. Hãy chọn “Giữ nguyên”, hoặc sửa nhiệm vụ mới trước.")


class KindNeeded(Refused):
    """Said to be changed, but not by what."""

    sentence = _("Hãy chọn nhiệm vụ mới làm thay đổi việc này.")


class SpanBackwards(Refused):
    """Ends before it starts."""

    sentence = _("Ngày kết thúc phải sau ngày bắt đầu.")


class IsRequest(Refused):
    """A request is answered, not reported."""

    sentence = _("Đây là đề nghị: hãy dùng “Trả lời đề nghị”.")


class IsOrder(Refused):
    """An order is reported, not answered."""

    sentence = _("Đây là nhiệm vụ được giao: hãy báo cáo kết quả.")


class OnlyProgress(Refused):
    """A coordinating unit owes no report; it may tell what it did."""

    sentence = _("Đơn vị phối hợp chỉ ghi tiến độ; đơn vị chủ trì báo cáo kết quả.")


class AlreadyReported(Refused):
    """A report stands for the period, waiting or confirmed."""

    sentence = _("Kỳ này đã có báo cáo. Nếu cần sửa, hãy đề nghị đơn vị đầu mối trả lại.")


class LetterNeeded(Refused):
    """A letter of reply has a number, a day that is not to come, and a file."""

    sentence = _("Hãy ghi số và ngày của công văn trả lời (không sau hôm nay), và kèm tệp công văn.")


class PeriodNeeded(Refused):
    """The kind of report answers a period, and none was chosen."""

    sentence = _("Hãy chọn kỳ báo cáo.")


class NotYet(Refused):
    """The period has not begun."""

    sentence = _("Kỳ này bắt đầu từ ngày %(day)s, chưa báo cáo được.")


class NilForDated(Refused):
    """A dated task either is done or is not."""

    sentence = _("Nhiệm vụ có thời hạn không thể báo “không phát sinh”. Hãy báo tiến độ hoặc hoàn thành.")


class EvidenceNeeded(Refused):
    """Done, but nothing shows it."""

    sentence = _("Hãy kèm ít nhất một minh chứng (tệp hoặc đường dẫn) để báo hoàn thành.")


class NoteNeeded(Refused):
    """A report that says nothing."""

    sentence = _("Hãy ghi nội dung đã làm hoặc kèm minh chứng.")


class BadPercent(Refused):
    """Not between 0 and 100."""

    sentence = _("Tỷ lệ hoàn thành phải từ 0 đến 100.")


class BadAddress(Refused):
    """Evidence by an address that is none of the web."""

    sentence = _("Đường dẫn minh chứng phải bắt đầu bằng http:// hoặc https://.")


class NotWaiting(Refused):
    """The report is not the one that stands, or was answered already."""

    sentence = _("Báo cáo này không còn chờ xử lý. Hãy tải lại trang.")


class NotItsHeir(Refused):
    """The line of the reorganisation hands over nothing of the assignment's unit."""

    sentence = _("Dòng sắp xếp này không thuộc đơn vị đang được giao việc. Hãy chọn đơn vị tiếp nhận được nêu.")


class NothingToUndo(Refused):
    """The person has done nothing in this review that could be taken back."""

    sentence = _("Không còn thao tác nào của bạn để hoàn tác.")


class ChangedSince(Refused):
    """What the act had made was changed again, so that taking it back would take that change back too."""

    sentence = _("Nội dung này đã được sửa tiếp sau thao tác của bạn nên không hoàn tác được. Hãy sửa trực tiếp.")


class NotRunning(Refused):
    """The assignment was withdrawn or done, or its programme is closed: nothing more is filed or changed."""

    sentence = _("Việc này đã xong, đã thu hồi hoặc chương trình đã tổng kết nên không ghi thêm được nữa.")


class AssignedAlready(Refused):
    """The unit to which an assignment was to be moved has this task already."""

    sentence = _("Đơn vị này đã được giao chính nhiệm vụ đó. Hãy chọn đơn vị khác, hoặc thu hồi việc thay vì chuyển.")


class StillServing(Refused):
    """A programme was to be closed while another that runs has a task in common with it."""

    sentence = _("Có nhiệm vụ chung với “%(other)s” đang thực hiện. Hãy tổng kết chương trình đó trước.")


class StillWaiting(Refused):
    """A programme was to be closed while reports wait for confirmation."""

    sentence = _("Còn %(count)s báo cáo chờ xác nhận. Hãy xác nhận hoặc trả lại hết rồi tổng kết.")


class NotIssued(Refused):
    """Only a programme that was issued and runs is closed; only a closed one is opened again."""

    sentence = _("Chương trình không ở trạng thái cho phép thao tác này. Hãy tải lại trang.")


class NothingOwed(Refused):
    """A reminder was asked for where no report is owed."""

    sentence = _("Không còn báo cáo nào đang nợ để nhắc.")


class NobodyToTell(Refused):
    """A reminder was asked for, and nobody holds a post in the unit, the focal unit or above them."""

    sentence = _(
        "Không có ai để nhắc: %(unit)s chưa có người giữ chức vụ nào, đơn vị đầu mối và lãnh đạo cũng vậy. "
        "Hãy báo quản trị viên giao chức vụ."
    )


class NothingFallsDue(Refused):
    """A day off was to move deadlines, and none falls on it."""

    sentence = _("Không có báo cáo nào còn nợ đến hạn vào ngày %(day)s.")


class EverybodyHasRead(Refused):
    """A reminder to read, and nobody has to any more."""

    sentence = _("Mọi người được giao đọc đã xem văn bản, hoặc không còn giữ chức vụ.")


class RemindedToday(Refused):
    """The unit was reminded of the same duty today."""

    sentence = _("Hôm nay đã nhắc việc này rồi.")


class DayNotLater(Refused):
    """An extension was asked for, or granted, to a day that is not after the deadline in force and today."""

    sentence = _("Ngày gia hạn phải sau hạn hiện nay (%(due)s) và sau hôm nay.")


class AskedAlready(Refused):
    """An extension of the same report was asked for and not decided yet."""

    sentence = _("Kỳ báo cáo này đã có đề nghị gia hạn đang chờ quyết định.")


class SettledAlready(Refused):
    """What was raised was answered or closed meanwhile."""

    sentence = _("Việc này đã được giải quyết hoặc không còn chờ ai trả lời. Hãy tải lại trang.")


class WordsNeeded(Refused):
    """An obstacle, an answer or a direction without words."""

    sentence = _("Hãy ghi nội dung.")


class LinkDead(Refused):
    """A link of a letter that opens nothing (any more): unknown, over, or its post, duty or unit is not what it was."""

    sentence = _("Liên kết không còn hiệu lực. Hãy đăng nhập để báo cáo, hoặc chờ thư nhắc sau.")


class LinkSpent(Refused):
    """A link by which a report was sent already, at `at`."""

    sentence = _("Liên kết này đã được dùng để gửi báo cáo.")

    def __init__(self, at: dt.datetime) -> None:
        super().__init__()
        self.at = at


class TooManyFiles(Refused):
    """More files than a link may bring."""

    sentence = _("Mỗi lần gửi bằng liên kết kèm nhiều nhất 5 tệp.")


class NoColleague(Refused):
    """A duty was to be laid on somebody who holds no post of its unit that reports, or on oneself."""

    sentence = _("Hãy chọn một đồng nghiệp đang giữ chức vụ trong chính đơn vị này.")


class DayPast(Refused):
    """The last day of a delegation is over already."""

    sentence = _("Ngày cuối phải từ hôm nay trở đi. Để trống nếu giao đến khi xong việc.")


class CannotGuide(Refused):
    """No task was chosen, or one that does not run, is of another office, or is ordered by this very directive."""

    sentence = _("Hãy chọn nhiệm vụ đang thực hiện của cơ quan, không phải nhiệm vụ do chính văn bản này giao.")


class NoReports(Refused):
    """A file of reports without our columns, or without a row."""

    sentence = _("Không nhận ra bảng báo cáo trong tệp. Hãy tải tệp ở trang này, ghi vào đó rồi nạp lại.")


class TooManyRows(Refused):
    """More filled rows than one file may bring."""

    sentence = _("Tệp có %(count)s dòng đã ghi, nhiều hơn %(most)s. Hãy chia thành nhiều tệp.")


class SheetSettled(Refused):
    """The file was taken in or thrown away before."""

    sentence = _("Tệp này đã được nạp hoặc đã bỏ. Hãy nạp tệp khác.")


class ReportsMoved(Refused):
    """What the rows would do is not what the person saw: something was reported or changed meanwhile."""

    sentence = _("Có việc vừa thay đổi sau khi bạn xem. Hãy xem lại các dòng rồi nạp.")


class SomeFaulty(Refused):
    """Rows are faulty, and nobody said that the good ones may be taken in alone."""

    sentence = _("Còn %(count)s dòng lỗi. Hãy sửa tệp rồi nạp lại, hoặc chọn chỉ nạp các dòng đúng.")


class DraftSettled(Refused):
    """A draft that was numbered, issued or given up is written no further."""

    sentence = _("Dự thảo này không còn ở bước đó. Hãy tải lại trang để xem dự thảo đang ở bước nào.")


class DraftNotReady(Refused):
    """A draft gets a number only when it says who does each item and who signs."""

    def __init__(self, *, items: Sequence[int], empty: bool, signer: bool) -> None:
        super().__init__()
        told: list[Any] = [_("Dự thảo chưa có nhiệm vụ nào; hãy thêm ít nhất một nhiệm vụ.")] if empty else []
        if items:
            some = ", ".join(map(str, items[:12])) + (", …" if len(items) > 12 else "")
            told.append(_("Nhiệm vụ số %(items)s chưa có đơn vị chủ trì.") % {"items": some})
        if not signer:
            told.append(_("Chưa ghi người ký ở phần “Khung văn bản”."))
        self.told = told

    def __str__(self) -> str:
        return " ".join(str(one) for one in self.told)


class NoSuchDuty(Refused):
    """The duty or the task is not one of those compared."""

    sentence = _("Không thấy việc này trong hai văn bản đang đối chiếu. Hãy tải lại trang.")
