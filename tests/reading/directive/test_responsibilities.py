"""Who leads and who helps, in lines of names, in sentences and in headings; and where a name ends."""

import pytest

from xulang.reading.directive.responsibilities import read_assignment, read_names
from xulang.reading.text.level import level
from xulang.reading.text.spans import Span
from xulang.reading.text.units import Scanner

NAMED = [
    ("Phòng Văn hóa và Thông tin", ["Phòng Văn hóa và Thông tin"], []),
    # without a word of leading all lead
    ("Sở Nội vụ, Sở Tư pháp; UBND các xã, phường.", ["Sở Nội vụ", "Sở Tư pháp", "UBND các xã, phường"], []),
    # one line with both roles
    (
        "Phòng Kinh tế chủ trì, phối hợp với Công an xã, các trường học liên quan.",
        ["Phòng Kinh tế"],
        ["Công an xã", "các trường học liên quan"],
    ),
    ("Sở Y tế; phối hợp: Sở Tài chính, UBND các huyện", ["Sở Y tế"], ["Sở Tài chính", "UBND các huyện"]),
    # a clause before the names
    (
        "Căn cứ hướng dẫn của Ban Tuyên giáo Tỉnh ủy, các phòng, ban, UBND các xã triển khai thực hiện.",
        ["các phòng, ban", "UBND các xã"],
        [],
    ),
    # commas inside a name
    ("Sở Văn hóa, Thể thao và Du lịch, Sở Ngoại vụ", ["Sở Văn hóa, Thể thao và Du lịch", "Sở Ngoại vụ"], []),
    ("Báo và Phát thanh, Truyền hình tỉnh", ["Báo và Phát thanh, Truyền hình tỉnh"], []),
    ("Văn phòng HĐND và UBND phường", ["Văn phòng HĐND và UBND phường"], []),
    ("Chi cục Dân số, Trẻ em", ["Chi cục Dân số, Trẻ em"], []),
    # dashes inside a name
    (
        "Phòng Tài chính - Kế hoạch; Phòng Văn hóa - Xã hội",
        ["Phòng Tài chính - Kế hoạch", "Phòng Văn hóa - Xã hội"],
        [],
    ),
    # a set named by joined nouns is one, a body beside it is another
    ("Các sở, ban, ngành và địa phương", ["Các sở, ban, ngành và địa phương"], []),
    ("Các sở, ban, ngành và UBND các xã", ["Các sở, ban, ngành", "UBND các xã"], []),
    ("Cơ quan, đơn vị có liên quan", ["Cơ quan, đơn vị có liên quan"], []),
    # what stands in brackets is left out
    ("Văn phòng UBND tỉnh (Trung tâm Phục vụ hành chính công)", ["Văn phòng UBND tỉnh"], []),
    # a post for its body
    ("Chủ tịch UBND các xã, phường", ["Chủ tịch UBND các xã, phường"], []),
    ("Thủ trưởng các cơ quan, đơn vị", ["Thủ trưởng các cơ quan, đơn vị"], []),
    # bodies of no known kind, where only names can stand
    ("VTV, VOV, các địa phương", ["VTV", "VOV", "các địa phương"], []),
    # a reference names nobody
    ("Theo phân công tại Quyết định số 5/QĐ-UBND ngày 3/2/2026 của Chủ tịch UBND tỉnh", [], []),
    ("Khoa Dược, các khoa, phòng", ["Khoa Dược", "các khoa, phòng"], []),
    ("Tổ Công tác xã hội; Phòng Kế hoạch tổng hợp", ["Tổ Công tác xã hội", "Phòng Kế hoạch tổng hợp"], []),
    # an unseen set: written before the reader was asked
    ("Sở Y tế (chủ trì); Sở Tài chính (phối hợp)", ["Sở Y tế"], ["Sở Tài chính"]),
    ("Chủ trì: Sở Nội vụ; phối hợp: các cơ quan liên quan", ["Sở Nội vụ"], ["các cơ quan liên quan"]),
    (
        "Chủ trì: Sở Nội vụ. Phối hợp: Văn phòng UBND tỉnh, Sở Tài chính.",
        ["Sở Nội vụ"],
        ["Văn phòng UBND tỉnh", "Sở Tài chính"],
    ),
    (
        "- Sở Công Thương\n- Sở Xây dựng\n- UBND các xã, phường",
        ["Sở Công Thương", "Sở Xây dựng", "UBND các xã, phường"],
        [],
    ),
    ("Sở NN&MT; Sở VHTTDL; Sở KH&CN", ["Sở NN&MT", "Sở VHTTDL", "Sở KH&CN"], []),
    ("UBND TP, UBND các huyện", ["UBND TP", "UBND các huyện"], []),
    (
        "Các sở, ban, ngành; UBND các xã, phường; các đơn vị liên quan",
        ["Các sở, ban, ngành", "UBND các xã, phường", "các đơn vị liên quan"],
        [],
    ),
    (
        "Các sở, ban, ngành, đoàn thể tỉnh, UBND các xã, phường",
        ["Các sở, ban, ngành, đoàn thể tỉnh", "UBND các xã, phường"],
        [],
    ),
    ("Tất cả các cơ quan, đơn vị", ["Tất cả các cơ quan, đơn vị"], []),
    ("Toàn thể cán bộ, công chức, viên chức", ["Toàn thể cán bộ, công chức, viên chức"], []),
    ("VP HĐND&UBND", ["VP HĐND&UBND"], []),
    ("Phòng VH-XH; Công an; BCH QS", ["Phòng VH-XH", "Công an", "BCH QS"], []),
    ("TT PVHCC xã", ["TT PVHCC xã"], []),
    ("Trung tâm Dịch vụ sự nghiệp công", ["Trung tâm Dịch vụ sự nghiệp công"], []),
    (
        "Hội LHPN, Hội Nông dân, Đoàn Thanh niên, Hội CCB",
        ["Hội LHPN", "Hội Nông dân", "Đoàn Thanh niên", "Hội CCB"],
        [],
    ),
    ("Bí thư chi bộ, trưởng các thôn", ["Bí thư chi bộ", "trưởng các thôn"], []),
    ("Ban Giám hiệu, Công đoàn, Đoàn TNCS Hồ Chí Minh", ["Ban Giám hiệu", "Công đoàn", "Đoàn TNCS Hồ Chí Minh"], []),
    ("Kho bạc Nhà nước khu vực IV", ["Kho bạc Nhà nước khu vực IV"], []),
    ("Ngân hàng Nhà nước Chi nhánh Khu vực 5", ["Ngân hàng Nhà nước Chi nhánh Khu vực 5"], []),
    ("Chi cục Thi hành án dân sự", ["Chi cục Thi hành án dân sự"], []),
    ("Ban Quản lý Vườn quốc gia Khau Ca", ["Ban Quản lý Vườn quốc gia Khau Ca"], []),
    (
        "Thanh tra tỉnh, Sở Tư pháp và các cơ quan liên quan",
        ["Thanh tra tỉnh", "Sở Tư pháp", "các cơ quan liên quan"],
        [],
    ),
    ("Đội Quản lý thị trường số 3", ["Đội Quản lý thị trường số 3"], []),
    ("Văn phòng Đăng ký đất đai, Chi nhánh các khu vực", ["Văn phòng Đăng ký đất đai", "Chi nhánh các khu vực"], []),
    ("Sở Tài chính chủ trì, phối hợp các sở, ngành, địa phương", ["Sở Tài chính"], ["các sở, ngành, địa phương"]),
    ("Công ty Cổ phần Cấp thoát nước Ba Sơn", ["Công ty Cổ phần Cấp thoát nước Ba Sơn"], []),
    ("Tổ công nghệ số cộng đồng các thôn", ["Tổ công nghệ số cộng đồng các thôn"], []),
    ("Nhà thầu, tư vấn giám sát", ["Nhà thầu", "tư vấn giám sát"], []),
    ("Các Sở: Y tế, Xây dựng và Tài chính; UBND các xã", ["Sở Y tế", "Sở Xây dựng", "Sở Tài chính", "UBND các xã"], []),
    ("Đồng chí Vàng A Chứ, Phó Chủ tịch UBND xã", ["Đồng chí Vàng A Chứ, Phó Chủ tịch UBND xã"], []),
    ("GVCN khối 1, 2; Tổng phụ trách Đội", ["GVCN khối 1, 2", "Tổng phụ trách Đội"], []),
    # a verb, or what looks like one, inside the name
    ("Cục Quản lý và Xây dựng công trình thủy lợi", ["Cục Quản lý và Xây dựng công trình thủy lợi"], []),
    ("Phòng Giám sát, thẩm định và xử lý sau thanh tra", ["Phòng Giám sát, thẩm định và xử lý sau thanh tra"], []),
    ("Ban Hậu cần - Kỹ thuật; Đội Trật tự đô thị", ["Ban Hậu cần - Kỹ thuật", "Đội Trật tự đô thị"], []),
    # two lines of a cell with no mark between them; a place may be called like a body
    ("Sở Công Thương Ban Quản lý khu kinh tế", ["Sở Công Thương", "Ban Quản lý khu kinh tế"], []),
    ("Văn phòng HĐND và UBND xã Phòng Kinh tế", ["Văn phòng HĐND và UBND xã", "Phòng Kinh tế"], []),
    ("UBND xã Trường Sơn; UBND phường Hội Hợp", ["UBND xã Trường Sơn", "UBND phường Hội Hợp"], []),
    # who helps stands before the word for it
    ("Sở Y tế chủ trì, Sở Tài chính phối hợp", ["Sở Y tế"], ["Sở Tài chính"]),
    ("Phòng Kinh tế chủ trì; Công an xã, Trạm Y tế phối hợp", ["Phòng Kinh tế"], ["Công an xã", "Trạm Y tế"]),
    # the newspapers and broadcasters that were made one
    ("Báo và Phát thanh, truyền hình tỉnh", ["Báo và Phát thanh, truyền hình tỉnh"], []),
    # one asked beside one ordered; places of one kind
    ("Công an tỉnh; đề nghị Tòa án nhân dân tỉnh", ["Công an tỉnh", "Tòa án nhân dân tỉnh"], []),
    ("UBND các xã Pa Tần, Huổi Luông", ["UBND các xã Pa Tần, Huổi Luông"], []),
    ("UBND phường, Tổ dân phố số 7", ["UBND phường", "Tổ dân phố số 7"], []),
]


@pytest.mark.parametrize(("text", "lead", "coordinating"), NAMED)
def test_names(text: str, lead: list[str], coordinating: list[str]) -> None:
    first, second = read_names(text, level(text), Span(0, len(text)))
    assert ([unit.value for unit in first], [unit.value for unit in second]) == (lead, coordinating)


SAID = [
    # an order with both roles
    (
        "Giao Sở Nội vụ chủ trì, phối hợp với các cơ quan liên quan theo dõi, đôn đốc.",
        ["Sở Nội vụ"],
        ["các cơ quan liên quan"],
        "order",
    ),
    ("Giao cho Phòng Kinh tế rà soát hồ sơ.", ["Phòng Kinh tế"], [], "order"),
    # asked of those who cannot be ordered
    ("Đề nghị Ban Tuyên giáo Thành ủy tăng cường định hướng.", ["Ban Tuyên giáo Thành ủy"], [], "request"),
    ("Kính đề nghị Ủy ban MTTQ tỉnh giám sát.", ["Ủy ban MTTQ tỉnh"], [], "request"),
    # a bare name before its verb
    ("Công an xã tăng cường tuần tra.", ["Công an xã"], [], "order"),
    ("Các phòng, ban, UBND các xã căn cứ chức năng thực hiện.", ["Các phòng, ban", "UBND các xã"], [], "order"),
    ("Sở Xây dựng có trách nhiệm thẩm định.", ["Sở Xây dựng"], [], "order"),
    ("Phòng Kinh tế là cơ quan thường trực, giúp việc Ban Chỉ đạo.", ["Phòng Kinh tế"], [], "order"),
    # run-in
    ("Sở Tư pháp: Lồng ghép tuyên truyền pháp luật.", ["Sở Tư pháp"], [], "order"),
    # behind an opening clause
    ("Căn cứ Kế hoạch này, các trường học xây dựng kế hoạch.", ["các trường học"], [], "order"),
    ("Sau khi đề án được duyệt, Sở Tài chính có trách nhiệm cấp kinh phí.", ["Sở Tài chính"], [], "order"),
    # behind words that end in a colon
    ("Giải pháp khắc phục: Giao Thanh tra tỉnh kiểm tra.", ["Thanh tra tỉnh"], [], "order"),
    # those named behind the colon are meant
    ("Các sở: Sở Y tế, Sở Tài chính chuẩn bị báo cáo.", ["Sở Y tế", "Sở Tài chính"], [], "order"),
    # the helper stands without "với", and later
    ("Sở Y tế chủ trì, phối hợp Sở Tài chính tham mưu.", ["Sở Y tế"], ["Sở Tài chính"], "order"),
    (
        "UBND xã chỉ đạo tuần tra, phối hợp với lực lượng Kiểm lâm bảo vệ rừng.",
        ["UBND xã"],
        ["lực lượng Kiểm lâm"],
        "order",
    ),
    # a name ends at its verb
    ("Phòng Báo chí - Xuất bản củng cố mạng lưới.", ["Phòng Báo chí - Xuất bản"], [], "order"),
    (
        "Ban Quản lý dự án đầu tư xây dựng tỉnh khẩn trương bàn giao.",
        ["Ban Quản lý dự án đầu tư xây dựng tỉnh"],
        [],
        "order",
    ),
    ("Từng cấp, từng ngành phải công khai thông tin.", ["Từng cấp, từng ngành"], [], "order"),
    # an unseen set: written before the reader was asked
    (
        "Giao đồng chí Trưởng phòng Tổ chức cán bộ tham mưu quyết định.",
        ["đồng chí Trưởng phòng Tổ chức cán bộ"],
        [],
        "order",
    ),
    ("Sở Giao thông vận tải rút ngắn thời gian cấp phép.", ["Sở Giao thông vận tải"], [], "order"),
    ("Cục Thống kê cung cấp số liệu GRDP hằng quý.", ["Cục Thống kê"], [], "order"),
    (
        "Bảo hiểm xã hội tỉnh phối hợp với Sở Y tế mở rộng đối tượng tham gia.",
        ["Bảo hiểm xã hội tỉnh"],
        ["Sở Y tế"],
        "order",
    ),
    ("Các chủ đầu tư đẩy nhanh tiến độ giải ngân.", ["Các chủ đầu tư"], [], "order"),
    (
        "UBND các xã, phường nơi có dự án đi qua vận động nhân dân bàn giao mặt bằng.",
        ["UBND các xã, phường"],
        [],
        "order",
    ),
    ("Chủ tịch Hội đồng quản lý Quỹ ban hành quy chế hoạt động.", ["Chủ tịch Hội đồng quản lý Quỹ"], [], "order"),
    ("Đề nghị Đoàn đại biểu Quốc hội tỉnh giám sát việc thực hiện.", ["Đoàn đại biểu Quốc hội tỉnh"], [], "request"),
    (
        "Yêu cầu Hiệu trưởng các trường tiểu học, trung học cơ sở nghiêm túc rút kinh nghiệm.",
        ["Hiệu trưởng các trường tiểu học, trung học cơ sở"],
        [],
        "order",
    ),
    (
        "Trạm Y tế xã, Trường Tiểu học và THCS tổ chức cân đo trẻ.",
        ["Trạm Y tế xã", "Trường Tiểu học và THCS"],
        [],
        "order",
    ),
    (
        "Giao Sở Tài chính phối hợp cùng Sở Nội vụ và các đơn vị liên quan thẩm định đề án.",
        ["Sở Tài chính"],
        ["Sở Nội vụ", "các đơn vị liên quan"],
        "order",
    ),
    ("Phòng Kinh tế xã là đơn vị đầu mối tiếp nhận hồ sơ.", ["Phòng Kinh tế xã"], [], "order"),
    ("Trên cơ sở đề xuất của các xã, Sở Tài chính tổng hợp, trình UBND tỉnh.", ["Sở Tài chính"], [], "order"),
    ("Trước ngày 15/3/2026, Phòng Nội vụ hoàn thành việc rà soát.", ["Phòng Nội vụ"], [], "order"),
    ("Giao cho Ban Quản lý dự án 2 làm chủ đầu tư công trình.", ["Ban Quản lý dự án 2"], [], "order"),
    (
        "Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh, Ban Chỉ huy Bộ đội Biên phòng tỉnh sẵn sàng lực lượng ứng cứu.",
        ["Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh", "Ban Chỉ huy Bộ đội Biên phòng tỉnh"],
        [],
        "order",
    ),
    ("Thường trực Ban Chỉ đạo theo dõi, đôn đốc các thành viên.", ["Thường trực Ban Chỉ đạo"], [], "order"),
    ("Đối với Sở Khoa học và Công nghệ: khẩn trương nghiệm thu các đề tài.", ["Sở Khoa học và Công nghệ"], [], "order"),
    (
        "Đảng ủy, UBND xã Khuổi Lìn chịu trách nhiệm toàn diện về kết quả.",
        ["Đảng ủy", "UBND xã Khuổi Lìn"],
        [],
        "order",
    ),
    (
        "Người đứng đầu cấp ủy, chính quyền các xã phải trực tiếp đối thoại với dân.",
        ["Người đứng đầu cấp ủy, chính quyền các xã"],
        [],
        "order",
    ),
    ("Hội Chữ thập đỏ tỉnh vận động nguồn lực tặng quà hộ nghèo.", ["Hội Chữ thập đỏ tỉnh"], [], "order"),
    (
        "Cơ quan Cảnh sát điều tra Công an tỉnh khẩn trương kết luận vụ việc.",
        ["Cơ quan Cảnh sát điều tra Công an tỉnh"],
        [],
        "order",
    ),
    (
        "Sở Y tế và Bảo hiểm xã hội tỉnh thống nhất phương án thanh toán.",
        ["Sở Y tế", "Bảo hiểm xã hội tỉnh"],
        [],
        "order",
    ),
    (
        "Thủ trưởng các cơ quan, đơn vị, địa phương chịu trách nhiệm trước Chủ tịch UBND tỉnh về kết quả giải ngân.",
        ["Thủ trưởng các cơ quan, đơn vị, địa phương"],
        [],
        "order",
    ),
    # bodies that a common noun names, and bodies of an unknown kind behind "phối hợp với"
    ("Công an tỉnh phối hợp báo chí đưa tin cảnh báo.", ["Công an tỉnh"], ["báo chí"], "order"),
    (
        "Sở Y tế phối hợp với Đoàn Thanh niên và chính quyền địa phương quản lý học sinh.",
        ["Sở Y tế"],
        ["Đoàn Thanh niên", "chính quyền địa phương"],
        "order",
    ),
    (
        "Phòng Văn hóa - Xã hội phối hợp với Chủng viện Hòa Bình, các nhà khoa học tổ chức tọa đàm.",
        ["Phòng Văn hóa - Xã hội"],
        ["Chủng viện Hòa Bình", "các nhà khoa học"],
        "order",
    ),
    ("Giao Tổ bảo vệ niêm yết nội quy tại cổng chợ.", ["Tổ bảo vệ"], [], "order"),
    ("Riêng Sở Y tế, Sở Giáo dục và Đào tạo cập nhật dữ liệu.", ["Sở Y tế", "Sở Giáo dục và Đào tạo"], [], "order"),
]


@pytest.mark.parametrize(("text", "lead", "coordinating", "mode"), SAID)
def test_sentences(text: str, lead: list[str], coordinating: list[str], mode: str) -> None:
    made = read_assignment(Scanner(text, level(text)), Span(0, len(text)))
    assert made is not None
    assert not made.heading
    assert ([u.value for u in made.lead], [u.value for u in made.coordinating], made.mode) == (lead, coordinating, mode)


@pytest.mark.parametrize(
    "text",
    [
        "Sở Nội vụ:",
        "Giao Sở Khoa học và Công nghệ:",
        "Trách nhiệm của Công an xã",
        "Đối với các trường học:",
        "Yêu cầu Giám đốc các sở, Chủ tịch UBND các xã, phường:",
        "UBND các xã, phường có trách nhiệm:",
        "Các sở, ban, ngành; UBND các xã; các cơ quan có liên quan",
        "Công an tỉnh; đề nghị Tòa án nhân dân tỉnh, Viện kiểm sát nhân dân tỉnh:",
        "Phòng Quản lý, bảo vệ và phát triển rừng:",
    ],
)
def test_headings(text: str) -> None:
    made = read_assignment(Scanner(text, level(text)), Span(0, len(text)))
    assert made is not None
    assert made.heading


@pytest.mark.parametrize(
    "text",
    [
        "Tổ chức quán triệt sâu rộng trong Nhân dân.",
        "Báo cáo kết quả về Sở Nội vụ.",
        "Nâng cao nhận thức của cán bộ, công chức.",
        "Phòng, chống thiên tai là nhiệm vụ của toàn dân.",
        "Tăng cường phối hợp giữa các cơ quan.",
        "Trường hợp cần thiết thì điều chỉnh.",
        "Bộ tiêu chí được áp dụng từ năm 2026.",
        "100% hồ sơ được giải quyết đúng hạn.",
        "Phối hợp với các nội dung, nhiệm vụ nêu trên.",
    ],
)
def test_what_assigns_nothing(text: str) -> None:
    assert read_assignment(Scanner(text, level(text)), Span(0, len(text))) is None
