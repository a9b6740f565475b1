"""A clerk sets up an office in a browser: a sheet of forty units, three rows to mend, one unit twice, one found."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from journeys.browsing import IN_A_BROWSER, RULES, Desk, faults
from office.conftest import NOW, Town, populated
from xulang.office import clock
from xulang.plumbing import sheets

pytestmark = IN_A_BROWSER
HOME = "Ủy ban nhân dân thành phố Mường Hoa"
COLUMNS = ["Tên đơn vị", "Loại", "Cấp trên"]


def sheet(path: Path, rows: list[list[str]]) -> Path:
    page = sheets.Page("Đơn vị", [sheets.Column(name) for name in COLUMNS], rows)
    path.write_bytes(sheets.as_xlsx([page]))
    return path


def test_a_sheet_of_forty_units(
    browser: Browser, live_server: Any, transactional_db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    populated(Town())
    rows = [[f"Trạm Văn hóa Khu {n}", "Đơn vị sự nghiệp công lập", HOME] for n in range(1, 37)]
    rows += [["Phòng Tài chính", "phong", HOME], ["", "phong", HOME], ["Phòng Dân tộc", "Bộ lạc", HOME]]
    rows += [["Phòng Văn Hoá & Thông tin", "phong", "Ủy ban nhân dân tỉnh Không Có"]]
    desk = Desk(browser, live_server.url, "quan", viewport={"width": 1280, "height": 900})
    page = desk.open("/don-vi/")
    page.get_by_role("link", name="Nạp từ tệp").click()
    page.get_by_label("Tệp XLSX hoặc CSV").set_input_files(sheet(tmp_path / "don-vi.xlsx", rows))
    desk.click("Xem trước")
    expect(page.get_by_role("link", name="Có lỗi 3")).to_be_visible()
    expect(page.get_by_text("Cấp trên: Không có đơn vị nào tên")).to_be_visible()
    with page.expect_download() as told:
        page.get_by_role("link", name="Tải các dòng lỗi để sửa").click()
    wrong = sheets.read(Path(told.value.path()).read_bytes(), "loi.xlsx")[0].rows
    assert len(wrong) == 4
    page.get_by_label("Bỏ lại 3 dòng lỗi").check()
    desk.click("Nạp 37 dòng")
    expect(page.get_by_text("Đã nạp danh bạ.")).to_be_visible()

    mended = [["Phòng Nội vụ", "phong", HOME], ["Phòng Dân tộc", "phong", HOME]]
    mended += [["Phòng Văn Hoá & Thông tin", "phong", HOME]]
    page.get_by_role("link", name="Nạp từ tệp").click()
    page.get_by_label("Tệp XLSX hoặc CSV").set_input_files(sheet(tmp_path / "sua.xlsx", mended))
    desk.click("Xem trước")
    desk.click("Nạp 3 dòng")
    expect(page.get_by_text("46 đơn vị đang hoạt động")).to_be_visible()

    page.get_by_role("link", name="Tìm mục trùng").click()
    expect(page.get_by_role("cell", name="Phòng Văn Hoá & Thông tin", exact=True)).to_be_visible()
    page.get_by_role("button", name="Gộp Phòng Văn Hoá & Thông tin", exact=True).click()
    page.get_by_label("Vẫn là một đơn vị: Khác ngày bắt đầu").check()
    desk.click("Xem trước việc gộp")
    expect(page.get_by_text("Đơn vị kết thúc (1)")).to_be_visible()
    desk.click("Áp dụng")
    expect(page.get_by_text("Đã áp dụng việc sắp xếp.")).to_be_visible()

    desk.open("/don-vi/")
    page.get_by_label("Tìm đơn vị").fill("p vhtt")
    desk.click("Xem")
    expect(page.get_by_role("rowheader", name="Phòng Văn hóa và Thông tin")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(1)
    desk.open("/don-vi/trung/")
    field = page.get_by_label("Đơn vị giữ lại")
    field.press_sequentially("phong tai ch")
    listed = page.get_by_role("listbox", name="Gợi ý")
    expect(listed.get_by_role("option")).to_have_text([f"Phòng Tài chính {HOME}"])
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").filter(has_text="Có 1 gợi ý")).to_be_attached()
    field.press("Escape")  # shuts the list, and leaves what was typed
    expect(listed).to_be_hidden()
    expect(field).to_have_value("phong tai ch")
    field.press("ArrowDown")
    expect(listed).to_be_visible()
    field.press("ArrowDown")
    expect(listed.get_by_role("option", selected=True)).to_have_count(1)
    assert faults(page, RULES) == []
    field.press("Enter")  # takes the unit and sends nothing
    expect(field).to_have_value("Phòng Tài chính")
    expect(listed).to_be_hidden()
    assert [said for said in desk.wrong if "422" not in said] == []  # the browser notes that an answer asks back
