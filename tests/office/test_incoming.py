"""The incoming register on screen and as the statutory sheet."""

import csv
import datetime as dt
import io

import openpyxl
import pytest

from builders import a_reading, reading_as
from office.conftest import NOW, Town
from xulang.office import clock
from xulang.organisation.models import Unit
from xulang.programme.enums import DraftState
from xulang.programme.models import Draft, ExpectedReport
from xulang.programme.services import start_draft
from xulang.registry import editing, recipients
from xulang.registry.enums import Direction
from xulang.registry.numbering import cancel_number, give_number
from xulang.registry.services import receive


def test_the_book_tells_what_came_and_to_whom_it_was_passed(town: Town) -> None:
    lan = town.client("lan")
    assert "Chưa có văn bản đến nào" in lan.get("/van-ban/so-den/").content.decode()
    read = a_reading(issuer="Ủy ban nhân dân tỉnh Sơn Khê", type="KH", title="=Thông tin đối ngoại", date="2026-11-20")
    with reading_as(read):
        paper = receive(data=b"# den", name="den.md", by=town.people["lan"], now=NOW)
    recipients.distribute(directive=paper, units=[town.units["gd"]], by=town.people["lan"], now=NOW)
    page = lan.get("/van-ban/so-den/").content.decode()
    assert "Phòng Giáo dục và Đào tạo" in page
    assert f"/van-ban/{paper.pk}/" in page
    book = openpyxl.load_workbook(io.BytesIO(lan.get("/van-ban/so-den/?tep=xlsx").content))
    head, row = book.active.iter_rows(values_only=True)
    assert head == (
        *("Ngày đến", "Số đến", "Tác giả", "Số, ký hiệu văn bản", "Ngày tháng văn bản"),
        *("Tên loại và trích yếu nội dung văn bản", "Đơn vị hoặc người nhận", "Ngày chuyển", "Ký nhận", "Ghi chú"),
    )
    assert row[1:4] == ("01", "Ủy ban nhân dân tỉnh Sơn Khê", "45/KH-UBND")
    assert row[5:9] == ("Kế hoạch =Thông tin đối ngoại", "Phòng Giáo dục và Đào tạo", row[7], "0/1")


def test_what_became_of_each_leaves_as_the_follow_up_register(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    lan, by = town.client("lan"), {"by": town.people["lan"], "now": NOW}
    programme = town.issue()
    editing.set_direction(directive=programme.directive, direction=Direction.INCOMING, **by)
    draft = start_draft(superior=programme.directive, duties=(), **by)
    number = give_number(
        unit=town.units["tp"],
        type="KH",
        symbol="KH-UBND",
        issued_on=NOW.date(),
        title="Triển khai",
        signer="Nông Văn Đức",
        recipients="Các phòng",
        **by,
    )
    Draft.objects.filter(pk=draft.pk).update(state=DraftState.NUMBERED, paper=number)
    with reading_as(a_reading(issuer="Sở Ngoại vụ", type="TB", title="Lịch tiếp khách", date="2026-11-20")):
        other = receive(data=b"# tb", name="tb.md", **by)
    recipients.distribute(directive=other, units=[town.units["gd"]], **by)
    assert "so=theo-doi" in lan.get("/van-ban/so-den/").content.decode()
    book = openpyxl.load_workbook(io.BytesIO(lan.get("/van-ban/so-den/?so=theo-doi&tep=xlsx").content))
    head, *rows = book.active.iter_rows(values_only=True)
    assert head == (
        *("Số đến", "Tên loại, số và ký hiệu, ngày tháng và tác giả văn bản", "Đơn vị hoặc người nhận"),
        *("Thời hạn giải quyết", "Tiến độ giải quyết", "Số, ký hiệu văn bản trả lời", "Ghi chú"),
    )
    orders, told = [row for row in rows if row[5]], [row for row in rows if not row[5]]
    owed = ExpectedReport.objects.filter(task__programme=programme)
    assert [row[2] for row in orders] == sorted({one.unit.name_on(NOW.date()) for one in owed.select_related("unit")})
    first = owed.filter(unit=Unit.objects.get(names__name=orders[0][2]))
    assert orders[0][3].date() == min(one.due for one in first)
    assert orders[0][4] == f"Đã xong 0/{first.count()} báo cáo"
    assert {row[5] for row in orders} == {"01/KH-UBND"}
    assert [(row[1], row[2], row[4]) for row in told] == [
        ("Thông báo số 45/KH-UBND ngày 20/11/2026 của Sở Ngoại vụ", "Phòng Giáo dục và Đào tạo", "")
    ]
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(days=60))
    late = list(csv.reader(io.StringIO(lan.get("/van-ban/so-den/?so=theo-doi&tep=csv&nam=2026").content.decode())))
    passed = owed.filter(due__lt=(NOW + dt.timedelta(days=60)).date(), unit=Unit.objects.get(names__name=late[1][2]))
    assert late[1][4].endswith(f"; {passed.count()} quá hạn")
    assert passed.exists()
    monkeypatch.setattr(clock, "now", lambda: NOW)
    cancel_number(paper=number, reason="Cấp nhầm", **by)
    again = lan.get("/van-ban/so-den/?so=theo-doi&tep=csv").content.decode()
    assert "01/KH-UBND" not in again
    assert "Lịch tiếp khách" not in town.client("xa").get("/van-ban/so-den/?so=theo-doi&tep=csv").content.decode()


def test_another_office_sees_nothing_of_it(town: Town) -> None:
    with reading_as(a_reading(issuer="Ủy ban nhân dân tỉnh Sơn Khê", title="Thông tin đối ngoại")):
        receive(data=b"# den", name="den.md", by=town.people["lan"], now=NOW)
    assert "Thông tin đối ngoại" not in town.client("xa").get("/van-ban/so-den/").content.decode()


def test_a_line_entered_wrongly_is_corrected_on_its_page(town: Town) -> None:
    lan = town.client("lan")
    with reading_as(a_reading(issuer="Ủy ban nhân dân tỉnh Sơn Khê", title="Thông tin đối ngoại", date="2026-11-20")):
        paper = receive(data=b"# den", name="den.md", by=town.people["lan"], now=NOW)
    here = f"/van-ban/so-den/{paper.arrivals.get().pk}/sua/"
    assert here in lan.get("/van-ban/so-den/").content.decode()
    assert here not in town.client("duc").get("/van-ban/so-den/").content.decode()
    told = {"arrived_on": "22/11/2026", "issuer": "Sở Ngoại vụ", "number": "45", "symbol": "KH-UBND"}
    told |= {"issued_date": "20/11/2026", "once": "1"}
    assert lan.post(here, told).status_code == 422  # no reason
    assert lan.post(here, told | {"arrived_on": "19/11/2026", "reason": "x"}).status_code == 422
    assert lan.post(here, told | {"reason": "Ghi nhầm dòng"}).status_code == 302
    page = lan.get("/van-ban/so-den/").content.decode()
    assert 'Ngày đến: trước ghi <del lang="vi">23/11/2026</del>' in page
    assert 'Tác giả: trước ghi <del lang="vi">Ủy ban nhân dân tỉnh Sơn Khê</del>' in page
    book = openpyxl.load_workbook(io.BytesIO(lan.get("/van-ban/so-den/?tep=xlsx").content))
    note = list(book.active.iter_rows(values_only=True))[1][9]
    assert note.startswith("Ngày đến: trước ghi “23/11/2026”, sửa ngày 23/11/2026: Ghi nhầm dòng; Tác giả: trước ghi")
    assert town.client("xa").get(here).status_code == 404
