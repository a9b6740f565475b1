"""After issue, on screen: an assignment is moved or withdrawn and the units are told; a programme is closed."""

import html

import pytest
from django.test import Client

from office.conftest import NOW, Town
from xulang.programme import services
from xulang.programme.enums import AssignmentState, EntryKind, ProgrammeState
from xulang.programme.models import Assignment, Programme
from xulang.programme.services import NewEvidence


@pytest.fixture
def duty(town: Town) -> Assignment:
    """What one division was ordered to do."""
    town.issue()
    return Assignment.objects.filter(unit=town.units["gd"], mode="ORDER", role="LEAD").first() or pytest.fail("none")


def seen(client: Client, address: str) -> str:
    return html.unescape(client.get(address, follow=True).content.decode())


def test_a_moved_assignment_is_told_to_both_units(town: Town, duty: Assignment) -> None:
    lan = town.client("lan")
    page = seen(lan, f"/viec/{duty.pk}/")
    assert f'href="/viec/{duty.pk}/chuyen/"' in page
    assert "/chuyen/" not in seen(town.client("minh"), f"/viec/{duty.pk}/")
    unknown = lan.post(f"/viec/{duty.pk}/chuyen/", {"unit": "Phòng Không Có", "reason": "Đúng chức năng"})
    assert unknown.status_code == 422
    assert "Không có đơn vị nào tên là" in unknown.content.decode()
    answer = lan.post(
        f"/viec/{duty.pk}/chuyen/", {"unit": "Ủy ban nhân dân phường Thủy Vân", "reason": "Đúng chức năng"}
    )
    assert answer.status_code == 302
    duty.refresh_from_db()
    assert duty.unit == town.units["thuy_van"]
    gone, came = seen(town.client("minh"), "/viec/"), seen(town.client("nga"), "/viec/")
    assert "Đã chuyển cho Ủy ban nhân dân phường Thủy Vân:" in gone
    assert f'href="/viec/{duty.pk}/"' not in gone
    assert "Nhận từ Phòng Giáo dục và Đào tạo:" in came
    assert "Đúng chức năng" in came
    assert f'href="/viec/{duty.pk}/"' in came


def test_a_withdrawn_assignment_takes_no_report(town: Town, duty: Assignment) -> None:
    lan, minh = town.client("lan"), town.client("minh")
    assert lan.post(f"/viec/{duty.pk}/thu-hoi/", {"reason": " "}).status_code == 422
    lan.post(f"/viec/{duty.pk}/thu-hoi/", {"reason": "Kế hoạch mới thay thế"})
    duty.refresh_from_db()
    assert duty.state == AssignmentState.WITHDRAWN
    page = seen(minh, f"/viec/{duty.pk}/")
    assert "Kế hoạch mới thay thế" in page
    assert "Gửi báo cáo" not in page
    assert page.count("<b>Thu hồi nhiệm vụ</b>") == 1  # one line, however many reports lapsed with it
    assert "Đã thu hồi:" in seen(minh, "/viec/")
    assert minh.post(f"/viec/{duty.pk}/", {"kind": "PROGRESS", "note": "vẫn làm"}).status_code == 403
    assert "đã thu hồi" in seen(lan, f"/viec/{duty.pk}/thu-hoi/")


def test_a_programme_is_closed_and_opened_again(town: Town, duty: Assignment) -> None:
    programme, lan = Programme.objects.get(), town.client("lan")
    address = f"/chuong-trinh/{programme.pk}/tong-ket/"
    report = services.report(
        assignment=duty,
        expected=duty.expected.first(),
        kind=EntryKind.DONE,
        evidence=[NewEvidence(url="https://muonghoa.example/1")],
        by=town.people["minh"],
        now=NOW,
    )
    waiting = lan.post(address, {"text": "Kết quả"})
    assert waiting.status_code == 422
    assert "Còn 1 báo cáo chờ xác nhận" in waiting.content.decode()
    services.confirm(entry=report, by=town.people["lan"], now=NOW)
    assert "Viết tổng kết" not in seen(town.client("minh"), address)
    assert town.client("minh").post(address, {"text": "Kết quả"}).status_code == 403
    lan.post(address, {"text": "Đã làm được nhiều việc."})
    programme.refresh_from_db()
    assert programme.state == ProgrammeState.CLOSED
    page = seen(town.client("duc"), address)
    assert "Đã làm được nhiều việc." in page
    assert "Mở lại chương trình" in page
    assert "Không có việc nào đang chờ đơn vị" in seen(town.client("nga"), "/viec/")
    lan.post(f"/chuong-trinh/{programme.pk}/mo-lai/", {"reason": "Còn việc"})
    programme.refresh_from_db()
    assert programme.state == ProgrammeState.ISSUED
    assert "Còn việc" in seen(lan, address)
