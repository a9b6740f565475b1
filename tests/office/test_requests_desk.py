"""The desk of requests, and answering one."""

from django.core.files.uploadedfile import SimpleUploadedFile

from office.conftest import Town
from xulang.programme.enums import AssignmentState


def test_a_body_declines_with_its_reason_and_the_lead_office_sees_it(town: Town) -> None:
    town.issue()
    asked = town.assignment("thuy_van", "II.4")
    lead, ward = town.client("lan"), town.client("nga")
    assert f'href="/viec/{asked.pk}/"' in lead.get("/de-nghi/").content.decode()
    assert "1 đề nghị chưa được trả lời" in lead.get("/").content.decode()
    wrong = ward.post(f"/viec/{asked.pk}/", {"once": "a", "kind": "DECLINED", "note": ""})
    assert wrong.status_code == 422
    ward.post(f"/viec/{asked.pk}/", {"once": "b", "kind": "DECLINED", "note": "Không còn biên chế."})
    declined = lead.get("/de-nghi/", {"loc": "khong-nhan"}).content.decode()
    assert f'href="/viec/{asked.pk}/"' in declined
    assert "Không nhận thực hiện" in declined
    assert "Không có đề nghị nào chờ trả lời" in lead.get("/de-nghi/").content.decode()
    assert "Không còn biên chế." in lead.get(f"/viec/{asked.pk}/").content.decode()


def test_the_lead_office_enters_the_letter_of_a_body(town: Town) -> None:
    town.issue()
    asked = town.assignment("thuy_van", "II.4")
    lead = town.client("lan")
    page = lead.get(f"/viec/{asked.pk}/").content.decode()
    assert "Ghi công văn trả lời" in page
    given = {"once": "a", "number": "88/UBND-VX", "dated": "20/11/2026", "note": ""}
    assert lead.post(f"/viec/{asked.pk}/", {**given, "dated": ""}).status_code == 422
    assert "kèm tệp công văn" in lead.post(f"/viec/{asked.pk}/", given).content.decode()
    letter = SimpleUploadedFile("88.txt", b"Cong van tra loi")
    assert lead.post(f"/viec/{asked.pk}/", {**given, "once": "b", "uploads": letter}).status_code == 302
    asked.refresh_from_db()
    assert asked.state == AssignmentState.ANSWERED
    assert "Công văn số 88/UBND-VX, ngày 20/11/2026" in lead.get(f"/viec/{asked.pk}/").content.decode()


def test_an_answer_by_letter_of_the_body_itself_names_it(town: Town) -> None:
    town.issue()
    asked = town.assignment("thuy_van", "II.4")
    ward = town.client("nga")
    answer = ward.post(f"/viec/{asked.pk}/", {"once": "a", "kind": "LETTER", "note": "Đồng ý."})
    assert answer.status_code == 422
    assert "cần số và ngày" in answer.content.decode()
