"""The tour of the first programme: its stops in order, whose they are, and where each opens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xulang.budget.enums import BUDGET_ROLES
from xulang.office.models import TourStop
from xulang.organisation.enums import ACTING_ROLES, DESK, DUTY_ROLES, FOLLOWING, Role
from xulang.organisation.models import Person
from xulang.organisation.scopes import Scope
from xulang.programme.models import Assignment, Programme

PARAMETER = "tham-quan"  # of an address: the page was opened as this stop
LATER = "de-sau"  # kept beside the stops: the invitation was put off


@dataclass(frozen=True, slots=True)
class Visit:
    """Who walks round, on which day."""

    person: Person
    held: Scope
    today: date


Row = Callable[[Visit], int | None]


def _programme(visit: Visit) -> int | None:
    return Programme.objects.for_user(visit.person, visit.today).order_by("pk").values_list("pk", flat=True).first()


def _directive(visit: Visit) -> int | None:
    rows = Programme.objects.for_user(visit.person, visit.today).order_by("pk")
    return rows.values_list("directive_id", flat=True).first()


def _task(visit: Visit) -> int | None:
    rows = Assignment.objects.for_user(visit.person, visit.today).order_by("pk")
    return rows.values_list("task_id", flat=True).first()


def _duty(visit: Visit) -> int | None:
    rows = Assignment.objects.for_user(visit.person, visit.today).filter(unit__in=visit.held.reach(DESK))
    return rows.order_by("pk").values_list("pk", flat=True).first()


@dataclass(frozen=True, slots=True)
class Stop:
    """One screen of the tour: what to look at there. `row` finds what it opens; none: the screen needs no row."""

    slug: str
    title: Promise
    look: Promise
    opens: str
    roles: frozenset[Role]
    row: Row | None = None


LEAD = frozenset({Role.LEAD_OFFICER})
ADMIN = frozenset({Role.ADMINISTRATOR})
STOPS = (
    Stop("hom-nay", _("Hôm nay"), _("Bàn của bạn mỗi sáng: văn bản chờ rà soát, báo cáo chờ xác nhận, bốn con số. Bấm vào mục nào là mở mục ấy."), "home", LEAD),
    Stop("toan-canh", _("Toàn cảnh"), _("Bốn con số, những gì chờ bạn và việc quá hạn lâu nhất. Bấm vào một con số để xem các việc đứng sau nó."), "overview", frozenset({Role.LEADER})),
    Stop("viec", _("Việc của đơn vị"), _("Việc xếp theo hạn: quá hạn trước, sắp đến hạn sau. Mỗi thẻ là một kỳ báo cáo của một việc."), "desk", DESK),
    Stop("mot-viec", _("Một việc được giao"), _("Câu chữ giao việc nằm trên cùng. Kéo xuống “Báo cáo”: chọn hoàn thành, tiến độ hay không phát sinh, viết một câu, đính minh chứng."), "assignment", DESK, _duty),
    Stop("hoat-dong", pgettext_lazy("rail", "Hoạt động"), _("Việc đã làm và sắp làm: ghi một lần, gắn với nhiệm vụ, dùng làm minh chứng cho nhiều báo cáo."), "activities", DUTY_ROLES),
    Stop("ky-bao-cao", pgettext_lazy("rail", "Kỳ báo cáo"), _("Báo cáo của từng kỳ, điền sẵn từ những gì đã ghi. Bấm vào một số để xem các dòng đứng sau nó."), "rounds", DUTY_ROLES),
    Stop("van-ban", pgettext_lazy("rail", "Văn bản"), _("Sổ văn bản đến và đi, lọc theo loại, năm, tình trạng. Địa chỉ trang giữ bộ lọc."), "directives", DUTY_ROLES),
    Stop("mot-van-ban", _("Một văn bản"), _("Câu chữ của văn bản, nhiệm vụ máy đọc được và văn bản nó viện dẫn. “Xem mạch văn bản” vẽ văn bản nào sinh ra văn bản nào."), "directive", DUTY_ROLES, _directive),
    Stop("ra-soat", _("Rà soát nhiệm vụ"), _("Câu chữ bên trái, nhiệm vụ bên phải. Bấm một nhiệm vụ để thấy câu giao nó. Làm bốn bước rồi giao; chưa giao thì chưa ai nhận gì."), "review", LEAD, _programme),
    Stop("noi-nhan", _("Nơi nhận"), _("Các dòng “Nơi nhận” của văn bản thành danh sách gửi; ai đã xác nhận đã nhận hiện ở đây."), "distribution", LEAD, _directive),
    Stop("ca-nhiem-vu", _("Toàn bộ một nhiệm vụ"), _("Một trang kể hết: câu giao việc, thời hạn, từng đơn vị báo cáo gì, minh chứng nào. In ra là hồ sơ của việc ấy."), "task", DUTY_ROLES, _task),
    Stop("bang", pgettext_lazy("rail", "Bảng theo dõi"), _("Mọi kỳ báo cáo, xem theo hạn, theo đơn vị và tháng, hoặc trên lịch. Lọc xong có thể tải về bảng tính."), "board", DUTY_ROLES),
    Stop("xac-nhan", _("Chờ xác nhận"), _("Báo cáo của các đơn vị chờ ở đây. Xác nhận thì tính vào số liệu; trả lại thì ghi rõ cần bổ sung gì."), "to_confirm", FOLLOWING | {Role.LEADER}),
    Stop("vuong-mac", pgettext_lazy("rail", "Vướng mắc"), _("Đơn vị nêu điều làm mình chưa xong việc; đơn vị đầu mối trả lời hoặc trình lãnh đạo. Cũ nhất nằm trên cùng."), "obstacles", ACTING_ROLES),
    Stop("de-nghi", pgettext_lazy("rail", "Đề nghị"), _("Câu “Đề nghị …” gửi cơ quan ngoài thẩm quyền: trả lời được, không có hạn, không nằm trong số liệu."), "requests", FOLLOWING | {Role.LEADER}),
    Stop("nhac-viec", pgettext_lazy("rail", "Nhắc việc"), _("Lời nhắc trước hạn và khi quá hạn. Báo cáo xong thì lời nhắc tự rời danh sách."), "notices", DUTY_ROLES),
    Stop("du-toan", pgettext_lazy("rail", "Dự toán"), _("Kinh phí của nhiệm vụ, từ dự toán đến khoản chi cuối. Những gì chờ bạn nằm trên cùng."), "estimates", BUDGET_ROLES),
    Stop("tinh-hinh", _("Tình hình"), _("Bốn con số đến hết một ngày bất kỳ, theo từng đơn vị. Con số nào cũng mở ra danh sách đứng sau nó."), "figures", DUTY_ROLES),
    Stop("tim", _("Tìm kiếm"), _("Gõ có dấu hay không dấu. Kết quả mở đúng câu, chữ tìm được tô sáng."), "search", DUTY_ROLES),
    Stop("don-vi", pgettext_lazy("rail", "Đơn vị"), _("Danh bạ theo ngày: xem hôm nay, hoặc một ngày trước khi sắp xếp."), "units", ADMIN),
    Stop("nap", _("Nạp danh bạ"), _("Cả danh bạ từ một tệp bảng tính; mỗi dòng hiện mới, đổi hay sai trước khi ghi."), "import_directory", ADMIN),
    Stop("nguoi-dung", _("Người dùng"), _("Mở tài khoản, rồi giao chức vụ: công việc đi theo chức vụ, không theo người."), "people", ADMIN),
    Stop("sap-xep", pgettext_lazy("rail", "Sắp xếp"), _("Nhập, tách, đổi tên đơn vị bằng một phương án có ngày và căn cứ; xem trước, áp dụng, hoàn tác."), "reorganisations", ADMIN),
    Stop("lich", _("Lịch làm việc"), _("Ngày nghỉ chung của cả nước và ngày riêng của cơ quan. Nhắc việc đếm theo lịch này."), "working_days", LEAD | ADMIN),
    Stop("nhat-ky", _("Nhật ký"), _("Ai đã làm gì, lúc nào. Bấm “Kiểm tra chuỗi” để biết không dòng nào bị sửa."), "journal", frozenset({Role.AUDITOR})),
    Stop("uy-quyen", _("Ủy quyền"), _("Đi vắng thì ủy quyền chức vụ cho một người, từ ngày đến ngày; sổ theo dõi ghi rõ."), "delegations", DUTY_ROLES),
    Stop("an-toan", _("An toàn tài khoản"), _("Bật mã từ điện thoại hoặc khóa truy cập; xem và đóng các phiên đăng nhập của mình."), "security", frozenset(Role)),
)  # fmt: skip


def stops(held: Scope) -> list[Stop]:
    """The stops of somebody with these posts, in order."""
    return [stop for stop in STOPS if held.holds(*stop.roles)]


def address(stop: Stop, visit: Visit) -> str | None:
    """Where a stop opens; None while there is nothing yet that it could show."""
    numbers: list[int] = []
    if stop.row is not None:
        if (row := stop.row(visit)) is None:
            return None
        numbers.append(row)
    return f"{reverse(f'office:{stop.opens}', args=numbers)}?{PARAMETER}={stop.slug}"


def seen(person: Person) -> frozenset[str]:
    """The stops that a person has been to."""
    return frozenset(TourStop.objects.filter(person=person).values_list("slug", flat=True))


@dataclass(frozen=True, slots=True)
class Beside:
    """What a page says of the tour: the stop that it is, and its place among all; or, with none, an invitation."""

    stop: Stop | None
    number: int
    length: int


def beside(visit: Visit, slug: str | None, *, begins: bool) -> Beside | None:
    """What stands on a page opened as the stop `slug`; on the page where the day `begins`, for who has not set out.

    None for every other page, which costs no question.
    """
    if slug is None and not begins:
        return None
    way = stops(visit.held)
    for number, stop in enumerate(way, 1):
        if stop.slug == slug:
            return Beside(stop, number, len(way))
    if begins and not TourStop.objects.filter(person=visit.person).exists():
        return Beside(None, 0, len(way))
    return None
