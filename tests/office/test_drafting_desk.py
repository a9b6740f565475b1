"""A draft plan on screen: chosen, spread, worded, looked over, downloaded, numbered, taken in; held against above."""

import io
import re

import openpyxl
import pytest

from office.conftest import NOW, Town
from xulang.adapters.reader import read_directive
from xulang.papers.checking.check import check
from xulang.programme import services
from xulang.programme.duties import duties_of
from xulang.programme.enums import DraftState
from xulang.programme.models import Draft
from xulang.registry import ports
from xulang.registry.models import Directive


@pytest.fixture
def above(town: Town) -> Directive:
    """The plan as the town has it, held as if it came from above."""
    return town.receive()


def started(town: Town, above: Directive, few: int = 2) -> Draft:
    keys = [duty.key for duty in duties_of(above, NOW.date())][:few]
    town.client("lan").post(f"/van-ban/{above.pk}/du-thao/", {"duty": keys, "once": "1"})
    return Draft.objects.get()


def test_from_the_superior_to_the_plan_in_force(town: Town, above: Directive, monkeypatch: pytest.MonkeyPatch) -> None:
    lan = town.client("lan")
    draft = started(town, above)
    here = f"/du-thao/{draft.pk}/"
    page = lan.get(here).content.decode()
    assert "2 nhiệm vụ chưa có đơn vị chủ trì." in page
    assert "Máy không thấy gì" not in page
    refused = lan.post(here, {"act": "so", "so-issued_on": "23/11/2026", "once": "2"})
    assert refused.status_code == 422
    assert "chưa có đơn vị chủ trì" in refused.content.decode()
    items = [row.pk for row in draft.items.all()]
    spread = {"act": "giao", "item": items, "giao-lead": "Phòng Giáo dục và Đào tạo", "once": "3"}
    assert lan.post(here, spread | {"giao-due_on": "30/11/2026"}).status_code == 302
    assert "chưa có đơn vị chủ trì" not in lan.get(here).content.decode()
    frame = {"act": "khung", "khung-title": "Thông tin đối ngoại", "khung-symbol": "KH-UBND", "once": "4"}
    frame |= {
        "khung-place": "Mường Hoa",
        "khung-lines": "TM. Ủy ban nhân dân\nChủ tịch",
        "khung-signer": "Nông Văn Đức",
    }
    assert lan.post(here, frame).status_code == 302
    file = lan.get(f"{here}tep/docx/")
    assert check(b"".join(file) if file.streaming else file.content) == []
    assert "Thông tin đối ngoại" in lan.get(f"{here}xem/").content.decode()
    assert lan.post(here, {"act": "so", "so-issued_on": "23/11/2026", "once": "5"}).status_code == 302
    assert "01/KH-UBND" in lan.get(here).content.decode()
    monkeypatch.setattr(ports, "_registered", [read_directive])
    assert lan.post(here, {"act": "nhan", "once": "6"}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == DraftState.ISSUED
    assert "Kế hoạch đã ban hành" in lan.get(here).content.decode()


def test_an_item_is_worded_beside_its_source(town: Town, above: Directive) -> None:
    lan, draft = town.client("lan"), started(town, above)
    item = draft.items.first()
    here = f"/du-thao/{draft.pk}/muc/{item.pk}/"
    assert "Duy trì chuyên trang" in lan.get(here).content.decode()
    told = {"text": "Làm chuyên trang", "lead": "Phong van hoa va thong tin", "coordinating": [town.units["gd"].pk]}
    assert lan.post(here, told | {"once": "2"}).status_code == 302
    item.refresh_from_db()
    assert (item.text, item.units.count()) == ("Làm chuyên trang", 2)
    both = lan.post(here, told | {"due_on": "30/11/2026", "cadence": "MONTH", "once": "3"})
    assert both.status_code == 422
    assert "Chỉ chọn một" in both.content.decode()
    unknown = lan.post(here, told | {"lead": "Phòng Không Có", "once": "4"})
    assert unknown.status_code == 422
    lan.post(here, {"act": "xuong", "once": "5"})
    assert [row.pk for row in draft.items.all()][1] == item.pk
    lan.post(here, {"act": "bo", "once": "6"})
    assert draft.items.count() == 1


def test_an_empty_draft_is_not_called_sound(town: Town, above: Directive) -> None:
    lan, draft = town.client("lan"), started(town, above, few=0)
    here = f"/du-thao/{draft.pk}/"
    for duty in duties_of(above, NOW.date()):
        services.call_duty(superior=above, duty=duty.key, ours=False, by=town.people["lan"], now=NOW)
    page, table = (lan.get(address).content.decode() for address in (here, f"{here}doi-chieu/"))
    for told in (page, table):
        assert "Chưa có gì để đối chiếu" in told
        assert "Không thiếu, không thừa" not in told
    assert "Hãy xem các việc ở dưới" in table
    assert "Máy không thấy gì" not in page


def test_the_check_is_answered_on_its_page_and_leaves_as_a_sheet(town: Town, above: Directive) -> None:
    lan, draft = town.client("lan"), started(town, above, few=1)
    duties = duties_of(above, NOW.date())
    here = f"/du-thao/{draft.pk}/doi-chieu/"
    for n, duty in enumerate(duties[1:]):
        lan.post(here, {"act": "cua-ta", "duty": duty.key, "once": f"a{n}"})
    book = openpyxl.load_workbook(io.BytesIO(lan.get(f"{here}?tep=xlsx").content))
    rows = list(book.active.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == ["Việc cấp trên giao chưa có nhiệm vụ ở đây"] * 3 + ["Khớp"]
    lan.post(here, {"act": "dua-vao", "duty": duties[1].key, "once": "b"})
    lan.post(here, {"act": "khong", "duty": duties[2].key, "once": "c"})
    lan.post(here, {"act": "khong", "duty": duties[3].key, "once": "d"})
    assert "Không thiếu, không thừa, không muộn" in lan.get(here).content.decode()
    assert draft.items.count() == 2


def test_a_programme_is_linked_by_what_the_words_propose(town: Town, above: Directive) -> None:
    lan = town.client("lan")
    other = town.receive(data=b"# ban khac")
    programme = services.propose(directive=other, by=town.people["lan"], now=NOW)
    here = f"/chuong-trinh/{programme.pk}/doi-chieu/?cap-tren={above.pk}"
    page = lan.get(here).content.decode()
    pairs = re.findall(r'name="pair" value="([^"]+)" checked', page)
    assert len(pairs) == programme.tasks.count()
    lan.post(here, {"act": "noi", "pair": pairs, "cap-tren": above.pk, "once": "1"})
    assert "nhiệm vụ đã rõ cơ sở" in lan.get(here).content.decode()
    task = programme.tasks.first()
    lan.post(here, {"act": "go", "task": task.pk, "cap-tren": above.pk, "once": "2"})
    assert "Có thể là cùng một việc" in lan.get(here).content.decode()
    lan.post(here, {"act": "rieng", "task": task.pk, "cap-tren": above.pk, "once": "3"})
    assert "việc riêng của địa phương" in lan.get(here).content.decode()
