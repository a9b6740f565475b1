"""Every form of a time limit, in a place of its own and in prose."""

import pytest

from xulang.reading.directive.citations import find_codes
from xulang.reading.directive.deadlines import Calendar, spoken, stated
from xulang.reading.text.level import level
from xulang.reading.text.spans import Span

NONE = ("none", None, None)
STATED = [
    ("Thường xuyên", ("ongoing", None, None)),
    ("Nhiệm vụ thường xuyên, liên tục", ("ongoing", None, None)),
    ("30/6/2026", ("date", "2026-06-30", None)),
    ("Trước ngày 05 tháng 9 năm 2026", ("date", "2026-09-05", None)),
    ("Tháng 6/2026", ("date", "2026-06", None)),
    ("6/2026", ("date", "2026-06", None)),
    # month only: the year of the paper, and not sure
    ("Tháng 10", ("date", "2026-10", None)),
    ("Quý II/2026", ("date", "2026-Q2", None)),
    ("Quý IV năm 2026", ("date", "2026-Q4", None)),
    ("Năm 2026", ("date", "2026", None)),
    ("2026", ("date", "2026", None)),
    ("2026 - 2030", ("date", "2026/2030", None)),
    ("Giai đoạn 2026-2030", ("date", "2026/2030", None)),
    ("Từ tháng 01/2026 đến tháng 6/2026", ("date", "2026-01/2026-06", None)),
    # no day and month after the word "Tháng"
    ("Tháng 3 - 5/2026", ("date", "2026-03/2026-05", None)),
    ("Tháng 10 - 11/2026", ("date", "2026-10/2026-11", None)),
    ("Hằng năm", ("recurring", None, "year")),
    ("Hàng quý", ("recurring", None, "quarter")),
    ("Định kỳ hằng tháng", ("recurring", None, "month")),
    ("6 tháng/lần", ("recurring", None, "half")),
    ("6 tháng, hằng năm", ("recurring", None, "half")),
    ("02 lần/năm", ("recurring", None, "year")),
    ("Trước ngày 15/12 hằng năm", ("recurring", "12-15", "year")),
    ("Ngày 25 hằng tháng", ("recurring", "25", "month")),
    ("Trước 16 giờ thứ Sáu hằng tuần", ("recurring", "5", "week")),
    ("Trước ngày 05 của tháng liền kề", ("recurring", "+05", "month")),
    ("Hằng quý (trước ngày 15 của tháng kế tiếp)", ("recurring", "+15", "quarter")),
    ("Trước ngày 31/01 năm liền kề", ("recurring", "+01-31", "year")),
    ("15 ngày kể từ ngày ký", ("relative", "P15D", None)),
    ("Sau 03 tháng kể từ khi có hướng dẫn", ("relative", "P3M", None)),
    ("Theo kế hoạch của Trung ương", ("relative", None, None)),
    ("2026 và những năm tiếp theo", ("date", "2026", None)),
    ("Theo quy định", NONE),
    ("Kịp thời", NONE),
    ("", NONE),
    ("-", NONE),
]


@pytest.mark.parametrize(("text", "due"), STATED)
def test_stated(text: str, due: tuple[str, str | None, str | None]) -> None:
    read = stated(level(text), Span(0, len(text)), Calendar(2026))
    assert (read.kind, read.value, read.every) == due


def test_a_year_in_the_name_of_the_column() -> None:
    read = stated("ngày 23 tháng 1", Span(0, 15), Calendar(2024), column_year=2026)
    assert (read.value, read.sure) == ("2026-01-23", True)


SPOKEN = [
    # a date behind a word of limit
    ("Rà soát danh mục, hoàn thành trước ngày 10/12/2026.", ("date", "2026-12-10", None)),
    ("Ban hành kế hoạch chậm nhất là ngày 15/01/2026.", ("date", "2026-01-15", None)),
    ("Tổ chức 01 cuộc đối thoại, hoàn thành trong tháng 12/2026.", ("date", "2026-12", None)),
    ("Bàn giao mặt bằng, xong trước 17 giờ 00 phút ngày 28/6/2026.", ("date", "2026-06-28", None)),
    ("Tổng kết trong quý III/2026.", ("date", "2026-Q3", None)),
    # several: the last
    ("Xong đợt 1 trước ngày 1/3/2026, đợt 2 trước ngày 1/9/2026.", ("date", "2026-09-01", None)),
    # the date of a cited paper is none
    ("Thực hiện Kế hoạch số 5/KH-UBND ngày 3/2/2026 của tỉnh.", NONE),
    # a period of the past or a name's year is none
    ("Tuyên truyền kế hoạch chuyển đổi số năm 2026 của tỉnh.", NONE),
    # in a bracket at the end
    ("Trình phê duyệt đề án (Quý III/2026).", ("date", "2026-Q3", None)),
    ("Duy trì chuyên mục trên cổng thông tin (thường xuyên).", ("ongoing", None, None)),
    ("Phát triển sản phẩm địa phương (giai đoạn 2026 - 2030).", ("date", "2026/2030", None)),
    # as a clause
    ("Định kỳ hằng tháng công khai kết quả.", ("recurring", None, "month")),
    ("Tổ chức tiếp nhận; định kỳ hằng tuần báo cáo tình hình.", ("recurring", None, "week")),
    ("Tổng hợp, báo cáo UBND xã trước ngày 05 của tháng liền kề.", ("recurring", "+05", "month")),
    ("Báo cáo hằng quý (trước ngày 23 của tháng kế tiếp).", ("recurring", "+23", "quarter")),
    ("Các cơ quan báo cáo trước ngày 25/11 hằng năm.", ("recurring", "11-25", "year")),
    ("Kiểm tra mỗi năm ít nhất 01 lần.", ("recurring", None, "year")),
    # as a mere attribute
    ("Xây dựng kế hoạch 5 năm và hằng năm của xã.", NONE),
    ("Lập dự toán chi thường xuyên của đơn vị.", NONE),
    # as an adverb of the duty
    ("Thường xuyên kiểm tra, đôn đốc các đơn vị.", ("ongoing", None, None)),
    # counted from something else
    ("Gửi báo cáo trong thời hạn 15 ngày kể từ ngày nhận được yêu cầu.", ("relative", "P15D", None)),
    ("Trình phương án sau khi có hướng dẫn của bộ.", ("relative", None, None)),
    ("Sau khi quyết định được ban hành, cập nhật danh mục.", ("relative", None, None)),
    # no time at all
    ("Kịp thời báo cáo theo quy định.", NONE),
    ("Phối hợp với Công an xã giữ gìn trật tự.", NONE),
]


@pytest.mark.parametrize(("text", "due"), SPOKEN)
def test_spoken(text: str, due: tuple[str, str | None, str | None]) -> None:
    codes = tuple(code.at.end for code in find_codes(text))
    read = spoken(level(text), Span(0, len(text)), Calendar(2026, codes))
    assert (read.kind, read.value, read.every) == due
