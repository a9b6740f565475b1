"""The review screen: what it shows, each act, what it refuses, and who may come in."""

import datetime as dt
import gzip
import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from office.conftest import NOW, Town
from office.readings import Plan, clear_plan, doubtful_plan
from reading.files.printed import Sheet
from xulang.office import clock
from xulang.organisation.enums import Role
from xulang.programme import services
from xulang.programme.enums import Cadence, Mode, ProgrammeState, TaskState, UnitRole
from xulang.programme.models import Programme, Task
from xulang.registry import ports
from xulang.registry.models import Facsimile
from xulang.registry.services import receive

Post = Callable[..., Any]


def propose(town: Town, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> Programme:
    """The plan received and proposed by the city's lead officer."""
    monkeypatch.setattr(ports, "_registered", [lambda data, name: plan.reading()])
    by = town.people["lan"]
    directive = receive(data=plan.text.encode(), name="ke-hoach.txt", by=by, now=NOW)
    return services.propose(directive=directive, by=by, now=NOW)


@pytest.fixture
def lan(town: Town) -> Client:
    return town.client("lan")


@pytest.fixture
def clear(town: Town, monkeypatch: pytest.MonkeyPatch) -> Programme:
    return propose(town, clear_plan(), monkeypatch)


@pytest.fixture
def doubtful(town: Town, monkeypatch: pytest.MonkeyPatch) -> Programme:
    return propose(town, doubtful_plan(), monkeypatch)


def page_of(client: Client, programme: Programme, **asked: Any) -> str:
    response = client.get(f"/ra-soat/{programme.pk}/", asked)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def act(client: Client, programme: Programme, name: str, **typed: Any) -> Any:
    return client.post(f"/ra-soat/{programme.pk}/{name}/", typed)


def task_act(client: Client, task: Task, name: str, **typed: Any) -> Any:
    return client.post(f"/ra-soat/{task.programme_id}/nhiem-vu/{task.pk}/{name}/", typed)


def task_of(programme: Programme, words: str) -> Task:
    return programme.tasks.get(text__contains=words)


def words_of(response: Any) -> str:
    return html.unescape(response.content.decode())


def titles(page: str) -> list[str]:
    return re.findall(r'<h3 id="nv-\d+-ten"[^>]*>(.*?)</h3>', page)


# --- What it shows ----------------------------------------------------------------------------------------------------


def test_the_doubtful_come_first_then_the_order_of_the_paper(lan: Client, doubtful: Programme) -> None:
    shown = titles(page_of(lan, doubtful))
    assert [title.split()[0] for title in shown] == ["Lập", "Cử", "Thay", "Mời", "Góp", "Phổ", "Xây", "Tổ", "Theo"]


def test_words_and_cards_lead_to_each_other(lan: Client, clear: Programme) -> None:
    page = page_of(lan, clear)
    task = task_of(clear, "hội thi")
    # From the number in the margin and from the words of unit and deadline to the card; from the card back.
    assert f'id="vb-{task.pk}" href="#nv-{task.pk}"' in page
    assert f'<a class="mark mark-lead" href="#nv-{task.pk}">Phòng Giáo dục và Đào tạo</a>' in page
    assert f'<a class="mark mark-deadline" href="#nv-{task.pk}">Hoàn thành trước ngày 20/12/2026</a>' in page
    assert f'<a class="task-number" href="#vb-{task.pk}"' in page
    assert '<span class="mark mark-cites">Kế hoạch số 212-KH/TU</span>' in page


def test_every_anchor_on_the_page_leads_somewhere(lan: Client, doubtful: Programme) -> None:
    page = page_of(lan, doubtful)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)


def test_ids_and_places_are_written_as_machines_read_them(lan: Client, doubtful: Programme) -> None:
    """People read 1.234; an anchor, a place in the text or an id never has the dot."""
    page = page_of(lan, doubtful)
    assert max(int(at) for at in re.findall(r'data-at="(\d+)"', page)) > 1000
    assert not re.findall(r'(?:id|href|value|name|data-at|data-task)="[^"]*\b\d{1,3}\.\d{3}\b[^"]*"', page)


def test_each_doubt_is_told_where_it_stands(lan: Client, doubtful: Programme) -> None:
    page = page_of(lan, doubtful)
    for told in ("Hội Người yêu chàm” là đơn vị nào", "Thời hạn đọc được chưa chắc", "Chưa chắc đây là một nhiệm vụ"):
        assert told in page
    assert page.count('class="place place-doubtful"') == 5


@pytest.mark.parametrize("doubts", [(), ("task",)])
def test_queries_and_weight_do_not_grow_with_the_tasks(
    town: Town, lan: Client, monkeypatch: pytest.MonkeyPatch, doubts: tuple[str, ...]
) -> None:
    counts = []
    for number in (10, 60):
        plan = Plan()
        for n in range(number):
            plan.task(
                f"Việc thứ {n} cần làm trong năm",
                lead="Phòng Văn hóa và Thông tin",
                coordinating=("các phòng, ban",),
                doubts=doubts,
            )
        programme = propose(town, plan, monkeypatch)
        page_of(lan, programme)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            response = lan.get(f"/ra-soat/{programme.pk}/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert len(gzip.compress(response.content)) < 100_000


# --- The four acts ----------------------------------------------------------------------------------------------------


def test_four_acts_issue_a_plan_without_a_doubt(lan: Client, clear: Programme) -> None:
    for name, typed in (
        ("chu-ky", {"cadence": "MONTH"}),
        ("tap-don-vi", as_shown(page_of(lan, clear))),
        ("chac-chan", {}),
        ("giao", {}),
    ):
        response = act(lan, clear, name, **typed)
        assert response.status_code == 302, words_of(response)
        assert response["Location"].startswith(f"/ra-soat/{clear.pk}/#")
    clear.refresh_from_db()
    assert clear.state == ProgrammeState.ISSUED
    assert set(clear.tasks.values_list("state", flat=True)) == {TaskState.ISSUED}
    assert "Đã giao ngày 23/11/2026" in page_of(lan, clear)


def as_shown(page: str) -> dict[str, list[str]]:
    """What a browser sends of the sets' form when nothing was touched."""
    typed: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="checkbox" name="(units-\d+)" value="(\d+)" checked', page):
        typed.setdefault(name, []).append(value)
    return typed | {name: ["on"] for name in re.findall(r'name="(open-\d+)" checked', page)}


def test_the_summary_tells_what_issuing_makes(lan: Client, clear: Programme) -> None:
    act(lan, clear, "chu-ky", cadence="MONTH")
    page = page_of(lan, clear)
    told = dict(
        re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page[page.index('class="summary"') : page.index('id="khung"')])
    )
    act(lan, clear, "tap-don-vi", **as_shown(page))
    act(lan, clear, "chac-chan")
    act(lan, clear, "giao")
    tasks = clear.tasks.prefetch_related("assignments__expected")
    reports = [row for task in tasks for one in task.assignments.all() for row in one.expected.all()]
    assert told["nhiệm vụ"] == str(len(tasks))
    assert told["đơn vị"] == str(len({one.unit_id for task in tasks for one in task.assignments.all()}))
    assert told["báo cáo phải có"] == str(len(reports)) != "0"
    assert told["hạn đầu tiên"] == f"{min(row.due for row in reports):%d/%m/%Y}"


def test_confirming_the_sure_leaves_every_doubtful_task(lan: Client, doubtful: Programme) -> None:
    act(lan, doubtful, "chac-chan")
    left = [task.text.split()[0] for task in doubtful.tasks.filter(state=TaskState.PROPOSED)]
    assert left == ["Lập", "Cử", "Thay", "Mời", "Góp"]


def test_issuing_is_refused_with_every_reason_and_its_place(lan: Client, doubtful: Programme) -> None:
    response = act(lan, doubtful, "giao")
    assert response.status_code == 422
    page = words_of(response)
    for words in ("Lập", "Cử", "Thay", "Mời"):
        assert f'<a href="#nv-{task_of(doubtful, words).pk}">' in page
    assert f'<a href="#tap-{doubtful.sets.get(words="Các hội quần chúng").pk}">' in page
    doubtful.refresh_from_db()
    assert doubtful.state == ProgrammeState.REVIEW


def test_a_doubtful_set_is_not_taken_with_the_others(lan: Client, doubtful: Programme, town: Town) -> None:
    row = doubtful.sets.get(words="Các hội quần chúng")
    act(lan, doubtful, "tap-don-vi", **as_shown(page_of(lan, doubtful)))
    assert [one.words for one in doubtful.sets.filter(confirmed_at=None)] == [row.words]
    # By its own button, with a unit chosen.
    response = act(lan, doubtful, "tap-don-vi", only=row.pk, **{f"more-{row.pk}": "phong giao duc va dao tao"})
    assert response["Location"].endswith(f"#tap-{row.pk}")
    row.refresh_from_db()
    assert (row.confirmed_at, [unit.pk for unit in row.units.all()]) == (NOW, [town.units["gd"].pk])


def test_a_set_without_a_unit_is_refused_unless_left_open(lan: Client, clear: Programme) -> None:
    row = clear.sets.get(words="UBND các phường")
    response = act(lan, clear, "tap-don-vi", only=row.pk)
    assert response.status_code == 422
    assert "hoặc để mở" in words_of(response)
    act(lan, clear, "tap-don-vi", only=row.pk, **{f"open-{row.pk}": "on"})
    row.refresh_from_db()
    assert row.is_open


def test_focal_unit_and_span_are_set_together(lan: Client, clear: Programme, town: Town) -> None:
    act(lan, clear, "khung", focal_unit="phòng giáo dục và đào tạo", starts_on="2026-12-01", ends_on="2027-06-30")
    clear.refresh_from_db()
    assert clear.focal_unit_id == town.units["gd"].pk
    assert (clear.starts_on, clear.ends_on) == (dt.date(2026, 12, 1), dt.date(2027, 6, 30))
    # Refused as a whole: the unit stays as well.
    response = act(
        lan, clear, "khung", focal_unit="Phòng Văn hóa và Thông tin", starts_on="2027-12-01", ends_on="2027-01-01"
    )
    assert response.status_code == 422
    clear.refresh_from_db()
    assert clear.focal_unit_id == town.units["gd"].pk


# --- Acts on one task -------------------------------------------------------------------------------------------------


def test_a_doubtful_task_is_confirmed_by_its_own_act(lan: Client, doubtful: Programme) -> None:
    task = task_of(doubtful, "Mời")
    response = task_act(lan, task, "xac-nhan")
    assert response["Location"] == f"/ra-soat/{doubtful.pk}/#nv-{task.pk}"
    assert "<span>Đã xác nhận nhiệm vụ.</span>" in page_of(lan, doubtful)
    task.refresh_from_db()
    assert task.state == TaskState.CONFIRMED


@pytest.mark.parametrize("words", ["Lập", "Cử", "Thay", "Góp"])
def test_no_act_on_the_task_settles_its_unit_deadline_or_set(lan: Client, doubtful: Programme, words: str) -> None:
    task = task_of(doubtful, words)
    response = task_act(lan, task, "xac-nhan")
    assert response.status_code == 422
    # The reason stands in the card, and a line above leads to it.
    page = words_of(response)
    assert f'<a href="#nv-{task.pk}">' in page
    assert "còn điểm chưa chắc chắn" in page[page.index(f'id="nv-{task.pk}"') :]
    task.refresh_from_db()
    assert task.state == TaskState.PROPOSED


def test_a_unit_is_settled_as_matched_or_chosen(lan: Client, doubtful: Programme, town: Town) -> None:
    alike, unknown = (task_of(doubtful, words).units.get() for words in ("Lập", "Cử"))
    task_act(lan, alike.task, "don-vi", unit_id=alike.pk, unit="Phòng Văn hóa và Thông tin")
    task_act(lan, unknown.task, "don-vi", unit_id=unknown.pk, unit="Phòng Giáo dục và Đào tạo")
    for row, unit in ((alike, "vhtt"), (unknown, "gd")):
        row.refresh_from_db()
        assert (row.unit_id, row.confirmed_at) == (town.units[unit].pk, NOW)


def test_an_unknown_name_is_refused_with_what_to_do(lan: Client, doubtful: Programme) -> None:
    row = task_of(doubtful, "Cử").units.get()
    response = task_act(lan, row.task, "don-vi", unit_id=row.pk, unit="Phòng Không Có")
    assert response.status_code == 422
    assert "Không có đơn vị nào tên là “Phòng Không Có”" in words_of(response)


def test_a_unit_of_another_task_cannot_be_named(lan: Client, doubtful: Programme) -> None:
    row = task_of(doubtful, "Cử").units.get()
    assert task_act(lan, task_of(doubtful, "Lập"), "don-vi", unit_id=row.pk, unit="x").status_code == 404


def test_a_doubtful_deadline_is_settled_by_its_own_act(lan: Client, doubtful: Programme) -> None:
    task = task_of(doubtful, "Thay")
    task_act(lan, task, "thoi-han")
    task.refresh_from_db()
    assert (task.due_on, task.deadline_confirmed_at) == (dt.date(2026, 12, 31), NOW)


def typed_of(task: Task, **more: Any) -> dict[str, Any]:
    """What a browser sends of the edit form, some of it changed."""
    shown = {"text": task.text, "mode": task.mode, "due_on": task.due_on or "", "cadence": task.cadence or ""}
    shown |= {f"role-{row.pk}": row.role for row in task.units.all()}
    shown |= {
        f"unit-{row.pk}": row.unit.name_on(NOW.date()) if row.unit else "" for row in task.units.all() if not row.is_set
    }
    return shown | {"new_role": "LEAD", "new_unit": "", "then": ""} | more


# What is typed over a task with a date, and what the task is then.
EDITS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"text": "Tổ chức hội thi dệt và thêu"}, {"text": "Tổ chức hội thi dệt và thêu"}),
    ({"due_on": "15/01/2027"}, {"due_on": dt.date(2027, 1, 15)}),  # as people write it
    ({"due_on": "2027-01-15"}, {"due_on": dt.date(2027, 1, 15)}),  # as machines write it
    ({"cadence": "MONTH"}, {"cadence": Cadence.MONTH, "due_on": None}),  # the date shown gives way to what was chosen
    ({"due_on": "", "cadence": "YEAR"}, {"cadence": Cadence.YEAR, "due_on": None}),
    ({"mode": "REQUEST"}, {"mode": Mode.REQUEST}),
    ({"then": "confirm"}, {"state": TaskState.CONFIRMED}),
]


@pytest.mark.parametrize(("typed", "then"), EDITS)
def test_the_edit_form_changes_what_was_typed(
    lan: Client, clear: Programme, typed: dict[str, Any], then: dict[str, Any]
) -> None:
    task = task_of(clear, "hội thi")
    assert 'name="due_on" value="20/12/2026"' in page_of(lan, clear, sua=task.pk)
    response = task_act(lan, task, "sua", **typed_of(task, **typed))
    assert response.status_code == 302, words_of(response)
    task.refresh_from_db()
    assert {name: getattr(task, name) for name in then} == then


def test_units_are_added_changed_and_dropped_in_one_form(lan: Client, clear: Programme, town: Town) -> None:
    task = task_of(clear, "hội thi")
    lead, coordinating = task.units.all()
    typed = {
        f"role-{coordinating.pk}": "LEAD",
        f"drop-{lead.pk}": "on",
        "new_unit": "Ủy ban nhân dân phường Thủy Vân",
        "new_role": "COORDINATING",
    }
    task_act(lan, task, "sua", **typed_of(task, **typed))
    assert [(row.unit_id, row.role) for row in task.units.all()] == [
        (town.units["vhtt"].pk, UnitRole.LEAD),
        (town.units["thuy_van"].pk, UnitRole.COORDINATING),
    ]


def test_saving_the_form_settles_no_doubt_that_was_not_touched(lan: Client, doubtful: Programme) -> None:
    for words in ("Lập", "Thay"):
        task = task_of(doubtful, words)
        task_act(lan, task, "sua", **typed_of(task, text=f"{task.text} trong năm"))
        assert task_act(lan, task, "xac-nhan").status_code == 422


# What is typed, and what the person is told; nothing of it is kept.
@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"text": "  "}, "Hãy ghi nội dung nhiệm vụ"),
        ({"due_on": "30/02/2027", "text": "Chữ mới"}, "“30/02/2027” không phải là ngày"),
        ({"new_unit": "Phòng Không Có", "text": "Chữ mới"}, "Không có đơn vị nào tên là"),
        ({"cadence": "DAILY", "text": "Chữ mới"}, "Hãy chọn một trong các mục"),
        ({"due_on": "2027-01-15", "cadence": "MONTH", "text": "Chữ mới"}, "không chọn cả hai"),
    ],
)
def test_a_refused_edit_keeps_what_was_typed(lan: Client, clear: Programme, typed: dict[str, Any], told: str) -> None:
    task = task_of(clear, "hội thi")
    response = task_act(lan, task, "sua", **typed_of(task, **typed))
    assert response.status_code == 422
    page = words_of(response)
    assert told in page
    assert typed.get("text", "").strip() in page
    before = task.text
    task.refresh_from_db()
    assert task.text == before


def test_dropping_and_restoring(lan: Client, clear: Programme) -> None:
    task, after = task_of(clear, "bộ bài viết"), task_of(clear, "hội thi")
    assert task_act(lan, task, "bo")["Location"].endswith(f"#nv-{after.pk}")
    page = page_of(lan, clear)
    assert "Đã bỏ 1 đề xuất" in page
    assert len(titles(page)) == 3
    task_act(lan, task, "khoi-phuc")
    assert len(titles(page_of(lan, clear))) == 4


def test_merging_with_the_task_above(lan: Client, clear: Programme) -> None:
    first, second = task_of(clear, "Phổ biến"), task_of(clear, "bộ bài viết")
    assert task_act(lan, second, "gop")["Location"].endswith(f"#nv-{first.pk}")
    first.refresh_from_db()
    assert "bộ bài viết" in first.text
    # Both places in the paper now bear its number; the first task of all has none above.
    page = page_of(lan, clear)
    assert f'id="vb-{first.pk}-1"' in page
    assert task_act(lan, first, "gop").status_code == 422


def test_splitting_at_a_sentence(lan: Client, clear: Programme) -> None:
    task = task_of(clear, "bộ bài viết")
    choices = re.findall(r'name="at" value="(\d+)".*?<span>(.*?)</span>', page_of(lan, clear, tach=task.pk))
    # The first sentence, its number included, stays; any other can begin the new task.
    assert [words for _at, words in choices[:2]] == ["Ghi rõ nguồn và ngày.", "Đưa lên Trang thông tin điện tử."]
    task_act(lan, task, "tach", at=choices[1][0])
    second = task_of(clear, "Đưa lên Trang")
    assert second.position == task.position + 1
    assert second.text.startswith("Đưa lên Trang")
    assert task_act(lan, task, "tach", at="0").status_code == 422


@pytest.mark.parametrize("how", ["selected", "section", "words"])
def test_adding_a_task(lan: Client, clear: Programme, how: str) -> None:
    text = clear.directive.text
    start = text.index("Mỗi nơi")
    typed = {
        "selected": {"start": start, "end": start + 20, "text": text[start : start + 20]},
        "section": {"section": "I.1", "text": "Việc mới của mục 1"},
        "words": {"text": "Việc không có trong văn bản"},
    }[how]
    response = act(lan, clear, "them", **typed)
    task = clear.tasks.order_by("-pk")[0]
    assert response["Location"].endswith(f"#nv-{task.pk}")
    assert task.text == typed["text"]
    assert [row.passage.start for row in task.sources.all()] == {
        "selected": [start],
        "section": [text.index("1. Phổ biến")],
        "words": [],
    }[how]


def test_adding_without_words_is_refused_in_the_form(lan: Client, clear: Programme) -> None:
    response = act(lan, clear, "them", text=" ")
    assert response.status_code == 422
    assert '<details class="add" id="them" open>' in words_of(response)


# --- With htmx --------------------------------------------------------------------------------------------------------

HTMX = {"HX-Request": "true"}


def test_htmx_gets_the_card_and_the_steps_alone(lan: Client, doubtful: Programme) -> None:
    task = task_of(doubtful, "Mời")
    response = lan.post(f"/ra-soat/{doubtful.pk}/nhiem-vu/{task.pk}/xac-nhan/", headers=HTMX)
    page = words_of(response)
    assert page.lstrip().startswith("<article")
    assert titles(page) == ["Mời người xa quê về thăm"]
    assert re.search(r'id="buoc"[^>]*hx-swap-oob="true"', page)
    assert 'class="review-paper' not in page
    assert response["X-Task"] == f"nv-{task.pk}"


def test_htmx_gets_the_workspace_where_more_changed(lan: Client, clear: Programme) -> None:
    task = task_of(clear, "hội thi")
    response = lan.post(f"/ra-soat/{clear.pk}/nhiem-vu/{task.pk}/bo/", headers=HTMX)
    assert response["HX-Retarget"] == "#review"
    assert words_of(response).lstrip().startswith('<div class="review" id="review"')


def test_htmx_is_told_a_refusal_in_the_card(lan: Client, doubtful: Programme) -> None:
    task = task_of(doubtful, "Cử")
    response = lan.post(f"/ra-soat/{doubtful.pk}/nhiem-vu/{task.pk}/xac-nhan/", headers=HTMX)
    assert response.status_code == 422
    assert titles(words_of(response)) == ["Cử người thuyết minh"]


def test_htmx_opens_a_form_in_its_card(lan: Client, clear: Programme) -> None:
    task = task_of(clear, "hội thi")
    page = html.unescape(lan.get(f"/ra-soat/{clear.pk}/?sua={task.pk}", headers=HTMX).content.decode())
    assert page.lstrip().startswith("<article")
    assert f'name="text" rows="4" required data-first>{task.text}</textarea>' in page


# --- Who may ----------------------------------------------------------------------------------------------------------

ACTS = ("chu-ky", "tap-don-vi", "chac-chan", "khung", "them", "giao")
TASK_ACTS = ("xac-nhan", "don-vi", "thoi-han", "sua", "bo", "khoi-phuc", "gop", "tach")


# Who comes, and what they get for the page and for any act.
@pytest.mark.parametrize(
    ("who", "page", "acts"),
    [
        ("xa", 404, 404),  # the lead officer of another city
        ("duc", 200, 403),  # the leader reads
        ("minh", 403, 403),  # an officer of a department
        ("nga", 403, 403),
        ("quan", 403, 403),  # the administrator sees no duties
        ("tho", 403, 403),
        ("ky", 403, 403),  # no post
    ],
)
def test_only_the_lead_officer_of_the_office_acts(town: Town, clear: Programme, who: str, page: int, acts: int) -> None:
    client, task = town.client(who), task_of(clear, "hội thi")
    assert client.get(f"/ra-soat/{clear.pk}/").status_code == page
    unit, one_set = task.units.first(), clear.sets.first()
    assert unit
    assert one_set
    for name in ACTS:
        typed = {"cadence": "MONTH", "text": "x", "focal_unit": "Phòng Giáo dục và Đào tạo", "only": one_set.pk}
        assert act(client, clear, name, **typed, **{f"open-{one_set.pk}": "on"}).status_code == acts, name
    for name in TASK_ACTS:
        typed = typed_of(task, unit_id=unit.pk, unit="Phòng Giáo dục và Đào tạo", at="1")
        assert task_act(client, task, name, **typed).status_code == acts, name
    clear.refresh_from_db()
    assert clear.cadence is None
    assert clear.tasks.filter(state=TaskState.PROPOSED).count() == 4


def test_a_visitor_is_asked_to_log_in(client: Client, clear: Programme) -> None:
    assert client.get(f"/ra-soat/{clear.pk}/")["Location"].startswith("/dang-nhap/")
    assert act(client, clear, "giao")["Location"].startswith("/dang-nhap/")


def test_the_leader_sees_no_forms(town: Town, clear: Programme) -> None:
    page = page_of(town.client("duc"), clear)
    workspace = page[page.index('id="review"') : page.index("<dialog")]
    assert len(titles(page)) == 4
    assert "<button" not in workspace.replace('<button type="button"', "")


def test_nothing_changes_by_opening_an_address(lan: Client, clear: Programme) -> None:
    task = task_of(clear, "hội thi")
    for name in ACTS:
        assert lan.get(f"/ra-soat/{clear.pk}/{name}/").status_code == 405
    for name in TASK_ACTS:
        assert lan.get(f"/ra-soat/{clear.pk}/nhiem-vu/{task.pk}/{name}/").status_code == 405


# A task of one programme is none of another's; unknown acts and ids are not there; nonsense opens nothing.
def test_what_is_not_there(lan: Client, town: Town, clear: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    other = propose(town, Plan().task("Việc khác", lead="Phòng Văn hóa và Thông tin"), monkeypatch)
    task = task_of(clear, "hội thi")
    for address in (
        f"/ra-soat/{other.pk}/nhiem-vu/{task.pk}/bo/",
        f"/ra-soat/{clear.pk}/nhiem-vu/{task.pk}/lam-phep/",
        f"/ra-soat/{clear.pk}/lam-phep/",
        "/ra-soat/999999/giao/",
    ):
        assert lan.post(address).status_code == 404, address
    assert lan.get("/ra-soat/999999/").status_code == 404
    assert '<form method="post" class="task-form' not in page_of(lan, clear, sua="abc", tach="99999")


def test_an_issued_programme_is_only_read(lan: Client, clear: Programme) -> None:
    act(lan, clear, "chu-ky", cadence="MONTH")
    act(lan, clear, "tap-don-vi", **as_shown(page_of(lan, clear)))
    act(lan, clear, "chac-chan")
    act(lan, clear, "giao")
    page = page_of(lan, clear)
    assert 'class="task-acts"' not in page
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'\bid="([^"]+)"', page))
    assert task_act(lan, task_of(clear, "hội thi"), "bo").status_code == 422


def test_the_office_speaks_english(lan: Client, doubtful: Programme) -> None:
    lan.cookies["django_language"] = "en"
    page = page_of(lan, doubtful)
    # All but the directive's own words.
    outside = re.sub(r'<div class="paper.*?</section>', "", page, flags=re.DOTALL)
    for told in ("Review and issue tasks", "Cycle for ongoing tasks", "Doubtful", "To look at separately:"):
        assert told in outside
    for told in ("Chưa chắc", "Nghĩa của", "Thời hạn", "Xác nhận"):
        assert told not in outside


# --- Taking back, two at once, teaching -------------------------------------------------------------------------------


def test_the_last_act_is_taken_back(lan: Client, clear: Programme) -> None:
    task = task_of(clear, "hội thi")
    task_act(lan, task, "bo")
    assert "Hoàn tác" in page_of(lan, clear)
    answer = act(lan, clear, "hoan-tac")
    assert answer.headers["Location"] == f"/ra-soat/{clear.pk}/#nv-{task.pk}"
    task.refresh_from_db()
    assert task.state == TaskState.PROPOSED
    assert "Không còn thao tác nào" in words_of(act(lan, clear, "hoan-tac"))


def test_two_people_are_told_of_each_other(
    town: Town, lan: Client, clear: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.officer("binh", "Chu Thanh Bình", Role.LEAD_OFFICER, "vhtt")
    binh = town.client("binh")
    assert "cũng đang mở" not in page_of(lan, clear)
    assert "<b>Lương Thị Lan</b> cũng đang mở trang này" in page_of(binh, clear)
    since, others = int(NOW.timestamp()), f"/ra-soat/{clear.pk}/cung-xem/"
    told = words_of(lan.get(others, {"tu": since, "biet": ""}))
    assert "<b>Chu Thanh Bình</b> cũng đang mở trang này" in told
    known = re.search(r"biet=([^\"]+)", told)
    assert known is not None
    assert lan.get(others, {"tu": since, "biet": known[1]}).status_code == 204  # no news
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(seconds=30))
    task = task_of(clear, "hội thi")
    task_act(binh, task, "bo")
    told = words_of(lan.get(others, {"tu": since, "biet": known[1]}))
    assert f'vừa thay đổi lúc 09:30 trên trang này. <a href="/ra-soat/{clear.pk}/#nv-{task.pk}">' in told
    monkeypatch.setattr(clock, "now", lambda: NOW + dt.timedelta(minutes=5))
    assert "Chu Thanh" not in page_of(lan, clear)  # gone


def test_what_another_changed_meanwhile_is_not_written_over(town: Town, lan: Client, clear: Programme) -> None:
    town.officer("binh", "Chu Thanh Bình", Role.LEAD_OFFICER, "vhtt")
    task = task_of(clear, "hội thi")
    form = page_of(lan, clear, sua=task.pk)
    seen = re.search(r'name="seen" value="(\w+)"', form)
    assert seen is not None
    task_act(town.client("binh"), task, "sua", text="Chữ của Bình", mode=Mode.ORDER, cadence="", due_on="2026-12-20")
    typed = {"text": "Chữ của Lan", "mode": Mode.ORDER, "cadence": "", "due_on": "2026-12-20"}
    refused = words_of(task_act(lan, task, "sua", seen=seen[1], **typed))
    assert "Chu Thanh Bình vừa sửa nhiệm vụ này" in refused
    assert "Chữ của Lan" in refused
    task.refresh_from_db()
    assert task.text == "Chữ của Bình"
    again = re.search(r'name="seen" value="(\w+)"', refused)
    assert again is not None
    task_act(lan, task, "sua", seen=again[1], **typed)
    task.refresh_from_db()
    assert task.text == "Chữ của Lan"


def test_a_correction_teaches_the_register(town: Town, lan: Client, doubtful: Programme) -> None:
    task = task_of(doubtful, "Cử người")
    row = task.units.exclude(unit__isnull=False).filter(is_set=False).first()
    assert row is not None
    assert "Ghi nhớ tên gọi này" not in page_of(lan, doubtful)
    task_act(lan, task, "don-vi", unit_id=row.pk, unit="Phòng Giáo dục và Đào tạo")
    assert "Ghi nhớ tên gọi này" in page_of(lan, doubtful)
    assert "Đã ghi nhớ" in words_of(lan.get(task_act(lan, task, "ghi-nho", unit_id=row.pk).headers["Location"]))
    assert town.units["gd"].aliases.get().alias == row.words
    assert "Ghi nhớ tên gọi này" not in page_of(lan, doubtful)


def test_how_often_the_reader_was_right(town: Town, lan: Client) -> None:
    assert "Chưa có gì để đếm" in words_of(lan.get("/doc-dung/"))
    town.issue()
    page = words_of(lan.get("/doc-dung/"))
    assert re.search(r"Thời hạn</th>\s*<td[^>]*>\d+</td>\s*<td[^>]*>\d+</td>\s*<td[^>]*>0</td>\s*<td[^>]*>100,0%", page)


# --- The paper as it looks --------------------------------------------------------------------------------------------


def test_the_pages_are_shown_as_they_look(town: Town, lan: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = clear_plan()
    monkeypatch.setattr(ports, "_registered", [lambda data, name: paper.reading()])
    sheet = Sheet()
    y = 80.0
    for line in paper.text.splitlines():
        y = sheet.paragraph(y, line, indent=0) if line.strip() else y
        if y > 760:
            sheet.page()
            y = 80.0
    directive = receive(data=sheet.bytes(), name="ke-hoach.pdf", by=town.people["lan"], now=NOW)
    programme = services.propose(directive=directive, by=town.people["lan"], now=NOW)
    assert "Trang gốc" in page_of(lan, programme)
    shown = page_of(lan, programme, xem="goc")
    task = task_of(programme, "hội thi")
    assert f'id="vb-{task.pk}" href="#nv-{task.pk}"' in shown
    assert re.search(rf'class="laid laid-lead" href="#nv-{task.pk}" aria-label="Phòng Giáo dục và Đào tạo"', shown)
    ids = set(re.findall(r'\bid="([^"]+)"', shown))
    assert set(re.findall(r'href="#([^"]+)"', shown)) <= ids
    picture = lan.get(f"/van-ban/{directive.pk}/trang/1/")
    assert (picture.headers["Content-Type"], picture.content[8:12]) == ("image/webp", b"WEBP")
    assert lan.get(f"/van-ban/{directive.pk}/trang/99/").status_code == 404
    task_act(lan, task, "bo")  # the choice stays while one works
    assert "/trang/1/" in page_of(lan, programme)
    assert Facsimile.objects.count() == 1
    assert "/trang/1/" not in page_of(lan, programme, xem="chu")


def test_plain_text_has_no_pages_and_a_failure_says_why(
    town: Town, lan: Client, clear: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Trang gốc" not in page_of(lan, clear, xem="goc")

    class Broken:
        def pages(self, data: bytes, text: str) -> ports.Pages:
            raise ports.NoPagesError("Cần LibreOffice.")

        def draw(self, data: bytes, number: int, width: int, turns: int) -> bytes:
            raise ports.NoPagesError("Cần LibreOffice.")

    monkeypatch.setattr(ports, "_printers", [Broken()])
    assert clear.directive.file is not None
    clear.directive.file.media_type = "application/pdf"
    clear.directive.file.save()
    assert "Chưa dựng được trang gốc. Cần LibreOffice." in page_of(lan, clear, xem="goc")
