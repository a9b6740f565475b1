"""The reader prints what the contract says, and the check of it would see what does not."""

import copy
from typing import Any

import pytest

from reading.contract import breaches
from xulang.reading.directive.read import read_file

PLAN = """UBND XÃ MƯỜNG HOA

Số: 12/KH-UBND

Mường Hoa, ngày 03 tháng 5 năm 2026

KẾ HOẠCH

Sửa đường liên thôn

Thực hiện Kế hoạch số 31-KH/TU ngày 20/3/2026 của Tỉnh ủy, UBND xã lập kế hoạch:

I. NHIỆM VỤ

1. Giao Phòng Kinh tế chủ trì, phối hợp với Công an xã sửa đường liên thôn trước ngày 30/6/2026.

1. Giao Trạm Y tế kiểm tra nước sạch; báo cáo trước ngày 05 tháng sau hằng tháng.

II. KINH PHÍ

Nơi nhận:

- Như Điều 3;

- Lưu: VT.
"""


@pytest.fixture(scope="module")
def sound() -> dict[str, Any]:
    return read_file(PLAN.encode(), name="x").as_contract()


def test_a_reading_is_as_the_contract_has_it(sound: dict[str, Any]) -> None:
    assert breaches(sound) == []
    assert [s["id"] for s in sound["sections"]] == ["I", "I.1", "I.1~2", "II"]
    assert [t["deadline"]["value"] for t in sound["tasks"]] == ["2026-06-30", "+05"]


# Each row: a path in the reading, and what is put there, though the contract does not allow it.
WRONG = [
    (("schema",), "xulang.reading/2"),
    (("source", "sha256"), "0"),
    (("source", "extra"), 1),
    (("text",), "khác\r\n"),
    (("header", "date", "value"), "2026-5-3"),
    (("header", "number", "at"), [5, 5]),
    (("header", "number", "at"), [0, 10**6]),
    (("header", "number", "sure"), True),
    (("citations", 0, "code"), "31 -KH/TU"),
    (("citations", 0, "relation"), "cites"),
    (("citations", 0, "at"), []),
    (("sections", 2, "id"), "I.1"),
    (("sections", 1, "parent"), "III"),
    (("sections", 1, "depth"), 3),
    (("sections", 1, "at"), [0, 5]),
    (("tasks", 0, "text"), "chữ khác"),
    (("tasks", 0, "mode"), "plea"),
    (("tasks", 0, "section"), "IX"),
    (("tasks", 1, "id"), "T1"),
    (("tasks", 0, "lead", 0, "group"), None),
    (("tasks", 0, "deadline", "value"), "2026-6-30"),
    (("tasks", 0, "deadline", "every"), "month"),
    (("tasks", 1, "deadline", "value"), "5"),
    (("tasks", 1, "deadline", "kind"), "ongoing"),
    (("recipients", 0, "value"), "Như trên;"),
    (("warnings",), [{"code": "odd", "message": "Câu.", "at": None}]),
    (("warnings",), [{"code": "empty", "message": "Tệp trống.", "at": None}]),
]


@pytest.mark.parametrize(("path", "value"), WRONG, ids=lambda value: str(value))
def test_breaches_are_seen(sound: dict[str, Any], path: tuple[str | int, ...], value: object) -> None:
    spoilt: Any = copy.deepcopy(sound)
    inner = spoilt
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert breaches(spoilt)
