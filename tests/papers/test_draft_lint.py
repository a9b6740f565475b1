"""What the lint asks about a draft, and that it asks nothing about a sound one."""

from dataclasses import replace
from datetime import date

import pytest

from papers.samples import LETTER, PLAN
from xulang.papers.draft_lint import Replaced, lint
from xulang.papers.layout import table
from xulang.papers.paper import Block, Day, Items, Level, Paper, Paragraph, Section
from xulang.papers.writing.write import write
from xulang.reading.directive.findings import Reading
from xulang.reading.directive.read import read
from xulang.reading.files.opening import open_document


def reading(paper: Paper) -> Reading:
    return read(open_document(write(paper)), name="plan.docx", sha256="")


def duty(text: str, *lines: str) -> Section:
    return Section(Level.CLAUSE, "", (Paragraph(text), *([Items(lines)] if lines else [])))


def plan(*duties: Block, opening: str = "", recipients: tuple[str, ...] = ("Phòng Nội vụ",)) -> Paper:
    """A city's plan with these duties."""
    return replace(
        PLAN,
        title="Quảng bá du lịch năm 2026",
        body=(
            Paragraph(opening or "Ủy ban nhân dân thành phố Mường Hoa ban hành Kế hoạch như sau:"),
            Section(Level.ROMAN, "Nhiệm vụ", duties),
        ),
        annexes=(),
        recipients=recipients,
    )


WHO = "Đơn vị thực hiện: Phòng Nội vụ"
WHEN = "Thời gian thực hiện: Trước ngày 30/9/2026"
SOUND = plan(duty("Mở lớp tập huấn cho cán bộ.", WHO, WHEN), duty("Biên soạn tài liệu du lịch.", WHO, WHEN))
TWICE = (
    "Thực hiện Kế hoạch số 61/KH-UBND ngày 18/01/2026 của Ủy ban nhân dân tỉnh Sơn Khê; căn cứ Kế hoạch số 61/KH-UBND "
    "ngày 19/01/2026 của Ủy ban nhân dân tỉnh Sơn Khê, Ủy ban nhân dân thành phố ban hành Kế hoạch như sau:"
)
NUMBERS = "chuyển đổi số trong quảng bá; tập huấn chuyển đổi số trong trường học; chuyển đổi số trong cơ quan; "

# What is drafted, what is asked about, and words that the place must hold.
ROWS = [
    (replace(SOUND, number=None), "blank_number", "KH-UBND"),
    (replace(SOUND, date=Day(2026, 5)), "blank_date", "tháng 5"),
    (replace(SOUND, symbol="BC-UBND"), "wrong_type_code", "BC-UBND"),
    (plan(duty("Mở lớp.", WHO, WHEN), opening=TWICE), "two_dates", "ngày 19/01/2026"),
    # the number bears another year than the day
    (
        plan(duty("Thực hiện Quyết định số 60/2017/QĐ-UBND ngày 10/11/2018 về quản lý.", WHO, WHEN)),
        "wrong_year",
        "60/2017/QĐ-UBND",
    ),
    # cited with a day after the paper's own
    (plan(duty("Thực hiện Kế hoạch số 90/KH-UBND ngày 10/11/2026.", WHO, WHEN)), "later_than_paper", "90/KH-UBND"),
    # neither its day nor who issued it: the first time a document is cited in full
    (plan(duty("Thực hiện Kế hoạch số 90/KH-UBND về du lịch.", WHO, WHEN)), "cited_in_part", "90/KH-UBND"),
    # a duty among others that tells nobody
    (
        plan(
            *(duty(f"Mở lớp tập huấn thứ {i} cho cán bộ.", WHO, WHEN) for i in ("nhất", "hai", "ba")),
            duty("Biên soạn tài liệu."),
        ),
        "section_without_unit",
        "Biên soạn",
    ),
    (plan(duty("Mở lớp.", "Đơn vị thực hiện: Phòng Tài chính", WHEN)), "unit_not_recipient", "Phòng Tài chính"),
    (
        plan(duty("Mở lớp.", WHO, WHEN), recipients=("Phòng Nội vụ", "Phòng Tư pháp")),
        "recipient_without_task",
        "Phòng Tư pháp",
    ),
    (plan(duty("Quảng bá du lịch trên địa bàn tỉnh, nhất là các lễ hội.", WHO, WHEN)), "foreign_scope", "địa bàn tỉnh"),
    (plan(duty(f"Đẩy mạnh {NUMBERS} chuyên đổi số trong nhà trường.", WHO, WHEN)), "spelling", "chuyên"),
]


def test_who_ordered_it_is_told_and_assigned_nothing() -> None:
    opening = "Thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2026 của Ủy ban nhân dân tỉnh Sơn Khê, thành phố ban hành:"
    told = ("Ủy ban nhân dân tỉnh Sơn Khê", "Phòng Nội vụ")
    paper = plan(duty("Mở lớp.", WHO, WHEN), opening=opening, recipients=told)
    titled = replace(paper, title="Triển khai Kế hoạch số 12/KH-UBND của Ủy ban nhân dân tỉnh Sơn Khê")
    for one in (paper, titled):
        assert not [d for d in lint(reading(one)) if d.code == "recipient_without_task"]


@pytest.mark.parametrize(("paper", "code", "words"), ROWS, ids=[row[1] for row in ROWS])
def test_asks(paper: Paper, code: str, words: str) -> None:
    asked = [d for d in lint(reading(paper)) if d.code == code]
    assert len(asked) == 1
    assert words in asked[0].words


@pytest.mark.parametrize("paper", [SOUND, LETTER], ids=["plan", "letter"])
def test_asks_nothing_about_a_sound_draft(paper: Paper) -> None:
    assert lint(reading(paper)) == []


def test_replaced_documents() -> None:
    cited = "Quyết định số 60/2017/QĐ-UBND ngày 10/11/2017 của Ủy ban nhân dân tỉnh Sơn Khê về quản lý"
    paper = plan(duty(f"Thực hiện {cited}.", WHO, WHEN))
    table = {"60/2017/QĐ-UBND": Replaced("12/2025/QĐ-UBND", date(2025, 7, 1))}
    [doubt] = lint(reading(paper), replaced=table)
    assert doubt.code == "replaced"
    assert "12/2025/QĐ-UBND từ ngày 01/07/2025" in doubt.message
    # a paper older than the replacement cited what held in its day
    assert lint(reading(replace(paper, date=Day(2025, 6, 30))), replaced=table) == []


def test_units_that_should_have_a_task() -> None:
    asked = lint(reading(SOUND), units=("Phòng Nội vụ", "UBND phường Bản Lau"))
    assert [d.message for d in asked] == [
        "UBND phường Bản Lau chưa được giao nhiệm vụ nào. Hãy giao việc hoặc bỏ khỏi danh sách."
    ]


def test_words_copied_with_the_superiors_sentence() -> None:
    sentence = "Huy động các sở, ban, ngành tham gia quảng bá du lịch."
    paper = plan(duty(sentence, WHO, WHEN))
    assert lint(reading(paper)) == []
    assert [d.code for d in lint(reading(paper), superior=f"2. {sentence}")][:1] == ["copied_scope"]


def test_a_secondary_school_is_no_department() -> None:
    sentence = "Tổ chức cuộc thi kể chuyện cho học sinh trung học cơ sở và cán bộ tại trụ sở."
    assert lint(reading(plan(duty(sentence, WHO, WHEN))), superior=f"2. {sentence}") == []


def test_a_named_province_is_meant() -> None:
    paper = plan(duty("Quảng bá du lịch trên địa bàn tỉnh Sơn Khê.", WHO, WHEN))
    assert lint(reading(paper), superior="Quảng bá du lịch trên địa bàn tỉnh Sơn Khê.") == []


def test_every_doubt_is_tested() -> None:
    tested = {code for _, code, _ in ROWS} | {"replaced", "unit_without_task", "copied_scope", "task_without_unit"}
    assert set(table("doubts.toml")["doubts"]) == tested


def test_a_task_that_names_nobody() -> None:
    from xulang.reading.directive.findings import Deadline, TaskFinding
    from xulang.reading.text.spans import Span

    task = TaskFinding("T1", None, Span(0, 5), "order", (), (), Deadline(), "table")
    plan = replace(reading(replace(SOUND, body=())), tasks=(task,), recipients=())
    [doubt] = lint(plan)
    assert doubt.code == "task_without_unit"
    # a report's line that reads like a task gives nobody one
    report = reading(replace(SOUND, type="BC", symbol="BC-UBND", body=()))
    assert lint(replace(report, tasks=(task,), recipients=())) == []
