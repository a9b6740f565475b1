"""The board's screen: filters in the address, files of any list, and one act on many rows."""

import csv
import datetime as dt
import io

import openpyxl
import pytest
from django.test import Client

from office.conftest import NOW, Town
from xulang.office.models import SavedView
from xulang.office.reminders import letter
from xulang.organisation.enums import Role
from xulang.organisation.models import Post, PostHolding
from xulang.plumbing.models import JournalEntry
from xulang.programme import services
from xulang.programme.enums import AssignmentState, EntryKind
from xulang.programme.errors import NobodyToTell
from xulang.programme.models import Assignment, ExpectedReport, Notice


def test_the_address_filters_and_the_form_shows_it(town: Town) -> None:
    programme = town.issue()
    page = town.client("lan").get(f"/bang/?don-vi={town.units['gd'].pk}&tu=cuoc+thi&chuong-trinh={programme.pk}")
    source = page.content.decode()
    assert f'value="{town.units["gd"].name_on(NOW.date())}"' in source
    assert 'value="cuoc thi"' in source
    assert {row.assignment.unit for row, _unit in page.context["lines"]} <= {town.units["gd"]}
    for address in ("/bang/?tu-ngay=hom+qua", "/bang/?don-vi=x&sau=y&thang=z&xem=w", "/bang/?xem=lich&thang=0000-13"):
        assert town.client("lan").get(address).status_code == 200


def test_a_unit_is_asked_for_by_what_it_is_called(town: Town) -> None:
    town.issue()
    lead, gd = town.client("lan"), town.units["gd"]
    for typed in ("phong giao duc va dao tao", gd.name_on(NOW.date())):
        page = lead.get("/bang/", {"don-vi": typed})
        assert {row.assignment.unit for row, _unit in page.context["lines"]} == {gd}
    for address, words in (("/bang/", "Phòng Không Có"), ("/tinh-hinh/", "Phòng Không Có")):
        page = lead.get(address, {"don-vi": words})
        assert f"Không có đơn vị nào tên là “{words}”" in page.content.decode()
        assert page.context["asked"].form["don-vi"].value() == words
    town.unit("gd2", "phong", gd.name_on(NOW.date()), "tp")
    assert "Có nhiều đơn vị cùng tên" in lead.get("/bang/", {"don-vi": gd.name_on(NOW.date())}).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/bang/?x=1",
        "/bang/?xem=theo-don-vi",
        "/bang/?xem=theo-muc",
        "/bang/?xem=lich",
        "/tinh-hinh/?x=1",
        "/tinh-hinh/trong-han/?x=1",
    ],
)
def test_any_list_is_a_file_too(town: Town, address: str) -> None:
    town.issue()
    _as_file(town.client("lan"), address)


def test_registers_and_desks_are_files_too(town: Town) -> None:
    town.issue()
    contest, ward = town.assignment("gd", "II.2"), town.assignment("thuy_van", "II.3")
    services.urge(assignment=ward, by=town.people["lan"], now=NOW)
    services.raise_obstacle(assignment=ward, note="Thiếu mẫu", evidence=[], by=town.people["nga"], now=NOW)
    link = services.NewEvidence(url="https://muonghoa.example/tin")
    services.report(
        assignment=contest, kind=EntryKind.DONE, expected=contest.expected.get(), evidence=[link],
        by=town.people["minh"], now=NOW,
    )  # fmt: skip
    addresses = {
        "lan": ["/van-ban/?x=1", "/de-nghi/?x=1", "/vuong-mac/?x=1", "/xac-nhan/?x=1"],
        "nga": ["/viec/?x=1", "/nhac-viec/?x=1"],
        "quan": ["/don-vi/?x=1", "/nguoi-dung/?x=1"],
    }
    for who, some in addresses.items():
        for address in some:
            client = town.client(who)
            assert "tep=xlsx" in client.get(address).content.decode(), address
            _as_file(client, address)


def _as_file(client: Client, address: str) -> None:
    answer = client.get(f"{address}&tep=xlsx")
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet.freeze_panes == "A2"
    heading, *rows = sheet.iter_rows(values_only=True)
    assert rows
    assert all(len(row) == len(heading) for row in rows)
    if "Hạn" in heading:
        dues = [row[heading.index("Hạn")] for row in rows]
        assert all(not due or hasattr(due, "year") for due in dues), "days are days, not words"
    told = list(csv.reader(io.StringIO(client.get(f"{address}&tep=csv").content.decode("utf-8-sig"))))
    assert len(told) == len(rows) + 1
    assert client.get(f"{address}&tep=exe").headers["Content-Type"].startswith("text/html")


def test_a_file_holds_what_the_filters_leave_and_no_formula(town: Town) -> None:
    town.issue()
    one = ExpectedReport.objects.select_related("assignment__task").order_by("due", "id").first()
    assert one is not None
    one.assignment.task.text = "=HYPERLINK(1)"
    one.assignment.task.save()
    answer = town.client("lan").get(f"/bang/?tep=csv&don-vi={one.assignment.unit_id}")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:]
    assert {row[1] for row in rows} == {one.assignment.unit.name_on(NOW.date())}
    assert "'=HYPERLINK(1)" in {row[0] for row in rows}


def test_many_are_withdrawn_at_once_and_each_by_the_rule(town: Town) -> None:
    town.issue()
    ids = list(Assignment.objects.values_list("pk", flat=True))[:3]
    given = {"chon": ids, "viec": "thu-hoi", "loc": "con-so=trong-han"}
    client = town.client("lan")
    answer = client.post("/bang/lam/", given, follow=True)
    assert answer.redirect_chain[0][0] == "/bang/?con-so=trong-han"
    assert "3 việc không làm được" in answer.content.decode(), "no reason was given"
    answer = client.post("/bang/lam/", given | {"reason": "Không còn cần"}, follow=True)
    assert "Đã làm với 3 việc." in answer.content.decode()
    assert Assignment.objects.filter(pk__in=ids, state=AssignmentState.WITHDRAWN).count() == 3
    for who in ("minh", "quan", "tho"):
        assert town.client(who).post("/bang/lam/", given).status_code == 403
    # A neighbouring city's lead officer sees none of them.
    answer = town.client("xa").post("/bang/lam/", given | {"reason": "x", "viec": "thu-hoi"}, follow=True)
    assert "Đã làm" not in answer.content.decode()


def test_many_are_confirmed_and_moved_at_once(town: Town) -> None:
    town.issue()
    contest = town.assignment("gd", "II.2")
    expected = contest.expected.get()
    services.report(
        assignment=contest,
        kind=EntryKind.DONE,
        expected=expected,
        evidence=[services.NewEvidence(url="https://muonghoa.example/tin")],
        by=town.people["minh"],
        now=NOW,
    )
    client, ward = town.client("lan"), town.assignment("thuy_van", "II.3")
    client.post("/bang/lam/", {"chon": [contest.pk, ward.pk], "viec": "xac-nhan"})
    expected.refresh_from_db()
    assert expected.state == "CONFIRMED"
    given = {"chon": [ward.pk], "viec": "chuyen", "reason": "Đúng chức năng", "unit": "Phòng giáo dục và đào tạo"}
    client.post("/bang/lam/", given | {"unit": "Không có"})
    ward.refresh_from_db()
    assert ward.unit == town.units["thuy_van"]
    client.post("/bang/lam/", given)
    ward.refresh_from_db()
    assert ward.unit == town.units["gd"]


def test_a_reminder_says_who_was_told_and_who_could_not_be(town: Town) -> None:
    town.issue()
    client, ward = town.client("lan"), town.assignment("thuy_van", "II.3")
    given = {"chon": [ward.pk], "viec": "nhac"}
    page = client.post("/bang/lam/", given, follow=True).content.decode()
    assert "Đã nhắc 2 người. Không gửi được thư, chỉ thấy trên bàn việc: " in page
    assert town.people["nga"].full_name in page
    PostHolding.objects.filter(post__unit=town.units["thuy_van"]).update(valid_to=NOW.date())
    Notice.objects.all().delete()
    page = client.post("/bang/lam/", given, follow=True).content.decode()
    assert f"Chưa có người giữ chức vụ, nên đã nhắc cấp trên: {ward.unit.name_on(NOW.date())}." in page
    by = town.people["minh"]
    Post.objects.filter(holdings__person=by).update(role=Role.LEAD_OFFICER)  # of the office, though not of who follows
    PostHolding.objects.exclude(person=by).update(valid_to=NOW.date())
    Notice.objects.all().delete()
    with pytest.raises(NobodyToTell, match=ward.unit.name_on(NOW.date())):
        services.urge(assignment=ward, by=by, now=NOW)
    assert not Notice.objects.exists()


def test_a_row_of_twins_is_one_choice_for_both(town: Town) -> None:
    town.issue()
    ward, first = town.assignment("thuy_van", "II.3"), town.assignment("gd", "II.2")
    given = {"chon": f"{ward.pk}-{first.pk}-x", "viec": "thu-hoi", "reason": "Không còn cần"}
    page = town.client("lan").post("/bang/lam/", given, follow=True).content.decode()
    assert "Đã làm với 2 việc." in page


def test_a_view_is_saved_opened_and_removed(town: Town) -> None:
    programme = town.issue()
    client = town.client("lan")
    query = f"con-so=trong-han&xem=theo-muc&chuong-trinh={programme.pk}"
    given = {"ten": " Quá  hạn của GD ", "loc": f"{query}&next=//x&sau=1"}
    answer = client.post("/bang/luu/", given, follow=True)
    view = SavedView.objects.get()
    assert (view.name, view.query) == ("Quá hạn của GD", query)
    assert answer.redirect_chain[0][0] == f"/bang/?{query}"
    assert f'href="/bang/?{query.replace("&", "&amp;")}" aria-current="true"' in answer.content.decode()
    client.post("/bang/luu/", given | {"loc": "con-so=qua-han"})
    assert SavedView.objects.get().query == "con-so=qua-han", "one name, one view"
    client.post("/bang/luu/", given | {"ten": "  "})
    assert "Quá hạn của GD" not in town.client("minh").get("/bang/").content.decode()
    assert town.client("minh").post(f"/bang/luu/{view.pk}/bo/").status_code == 404
    client.post(f"/bang/luu/{view.pk}/bo/")
    assert not SavedView.objects.exists()
    for number in range(21):
        answer = client.post("/bang/luu/", given | {"ten": f"Góc nhìn {number}"}, follow=True)
    assert "Đã lưu 20 góc nhìn" in answer.content.decode()
    assert SavedView.objects.count() == 20


def test_many_units_are_reminded_at_once_and_once_a_day(town: Town) -> None:
    town.issue()
    contest, ward = town.assignment("gd", "II.2"), town.assignment("thuy_van", "II.3")
    given = {"chon": [contest.pk, ward.pk], "viec": "nhac"}
    client = town.client("lan")
    assert "Đã làm với 2 việc." in client.post("/bang/lam/", given, follow=True).content.decode()
    told = {(row.person.username, row.expected.assignment_id) for row in Notice.objects.filter(step="urged")}
    assert ("minh", contest.pk) in told
    assert ("nga", ward.pk) in told
    answer = client.post("/bang/lam/", given, follow=True).content.decode()
    assert "2 việc không làm được: Hôm nay đã nhắc việc này rồi." in answer
    assert JournalEntry.objects.filter(action="assignment.urged").count() == 2
    assert "đơn vị đầu mối nhắc" in town.client("nga").get("/nhac-viec/").content.decode()
    assert "nhắc" in letter(town.people["nga"], list(Notice.objects.filter(person=town.people["nga"])), {}, [])[1]
    # Not by a head of a unit that follows nothing up, nor what owes no report.
    town.client("xa").post("/bang/lam/", given)
    asked = town.assignment("thuy_van", "II.4")
    answer = client.post("/bang/lam/", given | {"chon": [asked.pk]}, follow=True).content.decode()
    assert "Không còn báo cáo nào đang nợ để nhắc." in answer
    assert Notice.objects.filter(step="urged").count() == len(told)


def test_the_sections_of_a_directive_open_their_lists(town: Town) -> None:
    programme = town.issue()
    client = town.client("lan")
    page = client.get("/bang/?xem=theo-muc")
    ((name, cell),) = page.context["lines"]
    assert (name, cell.href) == (str(programme.directive), f"?chuong-trinh={programme.pk}&xem=theo-muc")
    page = client.get(f"/bang/{cell.href}")
    assert [name for name, _cell in page.context["lines"]] == sorted({name for name, _cell in page.context["lines"]})
    assert sum(one.counted.due for _name, one in page.context["lines"]) == cell.counted.due
    for _name, one in page.context["lines"]:
        assert len(client.get(f"/bang/{one.href}").context["lines"]) == one.counted.due


def test_a_moved_deadline_stands_beside_the_first_one(town: Town) -> None:
    town.issue()
    owed = town.assignment("gd", "II.2").expected.get()
    asked = services.ask_extension(
        expected=owed, due=owed.due + dt.timedelta(days=7), reason="Chờ giám khảo.", by=town.people["minh"], now=NOW
    )
    assert "hạn đầu" not in town.client("lan").get("/bang/").content.decode()
    services.grant_extension(asked=asked, by=town.people["lan"], now=NOW)
    page = town.client("lan").get("/bang/").content.decode()
    assert f"hạn đầu {owed.first_due:%d/%m/%Y}" in page
