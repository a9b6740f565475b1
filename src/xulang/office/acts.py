"""How the journal reads to a person: its dotted names in words, its numbers as names, each line a sentence."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from xulang.organisation.selectors import Named, delegators, named
from xulang.plumbing.models import JournalEntry

# What a button says as well stands here as the journal's own: where a button orders, English tells what was done.
PHRASES = {
    "calendar.decided": _("Ghi ngày nghỉ, ngày làm bù của cơ quan"),
    "calendar.withdrawn": _("Bỏ ngày riêng của cơ quan"),
    "calendar.redated": _("Dời hạn khỏi ngày nghỉ của cơ quan"),
    "letter.repeated": _("Gửi lại một thư có thể đã gửi (cùng Message-ID)"),
    "directive.received": pgettext_lazy("journal", "Tiếp nhận văn bản"),
    "directive.refused_secret": _("Từ chối văn bản có dấu mật"),
    "directive.distributed": _("Gửi văn bản cho đơn vị"),
    "directive.read": _("Đơn vị đã nhận văn bản"),
    "directive.circulated": _("Giao văn bản cho người đọc"),
    "directive.seen": _("Người được giao đã xem văn bản"),
    "directive.file_opened": _("Tải văn bản gốc"),
    "directive.readers_urged": _("Nhắc người chưa xem văn bản"),
    "recipient.settled": _("Xác định nơi nhận"),
    "directive.described": _("Sửa hồ sơ văn bản"),
    "directive.direction_set": _("Xác nhận sổ văn bản"),
    "directive.effect_recorded": pgettext_lazy("journal", "Ghi tình trạng hiệu lực"),
    "arrival.numbered": _("Cấp số đến"),
    "arrival.corrected": _("Sửa một dòng của sổ văn bản đến"),
    "arrival.cancelled": _("Hủy số đến của văn bản do cơ quan ban hành"),
    "outgoing.numbered": pgettext_lazy("journal", "Cấp số văn bản đi"),
    "outgoing.cancelled": _("Hủy số văn bản đi"),
    "copy.made": pgettext_lazy("journal", "Cấp số bản sao"),
    "copy.cancelled": _("Hủy số bản sao"),
    "copy.taken": _("Tải bản sao"),
    "directive.effect_withdrawn": _("Gỡ ghi nhận hiệu lực"),
    "estimate.drawn": pgettext_lazy("journal", "Lập dự toán"),
    "estimate.described": _("Sửa phần chung của dự toán"),
    "estimate.line_added": pgettext_lazy("journal", "Thêm nội dung chi"),
    "estimate.line_changed": pgettext_lazy("journal", "Sửa nội dung chi"),
    "estimate.line_dropped": _("Bỏ nội dung chi"),
    "estimate.lines_replaced": _("Nạp nội dung chi từ bảng tính"),
    "estimate.sent": _("Gửi dự toán thẩm định"),
    "estimate.line_appraised": _("Thẩm định nội dung chi"),
    "estimate.returned": pgettext_lazy("journal", "Trả lại dự toán"),
    "estimate.appraised": _("Thẩm định xong dự toán"),
    "estimate.approved": _("Phê duyệt dự toán"),
    "estimate.declined": _("Không phê duyệt dự toán"),
    "estimate.allotted": _("Giao kinh phí cho nội dung chi"),
    "estimate.spent": pgettext_lazy("journal", "Ghi khoản chi"),
    "estimate.refunded": pgettext_lazy("journal", "Ghi giảm chi"),
    "estimate.transfer_asked": _("Đề nghị điều chuyển kinh phí"),
    "estimate.carry_asked": pgettext_lazy("journal", "Đề nghị chuyển nguồn sang năm sau"),
    "estimate.transferred": _("Điều chuyển kinh phí"),
    "estimate.carried": _("Chuyển nguồn sang năm sau"),
    "estimate.refused": _("Không đồng ý điều chuyển, chuyển nguồn"),
    "estimate.note_issued": pgettext_lazy("journal", "Cấp số báo cáo thẩm định"),
    "estimate.note_taken": _("Tải báo cáo thẩm định"),
    "assignment.regularity_said": _("Xác định nhiệm vụ thường xuyên hay không"),
    "norm.set": pgettext_lazy("journal", "Ghi mức chi của địa phương"),
    "norm.withdrawn": _("Bỏ mức chi của địa phương"),
    "programme.proposed": _("Đề xuất nhiệm vụ từ văn bản"),
    "programme.cadence_set": _("Đặt chu kỳ báo cáo"),
    "programme.focal_unit_set": _("Chọn đơn vị đầu mối theo dõi"),
    "programme.sets_confirmed": _("Xác nhận nghĩa của tập đơn vị"),
    "programme.span_set": _("Đặt thời gian thực hiện"),
    "programme.sure_confirmed": pgettext_lazy("journal", "Xác nhận những điều chắc chắn"),
    "programme.issued": pgettext_lazy("journal", "Giao nhiệm vụ"),
    "task.added": pgettext_lazy("journal", "Thêm nhiệm vụ"),
    "task.confirmed": _("Xác nhận nhiệm vụ"),
    "task.corrected": _("Sửa nhiệm vụ"),
    "review.undone": _("Hoàn tác một thao tác rà soát"),
    "task.deadline_confirmed": _("Xác nhận thời hạn"),
    "task.dropped": _("Bỏ nhiệm vụ"),
    "task.joined": _("Ghép nhiệm vụ với việc đã giao"),
    "task.parted": _("Thôi ghép nhiệm vụ"),
    "task.merged": _("Gộp nhiệm vụ"),
    "task.restored": _("Khôi phục nhiệm vụ"),
    "task.split": _("Tách nhiệm vụ"),
    "task.unit_added": _("Thêm đơn vị của nhiệm vụ"),
    "task.unit_confirmed": _("Xác nhận đơn vị của nhiệm vụ"),
    "task.unit_corrected": _("Sửa đơn vị của nhiệm vụ"),
    "task.unit_dropped": _("Bỏ đơn vị của nhiệm vụ"),
    "assignment.reported": _("Đơn vị báo cáo"),
    "assignment.answered": pgettext_lazy("journal", "Trả lời đề nghị"),
    "assignment.withdrawn": _("Thu hồi nhiệm vụ đã giao"),
    "assignment.urged": pgettext_lazy("journal", "Nhắc đơn vị"),
    "assignment.moved": pgettext_lazy("journal", "Chuyển nhiệm vụ cho đơn vị khác"),
    "programme.amendment_said": _("Xác nhận văn bản sửa đổi, thay thế văn bản khác"),
    "programme.amended": _("Văn bản mới sửa đổi, thay thế nhiệm vụ đã giao"),
    "difference.settled": _("Xác định nhiệm vụ giữ nguyên, thay đổi, kết thúc hay mới"),
    "difference.sure_settled": _("Xác nhận những thay đổi chắc chắn"),
    "change.seen": _("Đơn vị đã xem thay đổi"),
    "programme.closed": pgettext_lazy("journal", "Tổng kết chương trình"),
    "programme.reopened": pgettext_lazy("journal", "Mở lại chương trình"),
    "feed.made": _("Tạo địa chỉ lịch riêng"),
    "feed.revoked": _("Thu hồi địa chỉ lịch riêng"),
    "link.used": _("Gửi báo cáo bằng liên kết trong thư"),
    "extension.asked": pgettext_lazy("journal", "Xin gia hạn"),
    "extension.granted": _("Đồng ý gia hạn"),
    "extension.refused": _("Không đồng ý gia hạn"),
    "obstacle.raised": pgettext_lazy("journal", "Nêu vướng mắc"),
    "obstacle.raised_again": _("Nêu lại vướng mắc"),
    "obstacle.answered": pgettext_lazy("journal", "Trả lời vướng mắc"),
    "obstacle.escalated": _("Trình lãnh đạo vướng mắc"),
    "obstacle.resolved": _("Đóng vướng mắc"),
    "assignment.directed": _("Lãnh đạo cho ý kiến chỉ đạo"),
    "report.confirmed": pgettext_lazy("journal", "Xác nhận báo cáo"),
    "report.returned": pgettext_lazy("journal", "Trả lại báo cáo"),
    "evidence.opened": _("Mở minh chứng"),
    "evidence.withdrawn": pgettext_lazy("journal", "Thu hồi minh chứng"),
    "note.withdrawn": pgettext_lazy("journal", "Thu hồi nội dung"),
    "duty.delegated": _("Phân công một việc cho đồng nghiệp"),
    "duty.delegation_ended": _("Thôi phân công một việc"),
    "guidance.attached": _("Gắn văn bản định hướng vào nhiệm vụ"),
    "guidance.detached": _("Gỡ văn bản định hướng khỏi nhiệm vụ"),
    "guidance.seen": _("Đơn vị đã đọc định hướng"),
    "draft.started": _("Lập dự thảo kế hoạch từ văn bản cấp trên"),
    "draft.framed": _("Sửa khung dự thảo kế hoạch"),
    "draft.item_added": _("Thêm nhiệm vụ vào dự thảo"),
    "draft.item_worded": _("Sửa nhiệm vụ của dự thảo"),
    "draft.items_spread": _("Giao đơn vị, thời hạn cho các nhiệm vụ của dự thảo"),
    "draft.item_moved": _("Đổi thứ tự nhiệm vụ của dự thảo"),
    "draft.item_dropped": _("Bỏ nhiệm vụ khỏi dự thảo"),
    "draft.dropped": _("Bỏ dự thảo kế hoạch"),
    "draft.numbered": _("Cấp số cho dự thảo kế hoạch"),
    "draft.issued": _("Đưa kế hoạch đã ký vào hệ thống"),
    "draft.taken": _("Tải dự thảo kế hoạch"),
    "duty.called": _("Xác định phần việc của văn bản cấp trên"),
    "basis.said": _("Nối nhiệm vụ với việc cấp trên giao"),
    "basis.own": _("Ghi nhiệm vụ là việc riêng của địa phương"),
    "basis.withdrawn": _("Gỡ cơ sở của nhiệm vụ"),
    "reports.imported": _("Nạp báo cáo từ bảng tính"),
    "activity.recorded": pgettext_lazy("journal", "Ghi hoạt động"),
    "activity.corrected": pgettext_lazy("journal", "Sửa hoạt động"),
    "activity.evidenced": _("Thêm minh chứng của hoạt động"),
    "activity.given": _("Dùng hoạt động làm minh chứng cho báo cáo"),
    "activity.approved": _("Công nhận khen thưởng, cách làm hay"),
    "activity.refused": _("Không công nhận khen thưởng, cách làm hay"),
    "activity.withdrawn": pgettext_lazy("journal", "Thu hồi hoạt động"),
    "activity.evidence_opened": _("Mở minh chứng của hoạt động"),
    "activity.evidence_withdrawn": _("Thu hồi minh chứng của hoạt động"),
    "activity.tells": _("Gắn văn bản vào buổi quán triệt"),
    "activity.tells_no_more": _("Gỡ văn bản khỏi buổi quán triệt"),
    "certificates.given": pgettext_lazy("journal", "Cấp giấy chứng nhận"),
    "certificates.taken": _("Tải giấy chứng nhận"),
    "attendance.present": pgettext_lazy("journal", "Ghi người có mặt"),
    "attendance.struck": _("Gạch tên khỏi danh sách người dự"),
    "activity.partners_told": _("Ghi đối tác tham gia hoạt động"),
    "partner.added": pgettext_lazy("journal", "Thêm đối tác"),
    "partner.corrected": pgettext_lazy("journal", "Sửa đối tác"),
    "partner.agreed": _("Ghi thỏa thuận với đối tác"),
    "partner.agreement_corrected": _("Sửa thỏa thuận với đối tác"),
    "retention.erased": _("Xóa minh chứng hết thời hạn giữ"),
    "partner.term_settled": _("Ghi đã xử lý xong thời hạn của thỏa thuận"),
    "partner.merged": _("Gộp hai đối tác"),
    "partner.merging_undone": _("Hoàn tác gộp đối tác"),
    "partner.told_apart": _("Ghi hai đối tác khác nhau"),
    "partner.contact_added": _("Ghi đầu mối liên hệ của đối tác"),
    "partner.contact_erased": _("Xóa đầu mối liên hệ của đối tác"),
    "round.opened": pgettext_lazy("journal", "Mở kỳ báo cáo"),
    "round.reminded": _("Nhắc gửi báo cáo kỳ"),
    "round.whole_reminded": _("Nhắc tổng hợp báo cáo kỳ"),
    "round.edited": _("Sửa lời văn tổng hợp"),
    "round.taken": _("Tải báo cáo tổng hợp"),
    "round.issued": pgettext_lazy("journal", "Phát hành báo cáo tổng hợp"),
    "round.consolidated": pgettext_lazy("journal", "Lập bản tổng hợp"),
    "programme.targets_set": _("Ghi chỉ tiêu kế hoạch"),
    "unit_report.drafted": _("Lưu nháp báo cáo của đơn vị"),
    "unit_report.sent": _("Gửi báo cáo của đơn vị"),
    "unit_report.nil": _("Gửi báo cáo không phát sinh"),
    "unit_report.returned": _("Trả lại báo cáo của đơn vị"),
    "unit_report.accepted": _("Chấp nhận báo cáo của đơn vị"),
    "attendance.listed": _("Ghi danh sách người dự"),
    "attendance.opened": _("Mở danh sách người dự"),
    "attendance.erased": _("Xóa danh sách người dự"),
    "list.exported": _("Xuất danh sách ra tệp"),
    "file.stored": _("Lưu tệp"),
    "file.infected": _("Phát hiện mã độc trong tệp"),
    "file.looked_at": _("Xem ảnh thu nhỏ có thể có người"),
    "partner.contacts_opened": _("Xem đầu mối liên hệ của đối tác"),
    "file.people_told": pgettext_lazy("journal", "Ghi về người trong ảnh"),
    "file.withdrawn": _("Thu hồi tệp"),
    "unit.created": pgettext_lazy("journal", "Thêm đơn vị"),
    "unit.renamed": _("Đổi tên đơn vị"),
    "unit.moved": _("Chuyển đơn vị cấp trên"),
    "unit.ended": pgettext_lazy("journal", "Kết thúc đơn vị"),
    "unit.alias_added": _("Thêm tên khác của đơn vị"),
    "directory.imported": _("Nạp danh bạ từ tệp"),
    "reorganisation.drafted": pgettext_lazy("journal", "Lập phương án sắp xếp"),
    "reorganisation.lines_added": _("Thêm dòng vào phương án sắp xếp"),
    "reorganisation.line_removed": _("Bỏ dòng khỏi phương án sắp xếp"),
    "reorganisation.discarded": _("Bỏ phương án sắp xếp"),
    "reorganisation.applied": _("Áp dụng việc sắp xếp"),
    "reorganisation.undone": _("Hoàn tác việc sắp xếp"),
    "assignment.heir_chosen": _("Chọn đơn vị tiếp nhận việc"),
    "unit.told_apart": _("Ghi hai mục là hai đơn vị khác nhau"),
    "unit.apart_withdrawn": _("Bỏ ghi chú hai đơn vị khác nhau"),
    "person.told_apart": _("Ghi hai mục là hai người khác nhau"),
    "person.apart_withdrawn": _("Bỏ ghi chú hai người khác nhau"),
    "person.merged": _("Gộp người trùng"),
    "person.merging_undone": _("Hoàn tác việc gộp người trùng"),
    "person.created": pgettext_lazy("journal", "Mở tài khoản"),
    "person.password_set": pgettext_lazy("journal", "Đặt lại mật khẩu"),
    "person.closed": pgettext_lazy("journal", "Khóa tài khoản"),
    "person.closed_idle": _("Khóa tài khoản lâu không dùng"),
    "person.reopened": pgettext_lazy("journal", "Mở lại tài khoản"),
    "person.link_made": _("Cấp liên kết chọn mật khẩu"),
    "person.logged_in": pgettext_lazy("journal", "Đăng nhập"),
    "person.sessions_ended": _("Đóng phiên đăng nhập"),
    "second_factor.enrolled": pgettext_lazy("journal", "Bật xác thực hai lớp"),
    "second_factor.recovery_used": _("Dùng mã dự phòng"),
    "second_factor.codes_renewed": pgettext_lazy("journal", "Tạo lại mã dự phòng"),
    "second_factor.removed": pgettext_lazy("journal", "Bỏ xác thực hai lớp"),
    "second_factor.demanded": _("Đặt vai trò bắt buộc xác thực hai lớp"),
    "passkey.registered": pgettext_lazy("journal", "Đăng ký khóa truy cập"),
    "passkey.removed": _("Gỡ khóa truy cập"),
    "passkey.copy_suspected": _("Từ chối khóa truy cập có dấu hiệu bị sao chép"),
    "openid.bound": _("Gắn định danh ngoài"),
    "openid.unbound": pgettext_lazy("journal", "Gỡ định danh ngoài"),
    "post.created": pgettext_lazy("journal", "Thêm chức vụ"),
    "post.appointed": pgettext_lazy("journal", "Giao chức vụ"),
    "post.ended": _("Kết thúc chức vụ"),
    "post.delegated": pgettext_lazy("journal", "Ủy quyền"),
    "post.delegation_ended": pgettext_lazy("journal", "Chấm dứt ủy quyền"),
}

NOUNS = {"organisation.postholding": _("lần giao chức vụ")}


def phrase(action: str) -> str:
    """The act in words; the dotted name itself for one that a newer version wrote."""
    return str(PHRASES.get(action, action))


def _subject(label: str, id: int) -> str:
    """The row that an act was done to: "đơn vị 7"; the bare label for a table that is no more."""
    try:
        name = NOUNS.get(label) or apps.get_model(label)._meta.verbose_name
    except LookupError:
        name = label
    return f"{name} {id}"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the journal as a person reads it: a sentence, and in what way it was done."""

    entry: JournalEntry
    sentence: str
    beside: list[str]


def lines(entries: Iterable[JournalEntry]) -> list[Line]:
    """Who did what to which row, of which unit. The names are looked up; the journal itself holds numbers alone."""
    rows = list(entries)
    gave = delegators(row.data["delegation"] for row in rows if "delegation" in row.data)
    names = named(
        people=[*(row.actor_id for row in rows if row.actor_id), *gave.values(), *_subjects(rows, _PERSON)],
        units=[*map(_unit, rows), *_subjects(rows, _UNIT)],
        posts=[row.data["link_post"] for row in rows if "link_post" in row.data],
    )
    return [Line(row, _sentence(row, names), list(_beside(row, names, gave))) for row in rows]


_PERSON, _UNIT = "organisation.person", "organisation.unit"


def _subjects(rows: Iterable[JournalEntry], label: str) -> list[int]:
    return [row.subject_id for row in rows if row.subject_type == label]


def _unit(row: JournalEntry) -> int:
    """The unit that an act was about, where its line names one."""
    told = row.data.get("unit")
    return told if isinstance(told, int) else 0


def _sentence(row: JournalEntry, names: Named) -> str:
    who = _who(row.actor_id, names) if row.actor_id else gettext("máy chủ")
    act, on = phrase(row.action), [_subject(row.subject_type, row.subject_id)]
    day = timezone.localdate(row.at)
    if row.subject_type == _PERSON and row.subject_id in names.people:
        on = [names.people[row.subject_id]] if row.subject_id != row.actor_id else []
    unit = names.units.get(row.subject_id if row.subject_type == _UNIT else _unit(row))
    if unit is not None:
        on = [*(on if row.subject_type != _UNIT else []), unit.name_on(day)]
    told = {"who": who, "act": act[:1].lower() + act[1:], "on": "; ".join(on)}
    return gettext("%(who)s: %(act)s (%(on)s)") % told if on else gettext("%(who)s: %(act)s") % told


def _beside(row: JournalEntry, names: Named, gave: Mapping[int, int]) -> Iterator[str]:
    if giver := gave.get(row.data.get("delegation", 0)):
        yield gettext("theo ủy quyền của %(who)s") % {"who": _who(giver, names)}
    if post := row.data.get("link_post"):
        yield gettext("bằng liên kết gửi tới chức vụ %(post)s") % {
            "post": f"{names.posts.get(post, '')} ({post})".strip()
        }


def _who(id: int, names: Named) -> str:
    """A name with its number, since two may be called the same."""
    return f"{names.people[id]} ({id})" if id in names.people else gettext("số %(id)s") % {"id": id}
