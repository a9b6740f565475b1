"""Labels at the head of a line, and the tree they make."""

import pytest

from xulang.reading.directive.labels import label_of
from xulang.reading.directive.read import read
from xulang.reading.files.document import Document
from xulang.reading.text.spans import Span

LABELS = [
    ("I. MỤC ĐÍCH", ("roman", "I")),
    ("IV- TỔ CHỨC THỰC HIỆN", ("roman", "IV")),
    ("3. Nội dung", ("number", "3")),
    ("12) Nội dung", ("number", "12")),
    ("3.2. Nội dung", ("dotted", "3.2")),
    ("3.2 Nội dung", ("dotted", "3.2")),
    ("a) Rà soát", ("letter", "a")),
    ("đ) Rà soát", ("letter", "đ")),
    ("b. Rà soát", ("letter", "b")),
    ("A. PHẦN CHUNG", ("upper", "A")),
    ("Điều 5. Hiệu lực", ("article", "Điều 5")),
    ("Chương II", ("chapter", "Chương II")),
    ("Phần thứ hai", ("part", "Phần thứ hai")),
    ("Phụ lục I", ("annex", "PL1")),
    ("PHỤ LỤC", ("annex", "PL1")),
    ("(1) Việc thứ nhất", ("paren", "1")),
    ("- Việc nhỏ", ("bullet", "-")),
    ("+ Việc nhỏ hơn", ("bullet", "+")),
    # prose that only looks like a label
    ("Điều 5 của Luật này", None),
    ("Phụ lục kèm theo Kế hoạch", None),
    ("30.000 người tham gia", None),
    ("5/6/2026 là ngày họp", None),
    ("Mục tiêu chung", None),
    ("TP. Mường Hoa", None),
]


@pytest.mark.parametrize(("line", "label"), LABELS)
def test_labels(line: str, label: tuple[str, str] | None) -> None:
    found = label_of(line, Span(0, len(line)))
    assert (found and (found.kind, found.key)) == label


TREES = [
    # a label that begins with its parent's number replaces it
    ("I. A\n1. B\n1.1. C\n1.2. D\n2. E", ["I", "I.1", "I.1.1", "I.1.2", "I.2"]),
    # letters under numbers, and back
    ("1. A\na) B\nb) C\n2. D\na) E", ["1", "1.a", "1.b", "2", "2.a"]),
    # chapters and articles keep their word
    (
        "Chương I\nĐiều 1. A\n1. B\nChương II\nĐiều 2. C",
        ["Chương I", "Chương I.Điều 1", "Chương I.Điều 1.1", "Chương II", "Chương II.Điều 2"],
    ),
    # a dotted number with no whole number above
    ("II. A\n1.1. B\n1.2. C", ["II", "II.1.1", "II.1.2"]),
    # a repeated label takes a mark
    ("I. A\n1. B\n1. C", ["I", "I.1", "I.1~2"]),
    # an annex begins anew
    ("I. A\nPhụ lục I\nI. B\n1. C", ["I", "PL1", "PL1:I", "PL1:I.1"]),
    # bullets have no section
    ("1. A\n- B\n+ C\n2. D", ["1", "2"]),
    # the letters of the trade: a, b, c, d, đ, e, g
    ("1. A\nd) B\nđ) C\ne) D\ng) E", ["1", "1.d", "1.đ", "1.e", "1.g"]),
]


@pytest.mark.parametrize(("text", "ids"), TREES)
def test_trees(text: str, ids: list[str]) -> None:
    reading = read(Document(text, "text/plain"), name="", sha256="")
    assert [section.id for section in reading.sections] == ids
