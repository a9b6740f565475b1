"""The administrator's units, people and posts; the auditor's journal."""

import re
from pathlib import Path

import pytest
from django.test import Client

import xulang
from office.conftest import NOW, PASSWORD, Town
from xulang.budget.enums import ActKind
from xulang.office import acts
from xulang.office.acts import PHRASES, phrase
from xulang.office.desks import directory
from xulang.office.typed import unit_named
from xulang.organisation import services
from xulang.organisation.models import Person, PostHolding, Unit
from xulang.plumbing import journal
from xulang.plumbing.errors import Refused
from xulang.plumbing.journal import Verdict
from xulang.plumbing.models import JournalEntry
from xulang.programme.services import propose, raise_obstacle


def test_a_unit_is_added_once(town: Town) -> None:
    client, before = town.client("quan"), Unit.objects.count()
    given = {
        "once": "một lần",
        "name": "Phòng Tư pháp",
        "kind": "phong",
        "parent": "Ủy ban nhân dân thành phố Mường Hoa",
        "valid_from": "01/12/2026",
    }
    for _click in range(2):
        assert client.post("/don-vi/them/", given).status_code == 302
    assert Unit.objects.count() == before + 1
    assert client.post("/don-vi/them/", {**given, "once": "lần khác", "name": " "}).status_code == 422


@pytest.mark.parametrize(
    ("act", "given", "said"),
    [
        ("rename", {"name": "Phòng Văn hóa - Xã hội", "valid_from": "01/12/2026"}, None),
        ("rename", {"name": "Phòng Văn hóa", "valid_from": "01/06/2025"}, "Đơn vị không tồn tại vào ngày 01/06/2025"),
        ("alias", {"alias": "P.VHTT"}, None),
        ("move", {"parent": "gd", "valid_from": "01/12/2026"}, None),
        ("move", {"parent": "vhtt", "valid_from": "01/12/2026"}, "không thể trực thuộc chính nó"),
        ("post", {"title": "Phó Trưởng phòng", "role": "HEAD"}, None),
        ("end", {"ends": "31/12/2026"}, None),
        ("end", {"ends": "hôm nào đó"}, "Ghi ngày theo dạng ngày/tháng/năm"),
    ],
)
def test_acts_upon_a_unit(town: Town, act: str, given: dict[str, str], said: str | None) -> None:
    unit = town.units["vhtt"]
    typed = {f"{act}-{key}": f"#{town.units[value].pk}" if key == "parent" else value for key, value in given.items()}
    answer = town.client("quan").post(f"/don-vi/{unit.pk}/", {"act": act, "once": "a", **typed})
    assert answer.status_code == (302 if said is None else 422)
    assert said is None or said in answer.content.decode()


def test_a_new_account_and_a_reset_show_a_password_once(town: Town) -> None:
    admin = town.client("quan")
    given = {"once": "a", "full_name": "Hứa Thị Mây", "username": "may", "email": ""}
    first = admin.post("/nguoi-dung/them/", given)
    link = re.search(r'class="secret"[^>]*>([^<]+)<', first.content.decode())
    assert link
    person = Person.objects.get(username="may")
    assert not person.has_usable_password()
    # The second click of the same form opens no second account and shows nothing.
    assert admin.post("/nguoi-dung/them/", given).headers["Location"] == "/nguoi-dung/"
    again = admin.post(f"/nguoi-dung/{person.pk}/mat-khau/", {"once": "b"}).content.decode()
    assert link[1] not in again or person.last_login is None
    assert 'class="secret"' in again
    assert admin.post(f"/nguoi-dung/{person.pk}/mat-khau/", {"once": "b"}).status_code == 302
    taken = admin.post("/nguoi-dung/them/", {**given, "once": "c"})
    assert "đã có người dùng" in taken.content.decode()


def test_appoint_end_and_lock(town: Town, client: Client) -> None:
    admin, ky = town.client("quan"), town.people["ky"]
    post = PostHolding.objects.get(person=town.people["minh"]).post
    given = {"once": "a", "post": post.pk, "capacity": "DEPUTY", "valid_from": "23/11/2026"}
    admin.post(f"/nguoi-dung/{ky.pk}/", given)
    assert town.client("ky").get("/viec/").status_code == 200
    holding = PostHolding.objects.get(person=ky)
    answer = admin.post(f"/chuc-vu/{holding.pk}/ket-thuc/", {"once": "b", "ends": "x"}, follow=True)
    assert "Ghi ngày theo dạng" in answer.content.decode()
    admin.post(f"/chuc-vu/{holding.pk}/ket-thuc/", {"once": "c", "ends": "30/11/2026"})
    holding.refresh_from_db()
    assert f"{holding.valid_to:%d/%m/%Y}" == "30/11/2026"
    admin.post(f"/nguoi-dung/{ky.pk}/khoa/", {"once": "d"})
    assert client.post("/dang-nhap/", {"username": "ky", "password": PASSWORD}).status_code == 422


def test_the_auditor_sees_acts_in_words_and_walks_the_chain(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.issue()
    auditor = town.client("tho")
    page = auditor.get("/nhat-ky/").content.decode()
    assert "giao nhiệm vụ" in page
    assert "programme.issued" not in page
    whole = auditor.post("/nhat-ky/").content.decode()
    assert f"Chuỗi nguyên vẹn: {JournalEntry.objects.count()} dòng." in whole
    monkeypatch.setattr(journal, "verify", lambda: Verdict(False, 3, "0" * 64, broken_at=4))
    assert "Chuỗi đứt ở dòng 4" in auditor.post("/nhat-ky/").content.decode()


def test_a_line_of_the_journal_is_a_sentence_of_who_did_what(town: Town) -> None:
    town.issue()
    duty, minh = town.assignment("gd", "II.2"), town.people["minh"]
    raise_obstacle(assignment=duty, note="Thiếu loa", by=minh, now=NOW)
    unit = duty.unit.name_on(NOW.date())
    (line,) = acts.lines(JournalEntry.objects.filter(action="obstacle.raised"))
    assert line.sentence == f"{minh.full_name} ({minh.pk}): nêu vướng mắc (giao việc {duty.pk}; {unit})"
    page = town.client("tho").get("/nhat-ky/").content.decode()
    assert line.sentence in page
    assert "Thiếu loa" not in page
    # what one does to oneself names one once; what nobody did, the server did; whoever is unknown keeps the number
    told = {"at": NOW, "subject_type": "organisation.person", "subject_id": minh.pk, "data": {"unit": []}}
    rows = [JournalEntry(actor_id=who, action="person.logged_in", **told) for who in (minh.pk, None, 99_999)]
    assert [line.sentence for line in acts.lines(rows)] == [
        f"{minh.full_name} ({minh.pk}): đăng nhập",
        f"máy chủ: đăng nhập ({minh.full_name})",
        f"số 99999: đăng nhập ({minh.full_name})",
    ]


def test_every_act_that_is_recorded_reads_as_words(town: Town) -> None:
    source = "".join(path.read_text("utf-8") for path in Path(xulang.__file__).parent.rglob("*.py"))
    written = r"(?:\baction=|\b_?noted\((?:programme, )?|\b_changed\(\w+, )\"([a-z_.]+)\""
    recorded = set(re.findall(written, source)) | {"report.confirmed", "report.returned"}
    recorded |= {"activity.approved", "activity.refused", "unit_report.sent", "unit_report.nil"}
    recorded |= {f"estimate.{kind.lower()}" for kind in ActKind}
    assert recorded == set(PHRASES)
    assert phrase("a.newer_act") == "a.newer_act"


def test_the_journal_says_in_whose_stead(town: Town) -> None:
    directive, lead, stead = town.receive(), town.people["lan"], town.people["minh"]
    day = NOW.date()
    services.delegate(holding=lead.holdings.get(), to=stead, first=day, last=day, by=lead, now=NOW, basis="05/UQ")
    propose(directive=directive, by=stead, now=NOW)
    page = town.client("tho").get("/nhat-ky/").content.decode()
    assert page.count(f"theo ủy quyền của {lead.full_name} ({lead.pk})") == 1


def test_units_and_people_are_found_without_marks(town: Town) -> None:
    admin = town.client("quan")
    found = admin.get("/don-vi/?tim=van+hoa").content.decode()
    assert "Phòng Văn hóa và Thông tin" in found
    assert "Phòng Giáo dục" not in found
    assert "Không có đơn vị nào giống “sở xyz”" in admin.get("/don-vi/?tim=sở+xyz").content.decode()
    people = admin.get("/nguoi-dung/?tim=trieu+nga").content.decode()
    assert "Triệu Thị Nga" in people
    assert "Hoàng Văn Minh" not in people
    assert "Không có ai giống" in admin.get("/nguoi-dung/?tim=xyz").content.decode()


def test_a_field_that_asks_for_a_unit_is_offered_what_is_meant(town: Town) -> None:
    town.unit("vp", "phong", "Văn phòng", "tp")  # the neighbouring city has one, too
    offered = town.client("lan").get("/don-vi/goi-y/?tim=van+p").content.decode()
    assert 'data-value="Văn phòng / Ủy ban nhân dân thành phố Đồng Giang"' in offered
    assert town.client("lan").get("/don-vi/goi-y/?tim=<b>").content.decode().count("<b>") == 0


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("phong van hoa va thong tin", "vhtt"),
        ("P. VH&TT", "vhtt"),
        ("Văn phòng / Ủy ban nhân dân thành phố Đồng Giang", "khac_vp"),
    ],
)
def test_a_unit_by_what_is_typed(town: Town, typed: str, meant: str) -> None:
    town.unit("vp", "phong", "Văn phòng", "tp")
    assert unit_named(typed, town.people["lan"], NOW.date()) == town.units[meant]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("van hoa", "Gần nhất: Phòng Văn hóa và Thông tin"),  # nobody is chosen for a person
        ("Sở Xây dựng", "Không có đơn vị nào tên là “Sở Xây dựng”"),
        ("Văn phòng", "Có nhiều đơn vị cùng tên"),
    ],
)
def test_what_is_typed_and_means_no_one_unit(town: Town, typed: str, said: str) -> None:
    town.unit("vp", "phong", "Văn phòng", "tp")
    with pytest.raises(Refused, match=said):
        unit_named(typed, town.people["lan"], NOW.date())


def test_the_list_of_people_goes_on_behind_the_last_one(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory, "A_PAGE", 5)
    admin, told, address = town.client("quan"), list[str](), "/nguoi-dung/"
    while address:
        page = admin.get(address).content.decode()
        told += re.findall(r'<a href="/nguoi-dung/(\d+)/">', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = f"/nguoi-dung/{following[1]}" if following else ""
    assert len(told) == len(set(told)) == Person.objects.count()
    first = re.findall(r'<a href="/nguoi-dung/(\d+)/">', admin.get("/nguoi-dung/?sau=khong").content.decode())
    assert first == told[:5]
