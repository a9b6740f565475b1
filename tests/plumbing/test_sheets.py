"""Untrusted tables: every encoding that spreadsheets save, formulas kept harmless, broken files refused."""

import contextlib
import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from xulang.plumbing import sheets
from xulang.plumbing.errors import EmptyFile, MacroFile, Refused, SheetTooLong, SheetUnreadable

ROWS = [["Tên đơn vị", "Cấp trên"], ["Phường Đông Kinh", "UBND tỉnh Lạng Sơn"], ["Xã Tân Thanh, mới", ""]]


def text(delimiter: str) -> str:
    return "\r\n".join(delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in row) for row in ROWS)


def book(rows: list[list[object]]) -> bytes:
    made, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(out)
    return out.getvalue()


def changed(data: bytes, part: str, told: bytes) -> bytes:
    """The workbook with one part told otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, told if name == part else old.read(name))
        if part not in old.namelist():
            new.writestr(part, told)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (text(",").encode("utf-8-sig"), "a.csv"),  # Excel's "CSV UTF-8"
        (text(";").encode("utf-8"), "A.CSV"),  # where the comma is the decimal mark
        (text("\t").encode("utf-16"), "a.txt"),  # Excel's "Unicode text"
        (("sep=;\r\n" + text(";")).encode("utf-8-sig"), "a.csv"),  # Excel's own first line
        (book(ROWS), "a.xlsx"),
    ],
)
def test_what_spreadsheets_save(data: bytes, name: str) -> None:
    rows = sheets.read(data, name)[0].rows
    assert [[*row, ""][:2] for row in rows if row != [""] and row != []] == ROWS


def test_an_old_code_page() -> None:
    words = "Tên;Cấp trên\r\nPhường Đông Kinh và phường Tam Thanh;Ủy ban nhân dân thành phố\r\n" * 3
    marks = {"ấ": "â\u0301", "ờ": "ơ\u0300", "ủ": "u\u0309", "Ủ": "U\u0309", "ố": "ô\u0301", "à": "à"}
    data = "".join(marks.get(char, char) for char in words).encode("cp1258")
    assert sheets.read(data, "a.csv")[0].rows[1] == [
        "Phường Đông Kinh và phường Tam Thanh",
        "Ủy ban nhân dân thành phố",
    ]


def test_days_and_numbers_of_a_workbook_read_as_typed() -> None:
    data = book([["a", "b", "c"], [dt.date(2025, 7, 1), 5971, 5971.0]])
    assert sheets.read(data, "a.xlsx")[0].rows[1] == ["01/07/2025", "5971", "5971"]


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaa">]><sst xmlns="x"><si><t>&a;</t></si></sst>'
FAR = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
    b'<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
)
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", EmptyFile),
        (b"%PDF-1.7 ...", SheetUnreadable),
        (b"PK\x03\x04 no archive", SheetUnreadable),
        (book(ROWS)[:-200], SheetUnreadable),
        (changed(book(ROWS), SHEET, b"<worksheet"), SheetUnreadable),
        (changed(book(ROWS), SHEET, ENTITIES), SheetUnreadable),
        (changed(book(ROWS), "xl/vbaProject.bin", b"x"), MacroFile),
        (changed(book(ROWS), "xl/media/bomb.bin", bytes(80 * 1024 * 1024)), SheetTooLong),  # 80 kB packed
        (b"a,b\n" + b"x,y\n" * (sheets.ROWS + 1), SheetTooLong),
    ],
)
def test_broken_and_spiteful_files_are_refused_with_a_sentence(data: bytes, why: type[Refused]) -> None:
    with pytest.raises(why) as refusal:
        sheets.read(data, "bang.csv" if data.startswith(b"a,b") else "bang.xlsx")
    assert "bang" in str(refusal.value)


def test_a_cell_at_the_far_end_of_a_sheet_is_not_walked_to() -> None:
    rows = sheets.read(changed(book(ROWS), SHEET, FAR), "a.xlsx")[0].rows
    assert rows == []


@given(st.binary(max_size=60), st.integers(0, 6000))
def test_no_damage_breaks_the_reader(noise: bytes, at: int) -> None:
    data = book(ROWS)
    at %= len(data)
    with contextlib.suppress(Refused):
        sheets.read(data[:at] + noise + data[at + len(noise) :], "a.xlsx")


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=12) | st.sampled_from(
    ["=1+1", "'=1", "''-2", "+84", "@a", "-", "'", "=", '"', "a;b,c", " x "]
)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), min_size=1, max_size=4))
@example([["a", "b"], ["", " "]])
def test_what_leaves_comes_back_and_no_cell_is_a_formula(rows: list[list[str]]) -> None:
    assert all(sheets.guarded(cell)[:1] not in tuple("=+-@") or not cell for row in rows for cell in row)
    assert all(sheets.plain(sheets.guarded(cell)) == cell for row in rows for cell in row)
    page = sheets.Page("a", [sheets.Column("x"), sheets.Column("y")], rows)
    back = sheets.read(sheets.as_xlsx([page]), "a.xlsx")[0].rows[1:]
    padded = [[*row, "", ""][:2] for row in back]
    while rows and not any(cell.strip() for cell in rows[-1]):  # rows of blanks at the end are none
        rows = rows[:-1]
    assert padded == rows


def test_a_number_below_nothing_stays_a_number() -> None:
    assert sheets.as_csv([[-5, "-5", 7]]).decode("utf-8-sig") == "-5,'-5,7\r\n"


def test_a_workbook_prints_across_a4_and_groups_money_not_years() -> None:
    page = sheets.Page("Kinh phí", [sheets.Column("Năm"), sheets.Column("Số tiền")], [[2026, 38_000_000]])
    sheet = openpyxl.load_workbook(io.BytesIO(sheets.as_xlsx([page]))).active
    assert sheet is not None
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    assert (sheet.page_setup.fitToHeight, sheet.print_title_rows) == (0, "$1:$1")
    assert {cell.number_format for cell in sheet[2]} == {"[>=10000]#,##0;0"}  # 2026, and 38.000.000
