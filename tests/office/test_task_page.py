"""The page of a task: the words that order it, its time as precisely as they say, and every unit's part."""

import pytest

from office.conftest import NOW, Town
from xulang.office import deadlines
from xulang.programme import services
from xulang.programme.enums import EntryKind
from xulang.programme.models import Programme, Task
from xulang.programme.services import NewEvidence
from xulang.registry.models import Directive


def test_from_the_sentence_to_the_evidence(town: Town) -> None:
    town.issue()
    contest = town.assignment("gd", "II.2")
    entry = services.report(
        assignment=contest,
        kind=EntryKind.DONE,
        expected=contest.expected.get(),
        note="Chung kết với 62 bài dự thi.",
        evidence=[NewEvidence(url="https://muonghoa.example/tin", title="Bản tin")],
        by=town.people["minh"],
        now=NOW,
    )
    services.return_report(entry=entry, reason="Thiếu danh sách giải", by=town.people["lan"], now=NOW)
    page = town.client("duc").get(f"/nhiem-vu/{contest.task_id}/").content.decode()
    source = contest.task.sources.get().passage
    for words in (
        "Tổ chức cuộc thi “Em kể chuyện quê em”",
        f'href="/van-ban/{source.directive_id}/#d{source.start}"',
        "chậm nhất ngày 25/11/2026",
        "văn bản nêu đến ngày",
        "“trước ngày 25/11/2026”",
        "Phòng Giáo dục và Đào tạo",
        "Chung kết với 62 bài dự thi.",
        "https://muonghoa.example/tin",
        "Thiếu danh sách giải",
        "Lương Thị Lan",
    ):
        assert words in page, words
    assert town.client("nga").get(f"/nhiem-vu/{contest.task_id}/").status_code == 404
    assert f'href="/nhiem-vu/{contest.task_id}/"' in town.client("minh").get(f"/viec/{contest.pk}/").content.decode()


# kind, value, what is said of how precise it is
TIMES = [
    ("date", "2026-12-25", "nêu đến ngày"),
    ("date", "2026-12", "cuối tháng"),
    ("date", "2026-Q4", "cuối quý"),
    ("date", "2026", "cuối năm"),
    # of an interval its last part
    ("date", "2026-01/2026-06-30", "nêu đến ngày"),
    ("relative", "P15D", "tính từ ngày ban hành"),
    # the reviewer's own
    ("none", None, "do người rà soát đặt"),
]


@pytest.mark.parametrize(("kind", "value", "said"), TIMES)
def test_how_precise_a_deadline_is(kind: str, value: str | None, said: str) -> None:
    programme = Programme(directive=Directive(text="Thời gian: trong  tháng 12."))
    task = Task(programme=programme, deadline_kind=kind, deadline_value=value, deadline_start=11, deadline_end=27)
    task.due_on = NOW.date()
    told = deadlines.told(task)
    assert said in told.precision
    assert told.quote == "trong tháng 12."
    task.due_on, task.cadence = None, "MONTH"
    assert deadlines.told(task).words == "thường xuyên, báo cáo hằng tháng"
    assert deadlines.told(task).precision == ""
