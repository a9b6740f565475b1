"""The desk of reorganisations: composing by form and by file, preview, choice, applying, reading both ways, undoing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from office.conftest import Town
from xulang.organisation.enums import ReorganisationState
from xulang.organisation.models import Reorganisation, Unit
from xulang.plumbing import sheets
from xulang.programme.models import Assignment

FILE = """Hình thức;Đơn vị;Đơn vị tiếp nhận;Chức năng;Chính;Loại;Cấp trên;Mã
Nhập;Ủy ban nhân dân phường Thủy Vân;UBND phường Kỳ Sơn;;;;;
Chia tách;Phòng Văn hóa và Thông tin;Phòng Văn hóa - Xã hội;;x;;;
Chia tách;phong van hoa va thong tin / uy ban nhan dan thanh pho muong hoa;Phòng Khoa học;mạng xã hội;;;;
Thành lập;UBND phường Kỳ Sơn;;;;phuong;Ủy ban nhân dân thành phố Mường Hoa;gso:05971
Thành lập;Phòng Văn hóa - Xã hội;;;;Phòng, ban chuyên môn;Ủy ban nhân dân thành phố Mường Hoa;
Thành lập;Phòng Khoa học;;;;phong;UBND phường Kỳ Sơn;
"""


def drafted(client: Client) -> Reorganisation:
    answer = client.post("/sap-xep/lap/", {"title": "Sắp xếp", "basis": "Nghị quyết 01/NQ-HĐND", "on": "23/11/2026"})
    act = Reorganisation.objects.get()
    assert answer.headers["Location"] == f"/sap-xep/{act.pk}/"
    return act


def upload(client: Client, act: Reorganisation, text: str) -> tuple[int, str]:
    file = SimpleUploadedFile("sap-xep.csv", text.encode())
    answer = client.post(f"/sap-xep/{act.pk}/", {"act": "file", "file": file})
    return answer.status_code, answer.content.decode()


def test_from_a_file_to_undone(town: Town) -> None:
    town.issue()
    client, lead, leader = (town.client(who) for who in ("quan", "lan", "duc"))
    act = drafted(client)
    assert upload(client, act, FILE)[0] == 302
    assert act.lines.count() == 6
    page = client.get(f"/sap-xep/{act.pk}/").content.decode()
    assert "chức năng: mạng xã hội" in page
    shown = client.get(f"/sap-xep/{act.pk}/xem-truoc/").content.decode()
    assert "Đơn vị thành lập</dt>" not in shown  # the number stands beside it
    assert "Đơn vị thành lập (3)" in shown
    assert "Áp dụng" in shown
    # the lead officer sees the rows, and sends one elsewhere; the administrator sees how many, not which
    rows = lead.get(f"/sap-xep/{act.pk}/viec/?bang=programme.Assignment.unit").content.decode()
    assert 'name="line"' in rows
    hidden = client.get(f"/sap-xep/{act.pk}/viec/?bang=programme.Assignment.unit").content.decode()
    assert "ngoài phạm vi của bạn" in hidden
    culture = Assignment.objects.filter(unit=town.units["vhtt"]).order_by("id").first()
    assert culture is not None
    line = act.lines.get(function="mạng xã hội")
    lead.post(f"/sap-xep/{act.pk}/chon/", {"row": culture.pk, "line": line.pk})
    client.post(f"/sap-xep/{act.pk}/ap-dung/")
    culture.refresh_from_db()
    assert str(culture.unit) == "Phòng Khoa học"
    told = lead.get(f"/viec/{culture.pk}/").content.decode()
    assert "Từ Phòng Văn hóa và Thông tin sang Phòng Khoa học" in told
    directive = lead.get(f"/van-ban/{culture.task.programme.directive_id}/").content.decode()
    assert "(nay là Phòng Văn hóa - Xã hội)" in directive  # given to the old one, held by the new one
    # every list names the unit of its day or today's, its file too, and finds one that is gone by its name
    then, now = "Phòng Văn hóa và Thông tin", "Phòng Khoa học"
    for address in ("/bang/", "/bang/?xem=theo-don-vi", "/bang/?tep=csv", f"/nhiem-vu/{culture.task_id}/"):
        more = "&" if "?" in address else "?"
        for reading, name, other in (("TODAY", now, then), ("THE_DAY", then, now)):
            told = lead.get(f"{address}{more}tinh-cho={reading}").content.decode()
            assert (name in told, f">{other}<" in told) == (True, False), (address, reading)
    asked = lead.get("/bang/", {"tinh-cho": "THE_DAY", "don-vi": then})
    assert culture in [row.assignment for row, _unit in asked.context["lines"]]
    assert "Không có đơn vị nào tên là" in lead.get("/bang/", {"don-vi": then}).content.decode()
    papers = f"/van-ban/{culture.task.programme.directive_id}/noi-nhan/"
    assert now not in lead.get(f"{papers}?tinh-cho=THE_DAY").content.decode()
    # read on the units of a day before, and on today's
    now = leader.get("/tinh-hinh/").content.decode()
    assert "Phòng Văn hóa và Thông tin" not in now
    assert "Phòng Khoa học" in now
    new = Unit.objects.get(names__name="Phòng Khoa học")
    assert "bàn giao cho" in client.get(f"/don-vi/{town.units['vhtt'].pk}/").content.decode()
    assert "tiếp nhận từ" in client.get(f"/don-vi/{new.pk}/").content.decode()
    then = client.get("/don-vi/?ngay=22/11/2026").content.decode()
    assert "Phường Thủy Vân" in then or "phường Thủy Vân" in then
    assert "Kỳ Sơn" not in then
    undoing = client.get(f"/sap-xep/{act.pk}/hoan-tac/").content.decode()
    assert "trở về đơn vị cũ" in undoing
    assert lead.post(f"/sap-xep/{act.pk}/hoan-tac/", {"basis": "x", "on": "23/11/2026"}).status_code == 403
    assert client.post(f"/sap-xep/{act.pk}/hoan-tac/", {"basis": "", "on": "23/11/2026"}).status_code == 422
    client.post(f"/sap-xep/{act.pk}/hoan-tac/", {"basis": "Nghị quyết 02/NQ-HĐND", "on": "23/11/2026"})
    act.refresh_from_db()
    assert act.state == ReorganisationState.UNDONE
    assert "Phòng Văn hóa và Thông tin" in leader.get("/tinh-hinh/").content.decode()
    assert "Hoàn tác: Sắp xếp" in client.get("/sap-xep/").content.decode()


# what is wrong in the file, and what is said of it
WRONG = [
    ("Hình thức;Đơn vị\nBiến mất;Phòng Giáo dục và Đào tạo\n", "Dòng 2: Không có hình thức “Biến mất”."),
    ("Hình thức;Đơn vị;Đơn vị tiếp nhận\nNhập;Phòng Không Có;Văn phòng\n", "Dòng 2: Không có đơn vị nào tên"),
    ("Tên\nx\n", "Dòng 1: Thiếu cột"),
    ("Hình thức;Đơn vị;Loại\nThành lập;X;phong\nThành lập;X;phong\n", "Dòng 3: “X” được thành lập hai lần."),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_every_faulty_row_is_told_and_nothing_taken_in(town: Town, text: str, said: str) -> None:
    client = town.client("quan")
    act = drafted(client)
    status, page = upload(client, act, text)
    assert status == 422
    assert said in page
    assert act.lines.count() == 0


def test_a_file_that_is_no_table(town: Town) -> None:
    client = town.client("quan")
    act = drafted(client)
    answer = client.post(f"/sap-xep/{act.pk}/", {"act": "file", "file": SimpleUploadedFile("x.csv", b"\xff\xfe\x00")})
    assert "lưu dạng XLSX" in answer.content.decode()


def test_line_by_line(town: Town) -> None:
    client = town.client("quan")
    act = drafted(client)

    def line(verb: str, **typed: str) -> str:
        told = {f"{verb.lower()}-{key}": value for key, value in typed.items()}
        answer = client.post(f"/sap-xep/{act.pk}/", {"act": verb, "once": f"{verb}{told}", **told})
        return answer.content.decode() if answer.status_code == 422 else ""

    assert line("ESTABLISH", unit="Phòng Mới", kind="phong", parent="Ủy ban nhân dân thành phố Mường Hoa") == ""
    assert "Không có đơn vị nào tên" in line("MERGE", unit="Phòng Không Có", to="Phòng Mới")
    assert line("MERGE", unit="Phòng Giáo dục và Đào tạo", to="Phòng Mới") == ""
    assert line("RENAME", unit="Phòng Văn hóa và Thông tin", name="Phòng Văn hóa") == ""
    assert line("FUNCTION", unit="Phòng Văn hóa và Thông tin", to="Phòng Mới", function="báo chí") == ""
    assert act.lines.count() == 4
    client.post(f"/sap-xep/{act.pk}/dong/{act.lines.last().pk}/bo/")
    assert act.lines.count() == 3
    assert "Chưa áp dụng được" not in client.get(f"/sap-xep/{act.pk}/xem-truoc/").content.decode()
    client.post(f"/sap-xep/{act.pk}/bo/")
    assert not Reorganisation.objects.exists()


def test_template_can_be_filled_in(town: Town) -> None:
    rows = sheets.read(town.client("quan").get("/sap-xep/mau/").content, "mau.xlsx")[0].rows
    assert rows[0][:3] == ["Hình thức", "Đơn vị", "Đơn vị tiếp nhận"]


def test_a_workbook_is_read_as_a_csv_file_is(town: Town) -> None:
    client = town.client("quan")
    act = drafted(client)
    columns = [sheets.Column(name) for name in ("Hình thức", "Đơn vị", "Tên mới")]
    page = sheets.Page("x", columns, [["Đổi tên", "Phòng Giáo dục và Đào tạo", "Phòng Giáo dục"]])
    file = SimpleUploadedFile("x.xlsx", sheets.as_xlsx([page]))
    assert client.post(f"/sap-xep/{act.pk}/", {"act": "file", "file": file}).status_code == 302
    assert act.lines.get().name == "Phòng Giáo dục"
