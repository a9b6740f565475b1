"""The board's screen: filters in the address, files of any list, and one act on many rows."""

import csv
import io

import openpyxl
import pytest

from office.conftest import NOW, Town
from xulang.programme import services
from xulang.programme.enums import AssignmentState, EntryKind
from xulang.programme.models import Assignment, ExpectedReport


def test_the_address_filters_and_the_form_shows_it(town: Town) -> None:
    programme = town.issue()
    page = town.client("lan").get(f"/bang/?don-vi={town.units['gd'].pk}&tu=cuoc+thi&chuong-trinh={programme.pk}")
    source = page.content.decode()
    assert f'<option value="{town.units["gd"].pk}" selected>' in source
    assert 'value="cuoc thi"' in source
    assert {row.assignment.unit for row, _unit in page.context["lines"]} <= {town.units["gd"]}
    for address in ("/bang/?tu-ngay=hom+qua", "/bang/?don-vi=x&sau=y&thang=z&xem=w", "/bang/?xem=lich&thang=0000-13"):
        assert town.client("lan").get(address).status_code == 200


@pytest.mark.parametrize("address", ["/bang/?x=1", "/tinh-hinh/?x=1", "/tinh-hinh/trong-han/?x=1"])
def test_any_list_is_a_file_too(town: Town, address: str) -> None:
    town.issue()
    client = town.client("lan")
    answer = client.get(f"{address}&tep=xlsx")
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet.freeze_panes == "A2"
    heading, *rows = sheet.iter_rows(values_only=True)
    assert "Đơn vị" in heading
    assert rows
    if "Hạn" in heading:
        assert all(hasattr(row[heading.index("Hạn")], "year") for row in rows), "days are days, not words"
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
