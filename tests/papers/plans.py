"""Random plans with the truth a reader must find in them: the maker of test documents."""

from dataclasses import dataclass

from hypothesis import strategies as st

from xulang.papers.paper import (
    Annex,
    Column,
    Day,
    Items,
    Level,
    Paper,
    Paragraph,
    Row,
    Run,
    Section,
    Signature,
    Table,
)

# Duties, units and people of made-up towns; none of the duties names a unit or a time of its own.
_DEEDS = [
    "Xây dựng trang giới thiệu tiềm năng du lịch bằng hai thứ tiếng",
    "Tổ chức tập huấn kỹ năng viết tin cho cán bộ làm công tác thông tin",
    "Biên soạn tài liệu giới thiệu các lễ hội truyền thống",
    "Thiết kế bộ ảnh về con người và cảnh sắc vùng cao",
    "Rà soát, thay thế các biển chỉ dẫn tại khu di tích",
    "Tuyên truyền, phổ biến kiến thức về hội nhập quốc tế",
    "Lắp đặt màn hình điện tử tại bến xe trung tâm",
]
_UNITS = [
    "Phòng Văn hóa và Thông tin", "Phòng Nội vụ", "Phòng Tài chính - Kế hoạch", "Phòng Giáo dục và Đào tạo",
    "Trung tâm Văn hóa, Thể thao và Truyền thông", "Công an thành phố", "Phòng Kinh tế",
]  # fmt: skip
_TIMES = [
    ("Thường xuyên", ("ongoing", None, None)),
    ("Trước ngày 30/9/2026", ("date", "2026-09-30", None)),
    ("Tháng 8/2026", ("date", "2026-08", None)),
    ("Quý III/2026", ("date", "2026-Q3", None)),
    ("Năm 2026", ("date", "2026", None)),
    ("Hằng quý", ("recurring", None, "quarter")),
    ("Hằng năm", ("recurring", None, "year")),
]
_TITLES = ["Tuyên truyền, quảng bá du lịch năm 2026", "Triển khai công tác thông tin đối ngoại năm 2026"]
_GOALS = ["Nâng cao nhận thức của Nhân dân.", "Giới thiệu hình ảnh địa phương đến bạn bè trong nước và quốc tế."]
_RECIPIENTS = ["Thường trực Thành ủy", "Ủy ban nhân dân tỉnh Sơn Khê", "Các phòng, ban", "Lưu trữ lịch sử", *_UNITS]

_SEE_ANNEX = (Paragraph("Các nhiệm vụ nêu tại Phụ lục kèm theo."),)
_COLUMNS = (
    Column("TT", 0.5, "center"),
    Column("Nhiệm vụ", 4),
    Column("Chủ trì", 2, group="Đơn vị"),
    Column("Phối hợp", 2, group="Đơn vị"),
    Column("Thời gian", 1.5, "center"),
)
_POSTS = [("Chủ tịch",), ("KT. Chủ tịch", "Phó Chủ tịch")]
_NAMES = ["Lò Thị Mai", "Vàng A Sử", "Trần Văn Bình"]


@dataclass(frozen=True)
class Duty:
    """One task, as it must be read."""

    deed: str
    lead: tuple[str, ...]
    coordinating: tuple[str, ...]
    deadline: tuple[str, str | None, str | None]
    section: str


@dataclass(frozen=True)
class Truth:
    """A plan and what it says."""

    paper: Paper
    duties: tuple[Duty, ...]
    cited: dict[str, str]
    sections: tuple[str, ...]


@st.composite
def plans(draw: st.DrawFn) -> Truth:
    """A plan of a made-up town."""
    city = draw(st.sampled_from(["thành phố Mường Hoa", "phường Bản Lau"]))
    day = draw(st.builds(Day, st.just(2026), st.integers(3, 6), st.integers(1, 28)))
    cited = draw(_citations())
    opening = "Thực hiện " + "; ".join(
        f"Kế hoạch số {code} ngày {date[8:]}/{date[5:7]}/{date[:4]} của Ủy ban nhân dân tỉnh Sơn Khê"
        for code, date in cited.items()
    )
    shape = draw(st.sampled_from(["titled", "plain", "annex"]))
    deeds = draw(st.lists(st.sampled_from(_DEEDS), min_size=1, max_size=5, unique=True))
    duties, sections, rows = [], [], []
    for at, deed in enumerate(deeds, start=1):
        lead, *others = draw(st.lists(st.sampled_from(_UNITS), min_size=1, max_size=3, unique=True))
        words, deadline = draw(st.sampled_from(_TIMES))
        duties.append(Duty(deed, (lead,), tuple(others), deadline, "PL1" if shape == "annex" else f"II.{at}"))
        sections.append(_section(deed, lead, others, words, titled=shape == "titled"))
        rows.append(Row((str(at), deed, lead, ", ".join(others), words)))
    body = (
        Paragraph(f"{opening}, Ủy ban nhân dân {city} ban hành Kế hoạch như sau:"),
        Section(Level.ROMAN, "Mục đích", (Paragraph(draw(st.sampled_from(_GOALS))),)),
        Section(Level.ROMAN, "Nhiệm vụ", _SEE_ANNEX if shape == "annex" else tuple(sections)),
    )
    annexes = (Annex("Danh mục nhiệm vụ", (Table(_COLUMNS, tuple(rows)),), draw(st.booleans())),)
    paper = Paper(
        type="KH",
        issuer=f"Ủy ban nhân dân\n{city}",
        number=draw(st.none() | st.integers(1, 999)),
        symbol="KH-UBND",
        place=city.split(" ", 1)[1].removeprefix("phố "),
        date=day,
        title=draw(st.sampled_from(_TITLES)),
        body=body,
        signature=Signature(("TM. Ủy ban nhân dân", *draw(st.sampled_from(_POSTS))), draw(st.sampled_from(_NAMES))),
        recipients=tuple(draw(st.lists(st.sampled_from(_RECIPIENTS), min_size=1, max_size=5, unique=True))),
        filed=draw(st.sampled_from(["VT", "VT, VHTT", "VT, TH (03)"])),
        annexes=annexes if shape == "annex" else (),
        urgency=draw(st.sampled_from(["", "KHẨN"])),
    )
    ids = ["I", "II", *dict.fromkeys(d.section for d in duties)]
    return Truth(paper, tuple(duties), cited, tuple(ids))


def _section(deed: str, lead: str, others: list[str], words: str, *, titled: bool) -> Section:
    who = f"{lead} chủ trì, phối hợp với {', '.join(others)}." if others else f"{lead}."
    lines = Items(
        (
            (Run("Đơn vị thực hiện: ", italic=True), Run(who)),
            (Run("Thời gian thực hiện: ", italic=True), Run(f"{words}.")),
        )
    )
    if titled:
        return Section(Level.CLAUSE, deed, (Paragraph("Nội dung chính xác, sinh động, phù hợp với người đọc."), lines))
    return Section(Level.CLAUSE, "", (Paragraph(f"{deed}."), lines))


@st.composite
def _citations(draw: st.DrawFn) -> dict[str, str]:
    numbers = draw(st.lists(st.integers(2, 300), min_size=1, max_size=3, unique=True))
    years = [draw(st.integers(2021, 2025)) for _ in numbers]
    days = [draw(st.tuples(st.integers(1, 12), st.integers(1, 28))) for _ in numbers]
    return {f"{n}/KH-UBND": f"{y}-{m:02d}-{d:02d}" for n, y, (m, d) in zip(numbers, years, days, strict=True)}
