"""A directive as guidance: attached to tasks, told to their units once, read there, taken off with a reason."""

import pytest

from office.conftest import NOW, Town
from xulang.organisation.errors import NotPermitted
from xulang.plumbing.errors import ReasonNeeded
from xulang.plumbing.models import JournalEntry
from xulang.programme import selectors, services
from xulang.programme.enums import ProgrammeState
from xulang.programme.errors import CannotGuide
from xulang.programme.models import Assignment, Guidance, GuidanceReceipt, Notice
from xulang.registry.models import Directive, Distribution


@pytest.fixture
def contest(town: Town) -> Assignment:
    town.issue()
    return town.assignment("gd", "II.2")


@pytest.fixture
def paper(town: Town, contest: Assignment) -> Directive:
    """Another paper of the register, of no programme."""
    return town.receive(data=b"# dinh huong")


def attached(town: Town, paper: Directive, contest: Assignment) -> list[Guidance]:
    return services.attach_guidance(directive=paper, tasks=[contest.task], by=town.people["lan"], now=NOW)


def test_from_the_register_to_the_units_desk_and_its_receipt(town: Town, paper: Directive, contest: Assignment) -> None:
    lan, minh = town.client("lan"), town.client("minh")
    assert minh.get(f"/van-ban/{paper.pk}/").status_code == 404  # nobody gave it to them yet
    assert "Gắn làm định hướng cho nhiệm vụ" in lan.get(f"/van-ban/{paper.pk}/").content.decode()
    section = f"{contest.task.programme_id}:II"
    answer = lan.post(f"/van-ban/{paper.pk}/dinh-huong/", {"once": "1", "section": section}, follow=True)
    assert "Đã gắn định hướng" in answer.content.decode()
    assert Guidance.objects.count() == contest.task.programme.tasks.count()  # the whole section
    desk = minh.get("/viec/").content.decode()
    assert "Định hướng mới cho việc của đơn vị" in desk
    assert "chưa đọc" in lan.get(f"/van-ban/{paper.pk}/dinh-huong/").content.decode()
    for address in (f"/viec/{contest.pk}/", f"/nhiem-vu/{contest.task_id}/"):
        assert f'href="/van-ban/{paper.pk}/"' in minh.get(address).content.decode()
    assert minh.get(f"/van-ban/{paper.pk}/").status_code == 200
    minh.post(f"/van-ban/{paper.pk}/dinh-huong/da-doc/")
    assert "Định hướng mới" not in minh.get("/viec/").content.decode()  # nor for the head: the unit is told once
    assert "Định hướng mới" not in town.client("ha").get("/viec/").content.decode()
    assert GuidanceReceipt.objects.get(assignment=contest).seen_by == town.people["minh"]
    assert Distribution.objects.get(directive=paper, unit=town.units["gd"]).read_by == town.people["minh"]
    actions = set(JournalEntry.objects.values_list("action", flat=True))
    assert {"guidance.attached", "guidance.seen", "directive.distributed", "directive.read"} <= actions


def test_attached_again_it_is_told_no_second_time(town: Town, paper: Directive, contest: Assignment) -> None:
    assert len(attached(town, paper, contest)) == 1
    assert attached(town, paper, contest) == []
    assert len(selectors.new_guidance(town.people["minh"], NOW.date())) == 1
    assert GuidanceReceipt.objects.count() == 1


def test_taken_off_with_a_reason_and_gone_from_the_duty(town: Town, paper: Directive, contest: Assignment) -> None:
    one = attached(town, paper, contest)[0]
    lan = town.client("lan")
    assert "Hãy ghi rõ lý do." in lan.post(f"/dinh-huong/{one.pk}/go/", {"once": "1"}, follow=True).content.decode()
    lan.post(f"/dinh-huong/{one.pk}/go/", {"once": "2", "reason": "Đã có hướng dẫn mới."})
    one.refresh_from_db()
    assert (one.reason, one.detached_by) == ("Đã có hướng dẫn mới.", town.people["lan"])
    assert "Định hướng" not in town.client("minh").get("/viec/").content.decode()
    assert len(attached(town, paper, contest)) == 1  # and it may be attached anew


def test_who_may_and_to_what(town: Town, paper: Directive, contest: Assignment) -> None:
    for username in ("minh", "ha", "duc", "xa"):
        with pytest.raises(NotPermitted):
            services.attach_guidance(directive=paper, tasks=[contest.task], by=town.people[username], now=NOW)
    assert town.client("duc").post(f"/van-ban/{paper.pk}/dinh-huong/", {"once": "1"}).status_code == 403
    lan = {"by": town.people["lan"], "now": NOW}
    foreign = town.issue("xa", "khac_vp").tasks.first()
    own = contest.task.programme.directive
    for directive, tasks in ((paper, []), (paper, [contest.task, foreign]), (own, [contest.task])):
        with pytest.raises(CannotGuide):
            services.attach_guidance(directive=directive, tasks=tasks, **lan)
    one = attached(town, paper, contest)[0]
    with pytest.raises(ReasonNeeded):
        services.detach_guidance(guidance=one, reason=" ", **lan)
    with pytest.raises(NotPermitted):
        services.detach_guidance(guidance=one, reason="x", by=town.people["ha"], now=NOW)
    contest.task.programme.state = ProgrammeState.CLOSED
    contest.task.programme.save()
    with pytest.raises(CannotGuide):
        services.attach_guidance(directive=town.receive(data=b"# nua"), tasks=[contest.task], **lan)


def test_a_unit_that_has_nothing_to_do_with_it_sees_none(town: Town, paper: Directive, contest: Assignment) -> None:
    attached(town, paper, contest)
    assert town.client("nga").get(f"/van-ban/{paper.pk}/dinh-huong/").status_code == 404
    assert selectors.new_guidance(town.people["nga"], NOW.date()) == []


def test_after_a_move_the_title_is_told_but_opens_nothing(town: Town, paper: Directive, contest: Assignment) -> None:
    attached(town, paper, contest)
    services.move(assignment=contest, unit=town.units["thuy_van"], reason="Phân lại.", by=town.people["lan"], now=NOW)
    page = town.client("nga").get(f"/viec/{contest.pk}/").content.decode()
    assert "Định hướng</h2>" in page
    assert f'href="/van-ban/{paper.pk}/"' not in page


def test_the_letters_link_tells_the_title_and_nothing_more(town: Town, paper: Directive, contest: Assignment) -> None:
    attached(town, paper, contest)
    notice = Notice(expected=contest.expected.get(), person=town.people["minh"], due=NOW.date())
    secret = next(iter(services.give_links([notice], now=NOW).values()))
    page = town.client("minh").get(f"/bao-nhanh/{secret}/").content.decode()
    assert "Định hướng:" in page
    assert "/van-ban/" not in page
