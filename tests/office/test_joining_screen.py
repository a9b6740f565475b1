"""The screen on which a duty that another directive orders already is joined to it."""

import datetime as dt

from office.conftest import NOW, Town
from xulang.programme import services
from xulang.programme.enums import EntryKind, TaskState
from xulang.programme.models import Entry, Programme, Task

LATER = NOW + dt.timedelta(minutes=5)


def again(town: Town) -> Programme:
    """The same plan received a second time, under review."""
    return services.propose(directive=town.receive(data=b"# ke hoach, ban khac\n"), by=town.people["lan"], now=LATER)


def test_proposed_joined_and_parted_by_clicks(town: Town) -> None:
    town.issue()
    second = again(town)
    lan, address = town.client("lan"), f"/ra-soat/{second.pk}/da-giao/"
    assert address in lan.get(f"/ra-soat/{second.pk}/").content.decode()
    page = lan.get(address).content.decode()
    assert "Cùng một việc, ghép lại" in page
    task = second.tasks.get(section="II.2")
    other = Task.objects.get(section="II.2", state=TaskState.ISSUED)
    assert f'name="other" value="{other.pk}"' in page
    said = lan.post(f"/ra-soat/{second.pk}/nhiem-vu/{task.pk}/ghep/", {"other": other.pk}, follow=True)
    assert "Đã ghép" in said.content.decode()
    assert "đã ghép 1 việc" in said.content.decode()
    assert "Thôi ghép" in lan.get(address).content.decode()
    lan.post(f"/ra-soat/{second.pk}/nhiem-vu/{task.pk}/thoi-ghep/")
    task.refresh_from_db()
    assert task.state == TaskState.PROPOSED


def test_what_is_no_task_in_force_is_refused_in_a_sentence(town: Town) -> None:
    town.issue()
    second = again(town)
    task = second.tasks.get(section="II.2")
    lan, address = town.client("lan"), f"/ra-soat/{second.pk}/nhiem-vu/{task.pk}/ghep/"
    for other in (task.pk, 10**6, "x"):
        assert lan.post(address, {"other": other}).status_code == 422
    assert "Chỉ ghép được" in lan.post(address, {"other": task.pk}).content.decode()
    # a leader looks on
    duc = town.client("duc")
    assert duc.get(f"/ra-soat/{second.pk}/da-giao/").status_code == 200
    assert duc.post(address, {"other": task.pk}).status_code == 403


def test_the_unit_and_the_directive_tell_of_it(town: Town) -> None:
    town.issue()
    second, lan = again(town), town.people["lan"]
    for task in second.tasks.all():
        other = Task.objects.get(section=task.section, state=TaskState.ISSUED)
        services.join(task=task, other=other, by=lan, now=LATER)
    services.set_focal_unit(programme=second, unit=town.units["vhtt"], by=lan, now=LATER)
    services.issue(programme=second, by=lan, now=LATER)  # nothing of its own is left to issue
    assert Entry.objects.filter(kind=EntryKind.SOURCED).exists()
    minh = town.client("minh")
    assert "Văn bản mới cũng giao:" in minh.get("/viec/").content.decode()
    own = town.assignment("gd", "II.2")
    story = minh.get(f"/viec/{own.pk}/").content.decode()
    assert story.count('class="quote"') == 2  # by either directive's words
    page = town.client("duc").get(f"/van-ban/{second.directive_id}/").content.decode()
    assert f"/viec/{own.pk}/" in page
    assert "Ghép với việc đã giao" in page
