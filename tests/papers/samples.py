"""Papers of made-up towns that the tests start from, and random ones."""

from dataclasses import replace

from hypothesis import strategies as st

from xulang.papers.layout import types
from xulang.papers.paper import (
    Annex,
    Attached,
    Block,
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

TASKS = Table(
    (
        Column("TT", 0.5, "center"),
        Column("Nội dung nhiệm vụ", 3),
        Column("Chủ trì", 2, group="Đơn vị"),
        Column("Phối hợp", 2, group="Đơn vị"),
        Column("Thời hạn", 1.2, "center"),
        Column("Kinh phí (đồng)", 1.4, "right"),
    ),
    (
        Row(("A. Quảng bá",), bold=True),
        Row(("1", "Dựng trang hai thứ tiếng", "Phòng Văn hóa và Thông tin", "Văn phòng", "30/9/2026", "5.000.000")),
        Row(("2", "Tập huấn cho cán bộ các phường", "Phòng Nội vụ", "", "Quý III", "")),
    ),
)  # fmt: skip

PLAN = Paper(
    type="KH",
    issuer="Ủy ban nhân dân\nthành phố Mường Hoa",
    number=7,
    symbol="KH-UBND",
    place="Mường Hoa",
    date=Day(2026, 2, 5),
    title="Triển khai công tác thông tin đối ngoại năm 2026 trên địa bàn thành phố",
    body=(
        Paragraph(
            "Thực hiện Kế hoạch số 61/KH-UBND ngày 18/01/2026 của Ủy ban nhân dân tỉnh Sơn Khê về thông tin đối ngoại, "
            "Ủy ban nhân dân thành phố Mường Hoa ban hành Kế hoạch như sau:"
        ),
        Section(
            Level.ROMAN,
            "Mục đích, yêu cầu",
            (
                Section(Level.CLAUSE, "Mục đích", (Paragraph("Giới thiệu con người, tiềm năng của thành phố."),)),
                Section(Level.CLAUSE, "Yêu cầu", (Paragraph("Nội dung chính xác, kịp thời."),)),
            ),
        ),
        Section(
            Level.ROMAN,
            "Nội dung",
            (
                Section(
                    Level.CLAUSE,
                    "Trang giới thiệu",
                    (
                        Paragraph(
                            "Dựng trang giới thiệu thành phố bằng tiếng Việt và tiếng Anh, cập nhật hằng tuần, "
                            "có bản đồ và ảnh."
                        ),
                        Items(
                            (
                                (
                                    Run("Đơn vị thực hiện: ", italic=True),
                                    Run("Phòng Văn hóa và Thông tin chủ trì, phối hợp với Văn phòng."),
                                ),
                                (Run("Thời gian thực hiện: ", italic=True), Run("Trước ngày 30/9/2026.")),
                            )
                        ),
                    ),
                ),
                Section(
                    Level.CLAUSE,
                    "",
                    (
                        Paragraph("Mở hai lớp tập huấn cho cán bộ các phường, xã làm công tác thông tin đối ngoại:"),
                        Section(Level.POINT, "", (Paragraph("Lớp viết tin;"),)),
                        Section(Level.POINT, "", (Paragraph("Lớp trả lời báo chí;"),)),
                        Section(Level.POINT, "", (Paragraph("Lớp ảnh;"),)),
                        Section(Level.POINT, "", (Paragraph("Lớp phim;"),)),
                        Section(Level.POINT, "", (Paragraph("Lớp tiếng Anh."),)),
                    ),
                ),
                TASKS,
            ),
        ),
        Section(
            Level.ROMAN,
            "Tổ chức thực hiện",
            (
                Paragraph(
                    "Các đơn vị căn cứ Phụ lục I và Phụ lục II kèm theo để thực hiện; "
                    "Phòng Văn hóa và Thông tin theo dõi, tổng hợp."
                ),
            ),
        ),
    ),
    signature=Signature(("TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"), "Lò Thị Mai"),
    recipients=("Ủy ban nhân dân tỉnh", "Các phòng, ban", "Ủy ban nhân dân các phường, xã"),
    filed="VT, VHTT (03)",
    annexes=(
        Annex("Danh mục nhiệm vụ", (TASKS,), landscape=True),
        Annex("Biểu mẫu báo cáo", (Paragraph("Đơn vị báo cáo theo các mục sau."),)),
    ),
    urgency="KHẨN",
    circulation="Lưu hành nội bộ",
    drafter="LTM.(30)",
    contact="Số 1, đường Hoa Ban, thành phố Mường Hoa; điện thoại 0200 000 000",
    electronic=False,
)

LETTER = Paper(
    type="CV",
    superior="UBND thành phố Mường Hoa",
    issuer="Phòng Văn hóa\nvà Thông tin",
    number=12,
    symbol="VHTT-TT",
    place="Mường Hoa",
    date=Day(2026, 3, 20),
    title="cử cán bộ dự lớp tập huấn",
    addressees=("Ủy ban nhân dân các phường, xã", "Trung tâm Văn hóa, Thể thao và Truyền thông"),
    body=(
        Paragraph("Phòng Văn hóa và Thông tin đề nghị các đơn vị cử cán bộ dự lớp tập huấn, gửi danh sách trước 25/3."),
        Paragraph("Trân trọng."),
    ),
    signature=Signature(("Trưởng phòng",), "Vàng A Sử"),
)

DECISION = Paper(
    type="QĐ",
    issuer="Ủy ban nhân dân\nthành phố Mường Hoa",
    number=125,
    symbol="QĐ-UBND",
    place="Mường Hoa",
    date=Day(2026, 6, 14),
    title="Về việc ban hành Quy chế phối hợp thông tin đối ngoại",
    issued_by="Chủ tịch Ủy ban nhân dân thành phố Mường Hoa",
    basis=(
        "Căn cứ Luật Tổ chức chính quyền địa phương",
        "Căn cứ Nghị định số 72/2015/NĐ-CP ngày 07 tháng 9 năm 2015 của Chính phủ về thông tin đối ngoại",
        "Theo đề nghị của Trưởng phòng Văn hóa và Thông tin",
    ),
    body=(
        Section(Level.ARTICLE, "", (Paragraph("Ban hành kèm theo Quyết định này Quy chế phối hợp."),)),
        Section(Level.ARTICLE, "Hiệu lực", (Paragraph("Quyết định này có hiệu lực kể từ ngày ký."),)),
    ),
    signature=Signature(("Chủ tịch",), "Trần Văn Bình"),
    recipients=("Như Điều 2",),
    annexes=(
        Attached(
            "QC",
            "Phối hợp thông tin đối ngoại",
            (
                Section(
                    Level.CHAPTER,
                    "Quy định chung",
                    (Section(Level.ARTICLE, "Phạm vi", (Paragraph("Quy chế này quy định việc phối hợp."),)),),
                ),
            ),
        ),
    ),
)

RULES_OF_WORK = replace(
    DECISION,
    type="QC",
    symbol="QC-UBND",
    title="Làm việc của Tổ giúp việc",
    issued_by="",
    basis=(),
    annexes=(),
    body=(
        Section(
            Level.CHAPTER,
            "Quy định chung",
            (
                Section(
                    Level.SECTION,
                    "Nguyên tắc",
                    (Section(Level.ARTICLE, "Nguyên tắc làm việc", (Paragraph("Tổ làm việc theo chế độ tập thể."),)),),
                ),
            ),
        ),
    ),
)

MINUTES = replace(
    LETTER,
    type="BB",
    symbol="BB-VHTT",
    title="Họp giao ban tháng 3",
    addressees=(),
    cosigner=Signature(("Thư ký",), "Giàng Thị Dơ"),
    signature=Signature(("Chủ tọa",), "Vàng A Sử"),
)

_SYLLABLES = [
    "công tác", "thông tin", "đối ngoại", "thành phố", "Mường Hoa", "triển khai", "quảng bá", "hình ảnh", "giới thiệu",
    "du lịch", "văn hóa", "các", "đơn vị", "năm 2026", "và", "12", "&", "<b>",
]  # fmt: skip
words = st.lists(st.sampled_from(_SYLLABLES), min_size=2, max_size=40).map(" ".join)
sentences = words.map(lambda w: w[0].upper() + w[1:] + ".")
titles = (
    st.lists(st.sampled_from(_SYLLABLES), min_size=2, max_size=8)
    .filter(lambda those: not set(those) <= {"&", "12"})  # a title without a letter is none
    .map(" ".join)
    .map(lambda w: w[0].upper() + w[1:])
)
names = st.sampled_from(["Lò Thị Mai", "Vàng A Sử", "Trần Văn Bình", "Giàng Thị Dơ", "Hoàng Đức"])


def _tables() -> st.SearchStrategy[Table]:
    cells = st.one_of(st.just(""), st.text(max_size=20), words)
    return st.integers(1, 6).flatmap(
        lambda n: st.lists(st.lists(cells, min_size=n, max_size=n).map(tuple).map(Row), max_size=5).map(
            lambda rows: Table(tuple(Column(f"Cột {i}") for i in range(n)), tuple(rows))
        )
    )


def _blocks(levels: tuple[Level, ...], depth: int) -> st.SearchStrategy[tuple[Block, ...]]:
    plain = st.one_of(
        sentences.map(Paragraph), st.lists(words, min_size=1, max_size=3).map(tuple).map(Items), _tables()
    )
    if depth == 0 or not levels:
        return st.lists(plain, min_size=1, max_size=3).map(tuple)
    inner = _blocks(levels[1:], depth - 1)
    told = st.booleans() if levels[0] in (Level.CLAUSE, Level.POINT) else st.just(True)
    section = st.builds(
        lambda title, told, first, rest: Section(levels[0], title if told else "", (Paragraph(first), *rest)),
        titles,
        told,
        sentences,
        inner,
    )
    sections = st.lists(section, min_size=1, max_size=3).map(tuple)
    return st.builds(lambda first, rest: (Paragraph(first), *rest), sentences, sections)


_TREES = (
    (Level.ROMAN, Level.CLAUSE, Level.POINT),
    (Level.CHAPTER, Level.ARTICLE, Level.CLAUSE, Level.POINT),
    (Level.PART, Level.ROMAN, Level.CLAUSE, Level.CLAUSE),
    (Level.CHAPTER, Level.SECTION, Level.ARTICLE),
    (Level.CLAUSE, Level.POINT),
)


def _annexes() -> st.SearchStrategy[Annex]:
    broad = st.builds(lambda title, table: Annex(title, (table,), landscape=True), titles, _tables())
    return st.one_of(broad, st.builds(Annex, titles, _blocks((), 0)))


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    """Any paper of any type."""
    code = draw(st.sampled_from([c for c in types() if c != "Thư công"]))
    kind = types()[code]
    tree = draw(st.sampled_from(_TREES))
    sent = kind.addressees == "must" or (kind.addressees == "may" and draw(st.booleans()))
    count = draw(st.integers(0, 3))
    body = draw(_blocks(tree, 3))
    if count:
        body = (Paragraph("Các nội dung nêu tại phụ lục kèm theo văn bản này."), *body)
    above = st.lists(st.sampled_from(["TM. Ủy ban nhân dân", "KT. Chủ tịch", "TUQ. Giám đốc"]), max_size=4)
    post = st.sampled_from(["Phó Chủ tịch", "Giám đốc"])
    issuers = ["Sở Văn hóa, Thể thao\nvà Du lịch", "Ủy ban nhân dân\nphường Bản Lau", "Văn phòng"]
    symbol = draw(st.sampled_from(["UBND", "VHTT", "HĐND"]))
    return Paper(
        type=code,
        superior=draw(st.sampled_from(["", "UBND tỉnh Sơn Khê", "Ủy ban nhân dân\ntỉnh Sơn Khê"])),
        issuer=draw(st.sampled_from(issuers)),
        number=draw(st.none() | st.integers(1, 9999)),
        symbol=f"{code}-{symbol}" if kind.in_symbol else f"{symbol}-TT",
        place=draw(st.sampled_from(["Mường Hoa", "Bản Lau", "Sơn Khê"])),
        date=draw(st.builds(Day, st.integers(2021, 2030), st.integers(1, 12), st.none() | st.integers(1, 28))),
        title=draw(titles),
        body=body,
        signature=Signature((*draw(above), draw(post)), draw(names), draw(st.sampled_from(["", "Trưởng ban"]))),
        addressees=tuple(draw(st.lists(titles, min_size=1, max_size=4))) if sent else (),
        issued_by="Ủy ban nhân dân phường" if kind.resolves or kind.calls else "",
        basis=tuple(f"Căn cứ {w}" for w in draw(st.lists(titles, max_size=3))) if kind.resolves else (),
        annexes=tuple(draw(_annexes()) for _ in range(count)),
        recipients=tuple(draw(st.lists(titles, max_size=4))),
        filed=draw(st.sampled_from(["VT", "VT, VHTT", "VT, TH (03)"])),
        urgency=draw(st.sampled_from(["", "KHẨN", "THƯỢNG KHẨN", "HOẢ TỐC"])),
        circulation=draw(st.sampled_from(["", "Xem xong trả lại"])),
        drafter=draw(st.sampled_from(["", "LTM.(20)"])),
        contact=draw(st.sampled_from(["", "Số 1, đường Hoa Ban, phường Bản Lau"])),
        electronic=draw(st.booleans()),
    )
