"""What the reader marks as not sure: names that may go on, hold a second body, or stand in an oddly called column."""

import pytest

from xulang.reading.directive.read import read_file

HEAD = "UBND XÃ BẢN LÈNG\n\nSố: 07/KH-UBND\n\nKẾ HOẠCH\n\nDọn đường làng\n\n"

SAID = [
    # the paper's own names end where they seem to
    ("Giao Phòng Kinh tế dọn đường trước ngày 20/4/2026.", True),
    ("Giao Công an xã chủ trì, phối hợp với Trạm Y tế xã dọn đường.", True),
    ("Giao UBND xã Bản Lèng tổng hợp kết quả.", True),
    # a comma, and what the name's part in it is
    ("Giao Phòng Kinh tế, phối hợp với Trạm Y tế xã dọn đường.", True),
    # a comma, and no name behind it: it may be one name, "Phòng Trồng trọt, nhân giống"
    ("Giao Phòng Trồng trọt, nhân giống cây dọn đường.", False),
    # a word that stands in names too ends it
    ("Giao Trung tâm Cây trồng đào tạo nghề dọn đường.", False),
    # a name that runs on into prose of a time
    ("Giao Trung tâm Cây trồng chiều thứ Sáu dọn đường.", False),
    # the name lacks its end
    ("Giao Đội Quản lý dọn đường.", False),
]


@pytest.mark.parametrize(("sentence", "sure"), SAID)
def test_units_in_prose(sentence: str, sure: bool) -> None:
    found = read_file(f"{HEAD}1. {sentence}\n".encode(), name="plan.txt")
    assert all(unit.sure for task in found.tasks for unit in task.lead) is sure
    assert found.tasks
    assert any(warning.code == "doubtful" for warning in found.warnings) is not sure


COLUMNS = [
    # called as such columns are
    ("Cơ quan chủ trì", True),
    ("Phòng, đơn vị chủ trì", True),
    # what the column is of is only guessed
    ("Cơ quan chuẩn bị", False),
]


@pytest.mark.parametrize(("column", "sure"), COLUMNS)
def test_columns_of_a_table(column: str, sure: bool) -> None:
    table = (
        f"| TT | Nhiệm vụ | {column} | Thời hạn |\n|---|---|---|---|\n| 1 | Dọn đường | Phòng Kinh tế | 20/4/2026 |\n"
    )
    found = read_file(f"{HEAD}{table}".encode(), name="plan.md")
    assert [unit.sure for task in found.tasks for unit in task.lead] == [sure]


def test_an_issuer_without_its_place_is_not_sure() -> None:
    found = read_file(
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH\n\nSố: 07/CT-UBND\n\nCHỈ THỊ\n\nVề dọn đường\n".encode(), name="plan.txt"
    )
    assert found.header.issuer is not None
    assert not found.header.issuer.sure
