"""The budget desks: lines with the checks beside them, sheets out and in, the appraisal, its paper, the figures."""

import datetime as dt
import io
import re

import openpyxl
import pytest
from django.test import Client

from beginnings import BUILDERS, Beginning
from builders import at
from office.conftest import NOW, Town, populated
from office.plan import reading
from office.screens import DONE, an_activity, some_money
from xulang.activities.enums import Kind
from xulang.budget import services
from xulang.budget.enums import ActKind, EstimateState, Verdict
from xulang.budget.models import Estimate, EstimateLine
from xulang.budget.norms import by_kind, norms
from xulang.budget.papering import docx_of
from xulang.office import clock
from xulang.organisation.models import PostHolding
from xulang.papers.checking.check import check
from xulang.plumbing.models import JournalEntry
from xulang.plumbing.sheets import Column, Page, as_xlsx
from xulang.registry import ports
from xulang.registry.models import OutgoingPaper

pytestmark = pytest.mark.django_db


def estimated() -> tuple[Town, dict[str, int]]:
    """The town with the estimates of the screens' story, by how they stand."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ports, "_registered", [reading])
        town = populated(Town())
        town.issue()
        return town, some_money(town, town.assignment("gd", "II.2"))


BUILDERS["office_estimates"] = estimated


@pytest.fixture
def office_estimates(db: None, beginning: Beginning) -> tuple[Town, dict[str, int]]:
    made: tuple[Town, dict[str, int]] = beginning.copied("office_estimates")
    return made


@pytest.fixture
def town(office_estimates: tuple[Town, dict[str, int]]) -> Town:
    return office_estimates[0]


@pytest.fixture
def rows(office_estimates: tuple[Town, dict[str, int]]) -> dict[str, int]:
    return office_estimates[1]


def sheet_of(client: Client, estimate: int) -> list[list[str | int | None]]:
    """The workbook that a person takes away."""
    answer = client.get(f"/du-toan/{estimate}/bang-tinh/?tep=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]


def hand_in(client: Client, estimate: int, table: list[list[str | int | None]]) -> tuple[int, str]:
    """The workbook handed in again."""
    head, *body = table
    page = Page("Dự toán", [Column(str(name)) for name in head], [[cell or "" for cell in row] for row in body])
    file = io.BytesIO(as_xlsx([page]))
    file.name = "du-toan.xlsx"
    answer = client.post(f"/du-toan/{estimate}/bang-tinh/", {"file": file})
    return answer.status_code, answer.content.decode()


def test_a_sheet_goes_out_and_comes_back_alike(town: Town, rows: dict[str, int]) -> None:
    client, found = town.client("minh"), Estimate.objects.get(pk=rows["faulty"])
    line = found.current.lines.select_related("assignment").first()
    assert line is not None
    event = an_activity(town, Kind.EVENT, line.assignment, **DONE[Kind.EVENT])
    EstimateLine.objects.filter(pk=line.pk).update(activity=event)
    names = ["content", "measure", "quantity", "times", "price", "norm", "document", "source", "assignment", "activity"]
    before = list(found.current.lines.values_list(*names))
    table = sheet_of(client, found.pk)
    table[2][7] = 4_200_000  # the sum that was wrong, and the total after it
    table[3][7] = 4_200_000 + 5_400_000
    status, _said = hand_in(client, found.pk, table)
    assert status == 302
    assert list(found.current.lines.values_list(*names)) == before


@pytest.mark.parametrize(
    ("row", "column", "typed", "told"),
    [
        (1, 1, "999. Việc khác", "Không có nhiệm vụ"),
        (1, 2, "", "Thiếu “Nội dung chi”"),
        (1, 3, "", "Thiếu “Đơn vị tính”"),
        (1, 9, "Báo giá " * 50, "“Căn cứ” dài quá 300 ký tự"),
        (1, 4, "hai", "“Số lượng” phải là số nguyên"),
        (1, 6, "1.5", "“Đơn giá” phải là số nguyên"),
        (1, 7, 5_400_001, "Thành tiền ghi 5.400.001, nhân ra 5.400.000"),
        (1, 8, "Định mức nào đó", "Không có định mức"),
        (1, 10, "Túi riêng", "Không có nguồn"),
        (1, 13, "999. Lễ hội", "không có hoạt động “999. Lễ hội”"),
        (3, 7, 7, "Tổng cộng ghi 7"),
        (0, 2, "Việc", "Dòng tiêu đề phải là"),
    ],
)
def test_every_faulty_row_is_told_and_none_taken_in(
    town: Town, rows: dict[str, int], row: int, column: int, typed: str | int, told: str
) -> None:
    client, found = town.client("minh"), Estimate.objects.get(pk=rows["faulty"])
    table = sheet_of(client, found.pk)
    table[2][7], table[3][7] = 4_200_000, 9_600_000
    table[row][column] = typed
    before = set(found.current.lines.values_list("pk", flat=True))
    status, said = hand_in(client, found.pk, table)
    assert (status, told in said) == (422, True)
    assert set(found.current.lines.values_list("pk", flat=True)) == before


def test_a_line_shows_what_is_wrong_with_document_and_article(town: Town, rows: dict[str, int]) -> None:
    page = town.client("minh").get(f"/du-toan/{rows['faulty']}/").content.decode()
    assert "Đơn giá 900.000 vượt mức tối đa 750.000" in page
    assert "Thông tư 35/2026/TT-BTC, Điều 11 khoản 2" in page
    assert "Gửi thẩm định</button>" not in page
    town.client("minh").post(f"/du-toan/{rows['faulty']}/", {"viec": "gui", "once": "a"})
    assert Estimate.objects.get(pk=rows["faulty"]).state == EstimateState.DRAFT


def test_the_appraisal_form_accepts_cuts_and_hands_on(town: Town, rows: dict[str, int]) -> None:
    found, client = Estimate.objects.get(pk=rows["asked_for"]), town.client("hien")
    line = found.current.lines.get()
    address, kept = f"/du-toan/{found.pk}/tham-dinh/", {"viec": "xong", f"so-{line.pk}": "5.000.000"}
    client.post(address, kept | {"once": "a"})  # cut without a reason: nothing is kept
    assert not hasattr(found.current.lines.get(), "appraisal")
    client.post(address, kept | {"once": "b", f"ly-do-{line.pk}": "Theo báo giá thấp nhất."})
    found.refresh_from_db()
    said = found.current.lines.get().appraisal
    assert (found.state, said.verdict, said.amount) == (EstimateState.APPRAISED, Verdict.CUT, 5_000_000)


def test_what_was_typed_of_an_appraisal_stays_when_it_is_refused(town: Town, rows: dict[str, int]) -> None:
    found, client = Estimate.objects.get(pk=rows["asked_for"]), town.client("hien")
    line = found.current.lines.get()
    address, typed = f"/du-toan/{found.pk}/tham-dinh/", {"viec": "xong", "ghi-chu": "Đã xem."}
    for amount, told in (("5.000.000", "bị cắt giảm. Hãy ghi lý do"), ("năm triệu", "phải là số nguyên, từ 0")):
        answer = client.post(address, typed | {f"so-{line.pk}": amount, "once": amount})
        page = answer.content.decode()
        assert (answer.status_code, f"“{line.content}”" in page, told in page) == (422, True, True)
        assert f'value="{amount}"' in page
        assert "Đã xem.</textarea>" in page
    kept = {"viec": "luu", f"so-{line.pk}": "6.000.000"}
    for number in range(2):  # said once, and not again when nothing changed
        assert client.post(address, kept | {"once": str(number)}, follow=True).status_code == 200
    assert JournalEntry.objects.filter(action="estimate.line_appraised", data__lines__0__0=line.pk).count() == 1


def test_a_line_goes_back_with_its_own_reason(town: Town, rows: dict[str, int]) -> None:
    found, client = Estimate.objects.get(pk=rows["asked_for"]), town.client("hien")
    line, address = found.current.lines.get(), f"/du-toan/{found.pk}/tham-dinh/"
    ticked = {f"so-{line.pk}": "5", f"tra-{line.pk}": "on"}
    answer = client.post(address, ticked | {"viec": "tra-lai", "once": "a"})
    assert (answer.status_code, "bị trả lại. Hãy ghi cần sửa" in answer.content.decode()) == (422, True)
    assert f'name="tra-{line.pk}" checked' in answer.content.decode()
    ticked[f"ly-do-{line.pk}"] = "Thiếu báo giá."
    answer = client.post(address, ticked | {"viec": "xong", "once": "b"})
    assert "Có 1 dòng trả lại" in answer.content.decode()
    client.post(address, ticked | {"viec": "tra-lai", "once": "c"})
    found.refresh_from_db()
    assert (found.state, found.current.number) == (EstimateState.RETURNED, 2)
    page = town.client("minh").get(f"/du-toan/{found.pk}/").content.decode()
    assert f"<b>{line.content}</b>: Thiếu báo giá." in page


def test_where_a_check_stops_nothing_is_proposed_to_the_appraiser(town: Town, rows: dict[str, int]) -> None:
    found = Estimate.objects.get(pk=rows["asked_for"])
    found.current.lines.update(norm="dich-noi-tiep", document="35/2026/TT-BTC")
    client, line = town.client("hien"), found.current.lines.get()
    page = client.get(f"/du-toan/{found.pk}/tham-dinh/").content.decode()
    assert f'name="so-{line.pk}" inputmode="numeric" autocomplete="off" value=""' in page
    said = client.post(f"/du-toan/{found.pk}/tham-dinh/", {"viec": "xong", f"so-{line.pk}": "", "once": "a"})
    assert "Còn 1 dòng chưa thẩm định" in said.content.decode()


def test_the_sheet_speaks_vietnamese_to_everybody(town: Town, rows: dict[str, int]) -> None:
    client = town.client("minh")
    client.cookies["django_language"] = "en"
    assert sheet_of(client, rows["given"])[1][10] == "Ngân sách cấp theo dự toán này"


def test_an_odd_year_is_no_year(town: Town, rows: dict[str, int]) -> None:
    for page in ("/du-toan/", "/du-toan/so-lieu/"):
        assert town.client("minh").get(page, {"nam": "1" * 5000}).status_code == 200


def test_the_note_is_an_official_paper_in_form(town: Town, rows: dict[str, int]) -> None:
    found = Estimate.objects.get(pk=rows["appraised"])
    data = docx_of(found)
    assert data == docx_of(found)
    assert check(data) == []
    answer = town.client("hien").get(f"/du-toan/{found.pk}/phieu/docx/")
    assert answer.status_code == 200
    assert town.client("hien").get(f"/du-toan/{rows['asked_for']}/phieu/docx/").status_code == 404  # not appraised yet


def test_the_report_on_an_appraisal_gets_its_number(town: Town, rows: dict[str, int]) -> None:
    client, found = town.client("hien"), Estimate.objects.get(pk=rows["appraised"])
    page, address = f"/du-toan/{found.pk}/", f"/du-toan/{found.pk}/cap-so/"
    assert address in client.get(page).content.decode()
    assert address not in town.client("duc").get(page).content.decode()
    told = {"symbol": "BC-TCKH", "issued_on": f"{NOW:%d/%m/%Y}", "signer": "Lò Văn Tấn", "lines": "Trưởng phòng"}
    form = client.get(address).context["form"]
    assert (form["symbol"].value(), form["signer"].value()) == ("BC-GDĐT", "Bế Thu Hà")
    stranger = client.post(address, told | {"once": "0"})
    assert (stranger.status_code, "người được ký văn bản" in stranger.content.decode()) == (422, True)
    assert 'value="Lò Văn Tấn"' in stranger.content.decode()
    PostHolding.objects.filter(person=town.people["ha"]).update(valid_to=NOW.date())
    assert client.get(address).context["form"]["signer"].value() == ""  # nobody heads the office: to be typed
    refused = client.post(address, told | {"symbol": "TCKH", "once": "a"})
    assert (refused.status_code, 'value="Lò Văn Tấn"' in refused.content.decode()) == (422, True)
    for _twice in range(2):
        client.post(address, told | {"once": "b"})
    said = town.client("duc").get(page).content.decode()
    assert "Báo cáo thẩm định số 01/BC-TCKH" in said
    assert "01/BC-TCKH" in client.get("/van-ban/so-di/").content.decode()
    assert OutgoingPaper.objects.count() == 1
    assert town.client("hien").get(f"/du-toan/{rows['asked_for']}/cap-so/").status_code == 404


def test_spending_and_figures(town: Town, rows: dict[str, int]) -> None:
    client, found = town.client("minh"), Estimate.objects.get(pk=rows["given"])
    paper = found.current.lines.first()
    assert paper is not None
    spent = {"act": "spend", "line": paper.pk, "amount": "9.000.000", "on": f"{NOW:%d/%m/%Y}", "voucher": "Hóa đơn"}
    answer = client.post(f"/du-toan/{found.pk}/chi/", spent | {"once": "a"})
    assert (answer.status_code, "không đủ 9.000.000 đồng" in answer.content.decode()) == (422, True)
    client.post(f"/du-toan/{found.pk}/chi/", spent | {"once": "b", "amount": "100.000"})
    paper.refresh_from_db()
    assert paper.spent == 1_600_000
    for way in ("nguon", "don-vi", "chuong-trinh"):
        page = client.get(f"/du-toan/so-lieu/?theo={way}").content.decode()
        assert "1.600.000" in page
        taken = client.get(f"/du-toan/so-lieu/?theo={way}&tep=csv").content.decode("utf-8-sig")
        assert "1600000" in taken


def test_money_given_back_is_put_down_once(town: Town, rows: dict[str, int]) -> None:
    client, found = town.client("minh"), Estimate.objects.get(pk=rows["given"])
    paper = found.current.lines.get(content="In đề")
    paid = found.entries.get(kind=ActKind.SPENT)
    for typed, told in (("mười", "Hãy ghi số nguyên"), ("9.000.000", "chỉ còn 1.500.000 đồng chưa giảm")):
        given = {"amount": typed, "reason": "Ghi nhầm.", "once": typed}
        answer = client.post(f"/du-toan/but-toan/{paid.pk}/giam/", given, follow=True)
        assert told in answer.content.decode()
    for _twice in range(2):
        given = {"amount": "100.000", "reason": "Ghi nhầm.", "once": "a"}
        client.post(f"/du-toan/but-toan/{paid.pk}/giam/", given)
    paper.refresh_from_db()
    assert paper.spent == 1_400_000


def test_the_page_settles_the_year(town: Town, rows: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """How each line came by its money; what is left is left until the settlement ends, and lapses then."""
    found, client, by = Estimate.objects.get(pk=rows["given"]), town.client("minh"), {"now": NOW}
    loud, paper = (found.current.lines.get(content=content) for content in ("Loa", "In đề"))
    given, address = loud.allotted, f"/du-toan/{found.pk}/chi/"
    minh, duc = town.people["minh"], town.people["duc"]
    carry = services.ask_carry_over(line=loud, amount=300_000, reason="Hợp đồng 5.", ground="d", by=minh, **by)
    moved = services.ask_transfer(line=loud, to_line=paper, amount=100_000, reason="Thiếu giấy.", by=minh, **by)
    again = services.ask_transfer(line=loud, to_line=paper, amount=1, reason="Thiếu mực.", by=minh, **by)
    for one in (carry, moved):
        services.grant(asked=one, by=duc, **by)
    services.refuse(asked=again, reason="Để dành.", by=duc, **by)
    page = client.get(address).content.decode()
    for told in (f"ban đầu {given:,}".replace(",", "."), "điều chuyển -100.000", "điều chuyển +100.000", "Để dành."):
        assert told in page
    assert page.count("chuyển nguồn -300.000") == 1
    assert "Còn lại" in page
    taken = client.get(address, {"tep": "csv"}).content.decode("utf-8-sig")
    assert f"{given};-100000;-300000;{given - 400_000}" in taken.replace(",", ";")
    goal = Estimate.objects.get(year=found.year + 1)
    assert f'href="/du-toan/{goal.pk}/"' in page
    told = client.get(f"/du-toan/{goal.pk}/chi/").content.decode()
    assert "chuyển nguồn +300.000" in told
    assert f'href="/du-toan/{found.pk}/"' in told
    for day, said in ((dt.date(2027, 1, 20), "Đang chỉnh lý quyết toán năm 2026"), (dt.date(2027, 2, 1), "Bị hủy")):
        monkeypatch.setattr(clock, "today", lambda day=day: day)
        assert said in client.get(address).content.decode()


def test_what_is_decided_is_not_checked_anew(town: Town, rows: dict[str, int]) -> None:
    """A ceiling that is entered later, and money carried over as one sum, are no faults of a decided estimate."""
    client, found = town.client("minh"), Estimate.objects.get(pk=rows["given"])
    line = found.current.lines.get(content="Loa")
    EstimateLine.objects.filter(pk=line.pk).update(norm="dich-noi-tiep", document="35/2026/TT-BTC")
    by = {"by": town.people["minh"], "now": NOW}
    asked = services.ask_carry_over(line=line, amount=1_000_000, reason="Hợp đồng.", ground="d", **by)
    services.grant(asked=asked, by=town.people["duc"], now=NOW)
    carried = Estimate.objects.get(year=2027)
    for one in (found, carried):
        assert "Vượt mức chi" not in client.get(f"/du-toan/{one.pk}/").content.decode()
    assert client.get(f"/du-toan/{carried.pk}/phieu/docx/").status_code == 404  # nobody appraised what came over
    assert "Một triệu đồng" in client.get(f"/du-toan/{carried.pk}/").content.decode()
    assert "Kinh phí năm 2026" in client.get("/du-toan/so-lieu/").content.decode()  # this year's, not the latest


def test_after_the_year_the_page_offers_what_the_law_lets(
    town: Town, rows: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paying for what was done until 31 January; then nothing but a carry-over (Luật số 89/2025/QH15, Điều 66)."""
    for day, offered, confirms in (
        (dt.date(2026, 12, 31), {"spend", "transfer", "carry"}, False),
        (dt.date(2027, 1, 31), {"spend", "transfer", "carry"}, True),
        (dt.date(2027, 2, 1), {"carry"}, False),
    ):
        monkeypatch.setattr(clock, "now", lambda day=day: at(day))
        page = town.client("minh").get(f"/du-toan/{rows['given']}/chi/").content.decode()
        assert set(re.findall(r'name="act" value="(\w+)"', page)) == offered
        assert ('name="done_in_year"' in page) is confirms
        assert "Điều 66 khoản 3 điểm d" in page


def test_the_ceiling_that_holds_here_is_the_one_shown(town: Town, rows: dict[str, int]) -> None:
    by = {"by": town.people["hien"], "now": NOW}
    home = Estimate.objects.get(pk=rows["given"]).programme.directive.home_unit
    told = {"home": home, "norm": "dich-noi-tiep", "basis": "Nghị quyết 15/NQ-HĐND", **by}
    day = dt.date(2018, 10, 1)
    services.set_local_norm(**told, ceiling=90_000, valid_from=day)
    services.set_local_norm(**told, ceiling=80_000, valid_from=dt.date(2100, 1, 1))  # not yet
    page = town.client("minh").get("/du-toan/dinh-muc/").content.decode()
    assert page.count("<b>90.000</b>") == 1
    assert "<b>80.000</b>" not in page


def test_every_norm_stands_once_under_its_kind(town: Town, rows: dict[str, int]) -> None:
    page = town.client("hien").get("/du-toan/dinh-muc/").content.decode()
    folds = re.findall(r'<summary><b lang="vi">(.+?)</b>(.+?)</details>', page, re.DOTALL)
    told = {kind: re.findall(r'<th scope="row"><span lang="vi">(.+?)</span>', fold) for kind, fold in folds}
    assert told == {kind: [one.name for one in there] for kind, there in by_kind().items()}
    assert sorted(name for names in told.values() for name in names) == sorted(one.name for one in norms().values())
    for kind in told:  # and so the form of the place's own offers them
        assert f'<optgroup label="{kind}">' in page


def test_the_day_that_norms_go_by_is_proposed(town: Town, rows: dict[str, int]) -> None:
    page = town.client("minh").get("/du-toan/lap/").content.decode()
    day = Estimate.objects.get(pk=rows["given"]).programme.directive.issued_date
    assert day is not None
    assert f'value="{day:%d/%m/%Y}"' in page
