"""How the journal's dotted names read to a person."""

from django.apps import apps
from django.utils.translation import gettext_lazy as _

PHRASES = {
    "calendar.decided": _("Ghi ngày nghỉ, ngày làm bù của cơ quan"),
    "calendar.withdrawn": _("Bỏ ngày riêng của cơ quan"),
    "letter.repeated": _("Gửi lại một thư có thể đã gửi (cùng Message-ID)"),
    "directive.received": _("Tiếp nhận văn bản"),
    "directive.refused_secret": _("Từ chối văn bản có dấu mật"),
    "directive.distributed": _("Gửi văn bản cho đơn vị"),
    "directive.read": _("Đơn vị đã nhận văn bản"),
    "recipient.settled": _("Xác định nơi nhận"),
    "directive.described": _("Sửa hồ sơ văn bản"),
    "directive.direction_set": _("Xác nhận sổ văn bản"),
    "directive.effect_recorded": _("Ghi tình trạng hiệu lực"),
    "directive.effect_withdrawn": _("Gỡ ghi nhận hiệu lực"),
    "programme.proposed": _("Đề xuất nhiệm vụ từ văn bản"),
    "programme.cadence_set": _("Đặt chu kỳ báo cáo"),
    "programme.focal_unit_set": _("Chọn đơn vị đầu mối theo dõi"),
    "programme.sets_confirmed": _("Xác nhận nghĩa của tập đơn vị"),
    "programme.span_set": _("Đặt thời gian thực hiện"),
    "programme.sure_confirmed": _("Xác nhận những điều chắc chắn"),
    "programme.issued": _("Giao nhiệm vụ"),
    "task.added": _("Thêm nhiệm vụ"),
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
    "assignment.answered": _("Trả lời đề nghị"),
    "assignment.withdrawn": _("Thu hồi nhiệm vụ đã giao"),
    "assignment.moved": _("Chuyển nhiệm vụ cho đơn vị khác"),
    "programme.amendment_said": _("Xác nhận văn bản sửa đổi, thay thế văn bản khác"),
    "programme.amended": _("Văn bản mới sửa đổi, thay thế nhiệm vụ đã giao"),
    "difference.settled": _("Xác định nhiệm vụ giữ nguyên, thay đổi, kết thúc hay mới"),
    "difference.sure_settled": _("Xác nhận những thay đổi chắc chắn"),
    "change.seen": _("Đơn vị đã xem thay đổi"),
    "programme.closed": _("Tổng kết chương trình"),
    "programme.reopened": _("Mở lại chương trình"),
    "report.confirmed": _("Xác nhận báo cáo"),
    "report.returned": _("Trả lại báo cáo"),
    "evidence.withdrawn": _("Thu hồi minh chứng"),
    "note.withdrawn": _("Thu hồi nội dung"),
    "file.stored": _("Lưu tệp"),
    "file.withdrawn": _("Thu hồi tệp"),
    "unit.created": _("Thêm đơn vị"),
    "unit.renamed": _("Đổi tên đơn vị"),
    "unit.moved": _("Chuyển đơn vị cấp trên"),
    "unit.ended": _("Kết thúc đơn vị"),
    "unit.alias_added": _("Thêm tên khác của đơn vị"),
    "directory.imported": _("Nạp danh bạ từ tệp"),
    "reorganisation.drafted": _("Lập phương án sắp xếp"),
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
    "person.created": _("Mở tài khoản"),
    "person.password_set": _("Đặt lại mật khẩu"),
    "person.closed": _("Khóa tài khoản"),
    "person.closed_idle": _("Khóa tài khoản lâu không dùng"),
    "person.reopened": _("Mở lại tài khoản"),
    "person.link_made": _("Cấp liên kết chọn mật khẩu"),
    "person.logged_in": _("Đăng nhập"),
    "person.sessions_ended": _("Đóng phiên đăng nhập"),
    "second_factor.enrolled": _("Bật xác thực hai lớp"),
    "second_factor.recovery_used": _("Dùng mã dự phòng"),
    "second_factor.codes_renewed": _("Tạo lại mã dự phòng"),
    "second_factor.removed": _("Bỏ xác thực hai lớp"),
    "second_factor.demanded": _("Đặt vai trò bắt buộc xác thực hai lớp"),
    "passkey.registered": _("Đăng ký khóa truy cập"),
    "passkey.removed": _("Gỡ khóa truy cập"),
    "passkey.copy_suspected": _("Từ chối khóa truy cập có dấu hiệu bị sao chép"),
    "openid.bound": _("Gắn định danh ngoài"),
    "openid.unbound": _("Gỡ định danh ngoài"),
    "post.created": _("Thêm chức vụ"),
    "post.appointed": _("Giao chức vụ"),
    "post.ended": _("Kết thúc chức vụ"),
    "post.delegated": _("Ủy quyền"),
    "post.delegation_ended": _("Chấm dứt ủy quyền"),
}

NOUNS = {"organisation.postholding": _("lần giao chức vụ")}


def phrase(action: str) -> str:
    """The act in words; the dotted name itself for one that a newer version wrote."""
    return str(PHRASES.get(action, action))


def subject(label: str, id: int) -> str:
    """The row that an act was done to: "đơn vị 7"; the bare label for a table that is no more."""
    try:
        name = NOUNS.get(label) or apps.get_model(label)._meta.verbose_name
    except LookupError:
        name = label
    return f"{name} {id}"
