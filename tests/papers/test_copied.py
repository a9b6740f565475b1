"""Copies: what is written is clean, is put after the paper's end, leaves the paper as it was, and reads back alike."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from papers.copies import COPY, LETTER_COPIED, MARKED, OF, PLAN_COPIED, SHEET, SIGNED_AT, copies
from papers.plans import Truth, plans
from papers.samples import LETTER, papers
from papers.spoiling import spoiled
from xulang.papers.checking.check import check
from xulang.papers.checking.components import components
from xulang.papers.checking.sheet import open_sheet
from xulang.papers.numerals import BLANK, day_in_words, padded
from xulang.papers.paper import Copy, Day, Paper, Signature, UnfitPaperError
from xulang.papers.writing.copied import code, copied, mark_lines, marked, on_sheet
from xulang.papers.writing.write import write
from xulang.reading.directive.read import read
from xulang.reading.files.faults import RefusedError
from xulang.reading.files.opening import open_document

ALL = {"LETTER": LETTER_COPIED, "PLAN": PLAN_COPIED, "SHEET": SHEET, "MARKED": MARKED}
FAST = {"deadline": None, "suppress_health_check": list(HealthCheck), "phases": [Phase.generate]}


@pytest.mark.parametrize("data", ALL.values(), ids=ALL)
def test_samples_are_clean(data: bytes) -> None:
    assert check(data) == []


@settings(max_examples=25, **FAST)
@given(papers(), copies())
def test_copies_of_any_paper_are_clean(paper: Paper, copy: Copy) -> None:
    """Also a copy of a copy (sao lục), whose two blocks stand one under the other."""
    once = copied(write(paper), copy)
    assert check(once) == []
    assert check(copied(once, replace(copy, form="SL", number=2))) == []
    assert check(marked(write(paper), copy, signed_at=SIGNED_AT)) == []


@settings(max_examples=25, **FAST)
@given(plans(), copies())
def test_read_back(truth: Truth, copy: Copy) -> None:
    """The block by its own words; the paper above it as it was before."""
    before, after = write(truth.paper), copied(write(truth.paper), copy)
    [block] = components(open_sheet(after)).copies
    told = {name: [line.text for line in lines] for name, lines in block.found.items()}
    number = BLANK if copy.number is None else padded(copy.number)
    assert block.copy == copy.form
    assert " ".join(told["issuer"]) == copy.issuer.upper().replace("\n", " ")
    assert told["number"] == [" ".join(f"Số: {number}/{copy.form}-{copy.symbol}".split())]
    assert told["place_date"] == [" ".join(f"{copy.place}, {day_in_words(copy.date)}".split())]
    assert told["signer_authority"] == [line.upper() for line in copy.signature.lines]
    assert told["signer_name"] == [copy.signature.name]
    assert told["recipients"] == [f"- {one};" for one in copy.recipients] + [f"- Lưu: {copy.filed}."]
    was, now = (read(open_document(data), name="a.docx", sha256="") for data in (before, after))
    assert now.text.startswith(was.text.rstrip())
    assert [one.id for one in now.sections] == [one.id for one in was.sections]
    assert (now.header, now.tasks) == (was.header, was.tasks)
    assert (now.signature, now.recipients) == (was.signature, was.recipients)


def test_the_same_bytes_and_all_else_untouched() -> None:
    """Only the text and the styles change: the styles by more of them, the text by what stands at its end."""
    before, after = write(LETTER), copied(write(LETTER), COPY)
    assert after == LETTER_COPIED
    old, new = (zipfile.ZipFile(io.BytesIO(data)) for data in (before, after))
    assert old.namelist() == new.namelist()
    changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert changed == {"word/document.xml", "word/styles.xml"}


def test_into_a_file_of_other_habits() -> None:
    """A file all of whose styles, which bear our names, are of size 8: the block keeps its own."""

    def strange(parts: dict) -> None:
        for size in parts["word/styles.xml"].iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}sz"):
            size.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val", "16")

    data = spoiled(write(LETTER), strange)
    assert check(data)
    assert [b.words for b in check(copied(data, COPY))] == [b.words for b in check(data)]


REFUSED = [
    # no such form; a number below 1; nobody signs; no such day; before the decree
    (replace(COPY, form="CS"), "Không có hình thức sao"),
    (replace(COPY, number=0), "từ 1 trở lên"),
    (replace(COPY, signature=Signature((), "Lò Thị Mai")), "họ tên người ký"),
    (replace(COPY, date=Day(2026, 2, 30)), "không có thật"),
    (replace(COPY, date=Day(2019, 2, 3)), "Chưa có thể thức"),
]


@pytest.mark.parametrize(("copy", "said"), REFUSED)
def test_what_does_not_fit_is_refused(copy: Copy, said: str) -> None:
    for write_it in (
        lambda: copied(write(LETTER), copy),
        lambda: on_sheet(copy, of=OF),
        lambda: marked(write(LETTER), copy, signed_at=SIGNED_AT),
    ):
        with pytest.raises(UnfitPaperError, match=said):
            write_it()


@given(st.binary(max_size=80))
def test_no_word_file(data: bytes) -> None:
    with pytest.raises(RefusedError):
        copied(data, COPY)


def test_words() -> None:
    assert code(COPY) == "03/SY-UBND"
    assert re.fullmatch(r" +/TrS-UBND", code(replace(COPY, form="TrS", number=None)))
    assert mark_lines(COPY, signed_at=SIGNED_AT) == (
        "Sao y",
        "Ủy ban nhân dân phường Bến Đá",
        "29/03/2026 08:05:09 +07:00",
    )
