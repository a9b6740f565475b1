"""The papers that are measured: made up here, typed by the tests' typist."""

from reading.typist import Block, Columns, Grid, Para, pdf, plain, scanned, word

_UNITS = ("Phòng Kinh tế", "Phòng Văn hóa - Xã hội", "Văn phòng HĐND và UBND xã", "Công an xã", "Trạm Y tế xã")
_WORK = (
    "rà soát hiện trạng đường liên thôn bị hư hỏng sau mưa lũ, lập danh mục các đoạn phải sửa chữa, đề xuất thứ tự ưu "
    "tiên, dự toán kinh phí và phương án huy động nhân công tại chỗ, báo cáo Ủy ban nhân dân xã xem xét, quyết định",
    "tổ chức tuyên truyền, vận động Nhân dân giữ gìn vệ sinh đường làng, ngõ xóm, trồng và chăm sóc cây xanh, hoa hai "
    "bên đường; nêu gương các hộ, các thôn làm tốt trên hệ thống truyền thanh và trang thông tin điện tử của xã",
    "kiểm tra, đôn đốc việc thực hiện của các thôn, kịp thời tháo gỡ khó khăn, vướng mắc; xử lý nghiêm các trường hợp "
    "lấn chiếm hành lang an toàn giao thông, đổ vật liệu, rác thải không đúng nơi quy định trên địa bàn",
)


def plan(items: int) -> list[Block]:
    """A plan with so many items, a table of tasks, heading and signature row; twenty items fill about six pages."""
    heading = Columns(
        (
            ("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ("XÃ MƯỜNG HOA", "Độc lập - Tự do - Hạnh phúc"),
            ("Số: 12/KH-UBND", "Mường Hoa, ngày 03 tháng 5 năm 2026"),
        ),
        shape="rows",
    )
    blocks: list[Block] = [
        heading,
        Para("KẾ HOẠCH", centered=True, heading=True),
        Para("Sửa chữa, chăm sóc đường liên thôn năm 2026", centered=True, heading=True),
        Para(
            "Thực hiện Kế hoạch số 31/KH-UBND ngày 20/3/2026 của Ủy ban nhân dân tỉnh Sơn Khê và Kết luận số 14-KL/ĐU "
            "ngày 02/4/2026 của Ban Thường vụ Đảng ủy xã, Ủy ban nhân dân xã xây dựng Kế hoạch như sau:"
        ),
        Para("NỘI DUNG THỰC HIỆN", "I.", heading=True),
    ]
    for n in range(items):
        unit, other = _UNITS[n % 5], _UNITS[(n + 2) % 5]
        blocks += [
            Para(f"Việc thứ {n + 1} của Kế hoạch", f"{n + 1}.", heading=True),
            Para(f"{unit} {_WORK[n % 3]}. Thực hiện theo Văn bản số {100 + n}/UBND-KT ngày {1 + n % 28}/4/2026."),
            Para(f"Đơn vị thực hiện: {unit}; phối hợp: {other}.", "-"),
            Para(f"Thời gian thực hiện: Trước ngày {1 + n % 28}/{6 + n % 6}/2026.", "-"),
        ]
    rows = [("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian")]
    rows += [(str(n + 1), _WORK[n % 3], _UNITS[n % 5], _UNITS[(n + 1) % 5], "Quý III/2026") for n in range(items // 2)]
    closing = Columns(
        (
            ("Nơi nhận:", "TM. ỦY BAN NHÂN DÂN"),
            ("- Như trên;", "CHỦ TỊCH"),
            ("- Các thôn;", ""),
            ("- Lưu: VT.", "Lò Văn Ất"),
        )
    )
    return [*blocks, Para("BẢNG PHÂN CÔNG", "II.", heading=True), Grid(tuple(rows), (1, 6, 3, 3, 2)), closing]


def docx_of_six_pages() -> bytes:
    """The plan as Word."""
    return word(plan(20))


def docx_of_two_items() -> bytes:
    """A page of it as Word."""
    return word(plan(2))


def digital(items: int) -> bytes:
    """The plan as digital PDF."""
    return pdf(plan(items))


def scan() -> bytes:
    """The plan as pictures of its pages: long enough that one page is made ready while another is recognised."""
    return scanned(pdf(plan(16)))


def text(items: int) -> str:
    """The plan as plain text."""
    return plain(plan(items)).decode()
