"""A made-up plan and its reading, as the reader's contract has it."""

import hashlib
from typing import Any

TITLE = "Triển khai hoạt động thông tin đối ngoại năm 2026 của thành phố Mường Hoa"
_HEAD = f"""ỦY BAN NHÂN DÂN
THÀNH PHỐ MƯỜNG HOA
Số: 61/KH-UBND
Mường Hoa, ngày 20 tháng 11 năm 2026
KẾ HOẠCH
{TITLE}
Thực hiện Kế hoạch số 149-KH/TU ngày 29/01/2026 của Tỉnh ủy Sơn Khê, Ủy ban nhân dân thành phố xây dựng kế hoạch:
II. NHIỆM VỤ
"""
# section, text, leading units, coordinating units, deadline, mode
ROWS: list[tuple[str, str, list[str], list[str], dict[str, Any], str]] = [
    (
        "II.1",
        "1. Duy trì chuyên trang tiếng Anh trên cổng thông tin điện tử của thành phố, cập nhật hình ảnh, con người và "
        "sản vật Mường Hoa.\nĐơn vị thực hiện: Phòng Văn hóa và Thông tin. Đơn vị phối hợp: Phòng Giáo dục và Đào tạo. "
        "Thời gian: Thường xuyên.",
        ["Phòng Văn hóa và Thông tin"],
        ["Phòng Giáo dục và Đào tạo"],
        {"kind": "ongoing", "value": None, "every": None},
        "order",
    ),
    (
        "II.2",
        "2. Tổ chức cuộc thi “Em kể chuyện quê em” bằng tiếng Anh cho học sinh trung học cơ sở trên địa bàn.\n"
        "Đơn vị thực hiện: Phòng Giáo dục và Đào tạo. Thời gian: trước ngày 25/11/2026.",
        ["Phòng Giáo dục và Đào tạo"],
        [],
        {"kind": "date", "value": "2026-11-25", "every": None},
        "order",
    ),
    (
        "II.3",
        "3. Giới thiệu lễ hội, làng nghề tới du khách nước ngoài qua tờ gấp và biển chỉ dẫn song ngữ.\n"
        "Đơn vị thực hiện: UBND phường Thủy Vân. Thời gian: tháng 12 năm 2026.",
        ["UBND phường Thủy Vân"],
        [],
        {"kind": "date", "value": "2026-12", "every": None},
        "order",
    ),
    (
        "II.4",
        "4. Đề nghị Ủy ban nhân dân phường Thủy Vân cử cán bộ tham dự lớp bồi dưỡng kỹ năng thông tin đối ngoại.",
        ["UBND phường Thủy Vân"],
        [],
        {"kind": "none", "value": None, "every": None},
        "request",
    ),
]


def reading(data: bytes, name: str) -> dict[str, Any]:
    """The reading of the plan, whatever the bytes; a name with "mat" reads as secret, one with "hong" as unreadable."""
    text, tasks, sections = _HEAD, [], []
    for number, (section, words, lead, helping, deadline, mode) in enumerate(ROWS, 1):
        start = len(text)
        text += words + "\n"
        end = len(text) - 1

        def found(value: str, start: int = start, text: str = text) -> dict[str, Any]:
            at = text.index(value, start)
            return {"value": value, "at": [at, at + len(value)], "group": False}

        said = {"ongoing": "Thường xuyên", "date": words.rsplit("Thời gian: ", 1)[-1].rstrip("."), "none": ""}
        at = text.index(said[deadline["kind"]], start) if said[deadline["kind"]] else 0
        place = [at, at + len(said[deadline["kind"]])] if said[deadline["kind"]] else None
        known = [found(value if value in words else "Ủy ban nhân dân phường Thủy Vân") for value in lead]
        tasks.append(
            {
                "id": f"T{number}",
                "section": section,
                "at": [start, end],
                "text": words,
                "mode": mode,
                "lead": known,
                "coordinating": [found(value) for value in helping],
                "deadline": {**deadline, "at": place},
                "product": None,
                "money": None,
                "origin": "line",
            }
        )
        sections.append(
            {"id": section, "label": f"{number}.", "depth": 2, "title": None, "parent": None, "at": [start, end]}
        )

    recipients = []
    for line in ("Phòng Giáo dục và Đào tạo", "CT, các PCT UBND TP", "Lưu: VT, VHTT"):
        text += f"- {line};\n"
        end = len(text) - 2
        recipients.append({"value": line, "at": [end - len(line), end]})

    def of(value: str, normal: str | None = None) -> dict[str, Any]:
        at = text.index(value)
        return {"value": normal or value, "at": [at, at + len(value)]}

    warnings = [
        {"code": code, "message": message, "at": None}
        for mark, code, message in (
            ("mat", "secret", "Văn bản có dấu mật."),
            ("hong", "unreadable", "Tệp bị hỏng. Hãy quét lại rồi gửi lại."),
        )
        if mark in name
    ]
    empty = bool(warnings)
    cited = of("149-KH/TU")
    return {
        "schema": "xulang.reading/1",
        "source": {
            "name": name,
            "media_type": "text/markdown",
            "sha256": hashlib.sha256(data).hexdigest(),
            "pages": None,
            "ocr": False,
        },
        "text": "" if empty else text,
        "header": {
            "issuer": None
            if empty
            else of("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ MƯỜNG HOA", "Ủy ban nhân dân thành phố Mường Hoa"),
            "superior": None,
            "number": None if empty else of("61"),
            "symbol": None if empty else of("KH-UBND"),
            "place": None if empty else of("Mường Hoa"),
            "date": None if empty else of("ngày 20 tháng 11 năm 2026", "2026-11-20"),
            "type": None if empty else of("KẾ HOẠCH", "KH"),
            "title": None if empty else of(TITLE),
            "addressees": [],
        },
        "citations": []
        if empty
        else [
            {
                "code": "149-KH/TU",
                "number": "149",
                "symbol": "KH/TU",
                "type": "KH",
                "date": "2026-01-29",
                "issuer": "Tỉnh ủy Sơn Khê",
                "title": None,
                "relation": "implements",
                "at": [cited["at"]],
            }
        ],
        "sections": [] if empty else sections,
        "tasks": [] if empty else tasks,
        "funding": [],
        "signature": {"lines": [], "name": None},
        "recipients": [] if empty else recipients,
        "warnings": warnings,
    }
