"""What this room refuses, and what to do about it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from xulang.organisation.mapping import MappingFault
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


class EndNeeded(Refused):
    """What is done in another's stead has a last day."""

    sentence = _("Hãy ghi ngày cuối: giao phụ trách và ủy quyền đều có thời hạn.")


class NotDelegable(Refused):
    """The keys of the platform, and what one has in another's stead, are not handed on."""

    sentence = _(
        "Không ủy quyền được chức vụ này: quyền quản trị và kiểm tra do quản trị hệ thống giao; "
        "việc được ủy quyền không ủy quyền lại."
    )


class NotToThem(Refused):
    """A delegation goes to another person who can log in."""

    sentence = _("Hãy chọn một người khác đang có tài khoản hoạt động.")


class BeyondHolding(Refused):
    """One cannot give away what one does not hold on those days."""

    sentence = _("Thời gian ủy quyền phải từ hôm nay và nằm trong thời gian bạn giữ chức vụ (%(span)s).")


class PasskeyRefused(Refused):
    """The answer does not prove the key: another challenge, site or key, nobody verified, a bad signature."""

    sentence = _("Không xác nhận được khóa truy cập. Hãy thử lại, hoặc dùng mật khẩu và mã xác thực.")


class PasskeyCopied(Refused):
    """The key's counter went backwards: somebody else may hold a copy of it."""

    sentence = _(
        "Khóa “%(name)s” có dấu hiệu bị sao chép nên không dùng được. Hãy đăng nhập cách khác, gỡ khóa này rồi báo"
        " người quản trị."
    )


class PasskeyHeld(Refused):
    """The device gave a key that is registered already."""

    sentence = _("Khóa này đã được đăng ký. Hãy dùng thiết bị khác.")


class ProviderSilent(Refused):
    """The OpenID provider does not answer, or not as its standard says."""

    sentence = _("Không liên lạc được với nơi đăng nhập chung. Hãy thử lại sau, hoặc đăng nhập bằng mật khẩu.")


class ProviderRefused(Refused):
    """The provider did not say who it is, or what it said is not to be believed; `why` is for the log."""

    sentence = _("Nơi đăng nhập chung chưa xác nhận được bạn. Hãy thử lại từ trang đăng nhập.")

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class AddressUnverified(Refused):
    """A new identity whose address for mail the provider does not vouch for."""

    sentence = _(
        "Nơi đăng nhập chung chưa xác minh địa chỉ thư của bạn. Hãy xác minh ở đó, hoặc đăng nhập bằng mật khẩu."
    )


class NobodyHere(Refused):
    """Log-in from outside opens the account of somebody who was invited; it never makes one."""

    sentence = _(
        "Chưa có tài khoản nào ở đây mang địa chỉ %(email)s. Hãy nhờ người quản trị mời bạn bằng đúng địa chỉ này."
    )


class BoundToAnother(Refused):
    """The account with that address belongs to another identity of the same provider: addresses are given anew."""

    sentence = _(
        "Tài khoản mang địa chỉ %(email)s đã gắn với một định danh khác. Hãy nhờ người quản trị gỡ định danh cũ."
    )


class AccountClosed(Refused):
    """Who proved to be its holder is told; to anybody else an account that ended looks like none."""

    sentence = _("Tài khoản đã khóa. Hãy nhờ người quản trị mở lại.")


class AccountIdle(AccountClosed):
    """It was closed because nobody came with it."""

    sentence = _("Tài khoản đã khóa vì lâu không dùng. Hãy nhờ người quản trị mở lại.")


class CodeWrong(Refused):
    """Not the code of now, one used before, or no recovery code of this person's."""

    sentence = _("Mã không đúng hoặc đã dùng. Hãy đợi mã mới trong ứng dụng, hoặc dùng một mã dự phòng.")


class LinkSpent(Refused):
    """A link that was used, is too old, or was never ours."""

    sentence = _("Liên kết đã dùng hoặc đã hết hạn. Hãy yêu cầu liên kết mới ở trang đăng nhập.")


class WeakPassword(Refused):
    """The password breaks a rule of the settings; `why` holds their sentences."""

    sentence = _("Mật khẩu chưa đạt: %(why)s")


class NotADraft(Refused):
    """The reorganisation was applied; its lines can no longer be changed."""

    sentence = _("Phương án này đã áp dụng nên không sửa được nữa. Nếu sai, hãy hoàn tác rồi lập phương án khác.")


class NotYetInForce(Refused):
    """A reorganisation is applied on its day or later."""

    sentence = _("Việc sắp xếp có hiệu lực từ ngày %(day)s: hãy áp dụng từ ngày đó. Trước đó có thể xem trước.")


class MappingFaulty(Refused):
    """The lines do not fit the register of their day; `faults` says where."""

    sentence = _("Chưa áp dụng được: còn %(count)s điểm cần sửa. %(why)s")

    def __init__(self, faults: Sequence[MappingFault]) -> None:
        super().__init__(count=len(faults), why=" ".join(dict.fromkeys(str(fault) for fault in faults[:20])))
        self.faults = list(faults)


class NotApplied(Refused):
    """Only what is in force can be undone, and an undo is not undone: the same is drafted anew."""

    sentence = _("Chỉ hoàn tác được việc sắp xếp đang có hiệu lực. Nếu cần sắp xếp lại, hãy lập phương án mới.")


class UndoneBefore(Refused):
    """An undo has a day of its own, from that of the act to today."""

    sentence = _("Ngày hoàn tác phải từ ngày %(day)s đến hôm nay.")


class LaterReorganisation(Refused):
    """A later act has taken the same units further."""

    sentence = _("“%(title)s” đã sắp xếp tiếp các đơn vị này. Hãy hoàn tác việc đó trước.")


class NowhereToGo(Refused):
    """A unit that the act made has no predecessor and stood under none: its work would be left without a unit."""

    sentence = _(
        "Không biết giao lại việc của “%(name)s” cho đơn vị nào. Hãy đặt đơn vị này dưới một đơn vị khác trước."
    )


class MappingFileFaulty(Refused):
    """A file of lines that cannot be read whole; `faults` tells every faulty row, and nothing was taken in."""

    sentence = _("Chưa nạp tệp: %(count)s dòng có lỗi.")

    def __init__(self, faults: Sequence[object]) -> None:
        super().__init__(count=len(faults))
        self.faults = list(faults)


class RowFaulty(Refused):
    """One line cannot be understood; `why` is the sentence."""

    sentence = _("%(why)s")


class NoTables(Refused):
    """A file none of whose sheets has the headings of a table of the directory, or all are empty."""

    sentence = _(
        "Không nhận ra bảng nào trong tệp. Dòng đầu phải là tên cột như trong tệp mẫu, bên dưới có ít nhất một dòng."
    )


class RowsFaulty(Refused):
    """Rows are faulty, and nobody said that the good ones may be taken in alone."""

    sentence = _("Còn %(count)s dòng lỗi. Hãy sửa tệp rồi nạp lại, hoặc chọn chỉ nạp các dòng đúng.")


class DirectoryMoved(Refused):
    """What a file would do is not what was looked at: the directory has changed meanwhile."""

    sentence = _("Danh bạ đã thay đổi từ lúc xem trước. Hãy xem lại rồi nạp.")


class AlreadySettled(Refused):
    """The file was taken in or thrown away before."""

    sentence = _("Tệp này đã được nạp hoặc đã bỏ. Hãy nạp tệp khác.")


class AsUsual(Refused):
    """The office works on the day, or not, without any decision of its own."""

    sentence = _("Ngày %(day)s vốn đã như vậy theo lịch chung. Hãy chọn ngày khác hoặc loại ngày khác.")


class NotTwoUnits(Refused):
    """Merging takes two different units that are there today."""

    sentence = _("Hãy chọn hai đơn vị khác nhau đang hoạt động.")


class StillDifferent(Refused):
    """Two entries differ in what one unit has once; a person confirms each difference."""

    sentence = _("Hai mục còn khác nhau. %(why)s Hãy xác nhận từng điểm nếu vẫn là một đơn vị.")


class NotTwoPeople(Refused):
    """Merging takes two different people with open accounts."""

    sentence = _("Hãy chọn hai người khác nhau, tài khoản đang mở.")


class NotYourself(Refused):
    """Whoever merges cannot be the one whose account is shut by it."""

    sentence = _(
        "Tài khoản bạn đang dùng không thể là mục bị gộp. Hãy giữ lại tài khoản này, hoặc nhờ người quản trị khác."
    )


class MergingUndone(Refused):
    """A merging is undone once."""

    sentence = _("Việc gộp này đã được hoàn tác.")
