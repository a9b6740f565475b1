"""Trích sao: the paper made anew in its own form, with the parts that were chosen and no others.

Nghị định 30/2020/NĐ-CP, Điều 25.3.b: the form is made anew in full, and the content that is to be copied. Made of a
reading (`xulang.reading/1`), so that it can be had of whatever file the paper came in as.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from xulang.papers.layout import type_of
from xulang.papers.numerals import from_roman
from xulang.papers.paper import Block, Day, Paper, Paragraph, Run, Signature, UnfitPaperError

LEFT_OUT = "(…)"  # where words of the paper are not in the extract: the law is silent, offices write it so
_OWN_LINE = re.compile(r"(phần|chương|mục|tiểu mục)\s", re.IGNORECASE)
_FILED = re.compile(r"lưu\s*:", re.IGNORECASE)
_ARTICLE = re.compile(r"Điều\s+\d+\.?", re.IGNORECASE)


def parts(reading: dict[str, Any]) -> list[dict[str, Any]]:
    """The sections that can be chosen, in their order: those of the paper itself, not of its annexes."""
    return [row for row in reading["sections"] if not row["id"].startswith("PL")]


def extract(reading: dict[str, Any], chosen: Collection[str]) -> Paper:
    """The paper with only the sections of those ids, each under the headings that it stands beneath.

    Raises UnfitPaperError where nothing or all is chosen, where the reading lacks what the form asks for, and where a
    part holds a table, which words alone would not copy exactly.
    """
    rows = parts(reading)
    known = {row["id"]: row for row in rows}
    if not chosen or not known.keys() >= set(chosen):
        raise UnfitPaperError("Chưa chọn phần nào để trích. Hãy chọn ít nhất một mục của văn bản.")
    whole = {one for one in chosen if not any(above in chosen for above in _above(known, one))}
    inside = {row["id"] for row in rows if row["id"] in whole or any(one in whole for one in _above(known, row["id"]))}
    if inside == known.keys():
        raise UnfitPaperError("Đã chọn mọi phần của văn bản. Hãy sao y cả văn bản, hoặc bỏ bớt phần không trích.")
    body: list[Block] = []
    before = None
    headed = {above for one in whole for above in _above(known, one)}
    for row in rows:
        if row["id"] in headed:
            body += [_gap()] if _parted(known, before, row) else []
            body += _lines(_heading(reading, row, rows), row)
        elif row["id"] in whole:
            body += [_gap()] if _parted(known, before, row) else []
            body += _section(reading, row, rows)
        else:
            continue
        before = row
    if before is not None and before["at"][1] < rows[-1]["at"][1]:
        body.append(_gap())
    return _paper(reading, tuple(body))


def _above(known: dict[str, dict[str, Any]], one: str) -> list[str]:
    """The ids of the sections that hold a section, the nearest first."""
    found = []
    parent = known[one]["parent"]
    while parent in known:
        found.append(parent)
        parent = known[parent]["parent"]
    return found


def _parted(known: dict[str, dict[str, Any]], before: dict[str, Any] | None, row: dict[str, Any]) -> bool:
    """Whether words are left out between two parts that follow each other in the extract, or before the first."""
    if before is None:
        return True
    siblings = [one["id"] for one in known.values() if one["parent"] == row["parent"]]
    first = siblings.index(row["id"]) == 0
    return not (first and row["parent"] == before["id"]) and before["at"][1] < row["at"][0] - 1


def _gap() -> Paragraph:
    return Paragraph(LEFT_OUT)


def _heading(reading: dict[str, Any], row: dict[str, Any], rows: list[dict[str, Any]]) -> str:
    """The heading of a section alone: its words as far as its first part, no more than the lines of its title."""
    ends = [one["at"][0] for one in rows if one["parent"] == row["id"]]
    text = reading["text"][row["at"][0] : min(ends, default=row["at"][1])]
    lines = text.strip().split("\n")
    return "\n".join(lines[: 2 if _OWN_LINE.match(lines[0]) and len(lines) > 1 and lines[1].isupper() else 1])


def _section(reading: dict[str, Any], row: dict[str, Any], rows: list[dict[str, Any]]) -> list[Block]:
    """A section with all that it holds, each of its parts with its heading."""
    text = reading["text"][row["at"][0] : row["at"][1]]
    if "\t" in text:
        raise UnfitPaperError(f"Phần {row['id']} có bảng nên không trích được từng chữ. Hãy sao y cả văn bản.")
    starts = {one["at"][0]: one for one in rows}
    out: list[Block] = []
    at, own = row["at"][0], row
    for line in text.split("\n"):
        own = starts.get(at, own)
        heads = at == own["at"][0] or bool(_OWN_LINE.match(own["label"]) and line.isupper())
        if line.strip():
            out += _lines(line, own if heads else None)
        at += len(line) + 1
    return out


def _lines(words: str, heading: dict[str, Any] | None) -> list[Block]:
    """Lines as paragraphs: bold where they are the heading of a section, in the middle where its label has its own."""
    out: list[Block] = []
    for line in words.split("\n"):
        text = " ".join(line.split())
        if heading is None:
            out.append(Paragraph(text))
        elif _OWN_LINE.match(heading["label"]):
            out.append(Paragraph((Run(text, bold=True),), align="center"))
        elif article := _ARTICLE.match(text):
            out.append(Paragraph((Run(text[: article.end()], bold=True), Run(text[article.end() :]))))
        elif _titled(heading, text):
            out.append(Paragraph((Run(text, bold=True),)))
        else:
            out.append(Paragraph(text))
    return out


def _titled(heading: dict[str, Any], text: str) -> bool:
    """Whether a numbered line is a title: in Roman, or short and without a closing mark."""
    if from_roman(heading["label"].rstrip(".-/) ")) is not None:
        return True
    return len(text.split()) <= 12 and text[-1:] not in ".;:,/" and not re.match(r"[a-zđ]\)", text)


def _paper(reading: dict[str, Any], body: tuple[Block, ...]) -> Paper:
    head, signed = reading["header"], reading["signature"]
    told = {name: finding["value"] for name, finding in head.items() if isinstance(finding, dict)}
    missing = [name for key, name in _ASKED.items() if not told.get(key)]
    if not signed["lines"] or not signed["name"]:
        missing.append("người ký")
    if missing:
        raise UnfitPaperError(f"Máy chưa đọc được {', '.join(missing)} nên chưa dựng lại được thể thức. Hãy sao y.")
    type = type_of(told["type"])
    number, _slash, rest = told["number"].partition("/")
    year, *later = (int(part) for part in told["date"].split("-"))
    recipients = [one["value"] for one in reading["recipients"]]
    filed = next((one for one in recipients if _FILED.match(one)), "Lưu: VT")
    addressees = tuple(one["value"] for one in head["addressees"]) if type.addressees != "no" else ()
    return Paper(
        type=type.code,
        issuer=told["issuer"],
        superior=told.get("superior", ""),
        number=int(number),
        symbol=f"{rest}/{told['symbol']}" if rest else told["symbol"],
        place=told["place"],
        date=Day(year, *later),
        title=told["title"],
        addressees=addressees,
        body=body,
        signature=Signature(tuple(one["value"] for one in signed["lines"]), signed["name"]["value"]),
        recipients=tuple(one for one in recipients if one != filed and one.lower() != "như trên"),
        filed=filed.partition(":")[2].strip() or "VT",
    )


_ASKED = {
    "type": "tên loại",
    "issuer": "cơ quan ban hành",
    "number": "số",
    "symbol": "ký hiệu",
    "place": "địa danh",
    "date": "ngày ban hành",
    "title": "trích yếu",
}
