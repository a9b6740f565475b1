"""A unit takes its open reports away as a spreadsheet, fills them in and files them after a look."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

from journeys.browsing import IN_A_BROWSER, Desk
from office.conftest import NOW, Town, populated
from office.plan import reading
from xulang.office import clock
from xulang.programme.enums import ReportState
from xulang.registry import ports

pytestmark = IN_A_BROWSER


def test_a_sheet_goes_out_and_comes_back(
    browser: Browser, live_server: Any, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "_registered", [reading])
    monkeypatch.setattr(clock, "now", lambda: NOW)
    town = populated(Town())
    town.issue()
    unit = Desk(browser, live_server.url, "minh", accept_downloads=True)
    page = unit.open("/viec/")
    page.get_by_role("link", name="Báo cáo nhiều việc bằng bảng tính").click()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Tải bảng báo cáo").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(coming.value.path()).read_bytes()))
    sheet = book["Báo cáo"]
    sheet["F2"], sheet["G2"], sheet["I2"] = "Hoàn thành", "Đã trao giải.", "https://muonghoa.example/giai"
    sheet["A3"], sheet["F3"] = "không có mã", "Tiến độ"
    book.save(out := io.BytesIO())
    filled = {"name": "bao-cao.xlsx", "mimeType": "application/octet-stream", "buffer": out.getvalue()}
    page.get_by_label("Tệp XLSX hoặc CSV đã ghi").set_input_files(filled)
    unit.click("Xem trước")
    expect(page.get_by_text("Mã dòng bị sửa hoặc thiếu")).to_be_visible()
    page.get_by_label("Bỏ lại 1 dòng lỗi").check()
    unit.click("Ghi 1 báo cáo")
    expect(page.get_by_text("Đã ghi vào sổ theo dõi.")).to_be_visible()
    assert town.assignment("gd", "II.2").expected.get().state == ReportState.REPORTED
    assert unit.wrong == []
