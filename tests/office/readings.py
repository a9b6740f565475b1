"""Readings made by hand: what `xulang read` would print for short plans of a made-up town."""

from __future__ import annotations

import hashlib
from typing import Any

HEAD = [
    "UBND TỈNH SƠN KHÊ",
    "UBND THÀNH PHỐ MƯỜNG HOA",
    "Số: 12/KH-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Mường Hoa, ngày 05 tháng 3 năm 2026",
    "KẾ HOẠCH",
    "Giới thiệu nghề dệt chàm của thành phố",
    "Thực hiện Kế hoạch số 212-KH/TU của Ban Thường vụ Tỉnh ủy, UBND thành phố ban hành Kế hoạch như sau:",
    "I. NHIỆM VỤ",
]
TAIL = ["Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT.", "CHỦ TỊCH", "Lò Thị Minh Hằng"]


def at(text: str, words: str, after: int = 0) -> list[int]:
    """Where the words stand first, from a place on."""
    start = text.index(words, after)
    return [start, start + len(words)]


def finding(text: str, words: str, after: int = 0) -> dict[str, Any]:
    """The words as their own value."""
    return {"value": words, "at": at(text, words, after)}


class Plan:
    """A plan that grows task by task; `reading()` is what was read in it."""

    def __init__(self) -> None:
        self.lines = list(HEAD)
        self.rows: list[dict[str, Any]] = []

    def task(
        self,
        title: str,
        *more: str,
        lead: str = "",
        coordinating: tuple[str, ...] = (),
        when: str = "Thường xuyên",
        deadline: tuple[str, str | None] = ("ongoing", None),
        group: bool = False,
        doubts: tuple[str, ...] = (),
        mode: str = "order",
        origin: str = "line",
    ) -> Plan:
        """One more task; `doubts` names what the reader was not sure of: task, unit, deadline."""
        number = f"{len(self.rows) + 1}."
        begin = len(self.lines)
        self.lines += [f"{number} {title}", *more]
        who = lead + (f", phối hợp với {', '.join(coordinating)}" if coordinating else "")
        self.lines += [f"- Đơn vị thực hiện: {who}."] if who else []
        self.lines += [f"- Thời gian thực hiện: {when}."] if when else []
        self.rows.append(
            {
                "lines": (begin, len(self.lines)),
                "label": number,
                "title": title,
                "units": ([("lead", lead, group)] if lead else []) + [("coordinating", c, False) for c in coordinating],
                "when": when,
                "deadline": deadline,
                "doubts": doubts,
                "mode": mode,
                "origin": origin,
            }
        )
        return self

    @property
    def text(self) -> str:
        """The whole text."""
        return "\n".join([*self.lines, *TAIL]) + "\n"

    def reading(self) -> dict[str, Any]:
        """`xulang.reading/1`."""
        text = self.text
        starts = [0]
        for line in text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        tasks, sections = [], []
        begin_of_part = starts[self.lines.index("I. NHIỆM VỤ")]
        sections.append(
            {
                "id": "I",
                "label": "I.",
                "depth": 1,
                "title": "NHIỆM VỤ",
                "parent": None,
                "at": [begin_of_part, starts[len(self.lines)] - 1],
            }
        )
        for n, row in enumerate(self.rows, start=1):
            start, end = starts[row["lines"][0]], starts[row["lines"][1]] - 1
            section = f"I.{n}"
            sections.append(
                {
                    "id": section,
                    "label": row["label"],
                    "depth": 2,
                    "title": row["title"],
                    "parent": "I",
                    "at": [start, end],
                }
            )
            units: dict[str, list[dict[str, Any]]] = {"lead": [], "coordinating": []}
            who = text.find("Đơn vị thực hiện:", start)
            for role, words, group in row["units"]:
                unsure = {"sure": False} if "unit" in row["doubts"] and role == "lead" else {}
                units[role].append(
                    {"value": words, "at": at(text, words, who), "group": group or words[0].islower()} | unsure
                )
            kind, value = row["deadline"]
            deadline: dict[str, Any] = {"kind": kind, "value": value, "every": None, "at": None}
            if row["when"]:
                deadline["at"] = at(text, row["when"], text.index("Thời gian thực hiện:", start))
            if "deadline" in row["doubts"]:
                deadline["sure"] = False
            task = {
                "id": f"T{n}",
                "section": section,
                "at": [start, end],
                "text": text[start:end],
                "mode": row["mode"],
                **units,
                "deadline": deadline,
                "product": None,
                "money": None,
                "origin": row["origin"],
            }
            tasks.append(task | ({"sure": False} if "task" in row["doubts"] else {}))
        return {
            "schema": "xulang.reading/1",
            "source": {
                "name": "ke-hoach.txt",
                "media_type": "text/plain",
                "sha256": hashlib.sha256(text.encode()).hexdigest(),
                "pages": None,
                "ocr": False,
            },
            "text": text,
            "header": {
                "superior": finding(text, "UBND TỈNH SƠN KHÊ"),
                "issuer": finding(text, "UBND THÀNH PHỐ MƯỜNG HOA"),
                "number": {"value": "12", "at": at(text, "12")},
                "symbol": finding(text, "KH-UBND"),
                "place": finding(text, "Mường Hoa, "[:-2], text.index("phúc")),
                "date": {"value": "2026-03-05", "at": at(text, "ngày 05 tháng 3 năm 2026")},
                "type": {"value": "KH", "at": at(text, "KẾ HOẠCH")},
                "title": finding(text, HEAD[7]),
                "addressees": [],
            },
            "citations": [
                {
                    "code": "212-KH/TU",
                    "number": "212",
                    "symbol": "KH/TU",
                    "type": "KH",
                    "date": None,
                    "issuer": "Ban Thường vụ Tỉnh ủy",
                    "title": None,
                    "relation": "implements",
                    "at": [at(text, "Kế hoạch số 212-KH/TU")],
                }
            ],
            "sections": sections,
            "tasks": tasks,
            "funding": [],
            "signature": {"lines": [finding(text, "CHỦ TỊCH")], "name": finding(text, "Lò Thị Minh Hằng")},
            "recipients": [
                {"value": "UBND tỉnh", "at": at(text, "- UBND tỉnh;")},
                {"value": "Lưu: VT", "at": at(text, "- Lưu: VT.")},
            ],
            "warnings": [],
        }


def clear_plan() -> Plan:
    """Nothing doubtful: ongoing tasks (two name sets of units), one with a date, and who follows up."""
    return (
        Plan()
        .task("Phổ biến Kế hoạch tới Nhân dân", "Mỗi nơi chọn cách làm phù hợp.", lead="UBND các phường", group=True)
        .task(
            "Xây dựng bộ bài viết và ảnh về nghề dệt chàm",
            "Ghi rõ nguồn và ngày. Đưa lên Trang thông tin điện tử.",
            lead="Phòng Văn hóa và Thông tin",
            coordinating=("các phòng, ban",),
        )
        .task(
            "Tổ chức hội thi dệt chàm",
            lead="Phòng Giáo dục và Đào tạo",
            coordinating=("Phòng Văn hóa và Thông tin",),
            when="Hoàn thành trước ngày 20/12/2026",
            deadline=("date", "2026-12-20"),
        )
        .task(
            "Theo dõi, đôn đốc, tổng hợp báo cáo việc thực hiện Kế hoạch",
            lead="Phòng Văn hóa và Thông tin",
            origin="organisation",
        )
    )


def doubtful_plan() -> Plan:
    """The same, then one of each doubt: a unit that is only alike, an unknown one, a deadline, a task, a set."""
    return (
        clear_plan()
        .task("Lập hồ sơ tin chưa đúng", lead="Phòng Văn hoá, Thông tin", doubts=("unit",))
        .task("Cử người thuyết minh", lead="Hội Người yêu chàm")
        .task(
            "Thay biển chỉ dẫn",
            lead="Phòng Văn hóa và Thông tin",
            when="Trong tháng 12",
            deadline=("date", "2026-12"),
            doubts=("deadline",),
        )
        .task("Mời người xa quê về thăm", lead="Phòng Văn hóa và Thông tin", doubts=("task",))
        .task("Góp tư liệu vào kho chung", lead="Các hội quần chúng", group=True)
    )
