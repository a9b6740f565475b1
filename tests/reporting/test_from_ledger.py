"""What the report of a round tells from the ledger: obstacles with what was answered, and the next period's duties."""

import datetime as dt
from typing import Any

import pytest

from builders import NOW, TODAY, Said, a_town, an_issued_programme, at
from reporting.rounds_work import FORM, TYPED, Work
from xulang.organisation import reorganising
from xulang.organisation.enums import Verb
from xulang.organisation.models import Line
from xulang.papers.checking.check import check
from xulang.papers.paper import Items, Paragraph, Section
from xulang.programme import services as programme_services
from xulang.programme.enums import Cadence, EntryKind
from xulang.programme.models import Assignment, ExpectedReport
from xulang.programme.services import NewEvidence
from xulang.reporting import consolidating, errors, papering, selectors, services
from xulang.reporting.from_ledger import following
from xulang.reporting.models import Round
from xulang.reporting.rules import changes, sentences

pytestmark = pytest.mark.django_db
DAY = dt.date


@pytest.fixture
def work(reporting_work: Work) -> Work:
    return reporting_work


def parts(round: Round) -> dict[str, list[dict[str, Any]]]:
    return {part["heading"]: part["passages"] for part in consolidating.content_of(round)["from_ledger"]}


def texts(round: Round, heading: str) -> list[str]:
    return [one["text"] for one in parts(round).get(heading, [])]


def raised(work: Work, note: str = "Thiếu phòng học.", day: dt.date = TODAY) -> Any:
    return programme_services.raise_obstacle(assignment=work.boards, note=note, by=work.town.ward_officer, now=at(day))


# --- Obstacles ---


def test_an_obstacle_is_told_with_what_was_answered_each_sentence_with_its_line(work: Work) -> None:
    one = raised(work)
    sent_up = programme_services.escalate(
        obstacle=one, note="Cần mượn trường.", by=work.town.lead, now=at(DAY(2026, 3, 11))
    )
    told = programme_services.advise(
        obstacle=one, note="Mượn trường học; thứ Bảy.", by=work.town.leader, now=at(DAY(2026, 3, 12))
    )
    over = programme_services.resolve(obstacle=one, note="", by=work.town.ward_officer, now=at(DAY(2026, 3, 13)))
    (passage,) = parts(work.round)["vuong-mac"]
    said = sentences(passage["text"])
    assert said == [
        "Nêu ngày 10/03/2026 khi thực hiện nhiệm vụ “Mở lớp thuyết minh viên”: Thiếu phòng học.",
        "Trình lãnh đạo ngày 11/03/2026: Cần mượn trường.",
        "Lãnh đạo chỉ đạo ngày 12/03/2026: Mượn trường học;",
        "thứ Bảy.",
        "Đã hết vướng mắc từ ngày 13/03/2026.",
    ]
    rows = [one.pk, sent_up.pk, told.pk, told.pk, over.pk]
    assert passage["traces"] == [[f"s{pk}"] for pk in rows]
    assert passage["unit"] == work.town.ward.pk
    assert "con-vuong" not in parts(work.round)  # it is over
    shown = selectors.receipts(work.town.lead, NOW.date(), passage["traces"][2])
    assert [entry.pk for entry in shown.entries] == [told.pk]


def test_whose_turn_it_is_is_told_of_what_is_open(work: Work) -> None:
    one = raised(work)
    assert texts(work.round, "vuong-mac")[0].endswith("Thiếu phòng học. Chưa được trả lời.")
    programme_services.advise(obstacle=one, note="Dùng nhà văn hóa.", by=work.town.lead, now=at(DAY(2026, 3, 11)))
    assert texts(work.round, "vuong-mac")[0].endswith("Đơn vị đầu mối trả lời ngày 11/03/2026: Dùng nhà văn hóa.")
    programme_services.raise_again(
        obstacle=one, note="Nhà đang sửa.", by=work.town.ward_officer, now=at(DAY(2026, 3, 12))
    )
    assert texts(work.round, "vuong-mac")[0].endswith("Nêu lại ngày 12/03/2026: Nhà đang sửa. Chưa được trả lời.")
    assert texts(work.round, "con-vuong") == [f"Vướng mắc của {work.town.ward.name_on(NOW.date())}."]


def test_what_comes_after_the_cut_off_is_not_told(work: Work) -> None:
    one = raised(work)
    before = consolidating.canonical(consolidating.content_of(work.round))
    programme_services.advise(obstacle=one, note="Dùng nhà văn hóa.", by=work.town.lead, now=at(DAY(2026, 3, 15)))
    raised(work, "Trời mưa.", DAY(2026, 3, 16))
    assert consolidating.canonical(consolidating.content_of(work.round)) == before


def test_an_obstacle_stays_until_it_is_over_and_then_goes(work: Work) -> None:
    one = raised(work)
    later = [work.opened("2026-04"), work.opened("2026-05")]
    programme_services.resolve(obstacle=one, note="", by=work.town.ward_officer, now=at(DAY(2026, 3, 20)))
    # of the month, still open; of the next, over; of the one after, nothing is left to tell
    assert [len(texts(round, "vuong-mac")) for round in (work.round, *later)] == [1, 1, 0]


# --- What the next period asks for ---


@pytest.mark.parametrize(
    ("cadence", "period", "then"),
    [
        (Cadence.MONTH, "2026-03", "2026-04"),
        (Cadence.QUARTER, "2026-Q1", "2026-Q2"),
        (Cadence.HALF, "2026-H1", "2026-H2"),
        (Cadence.NINE, "2026-M9", "2026-Q4"),  # what is left of the year
    ],
)
def test_the_period_that_follows(work: Work, cadence: Cadence, period: str, then: str) -> None:
    round = work.round if period == "2026-03" else work.opened(period, cadence=cadence)
    found = following(round)
    assert found is not None
    assert (found.code, found.start) == (then, round.cut_off + dt.timedelta(days=1))


def test_duties_of_the_next_period_are_told_by_kind(db: None) -> None:
    town = a_town()
    programme = an_issued_programme(
        town,
        Said("Mở lớp thuyết minh viên", ["UBND phường Bến Đá"], deadline=("date", "2026-03-12", None)),
        Said("In tờ hướng dẫn", ["Phòng Văn hóa và Thông tin"], deadline=("date", "2026-04-10", None)),
        Said("Sang sông", ["UBND phường Bến Đá"], deadline=("date", "2026-06-10", None)),
        Said("Giới thiệu địa phương với bạn bè", ["Phòng Văn hóa và Thông tin", "UBND phường Bến Đá"]),
    )
    lessons, leaflets, _river, friends, _more = Assignment.objects.filter(task__programme=programme).order_by("id")
    round = services.open_round(
        programme=programme, form=FORM, cadence=Cadence.MONTH, period="2026-03", by=town.lead, now=NOW
    )
    ward, culture = (unit.name_on(NOW.date()) for unit in (town.ward, town.culture))
    told = parts(round)
    assert {code: [one["text"] for one in rows] for code, rows in told.items()} == {
        "con-cham": [f"Mở lớp thuyết minh viên ({ward}, hạn ngày 12/03/2026)."],
        "co-han": [f"In tờ hướng dẫn: chậm nhất ngày 10/04/2026 ({culture})."],  # what is due in June is not yet told
        "thuong-xuyen": [f"Giới thiệu địa phương với bạn bè ({culture}, {ward})."],
    }
    late = ExpectedReport.objects.get(assignment=lessons)
    assert told["con-cham"][0]["traces"] == [[f"b{late.pk}"]]
    assert told["co-han"][0]["traces"] == [[f"n{leaflets.task_id}"]]
    assert told["thuong-xuyen"][0]["traces"] == [[f"n{friends.task_id}"]]
    assert [task.pk for task in selectors.receipts(town.lead, NOW.date(), [f"n{friends.task_id}"]).tasks] == [
        friends.task_id
    ]
    before = consolidating.content_of(round)["from_ledger"]
    done: dict[str, Any] = {
        "kind": EntryKind.DONE,
        "expected": late,
        "by": town.ward_officer,
        "evidence": [NewEvidence(url="https://muong-hoa.example/lop")],
    }
    programme_services.report(assignment=lessons, **done, now=at(DAY(2026, 3, 20)))
    assert consolidating.content_of(round)["from_ledger"] == before  # it was late at the cut-off


def test_what_was_reported_by_the_cut_off_is_not_late(work: Work) -> None:
    later = work.opened("2026-04")
    assert texts(later, "con-cham") == [
        f"Mở lớp thuyết minh viên ({work.town.ward.name_on(NOW.date())}, chưa báo cáo từ kỳ đến hạn ngày 17/03/2026).",
        "Giới thiệu địa phương với bạn bè (Phòng Văn hóa và Thông tin, chưa báo cáo từ kỳ đến hạn ngày 17/03/2026).",
    ]
    expected = ExpectedReport.objects.get(assignment=work.boards, period="2026-03")
    nil: dict[str, Any] = {"kind": EntryKind.NIL, "expected": expected, "by": work.town.ward_officer}
    entry = programme_services.report(assignment=work.boards, **nil, now=NOW)
    assert len(texts(later, "con-cham")) == 1
    programme_services.return_report(entry=entry, reason="Có mở lớp.", by=work.town.lead, now=NOW)
    assert len(texts(later, "con-cham")) == 2


def test_a_reorganisation_after_the_cut_off_changes_nothing_of_it(work: Work) -> None:
    raised(work)
    before = consolidating.content_of(work.round)["from_ledger"]
    now = at(DAY(2026, 3, 20))
    act = reorganising.draft(title="Sáp nhập", basis="Nghị quyết 01/NQ", on=now.date(), by=None, now=now)
    new = Line(verb=Verb.ESTABLISH, kind="phuong", name="UBND phường Thủy Vân", parent=work.town.home)
    merged = Line(verb=Verb.MERGE, unit=work.town.ward, to_line=new, main=True)
    reorganising.add_lines(act=act, lines=[new, merged], by=None, now=now)
    reorganising.apply(act=act, by=work.town.administrator, now=now)
    assert consolidating.content_of(work.round)["from_ledger"] == before


# --- Rewording, versions, the paper ---


def test_a_part_is_reworded_and_a_version_tells_what_changed(work: Work) -> None:
    raised(work)
    work.send()
    work.accept()
    by: dict[str, Any] = {"by": work.town.lead, "now": NOW}
    first = services.consolidate(round=work.round, **by)
    services.edit_text(round=work.round, heading="vuong-mac", text="Phường còn thiếu phòng học.", **by)
    second = services.consolidate(round=work.round, **by)
    assert [(row["what"], row["place"]) for row in second.changes] == [("heading", "vuong-mac")]
    (part, *_others) = second.told["from_ledger"]
    assert (part["text"], part["edited"], part["stale"]) == ("Phường còn thiếu phòng học.", True, False)
    assert part["passages"] == first.told["from_ledger"][0]["passages"]
    with pytest.raises(errors.NothingChanged):
        services.consolidate(round=work.round, **by)


def test_a_version_of_before_is_still_read(work: Work) -> None:
    work.send()
    work.accept()
    version = services.consolidate(round=work.round, by=work.town.lead, now=NOW)
    old = {key: value for key, value in version.told.items() if key not in {"from_ledger", "next"}}
    version.content = consolidating.canonical(old)
    titles = [block.title for block in papering.paper_of(version).body if isinstance(block, Section)]
    assert titles == ["Tình hình báo cáo"]
    assert {change.what for change in changes(old, consolidating.content_of(work.round))} == {"heading"}


def test_the_paper_has_both_sections_after_the_results(work: Work) -> None:
    raised(work)
    work.done(attended=32)
    services.save_draft(
        report=work.ward, entered=TYPED, narrative={"II.1": "Mở một lớp."}, by=work.town.ward_officer, now=NOW
    )
    services.send(report=work.ward, by=work.town.ward_officer, now=NOW, seen=True)
    work.accept()
    version = services.consolidate(round=work.round, by=work.town.lead, now=NOW)
    ward = work.town.ward.name_on(NOW.date())
    sections = [block for block in papering.paper_of(version).body if isinstance(block, Section)]
    _opening, _results, obstacles, ahead = sections
    assert (obstacles.title, ahead.title) == ("Vướng mắc và việc giải quyết", "Phương hướng, nhiệm vụ tháng 4/2026")
    assert obstacles.blocks == (
        Paragraph(
            f"{ward}: Nêu ngày 10/03/2026 khi thực hiện nhiệm vụ “Mở lớp thuyết minh viên”: Thiếu phòng học. "
            "Chưa được trả lời."
        ),
    )
    lists = {part.title: part.blocks for part in ahead.blocks if isinstance(part, Section)}
    assert lists == {
        "Tiếp tục thực hiện các nhiệm vụ thường xuyên": (
            Items(
                (f"Mở lớp thuyết minh viên ({ward}).", "Giới thiệu địa phương với bạn bè (Phòng Văn hóa và Thông tin).")
            ),
        ),
        "Giải quyết các vướng mắc còn lại": (Items((f"Vướng mắc của {ward}.",)),),
    }
    data = papering.docx_of(version)
    assert check(data) == []
    assert data == papering.docx_of(version)


def test_that_nothing_stood_in_the_way_is_told(work: Work) -> None:
    work.send()
    work.accept()
    version = services.consolidate(round=work.round, by=work.town.lead, now=NOW)
    told = {block.title: block.blocks for block in papering.paper_of(version).body if isinstance(block, Section)}
    assert told["Vướng mắc và việc giải quyết"] == (Paragraph("Các đơn vị không nêu vướng mắc."),)
