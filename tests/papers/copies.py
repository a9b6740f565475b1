"""Copies of the sample papers that the tests start from."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from papers.samples import LETTER, PLAN
from xulang.papers.paper import Copy, Day, Signature
from xulang.papers.writing.copied import copied, marked, on_sheet
from xulang.papers.writing.write import write

HANOI = timezone(timedelta(hours=7))
SIGNED_AT = datetime(2026, 3, 29, 1, 5, 9, tzinfo=UTC).astimezone(HANOI)
COPY = Copy(
    form="SY",
    issuer="Ủy ban nhân dân\nphường Bến Đá",
    symbol="UBND",
    place="Bến Đá",
    date=Day(2026, 3, 29),
    signature=Signature(("TL. Chủ tịch", "Chánh Văn phòng"), "Lò Thị Mai"),
    number=3,
    recipients=("Các đơn vị thuộc phường",),
)
OF = "Kế hoạch số 61/KH-UBND ngày 18/01/2026 của Ủy ban nhân dân tỉnh Sơn Khê"
LETTER_COPIED, PLAN_COPIED = copied(write(LETTER), COPY), copied(write(PLAN), COPY)
SHEET, MARKED = on_sheet(COPY, of=OF), marked(write(LETTER), COPY, signed_at=SIGNED_AT)

_names = st.sampled_from(["Lò Thị Mai", "Vàng A Sử", "Nguyễn Văn Bé"])


def copies() -> st.SearchStrategy[Copy]:
    """Random copies: every form, numbers with and without a zero before them, blanks, signatures of any depth."""
    return st.builds(
        Copy,
        form=st.sampled_from(["SY", "SL", "TrS"]),
        issuer=st.sampled_from(["Sở Văn hóa", "Ủy ban nhân dân\nphường Bến Đá", "Phòng Tài chính - Kế hoạch"]),
        symbol=st.sampled_from(["UBND", "SVH", "PTCKH"]),
        place=st.sampled_from(["Bến Đá", "Thành phố Mường Hoa"]),
        date=st.builds(Day, st.integers(2021, 2030), st.none() | st.integers(1, 12), st.none() | st.integers(1, 28)),
        signature=st.builds(
            Signature, st.sampled_from([("Giám đốc",), ("TL. Chủ tịch", "KT. Chánh Văn phòng", "Phó Chánh")]), _names
        ),
        number=st.none() | st.integers(1, 400),
        recipients=st.lists(st.sampled_from(["Các phòng, ban", "Như trên", "Công an phường"]), max_size=3).map(tuple),
    )
