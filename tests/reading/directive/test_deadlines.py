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
    # an unseen set: written before the reader was asked
    ("Xong trước 31/3/2026", ("date", "2026-03-31", None)),
    ("Chậm nhất là ngày 15-5-2026", ("date", "2026-05-15", None)),
    ("Trước 10h00' ngày 12/6/2026", ("date", "2026-06-12", None)),
    ("Đầu tháng 4/2026", ("date", "2026-04", None)),
    ("Cuối quý I/2026", ("date", "2026-Q1", None)),
    ("Quý I, II/2026", ("date", "2026-Q2", None)),
    ("Quý II - Quý III/2026", ("date", "2026-Q2/2026-Q3", None)),
    ("Quý I - II năm 2026", ("date", "2026-Q1/2026-Q2", None)),
    ("Tháng 3, tháng 9 năm 2026", ("date", "2026-09", None)),
    ("Tháng 5 và tháng 11/2026", ("date", "2026-11", None)),
    ("Từ 01/5 đến 10/5/2026", ("date", "2026-05-01/2026-05-10", None)),
    ("Từ ngày 15 đến ngày 20/8/2026", ("date", "2026-08-15/2026-08-20", None)),
    ("Từ nay đến 30/9/2026", ("date", "2026-09-30", None)),
    ("Đến năm 2030", ("date", "2030", None)),
    ("Năm 2026, 2027", ("date", "2027", None)),
    ("Năm 2026 và năm 2027", ("date", "2027", None)),
    ("Từ năm 2026", ("date", "2026", None)),
    ("Giai đoạn 2021-2025, định hướng đến năm 2030", ("date", "2021/2025", None)),
    ("Hằng năm (Quý IV)", ("recurring", None, "year")),
    ("Quý IV hằng năm", ("recurring", None, "year")),
    ("Tháng 12 hằng năm", ("recurring", "12", "year")),
    ("Trước ngày 20 tháng cuối quý", ("recurring", "20", "quarter")),
    ("Hằng quý, trước ngày 20 tháng cuối quý", ("recurring", "20", "quarter")),
    ("Định kỳ hằng quý, năm", ("recurring", None, "quarter")),
    ("Hằng tháng, quý, năm", ("recurring", None, "month")),
    ("Mỗi tháng 01 lần", ("recurring", None, "month")),
    ("1 tháng/lần", ("recurring", None, "month")),
    ("3 tháng/lần", ("recurring", None, "quarter")),
    ("Ít nhất 2 lần/tháng", ("recurring", None, "month")),
    ("Tuần/lần", ("recurring", None, "week")),
    ("Thứ Hai hằng tuần", ("recurring", "1", "week")),
    ("Trước 15h thứ Năm hàng tuần", ("recurring", "4", "week")),
    ("Ngày 05 hàng tháng", ("recurring", "05", "month")),
    ("Trước ngày 05 tháng sau", ("recurring", "+05", "month")),
    ("Trước ngày 10 của tháng đầu quý sau", ("recurring", "+10", "quarter")),
    ("Trước ngày 15/6 và 15/12 hằng năm", ("recurring", "12-15", "year")),
    ("6 tháng và hằng năm", ("recurring", None, "half")),
    ("Sơ kết 6 tháng, tổng kết năm", ("recurring", None, "half")),
    ("Sau khi Kế hoạch được ban hành", ("relative", None, None)),
    ("Theo tiến độ chung của dự án", ("relative", None, None)),
    ("Trong vòng 05 ngày làm việc kể từ ngày nhận được văn bản", ("relative", "P5D", None)),
    ("30 ngày sau khi kết thúc năm học", ("relative", "P30D", None)),
    ("Không quá 24 giờ kể từ khi tiếp nhận", ("relative", "PT24H", None)),
    ("Theo hướng dẫn của cấp trên", ("relative", None, None)),
    ("Khi có phát sinh", ("relative", None, None)),
    ("Thường xuyên trong năm học", ("ongoing", None, None)),
    ("Thường xuyên; báo cáo trước 15/12/2026", ("date", "2026-12-15", None)),
    ("Cả năm", ("ongoing", None, None)),
    ("Trong năm", ("date", "2026", None)),
    ("Hàng ngày", ("ongoing", None, None)),
    ("Ngay sau khi ban hành Kế hoạch", ("relative", None, None)),
    ("Theo thực tế", NONE),
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
    # an unseen set: written before the reader was asked
    ("Hoàn thành việc rà soát trong tháng 5 năm 2026.", ("date", "2026-05", None)),
    ("Gửi báo cáo về Sở Nội vụ trước ngày 10 hằng tháng để tổng hợp.", ("recurring", "10", "month")),
    ("Định kỳ hằng quý (trước ngày 20 của tháng cuối quý), báo cáo kết quả.", ("recurring", "20", "quarter")),
    ("Báo cáo định kỳ 6 tháng (trước ngày 15/6), năm (trước ngày 15/12).", ("recurring", None, "half")),
    ("Thực hiện chế độ báo cáo tháng, quý, năm theo quy định.", NONE),
    ("Tham mưu trình HĐND tỉnh tại kỳ họp cuối năm 2026.", ("date", "2026", None)),
    ("Hằng năm, tổ chức đánh giá, xếp loại.", ("recurring", None, "year")),
    ("Tổ chức sơ kết vào năm 2027 và tổng kết vào năm 2030.", ("date", "2030", None)),
    ("Đến 31/12/2026, hoàn thành 100% chỉ tiêu.", ("date", "2026-12-31", None)),
    ("Bàn giao mặt bằng chậm nhất trong quý III/2026.", ("date", "2026-Q3", None)),
    ("Tổng hợp báo cáo trong thời hạn 05 ngày làm việc kể từ ngày kết thúc.", ("relative", "P5D", None)),
    ("Ban hành kế hoạch trong tháng 02/2026; báo cáo kết quả trước ngày 30/11/2026.", ("date", "2026-11-30", None)),
    ("Thực hiện Nghị quyết số 12-NQ/TU ngày 03/11/2025 về phát triển du lịch.", NONE),
    ("Kỷ niệm 80 năm Ngày thành lập Quân đội (22/12/1944 - 22/12/2024).", NONE),
    ("Kiểm tra thường xuyên, đột xuất các cơ sở.", ("ongoing", None, None)),
    ("Duy trì trực ban 24/24 giờ trong suốt đợt cao điểm.", ("ongoing", None, None)),
    ("Báo cáo nhanh hằng ngày trước 16 giờ về Văn phòng.", ("ongoing", None, None)),
    ("Trong quý I năm 2026, hoàn thành phương án sắp xếp.", ("date", "2026-Q1", None)),
    ("Trước mùa mưa bão năm 2026 phải kiểm tra xong hồ đập.", NONE),
    ("Mỗi quý tổ chức ít nhất 01 buổi đối thoại với thanh niên.", ("recurring", None, "quarter")),
    ("Xây dựng dự toán năm 2027 trình cấp có thẩm quyền.", NONE),
    ("Thời gian thực hiện: từ ngày 01/6/2026 đến ngày 30/6/2026.", ("date", "2026-06-01/2026-06-30", None)),
    ("Báo cáo trước ngày 25 tháng cuối quý.", ("recurring", "25", "quarter")),
    ("Công khai kết quả vào ngày 05 hằng tháng trên trang điện tử.", ("recurring", "05", "month")),
    ("Phê duyệt trước 30/4; triển khai từ tháng 5/2026.", ("date", "2026-05", None)),
    ("Hoàn thành trước Tết Nguyên đán.", NONE),
    ("Gửi về Phòng Nội vụ chậm nhất ngày 15 của tháng cuối mỗi quý.", ("recurring", "15", "quarter")),
    ("Ngay sau khi được phê duyệt, công bố quy hoạch cho nhân dân biết.", ("relative", None, None)),
]


@pytest.mark.parametrize(("text", "due"), SPOKEN)
def test_spoken(text: str, due: tuple[str, str | None, str | None]) -> None:
    codes = tuple(code.at.end for code in find_codes(text))
    read = spoken(level(text), Span(0, len(text)), Calendar(2026, codes))
    assert (read.kind, read.value, read.every) == due
