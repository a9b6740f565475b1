"""What an amending directive says of another's places, line by line."""

import pytest

from xulang.programme.amending import Does, clauses, concerning, places, said

# words, the places in them
PLACES = [
    ("khoản 2 mục III", ("III.2",)),
    ("điểm a, b khoản 2 và khoản 4 mục III", ("III.2.a", "III.2.b", "III.4")),
    ("mục II.3", ("II.3",)),
    ("Mục I và mục IV", ("I", "IV")),
    ("khoản 5 vào mục II", ("II.5",)),
    ("khoản 1 tiểu mục 2 mục II", ("II.2.1",)),
    ("điểm đ khoản 1 Mục II", ("II.1.đ",)),
    # numbers of papers, sums and days are no places
    ("Kế hoạch số 45/KH-UBND ngày 01/3/2026", ()),
    ("khoản kinh phí 20 triệu đồng", ()),
    ("", ()),
]


@pytest.mark.parametrize(("words", "found"), PLACES)
def test_places(words, found):
    assert places(words) == found


# a line, what it does, to which places
LINES = [
    ("1. Sửa đổi khoản 2 mục II như sau:", Does.AMENDS, ("II.2",)),
    ("a) Sửa đổi, bổ sung điểm b khoản 1 mục II như sau: “b) …”", Does.AMENDS, ("II.1.b",)),
    ("- Điều chỉnh khoản 3 mục II thành: “3. …”", Does.AMENDS, ("II.3",)),
    ("4. Bổ sung khoản 5 vào mục II như sau:", Does.ADDS, ("II.5",)),
    ("3. Bãi bỏ khoản 4 mục II.", Does.REPEALS, ("II.4",)),
    ("2. Thay cụm từ “trang tin” bằng cụm từ “cổng tin” tại khoản 3 mục II.", Does.REWORDS, ("II.3",)),
    ('Tại khoản 3 mục II thay thế cụm từ "trang tin" thành "cổng tin".', Does.REWORDS, ("II.3",)),
    # all of the directive
    ("Thay cụm từ “UBND phường” bằng “phường”.", Does.REWORDS, ()),
    # no place is named: nothing can be said of one
    ("Sửa đổi, bổ sung Kế hoạch số 45/KH-UBND", None, None),
    ("1. Bổ sung nhân lực cho đội tuyên truyền", None, None),
    # what is told in the middle of a sentence orders nothing here
    ("2. Rà soát, sửa đổi khoản thu theo quy định", None, None),
]


@pytest.mark.parametrize(("line", "does", "named"), LINES)
def test_clauses(line, does, named):
    found = clauses(f"Mở đầu.\n{line}\nCuối.")
    assert [(one.does, one.places) for one in found] == ([(does, named)] if does else [])
    for one in found:
        assert f"Mở đầu.\n{line}"[one.start : one.end] == line


# what was read as a task; its words
SAID = [
    ("1. Sửa đổi khoản 2 mục II như sau:\n“2. Lập dự toán chợ phiên.”", "Lập dự toán chợ phiên"),
    ("Sửa đổi khoản 2 mục II như sau: “2. Lập dự toán chợ phiên”", "Lập dự toán chợ phiên"),
    ("2. Bãi bỏ khoản 4 mục II.\n3. Bổ sung khoản 5 vào mục II như sau:\n“5. Mở lớp.\nHai buổi.”", "Mở lớp.\nHai buổi"),
    # nothing but the clause, and no clause at all
    ("3. Bãi bỏ khoản 4 mục II.", "3. Bãi bỏ khoản 4 mục II."),
    ("Lập dự toán chợ phiên.", "Lập dự toán chợ phiên."),
]


@pytest.mark.parametrize(("text", "words"), SAID)
def test_said(text, words):
    assert said(text) == words


def test_which_clause_a_passage_carries_out():
    text = "1. Sửa đổi khoản 2 mục II như sau:\n“2. Lập dự toán.”\n2. Giao Phòng Tài chính tổng hợp.\n"
    found = clauses(text)
    amended = text.index("“2.")
    for start in (0, amended):  # read with the clause, or only what it introduces
        assert concerning(found, text, start, text.index("\n2.")).places == ("II.2",)
    assert concerning(found, text, text.index("2. Giao"), len(text)) is None
