"""Extracts (trích sao): the form of the paper anew, the chosen parts word for word, nothing else; and clean."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from papers.copies import COPY
from papers.plans import Truth, plans
from papers.samples import DECISION, LETTER, PLAN
from xulang.papers.checking.check import check
from xulang.papers.extracting import LEFT_OUT, extract, parts
from xulang.papers.paper import Paper, Paragraph, Signature, UnfitPaperError
from xulang.papers.writing import ooxml
from xulang.papers.writing.copied import copied
from xulang.papers.writing.write import write
from xulang.reading.directive.read import read
from xulang.reading.files.opening import open_document

TRS = replace(COPY, form="TrS")


def reading_of(data: bytes) -> dict[str, Any]:
    return read(open_document(data), name="a.docx", sha256="").as_contract()


def lines_of(text: str) -> list[str]:
    return [" ".join(line.split()).rstrip(" ./;") for line in text.split("\n") if line.strip()]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(plans(), st.data())
def test_words_of_the_chosen_parts_and_no_others(truth: Truth, data: st.DataObject) -> None:
    reading = reading_of(write(replace(truth.paper, number=truth.paper.number or 7)))
    ids = [row["id"] for row in parts(reading)]
    one = data.draw(st.sampled_from(ids))
    row = next(row for row in parts(reading) if row["id"] == one)
    own = reading["text"][row["at"][0] : row["at"][1]]
    if "\t" in own or len(ids) == 1:
        with pytest.raises(UnfitPaperError):
            extract(reading, {one})
        return
    made = copied(write(extract(reading, {one})), TRS)
    assert check(made) == []
    again = reading_of(made)
    assert again["header"]["number"]["value"] == reading["header"]["number"]["value"]
    assert [f["value"] for f in again["recipients"]] == [f["value"] for f in reading["recipients"]]
    there = lines_of(again["text"])
    told = lines_of(own)
    at = there.index(told[0])
    assert there[at : at + len(told)] == told
    others = [row for row in parts(reading) if not one.startswith(row["id"]) and not row["id"].startswith(one)]
    for other in others:
        first = lines_of(reading["text"][other["at"][0] : other["at"][1]])[0]
        assert first in told or first not in there


def test_what_is_left_out_is_shown_and_headings_are_kept() -> None:
    paper = extract(reading_of(write(PLAN)), {"II.1"})
    words = [ooxml.plain(one.words) for one in paper.body if isinstance(one, Paragraph)]
    assert words == [
        LEFT_OUT,
        "II. NỘI DUNG",
        "1. Trang giới thiệu",
        "Dựng trang giới thiệu thành phố bằng tiếng Việt và tiếng Anh, cập nhật hằng tuần, có bản đồ và ảnh.",
        "- Đơn vị thực hiện: Phòng Văn hóa và Thông tin chủ trì, phối hợp với Văn phòng.",
        "- Thời gian thực hiện: Trước ngày 30/9/2026.",
        LEFT_OUT,
    ]
    assert paper.signature == Signature(("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), PLAN.signature.name)


def test_an_article() -> None:
    made = copied(write(extract(reading_of(write(DECISION)), {"Điều 1"})), TRS)
    assert check(made) == []
    assert "Điều 2. Hiệu lực" not in reading_of(made)["text"]


def _without(reading: dict[str, Any], key: str) -> dict[str, Any]:
    return reading | {"header": reading["header"] | {key: None}}


@pytest.mark.parametrize(
    ("paper", "chosen", "said"),
    [
        # nothing; what is not there; all; a table; a letter, which has no parts
        (PLAN, set(), "Chưa chọn"),
        (PLAN, {"IX"}, "Chưa chọn"),
        (PLAN, {"I", "II", "III"}, "mọi phần"),
        (PLAN, {"II.2"}, "có bảng"),
        (LETTER, {"I"}, "Chưa chọn"),
    ],
)
def test_what_cannot_be_extracted(paper: Paper, chosen: set[str], said: str) -> None:
    with pytest.raises(UnfitPaperError, match=said):
        extract(reading_of(write(paper)), chosen)


@pytest.mark.parametrize("key", ["type", "issuer", "number", "symbol", "place", "date", "title"])
def test_a_form_that_was_not_read_is_not_made_up(key: str) -> None:
    with pytest.raises(UnfitPaperError, match="chưa dựng lại được thể thức"):
        extract(_without(reading_of(write(PLAN)), key), {"I"})
