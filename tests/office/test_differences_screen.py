"""The screens of a plan that replaces another: rows settled by clicks, the record, and what a unit is told."""

from office.conftest import Town
from office.later import CONTEST_AGAIN, a_later, issued
from xulang.programme.comparing import compare
from xulang.programme.enums import DifferenceKind, ProgrammeState, TaskState
from xulang.programme.models import ChangeNotice, Difference, Task


def test_settled_by_clicks_alone(town: Town) -> None:
    earlier = town.issue()
    later = a_later(town)
    lan, address = town.client("lan"), f"/ra-soat/{later.pk}/thay-doi/"
    review = lan.get(f"/ra-soat/{later.pk}/").content.decode()
    assert address in review
    assert "sửa đổi hoặc thay thế văn bản đã giao" in review
    page = lan.get(address).content.decode()
    assert "chờ bạn xác nhận" in page
    assert "<ins>và tiếng Trung</ins>" in page
    # first what the directive does
    refused = lan.post(address, {"viec": "chac-chan"})
    assert refused.status_code == 422
    assert "phải được xác nhận riêng" in refused.content.decode()
    said = lan.post(address, {"viec": "van-ban", "earlier": earlier.pk, "kind": "REPLACED"}, follow=True)
    assert "Đã ghi quan hệ" in said.content.decode()
    lan.post(address, {"viec": "chac-chan"})
    rows = {row.key: row for row in compare(later).rows}
    assert {row.kind for row in rows.values()} == set(DifferenceKind)
    # one is corrected in its own form, and taken back
    ward = Task.objects.get(section="II.3", state=TaskState.ISSUED)
    opened = lan.get(f"{address}?sua=c{ward.pk}").content.decode()
    assert "Nhiệm vụ tương ứng trong văn bản mới" in opened
    lan.post(address, {"viec": "dong", "dong": f"c{ward.pk}", "old": ward.pk, "new": "", "kind": "KEPT"})
    assert Difference.objects.get(old=ward).kind == DifferenceKind.KEPT
    lan.post(address, {"viec": "hoan-tac"})
    assert Difference.objects.get(old=ward).kind == DifferenceKind.ENDED
    for row in rows.values():
        if not row.said:
            given = {"old": row.old.pk if row.old else "", "new": row.new.pk if row.new else "", "kind": row.kind}
            lan.post(address, {"viec": "dong", "dong": row.key} | given)
    assert compare(later).open == 0
    assert "Sang bước giao nhiệm vụ" in lan.get(address).content.decode()
    lan.post(f"/ra-soat/{later.pk}/giao/")
    later.refresh_from_db()
    assert later.state == ProgrammeState.ISSUED


def test_what_does_not_fit_is_refused_in_a_sentence(town: Town) -> None:
    town.issue()
    later = a_later(town)
    lan, address = town.client("lan"), f"/ra-soat/{later.pk}/thay-doi/"
    page = Task.objects.get(section="II.1", state=TaskState.ISSUED)
    same = {"viec": "dong", "dong": f"c{page.pk}", "old": page.pk, "new": later.tasks.first().pk, "kind": "CHANGED"}
    answer = lan.post(address, same)
    assert answer.status_code == 422
    assert "Hai bên không khác nhau" in answer.content.decode()
    for spoilt in ({"kind": "X"}, {"old": "x"}, {"old": 10**7}, {"old": "", "new": ""}):
        assert lan.post(address, same | spoilt).status_code == 422
    assert lan.post(address, {"viec": "khac"}).status_code == 404
    assert lan.post(address, {"viec": "van-ban", "earlier": later.pk, "kind": "AMENDED"}).status_code == 422
    # a leader looks on
    duc = town.client("duc")
    assert duc.get(address).status_code == 200
    assert duc.post(address, same).status_code == 403
    assert not Difference.objects.exists()


def test_told_to_the_units_and_on_every_page(town: Town) -> None:
    earlier = town.issue()
    later = issued(town, a_later(town))
    minh, nga, lan = town.client("minh"), town.client("nga"), town.client("lan")
    desk = minh.get("/viec/").content.decode()
    assert "Văn bản mới thay đổi việc của đơn vị" in desk
    assert "<ins>" in desk
    own = ChangeNotice.objects.get(unit=town.units["gd"])
    # the unit's own, not another's
    assert nga.post(f"/thay-doi/{own.difference_id}/da-xem/").status_code == 404
    minh.post(f"/thay-doi/{own.difference_id}/da-xem/", {"ve": "desk"})
    own.refresh_from_db()
    assert own.seen_by == town.people["minh"]
    assert "Văn bản mới thay đổi việc của đơn vị" not in minh.get("/viec/").content.decode()
    # a ward whose duties ended is told of each, and of nothing twice
    ward = nga.get("/viec/").content.decode()
    assert ward.count("card-needs") == 2
    assert "Mới thay đổi" not in ward
    # the record tells who has seen
    record = lan.get(f"/ra-soat/{later.pk}/thay-doi/").content.decode()
    assert "đã xem" in record
    assert "chưa xem" in record
    # the earlier directive's page: by what, and its own words all the same
    old = lan.get(f"/van-ban/{earlier.directive_id}/").content.decode()
    assert "Bị thay thế" in old
    assert f"/van-ban/{later.directive_id}/" in old
    assert "bằng tiếng Anh cho học sinh" in old
    # the task's page: its sources in the order of time, the day that came first
    contest = Task.objects.get(text=CONTEST_AGAIN, state=TaskState.ISSUED).assignments.get()
    story = minh.get(f"/viec/{contest.pk}/").content.decode()
    assert story.count('class="quote"') == 2
    assert "hạn đầu 25/11/2026" in story
    assert "Hạn mới 25/12/2026" in story
    whole = lan.get(f"/nhiem-vu/{contest.task_id}/").content.decode()
    assert "chậm nhất ngày 25/12/2026" in whole
    assert "Thay đổi" in whole
    assert "“trước ngày 25/11/2026”" not in whole
