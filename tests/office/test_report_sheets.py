"""Many reports by one sheet: taken away, filled in, looked at, taken in; every faulty row told, nothing said twice."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from office.conftest import NOW, Town
from xulang.organisation.enums import ImportState
from xulang.plumbing.models import JournalEntry
from xulang.programme import bulk, services
from xulang.programme.bulk import Standing
from xulang.programme.enums import EntryKind, ReportState
from xulang.programme.models import Entry, ExpectedReport, ReportSheet

AT = {
    heading: number
    for number, heading in enumerate([bulk.CODE, bulk.TASK, bulk.UNIT, bulk.PERIOD, bulk.DUE, *bulk.FILLED], 1)
}
PATH = "/viec/bang-tinh/"
Fill = Callable[[Any], None]


def sheet_of(client: Client) -> Any:
    """The workbook as the desk gives it."""
    return openpyxl.load_workbook(io.BytesIO(client.get(PATH + "?tep=xlsx").getvalue()))


def line_of(book: Any, expected: ExpectedReport) -> int:
    """The row of a report."""
    return next(cell.row for cell in book["Báo cáo"]["A"] if cell.value == bulk.code_of(expected.pk))


def write(book: Any, row: int, **told: Any) -> None:
    words = {"kind": bulk.KIND, "note": bulk.NOTE, "percent": bulk.PERCENT, "links": bulk.LINKS}
    for name, value in told.items():
        book["Báo cáo"].cell(row, AT[words[name]]).value = value


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def staged(town: Town, username: str, data: bytes, name: str = "bao-cao.xlsx") -> ReportSheet:
    return services.stage_sheet(data=data, name=name, by=town.people[username], now=NOW)


def found(town: Town, username: str, data: bytes) -> list[Any]:
    sheet = staged(town, username, data)
    return services.compared(sheet, by=town.people[username], now=NOW)


@pytest.fixture
def page(town: Town) -> ExpectedReport:
    """The month that runs of the lead office's own ongoing duty."""
    town.issue()
    return town.assignment("vhtt", "II.1").expected.get(period_start__lte=NOW.date(), period_end__gte=NOW.date())


@pytest.fixture
def contest(town: Town, page: ExpectedReport) -> ExpectedReport:
    """The dated duty of the education division."""
    return town.assignment("gd", "II.2").expected.get()


def test_from_the_desk_to_the_ledger_and_the_same_file_again_says_nothing(town: Town, page: ExpectedReport) -> None:
    client = town.client("lan")
    assert "Báo cáo nhiều việc bằng bảng tính" in client.get("/viec/").content.decode()
    book = sheet_of(client)
    write(book, line_of(book, page), kind="Tiến độ", note="Đã đăng 3 bài.\nCó bản tiếng Anh.", percent=40)
    data, before = saved(book), Entry.objects.count()
    for time in range(2):
        answer = client.post(
            PATH, {"once": f"gửi {time}", "file": SimpleUploadedFile("bao-cao.xlsx", data)}, follow=True
        )
        preview, address = answer.content.decode(), answer.redirect_chain[-1][0]
        assert Entry.objects.count() == before + time
        if time == 0:
            assert "Ghi 1 báo cáo" in preview
            mark = answer.context["mark"]
            done = client.post(address, {"once": "ghi", "mark": mark}, follow=True)
            assert "Đã ghi vào sổ theo dõi." in done.content.decode()
    assert "Không có dòng nào mới để ghi" in preview
    page.refresh_from_db()
    assert (page.state, page.report_entry.percent) == (ReportState.REPORTED, 40)
    assert page.report_entry.note.text == "Đã đăng 3 bài.\nCó bản tiếng Anh."
    assert JournalEntry.objects.get(action="reports.imported").data["entries"] == [page.report_entry_id]
    assert ReportSheet.objects.get(state=ImportState.APPLIED).rows == []


# What is filled in for the contest, due once: what its row is told. The kind alone is enough where the words say so.
ROWS = [
    ({"kind": "Hoàn thành", "note": "Xong."}, "Hãy kèm ít nhất một minh chứng"),
    ({"kind": "Hoàn thành", "links": "tin-bai"}, "phải bắt đầu bằng http"),
    ({"kind": "Không phát sinh"}, "không thể báo “không phát sinh”"),
    ({"kind": "Tiến độ"}, "Hãy ghi nội dung đã làm"),
    ({"kind": "Vướng mắc"}, "Hãy ghi nội dung."),
    ({"kind": "Gần xong", "note": "x"}, "Hãy chọn một trong các loại: Tiến độ, Không phát sinh"),
    ({"note": "Chỉ có chữ"}, "Hãy chọn một trong các loại"),
    ({"kind": "Tiến độ", "note": "x", "percent": "một nửa"}, "Ghi số nguyên từ 0 đến 100"),
    ({"kind": "Tiến độ", "note": "x", "percent": 0.5}, "Ghi số nguyên từ 0 đến 100"),
    ({"kind": "Tiến độ", "note": "x", "percent": 140}, "Tỷ lệ hoàn thành phải từ 0 đến 100"),
    ({"kind": "Tiến độ", "note": "x", "percent": dt.date(2026, 6, 1)}, "Ghi số nguyên từ 0 đến 100"),
    ({"kind": "Tiến độ", "note": "=1+1"}, "Ô này là công thức"),
    ({"kind": "Tiến độ", "note": True}, "Ô này là công thức"),
    ({"kind": "Tiến độ", "note": "x" * 10_001}, "Dài quá 10000 ký tự"),
]


@pytest.mark.parametrize(("told", "why"), ROWS)
def test_a_faulty_row_is_told_with_what_to_do(
    town: Town, contest: ExpectedReport, told: dict[str, Any], why: str
) -> None:
    book = sheet_of(town.client("minh"))
    write(book, row := line_of(book, contest), **told)
    one = next(one for one in found(town, "minh", saved(book)) if one.row.number == row)
    assert one.standing == Standing.FAULTY
    assert why in " ".join(str(fault.sentence) for fault in one.faults)


def other_code(book: Any, row: int, town: Town) -> None:
    """The code of a duty of another unit of the same city, as a person who saw it could write it."""
    foreign = town.assignment("thuy_van", "II.3").expected.first()
    book["Báo cáo"].cell(row, 1).value = bulk.code_of(foreign.pk)
    book["Báo cáo"].cell(row, 2).value = ""


def next_number(book: Any, row: int, _town: Town) -> None:
    code = book["Báo cáo"].cell(row, 1)
    number, _dash, mark = code.value.partition("-")
    code.value = f"{int(number) + 1}-{mark}"


def other_words(book: Any, row: int, _town: Town) -> None:
    book["Báo cáo"].cell(row, 2).value = "Một nhiệm vụ khác, do xếp lệch cột."


def no_code(book: Any, row: int, _town: Town) -> None:
    book["Báo cáo"].cell(row, 1).value = None


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (other_code, "Đơn vị của bạn không có việc này"),
        (next_number, "Mã dòng bị sửa hoặc thiếu"),
        (no_code, "Mã dòng bị sửa hoặc thiếu"),
        (other_words, "Không khớp với Mã dòng"),
    ],
)
def test_a_row_of_another_duty_is_a_fault_and_never_written(
    town: Town, contest: ExpectedReport, spoil: Callable[[Any, int, Town], None], why: str
) -> None:
    book = sheet_of(town.client("minh"))
    write(book, row := line_of(book, contest), kind="Tiến độ", note="Đang chấm bài.")
    spoil(book, row, town)
    sheet, by = staged(town, "minh", saved(book)), town.people["minh"]
    rows = services.compared(sheet, by=by, now=NOW)
    assert why in " ".join(str(fault.sentence) for one in rows for fault in one.faults)
    before = Entry.objects.count()
    taken = services.take_sheet(sheet=sheet, looked_at=services.seen_mark(rows), good_alone=True, by=by, now=NOW)
    assert taken == []
    assert Entry.objects.count() == before


def test_good_rows_are_kept_only_if_the_person_says_so(town: Town, page: ExpectedReport) -> None:
    client, other = town.client("lan"), town.assignment("gd", "II.2").expected.get()
    book = sheet_of(client)
    row = line_of(book, page)
    write(book, row, kind="Không phát sinh")
    spare = book["Báo cáo"].max_row + 1
    book["Báo cáo"].cell(spare, 1).value = bulk.code_of(other.pk)
    write(book, spare, kind="Không phát sinh")
    book["Báo cáo"].cell(spare + 1, 1).value = bulk.code_of(page.pk)  # twice in the file
    write(book, spare + 1, kind="Tiến độ", note="Đã đăng bài.")
    answer = client.post(PATH, {"once": "1", "file": SimpleUploadedFile("a.xlsx", saved(book))}, follow=True)
    told, address = answer.content.decode(), answer.redirect_chain[-1][0]
    assert "Đơn vị của bạn không có việc này" in told
    assert f"Trùng với dòng {row}" in told
    mark = answer.context["mark"]
    refused = client.post(address, {"once": "2", "mark": mark})
    assert refused.status_code == 422
    assert "Còn 2 dòng lỗi" in refused.content.decode()
    stale = client.post(address, {"once": "3", "mark": "khác", "good_alone": "on"})
    assert "Có việc vừa thay đổi" in stale.content.decode()
    page.refresh_from_db()
    assert page.state == ReportState.EXPECTED
    mended = openpyxl.load_workbook(io.BytesIO(client.get(address + "can-sua/").getvalue()))
    assert [cell.value for cell in mended["Báo cáo"][1]][-1] == "Cần sửa"
    assert mended["Báo cáo"].max_row == 3
    client.post(address, {"once": "4", "mark": mark, "good_alone": "on"})
    page.refresh_from_db()
    assert (page.state, page.report_entry.kind) == (ReportState.REPORTED, EntryKind.NIL)
    assert client.post(address, {"once": "5", "mark": mark}).status_code == 302  # settled: nothing is left to do


def test_what_was_returned_or_said_by_hand_meanwhile_is_not_said_again(town: Town, page: ExpectedReport) -> None:
    book = sheet_of(town.client("lan"))
    write(book, line_of(book, page), kind="Tiến độ", note="Đã đăng 3 bài.")
    data, by = saved(book), {"by": town.people["lan"], "now": NOW}
    entry = services.report(
        assignment=page.assignment, expected=page, kind=EntryKind.PROGRESS, note="Đã đăng 3 bài.", **by
    )
    assert Standing.SAME in {one.standing for one in found(town, "lan", data)}
    services.return_report(entry=entry, reason="Nêu rõ bài nào.", by=town.people["duc"], now=NOW)
    one = next(one for one in found(town, "lan", data) if one.standing == Standing.FAULTY)
    assert "đã bị trả lại" in str(one.faults[0].sentence)


def test_progress_and_obstacles_of_a_dated_duty_are_said_once(town: Town, contest: ExpectedReport) -> None:
    for kind, told in (("Tiến độ", EntryKind.PROGRESS), ("Vướng mắc", EntryKind.OBSTACLE)):
        book = sheet_of(town.client("minh"))
        write(book, line_of(book, contest), kind=kind, note="-Thiếu giám khảo tiếng Trung.")
        by = town.people["minh"]
        for _time in range(2):
            sheet = staged(town, "minh", saved(book))
            mark = services.seen_mark(services.compared(sheet, by=by, now=NOW))
            services.take_sheet(sheet=sheet, looked_at=mark, good_alone=False, by=by, now=NOW)
        assert Entry.objects.get(kind=told).note.text == "-Thiếu giám khảo tiếng Trung."


def test_who_only_looks_on_and_another_persons_file(town: Town, contest: ExpectedReport) -> None:
    book = sheet_of(town.client("minh"))
    sheet = staged(town, "minh", saved(book))
    assert town.client("ha").get(f"{PATH}{sheet.pk}/").status_code == 404
    assert town.client("duc").get(PATH).status_code == 403


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.xlsx", b"khong phai bang tinh", "bao-cao"),
        ("a.csv", "Cột;Khác\n1;2\n".encode(), "Không nhận ra bảng báo cáo"),
        ("a.csv", ("Mã dòng;Báo cáo;Nội dung\n" + "1-x;Tiến độ;x\n" * 501).encode(), "nhiều hơn 500"),
    ],
)
def test_a_file_that_is_none_is_refused_clearly(
    town: Town, page: ExpectedReport, name: str, data: bytes, why: str
) -> None:
    answer = town.client("lan").post(PATH, {"once": "1", "file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422
    assert why in answer.content.decode() or name in answer.content.decode()
    assert not ReportSheet.objects.exists()


def test_a_task_that_looks_like_a_formula_leaves_escaped_and_comes_back(town: Town, page: ExpectedReport) -> None:
    task = page.assignment.task
    task.text = "=HYPERLINK(1)"
    task.save()
    book = sheet_of(town.client("lan"))
    row = line_of(book, page)
    assert book["Báo cáo"].cell(row, 2).value == "'=HYPERLINK(1)"
    write(book, row, kind="Không phát sinh")
    assert Standing.NEW in {one.standing for one in found(town, "lan", saved(book))}
