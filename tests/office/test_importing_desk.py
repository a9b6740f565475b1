"""The administrator's files: handed in, looked at, taken in once, thrown away; and the directory as a file."""

import re

import pytest
from django.core import mail as outbox
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from office.conftest import Town
from xulang.organisation.enums import ImportState
from xulang.organisation.models import DirectoryImport, Person, Unit
from xulang.organisation.selectors import units_on
from xulang.plumbing import mail, sheets
from xulang.plumbing.models import Letter

SHEET = (
    "Tên đơn vị;Loại;Cấp trên;Ghi chú\n"
    "Phòng Tư pháp;Phòng, ban chuyên môn;Ủy ban nhân dân thành phố Mường Hoa;x\n"
    "Phòng Dân tộc;Bộ lạc;;\n"
)


def handed_in(client: Client, text: str | bytes, name: str = "don-vi.csv") -> DirectoryImport:
    data = text.encode() if isinstance(text, str) else text
    given = {"file": SimpleUploadedFile(name, data), "on": "23/11/2026", "once": name + str(len(data))}
    assert client.post("/don-vi/nap/", given).status_code == 302
    return DirectoryImport.objects.first()


def mark(client: Client, file: DirectoryImport) -> str:
    page = client.get(f"/don-vi/nap/{file.pk}/").content.decode()
    return re.search(r'name="mark" value="(\w+)"', page)[1]


def test_looked_at_first_then_good_rows_alone(town: Town) -> None:
    client, before = town.client("quan"), Unit.objects.count()
    file = handed_in(client, SHEET)
    page = client.get(f"/don-vi/nap/{file.pk}/").content.decode()
    assert Unit.objects.count() == before
    for said in ("Không có “Bộ lạc” trong danh sách", "Không dùng các cột:", "Ghi chú", "Nạp 1 dòng", "Bỏ lại 1 dòng"):
        assert said in page
    assert "Bộ lạc" not in client.get(f"/don-vi/nap/{file.pk}/?xem=moi").content.decode()
    wrong = sheets.read(client.get(f"/don-vi/nap/{file.pk}/loi/").content, "x.xlsx")[0].rows
    assert wrong[1][1] == "Phòng Dân tộc"
    assert "Loại: Không có “Bộ lạc”" in wrong[1][-1]

    sent = {"mark": mark(client, file), "once": "a"}
    refused = client.post(f"/don-vi/nap/{file.pk}/", sent)
    assert (refused.status_code, "Còn 1 dòng lỗi" in refused.content.decode()) == (422, True)
    assert client.post(f"/don-vi/nap/{file.pk}/", {**sent, "good_alone": "on"}).headers["Location"] == "/don-vi/"
    assert Unit.objects.count() == before + 1
    client.post(f"/don-vi/nap/{file.pk}/", {**sent, "good_alone": "on"})  # the second click
    assert Unit.objects.count() == before + 1
    assert "1 thêm mới, 0 thay đổi, 1 để lại" in client.get("/don-vi/nap/").content.decode()


def test_thrown_away(town: Town) -> None:
    client = town.client("quan")
    file = handed_in(client, SHEET)
    client.post(f"/don-vi/nap/{file.pk}/bo/", {"once": "a"})
    file.refresh_from_db()
    assert (file.state, file.rows) == (ImportState.DISCARDED, [])
    assert client.get(f"/don-vi/nap/{file.pk}/loi/").status_code == 404
    assert client.get(f"/don-vi/nap/{file.pk}/").status_code == 302


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "x.csv", "trống"),
        (b"%PDF-1.7", "x.xlsx", "lưu dạng XLSX rồi nạp lại"),
        (b"a,b\n1,2\n", "x.csv", "Không nhận ra bảng nào"),
    ],
)
def test_what_is_no_table_is_told(town: Town, data: bytes, name: str, said: str) -> None:
    given = {"file": SimpleUploadedFile(name, data), "on": "23/11/2026"}
    answer = town.client("quan").post("/don-vi/nap/", given)
    assert answer.status_code == 422
    assert said in answer.content.decode() or not data


def test_new_people_are_invited_by_mail_where_that_was_asked_for(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "available", lambda: True)
    client = town.client("quan")
    file = handed_in(client, "Tên đăng nhập;Họ và tên;Thư điện tử\nmay;Hứa Thị Mây;may@vidu.example\nkien;Hà Kiên;\n")
    assert "Gửi thư mời" in client.get(f"/don-vi/nap/{file.pk}/").content.decode()
    answer = client.post(
        f"/don-vi/nap/{file.pk}/", {"mark": mark(client, file), "invite": "on", "once": "a"}, follow=True
    )
    assert "1 người mới chưa có liên kết" in answer.content.decode()
    assert Letter.objects.get().to == "may@vidu.example"
    assert not Person.objects.get(username="may").has_usable_password()
    assert outbox.outbox == []  # it waits for housekeeping


def test_what_leaves_comes_back_unchanged(town: Town) -> None:
    client, today = town.client("quan"), units_on(handed_in(town.client("quan"), SHEET).on)
    for name, kind in (("danh-ba", "xlsx"), ("don-vi", "csv"), ("nguoi-dung", "csv"), ("chuc-vu", "csv")):
        answer = client.get(f"/don-vi/xuat/{name}/")
        assert f".{kind}" in answer.headers["Content-Disposition"]
        file = handed_in(client, answer.content, f"{name}.{kind}")
        assert "không có gì để nạp" in client.get(f"/don-vi/nap/{file.pk}/").content.decode()
    assert client.get("/don-vi/xuat/khac/").status_code == 404
    assert units_on(file.on) == today
    assert len(sheets.read(client.get("/don-vi/nap/mau/").content, "x.xlsx")) == 4
