"""The two-page guide: its chapters in order, and which of them tells about a screen."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Picture:
    """A screen of the sample programme, taken by the tests (`make guide`): its file, what it shows, its size."""

    file: str
    shows: Promise
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """A place of the guide: its anchor, what it tells, and the screens (names of addresses) that it tells about."""

    anchor: str
    title: Promise
    lines: tuple[Promise, ...]
    screens: frozenset[str]
    picture: Picture | None = None


def _chapter(anchor: str, title: Promise, screens: str, *lines: Promise, picture: Picture | None = None) -> Chapter:
    return Chapter(anchor, title, lines, frozenset(screens.split()), picture)


PAGES: tuple[tuple[Chapter, ...], ...] = (
    (
        _chapter(
            "bat-dau",
            _("Bắt đầu"),
            "home tour guide search",
            _("Thanh bên trái (trên điện thoại: hàng chữ trên cùng) là các bàn việc của bạn; chức vụ nào thấy bàn ấy."),
            _("“Tìm kiếm” nhận chữ có dấu hay không dấu: “lang son” tìm cả “Lạng Sơn”."),
            _(
                "“Trợ giúp” ở mỗi trang mở đúng mục của tờ này; “Tham quan” dẫn qua từng màn hình của chương trình đầu tiên."
            ),
        ),
        _chapter(
            "van-ban",
            _("Tiếp nhận văn bản"),
            "directives receive directive outgoing copies copy_directive copy_paper record cascade",
            _(
                "Vào “Văn bản”, bấm “Tiếp nhận văn bản”, chọn tệp PDF, Word hoặc ảnh quét. Văn bản có dấu mật thì không tải lên."
            ),
            _(
                "Số, ngày, trích yếu máy đọc sai thì bấm “Sửa hồ sơ, ghi hiệu lực” ở trang văn bản; văn bản nào thay thế, hết hiệu lực cũng ghi ở đó."
            ),
            _(
                "“Sao văn bản” ở trang văn bản hoặc trong “Sổ văn bản đi” làm bản sao y, sao lục, trích sao đúng thể thức; số lấy ở “Sổ bản sao”."
            ),
        ),
        _chapter(
            "ra-soat",
            _("Rà soát rồi giao"),
            "review joining differences accuracy drafts start_draft draft draft_item draft_preview draft_check cascade_check",
            _(
                "Bên trái là câu chữ của văn bản, bên phải là nhiệm vụ máy đọc được. Chỗ viền hồng là chỗ máy chưa chắc."
            ),
            _("Bốn bước: chọn kỳ báo cáo, chọn nghĩa của “các phòng, ban, phường”, xác nhận từng nhiệm vụ, giao."),
            _(
                "Phím j, k qua từng việc; c xác nhận; Enter sửa; z hoàn tác; ? xem mọi phím. Chưa bấm “Giao nhiệm vụ” thì chưa đơn vị nào nhận gì."
            ),
            _(
                "Văn bản sửa đổi hoặc thay thế văn bản trước: mở “Những gì thay đổi” để giữ, đổi hay kết thúc từng việc."
            ),
            _(
                "Văn bản cấp trên: “Soạn kế hoạch thực hiện” cho dự thảo đúng thể thức; “Đối chiếu” chỉ chỗ thiếu, chỗ muộn."
            ),
            picture=Picture("ra-soat.png", _("Màn hình rà soát: câu chữ bên trái, nhiệm vụ bên phải"), 1760, 900),
        ),
        _chapter(
            "noi-nhan",
            _("Gửi nơi nhận"),
            "distribution guidance circulation incoming correct_arrival",
            _(
                "Dòng “Nơi nhận” thành danh sách gửi. Dòng chưa rõ thì chọn đơn vị, rồi bấm “Gửi theo danh sách”; ai đã nhận, ai chưa hiện ngay dưới."
            ),
            picture=Picture("noi-nhan.png", _("Danh sách gửi: ai đã xác nhận đã nhận, ai chưa"), 1624, 640),
        ),
        _chapter(
            "bao-cao",
            _("Đơn vị báo cáo trong một phút"),
            "desk assignment task feeds evidence people_in_evidence withdraw_evidence withdraw_note activities record_activity activity "
            "correct_activity give_activity attendance withdraw_activity withdraw_activity_evidence "
            "partners partner correct_partner correct_agreement activity_partners partners_twice certificates retention report_sheets report_sheet delegate_duty",
            _("“Việc của đơn vị” xếp việc theo hạn. Mở một việc: câu giao việc ở trên, mẫu báo cáo ở dưới."),
            _(
                "Chọn “Hoàn thành”, “Báo cáo tiến độ” hoặc “Không phát sinh”, viết một hai câu, chụp ảnh hay đính tệp làm minh chứng, bấm “Gửi báo cáo”."
            ),
            _(
                "Sự kiện, lớp học, bản tin: ghi một lần ở “Hoạt động”, rồi dùng làm minh chứng cho mọi báo cáo liên quan."
            ),
            _("Gửi nhầm tệp thì “Thu hồi” và nêu lý do; sổ theo dõi ghi cả hai lần, không dòng nào bị xóa."),
            picture=Picture("bao-cao.png", _("Một việc trên điện thoại: câu giao việc và hạn"), 780, 900),
        ),
        _chapter(
            "tai-khoan",
            _("Tài khoản và ủy quyền"),
            "security second_factor passkeys password delegations",
            _(
                "Bật mã từ điện thoại hoặc đăng ký khóa truy cập ở “An toàn tài khoản”; mất máy thì đóng phiên của máy đó."
            ),
            _("Đi vắng: “Ủy quyền” chức vụ cho một người từ ngày đến ngày; sổ theo dõi ghi rõ ai làm thay ai."),
            _("Quên mật khẩu thì bấm “Quên mật khẩu” ở trang đăng nhập, hoặc nhờ người quản trị trao liên kết."),
        ),
    ),
    (
        _chapter(
            "xac-nhan",
            _("Xác nhận hoặc trả lại"),
            "to_confirm move_assignment withdraw_assignment",
            _(
                "“Chờ xác nhận” có báo cáo cùng minh chứng. “Xác nhận” là tính vào số liệu; “Trả lại” thì ghi rõ cần bổ sung gì."
            ),
            _("Giao nhầm đơn vị: mở việc, chọn “Chuyển cho đơn vị khác” hoặc “Thu hồi”, ghi lý do; đơn vị được báo."),
            picture=Picture("xac-nhan.png", _("Một báo cáo chờ xác nhận, kèm minh chứng"), 1624, 640),
        ),
        _chapter(
            "theo-doi",
            _("Theo dõi, nhắc việc, đề nghị"),
            "board requests notices final_review obstacles raise_obstacle ask_extension rounds open_round round round_figure "
            "round_sentence edit_heading targets consolidation issue_consolidation unit_report unit_figure",
            _(
                "“Bảng theo dõi” lọc theo đơn vị, văn bản, hạn; địa chỉ trang giữ bộ lọc nên gửi cho người khác được; tải về XLSX hoặc CSV."
            ),
            _(
                "Trước hạn 7, 3, 1 ngày làm việc và khi quá hạn, người có việc được nhắc; quá lâu thì lên tới thủ trưởng, đơn vị đầu mối, lãnh đạo."
            ),
            _(
                "Câu “Đề nghị …” gửi cơ quan ngoài thẩm quyền nằm ở “Đề nghị”: trả lời được, không có hạn, không tính vào số liệu."
            ),
            _(
                "Chưa làm được thì ở trang của việc bấm “Nêu vướng mắc” hoặc “Xin gia hạn”; “Vướng mắc” cho biết đang chờ ai."
            ),
            _("“Kỳ báo cáo” điền sẵn báo cáo từ sổ và tổng hợp thành văn bản; hết việc thì “Tổng kết”."),
        ),
        _chapter(
            "kinh-phi",
            _("Dự toán, chi và hết năm"),
            "estimates draw_up estimate add_estimate_line estimate_line estimate_sheet appraise issue_note spending budget_figures norms",
            _(
                "“Dự toán” so từng dòng với định mức, nêu điều khoản; cơ quan tài chính thẩm định, lãnh đạo quyết định, rồi mới “Ghi khoản chi”."
            ),
            _(
                "Hết năm ngân sách: việc làm xong trong năm chi được đến hết 31/01; còn lại bị hủy, trừ phần “Đề nghị chuyển nguồn” được đồng ý."
            ),
        ),
        _chapter(
            "tinh-hinh",
            _("Lãnh đạo: năm phút mỗi ngày"),
            "overview figures figure_rows",
            _(
                "“Toàn cảnh” có bốn con số, những gì chờ bạn và việc quá hạn lâu nhất. Bấm vào con số là mở đúng các việc đứng sau nó."
            ),
            _("“Tình hình” xem lại một ngày bất kỳ, theo đơn vị hiện nay hoặc của ngày đó."),
            picture=Picture("tinh-hinh.png", _("Bốn con số của lãnh đạo, bấm vào là mở danh sách"), 1624, 500),
        ),
        _chapter(
            "quan-tri",
            _("Quản trị: đơn vị, người dùng"),
            "units unit add_unit duplicates import_directory import_preview people people_twice person add_person second_factor_demands working_days redate_day",
            _("“Nạp từ tệp” nhận cả danh bạ: mỗi dòng hiện mới, đổi hay sai trước khi ghi."),
            _(
                "Công việc đi theo chức vụ: mở tài khoản, rồi giao chức vụ ở trang của người đó. Thôi chức vụ thì kết thúc, đừng xóa."
            ),
            _("Một đơn vị có hai mục thì gộp ở “Tìm mục trùng”. Ngày nghỉ riêng của cơ quan ghi ở “Lịch làm việc”."),
        ),
        _chapter(
            "sap-xep",
            _("Sắp xếp đơn vị"),
            "reorganisations draft_reorganisation reorganisation preview_reorganisation undo_reorganisation touched_rows",
            _(
                "Lập phương án, thêm từng dòng nhập, tách, đổi tên; “Xem trước” nêu mọi việc bị đụng tới rồi mới áp dụng. Áp dụng rồi vẫn hoàn tác được, số cũ vẫn đúng theo ngày cũ."
            ),
        ),
        _chapter(
            "nhat-ky",
            _("Nhật ký và khi gặp khó"),
            "journal",
            _(
                "Người kiểm tra đọc “Nhật ký” và chỉ nhật ký: mỗi dòng mang dấu của dòng trước, sửa một dòng là đứt chuỗi."
            ),
            _(
                "Không thấy một việc hay văn bản: xem chức vụ của bạn ở chân trang bên trái; văn bản thì nhờ đơn vị đầu mối gửi."
            ),
            _("Lỗi nào cũng nói phải làm gì tiếp; nếu vẫn vướng, chụp màn hình và gọi người quản trị của cơ quan."),
        ),
    ),
)
CHAPTERS = tuple(chapter for page in PAGES for chapter in page)
_PLACES = {screen: chapter.anchor for chapter in CHAPTERS for screen in chapter.screens}


def place(screen: str | None) -> str:
    """The anchor of the chapter that tells about a screen; of the first for one that none tells about."""
    return _PLACES.get(screen or "", CHAPTERS[0].anchor)
