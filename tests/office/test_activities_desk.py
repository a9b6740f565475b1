"""The activities' desk: recorded in a minute, told on the task's page, given to two reports, taken away as a table."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from office.conftest import NOW, Town
from office.screens import a_partner, an_activity
from xulang.activities.enums import Kind
from xulang.activities.models import Activity
from xulang.office.desks import activities as activities_desk
from xulang.plumbing.models import JournalEntry
from xulang.programme.models import Assignment, Entry


@pytest.fixture
def contest(town: Town) -> Assignment:
    town.issue()
    return town.assignment("gd", "II.2")


def filled(serves: Assignment, **more: object) -> dict[str, object]:
    return {"once": "một", "title": "=Chung kết", "duties": [serves.pk], "begins": "23/11/2026"} | more


def test_recorded_told_and_given(town: Town, contest: Assignment) -> None:
    minh = town.client("minh")
    page = minh.get(f"/viec/{contest.pk}/").content.decode()
    assert f"/hoat-dong/ghi/?don-vi={town.units['gd'].pk}&amp;viec={contest.pk}" in page
    photo = SimpleUploadedFile("giai.txt", b"Danh sach giai")
    answer = minh.post(
        "/hoat-dong/ghi/?loai=EVENT", filled(contest, uploads=photo, **{"rieng-form": "EVENT", "rieng-people": "60"})
    )
    made = Activity.objects.get()
    assert answer.headers["Location"] == f"/hoat-dong/{made.pk}/"
    assert made.event.people == 60
    again = minh.post("/hoat-dong/ghi/?loai=EVENT", filled(contest, **{"rieng-form": "EVENT"}))
    assert again.status_code == 302  # the very form, sent twice
    assert Activity.objects.count() == 1
    for person, address in (("minh", f"/viec/{contest.pk}/"), ("duc", f"/nhiem-vu/{contest.task_id}/")):
        assert "=Chung kết" in town.client(person).get(address).content.decode()
    offered = minh.get(f"/hoat-dong/{made.pk}/bao-cao/").content.decode()
    expected = contest.expected.get()
    assert f'value="{contest.pk}:{expected.pk}"' in offered
    minh.post(
        f"/hoat-dong/{made.pk}/bao-cao/", {"once": "hai", "reports": [f"{contest.pk}:{expected.pk}"], "done": "on"}
    )
    entry = Entry.objects.get(assignment=contest, kind="DONE")
    for person, address in (("minh", f"/viec/{contest.pk}/"), ("duc", f"/nhiem-vu/{contest.task_id}/")):
        page = town.client(person).get(address).content.decode()
        assert f'Bằng hoạt động: <a class="tone-thread" href="/hoat-dong/{made.pk}/"' in page
    assert entry.evidence.get().file.sha256 == made.evidence.get().file.sha256
    assert "Không có báo cáo nào đang chờ" in minh.get(f"/hoat-dong/{made.pk}/bao-cao/").content.decode()


def test_read_on_the_units_of_its_day_or_on_those_of_today(town: Town, contest: Assignment) -> None:
    """One unit did it, another answers for it since: each reading names its own, and finds it by it."""
    minh = town.client("minh")
    minh.post("/hoat-dong/ghi/?loai=EVENT", filled(contest, **{"rieng-form": "EVENT"}))
    Activity.objects.update(unit=town.units["vhtt"])
    culture, education = town.units["vhtt"], town.units["gd"]
    leader = town.client("duc")
    for reading, named, other in (("TODAY", culture, education), ("THE_DAY", education, culture)):
        asked = f"/hoat-dong/?tinh-cho={reading}"
        page = leader.get(f"{asked}&don-vi={named.pk}").content.decode()
        assert f"<td>{named.name_on(NOW.date())}</td>" in page
        assert "=Chung kết" not in leader.get(f"{asked}&don-vi={other.pk}").content.decode()
        sheet = openpyxl.load_workbook(io.BytesIO(leader.get(f"{asked}&tep=xlsx").content)).active
        assert named.name_on(NOW.date()) in [cell.value for row in sheet.iter_rows() for cell in row]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": ""}, "Cần ghi mục này."),
        ({"duties": []}, "Cần ghi mục này."),
        ({"ends": "01/11/2026"}, "Ngày, giờ kết thúc không được trước"),
        ({"starts_at": "25:00"}, "Ghi giờ theo dạng giờ:phút"),
        ({"rieng-people": "-3"}, "0"),
        ({"rieng-people": "5", "rieng-foreigners": "9"}, "Số “trong đó” lớn hơn tổng số"),
        ({"link": "khong phai"}, "Ghi địa chỉ trang đầy đủ"),
    ],
)
def test_what_is_refused_is_told_at_its_place(
    town: Town, contest: Assignment, given: dict[str, str], said: str
) -> None:
    answer = town.client("minh").post(
        "/hoat-dong/ghi/?loai=EVENT", filled(contest, **({"rieng-form": "EVENT"} | given))
    )
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Activity.objects.exists()


def test_a_conference_without_permission_is_told_with_its_source(town: Town, contest: Assignment) -> None:
    made = an_activity(town, Kind.EVENT, contest, form="CONFERENCE", foreigners=4)
    page = town.client("duc").get(f"/hoat-dong/{made.pk}/").content.decode()
    assert "Quyết định 06/2020/QĐ-TTg" in page
    made.event.permission = "15/UBND-NV"
    made.event.save()
    assert "Quyết định 06/2020/QĐ-TTg" not in town.client("duc").get(f"/hoat-dong/{made.pk}/").content.decode()


def test_taken_away_no_spreadsheet_runs_it(town: Town, contest: Assignment) -> None:
    town.client("minh").post("/hoat-dong/ghi/?loai=OTHER", filled(contest))
    csv = town.client("duc").get("/hoat-dong/?tep=csv").content.decode()
    assert "'=Chung kết" in csv
    book = openpyxl.load_workbook(io.BytesIO(town.client("duc").get("/hoat-dong/?tep=xlsx").content))
    cell = book.worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == ("'=Chung kết", "s")
    told = JournalEntry.objects.filter(action="list.exported").first()
    assert told is not None
    assert (told.actor_id, told.data) == (town.people["duc"].pk, {"list": "hoat-dong", "kind": "csv", "rows": 1})


def test_a_leader_decides_on_a_practice(town: Town, contest: Assignment) -> None:
    made = an_activity(town, Kind.COMMENDATION, contest, form="GOOD_PRACTICE", steps="Làm thử.")
    duc = town.client("duc")
    refused = duc.post(f"/hoat-dong/{made.pk}/quyet-dinh/", {"approved": "co"})
    assert refused.status_code == 422
    assert "Hãy ghi số, ký hiệu và ngày của quyết định" in refused.content.decode()
    paper = {"approved": "co", "decision": "9/QĐ-UBND", "decided_on": f"{NOW:%d/%m/%Y}"}
    assert duc.post(f"/hoat-dong/{made.pk}/quyet-dinh/", paper).status_code == 302
    assert "Đã công nhận" in town.client("minh").get(f"/hoat-dong/{made.pk}/").content.decode()


def test_who_was_there_is_for_the_unit_alone(town: Town, contest: Assignment) -> None:
    made = an_activity(town, Kind.TRAINING, contest, attended=1)
    assert "Vi Thị Sen" in town.client("minh").get(f"/hoat-dong/{made.pk}/nguoi-du/").content.decode()
    assert town.client("duc").get(f"/hoat-dong/{made.pk}/nguoi-du/").status_code == 403
    assert "Vi Thị Sen" not in town.client("duc").get(f"/hoat-dong/{made.pk}/").content.decode()
    town.client("minh").post(f"/hoat-dong/{made.pk}/nguoi-du/", {"viec": "xoa", "reason": "Hết hạn"})
    assert not made.attendees.exists()


def test_the_list_by_place_says_where_it_ends(town: Town, contest: Assignment, monkeypatch: pytest.MonkeyPatch) -> None:
    for _one in range(2):
        an_activity(town, Kind.EVENT, contest)
    address, said = "/hoat-dong/?xem=dia-diem", "Chỉ hiện 1 hoạt động gần nhất"
    assert said not in town.client("minh").get(address).content.decode()
    monkeypatch.setattr(activities_desk, "A_MAP", 1)
    assert said in town.client("minh").get(address).content.decode()


def test_what_is_in_the_way_is_told_on_the_page_of_what_is_planned(town: Town, contest: Assignment) -> None:
    one, other = (an_activity(town, Kind.EVENT, contest) for _one in range(2))  # that day, at that place
    page = town.client("minh").get(f"/hoat-dong/{one.pk}/").content.decode()
    assert "Trùng lịch:" in page
    assert f'href="/hoat-dong/{other.pk}/"' in page
    month = town.client("minh").get(f"/hoat-dong/?xem=lich&thang={one.begins:%Y-%m}").content.decode()
    assert month.count("Trùng lịch:") == 1
    assert month.count("trùng lịch:") == 2, "each is marked on its day"


def test_a_partner_and_an_agreement_are_corrected_by_clicks(town: Town) -> None:
    partner = a_partner(town)
    client, agreed = town.client("minh"), partner.agreements.get()
    page = client.get(f"/doi-tac/{partner.pk}/").content.decode()
    for address in (f"/doi-tac/{partner.pk}/sua/", f"/doi-tac/thoa-thuan/{agreed.pk}/sua/"):
        assert f'href="{address}"' in page
    said = {"name": "Thành phố Nà Loan", "kind": "TWIN", "country": "Lào", "other": "Na Loan"}
    assert client.post(f"/doi-tac/{partner.pk}/sua/", said).status_code == 302
    terms = {"title": "Bản ghi nhớ", "signed_on": "01/03/2026", "expires_on": "01/02/2026"}
    refused = client.post(f"/doi-tac/thoa-thuan/{agreed.pk}/sua/", terms)
    assert refused.status_code == 422
    assert client.post(f"/doi-tac/thoa-thuan/{agreed.pk}/sua/", terms | {"expires_on": "01/03/2028"}).status_code == 302
    page = client.get(f"/doi-tac/{partner.pk}/").content.decode()
    assert all(words in page for words in ("Thành phố Nà Loan", "Na Loan", "Bản ghi nhớ", "01/03/2028"))
