"""A directive amends or replaces another: tasks are matched, a person says what becomes of each, assignments follow."""

import datetime as dt
import random
from dataclasses import replace

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import TODAY, Said, a_person, a_town, at
from programme.amendments import (
    APRIL,
    BUDGET,
    BUDGET_LATER,
    CENTRE,
    COURSE,
    COURSE_OTHERS,
    CULTURE,
    FINANCE,
    MARKET,
    MAY,
    SCALES,
    SIGNS,
    WARD,
    a_later,
    an_earlier,
    issued,
    said,
)
from xulang.organisation import reorganising
from xulang.organisation.canonical import canonical
from xulang.organisation.enums import Role, Verb
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Line
from xulang.plumbing import journal
from xulang.plumbing.errors import Refused
from xulang.programme import errors, selectors, services
from xulang.programme.amending import Clause, Does
from xulang.programme.comparing import compare, earlier_programmes
from xulang.programme.differences import Side, changed, marked, proposals
from xulang.programme.enums import (
    AmendmentKind,
    AssignmentState,
    DifferenceKind,
    EntryKind,
    Field,
    ReportState,
    TaskState,
)
from xulang.programme.models import Assignment, ChangeNotice, Difference, Entry, ExpectedReport, Task
from xulang.programme.rebuild import rebuild
from xulang.programme.selectors import Figures
from xulang.programme.services import NewEvidence
from xulang.registry import editing
from xulang.registry.enums import EffectKind

KEPT, CHANGED, ENDED, NEW = DifferenceKind.KEPT, DifferenceKind.CHANGED, DifferenceKind.ENDED, DifferenceKind.NEW
LINK = NewEvidence(url="https://muonghoa.example/1")
D = dt.date

# --- The proposal -----------------------------------------------------------------------------------------------------


def old(id, words, *leads, place="", mode="ORDER", **more):
    return Side(id, place, words, frozenset(leads or {7}), frozenset(), mode, **({"due_on": D(2026, 6, 30)} | more))


HELD = [
    old(1, "Lập dự toán kinh phí quảng bá chợ phiên", place="II.1"),
    old(2, "Mở lớp hướng dẫn thuyết minh viên", place="II.2"),
    old(3, "Thay biển chỉ dẫn vào chợ", 8, place="II.3"),
]
AMENDS_2 = Clause(Does.AMENDS, ("II.2",), 0, 9)
ADDS = Clause(Does.ADDS, ("II.4",), 0, 9)

# what a later directive asks for; with which task in force it is paired, as what, how surely
ASKED = [
    # the very same
    (old(9, "Lập dự toán kinh phí quảng bá chợ phiên", place="II.1"), 1, KEPT, True),
    # marks, capitals and stops are no change
    (old(9, "lập dự toán kinh phí quảng bá chợ phiên;"), 1, KEPT, True),
    # another day
    (old(9, "Lập dự toán kinh phí quảng bá chợ phiên", due_on=D(2026, 7, 31)), 1, CHANGED, True),
    # no day yet: no change of it
    (old(9, "Lập dự toán kinh phí quảng bá chợ phiên", due_on=None), 1, KEPT, True),
    # other units, the same words: paired, but a person looks at it
    (old(9, "Lập dự toán kinh phí quảng bá chợ phiên", 8), 1, CHANGED, True),
    # some other words, in the same place
    (old(9, "Lập dự toán kinh phí quảng bá chợ phiên, chợ đêm và lễ hội", place="II.1"), 1, CHANGED, True),
    # rather other words
    (old(9, "Lập kế hoạch quảng bá chợ đêm", place="II.1"), 1, CHANGED, False),
    # a clause names the place: believed, though the words are others
    (old(9, "Mở hai lớp kỹ năng đón khách cho thuyết minh viên ở bản", clause=AMENDS_2), 2, CHANGED, True),
    # a clause adds: never an old one, however alike
    (old(9, "Mở lớp hướng dẫn thuyết minh viên", clause=ADDS), None, NEW, True),
    # nothing like it
    (old(9, "Đặt cân đối chứng"), None, NEW, True),
    # asked is not ordered
    (old(9, "Mở lớp hướng dẫn thuyết minh viên", mode="REQUEST"), None, NEW, True),
]


@pytest.mark.parametrize(("asked", "of", "kind", "sure"), ASKED)
def test_a_new_task_is_paired(asked, of, kind, sure):
    row = next(row for row in proposals(HELD, [asked], replaces=True) if row.new)
    assert (row.old and row.old.id, row.kind, row.sure) == (of, kind, sure)


REPEALS_3 = Clause(Does.REPEALS, ("II.3",), 0, 9)
REWORDS_3 = Clause(Does.REWORDS, ("II.3",), 0, 9, "biển chỉ dẫn", "bảng chỉ đường")
NOT_THERE = Clause(Does.REWORDS, ("II.3",), 0, 9, "tờ rơi", "bảng chỉ đường")
REPEALS_ALL = Clause(Does.REPEALS, ("II",), 0, 9)

# clauses of the later directive, whether it replaces; what becomes of the third task, how surely, with which words
LEFT = [
    # a replacing directive ends what it does not say again
    ((), True, ENDED, True, ""),
    # an amending one lets it stand
    ((), False, KEPT, True, ""),
    ((REPEALS_3,), False, ENDED, True, ""),
    ((REWORDS_3,), False, CHANGED, True, "Thay bảng chỉ đường vào chợ"),
    # words that are not there: a person looks
    ((NOT_THERE,), False, KEPT, False, ""),
    # a whole section is repealed: doubtful for each of its tasks
    ((REPEALS_ALL,), False, ENDED, False, ""),
    # another place is amended
    ((AMENDS_2,), False, KEPT, True, ""),
]


@pytest.mark.parametrize(("clauses", "replaces", "kind", "sure", "words"), LEFT)
def test_a_task_that_nothing_is_like(clauses, replaces, kind, sure, words):
    row = next(row for row in proposals(HELD, [], clauses, replaces=replaces) if row.old.id == 3)
    assert (row.kind, row.sure, row.becomes) == (kind, sure, words)


def test_two_that_are_alike_are_doubtful():
    """One duty in force and two proposed that could both be it: neither is taken for sure."""
    twins = [old(8, "Mở lớp hướng dẫn thuyết minh viên khóa 1"), old(9, "Mở lớp hướng dẫn thuyết minh viên khóa 2")]
    rows = proposals(HELD, twins, replaces=True)
    assert [(row.old.id, row.kind, row.sure) for row in rows if row.old and row.new] == [(2, CHANGED, False)]


def test_what_changed():
    one = old(1, "Mở lớp", 7, place="I")
    other = replace(one, words="Mở hai lớp", leads=frozenset({8}), coordinating=frozenset({7}), due_on=D(2026, 7, 1))
    assert changed(one, one) == ()
    assert changed(one, other) == (Field.WORDS, Field.UNITS, Field.COORDINATION, Field.DEADLINE)
    went_on = replace(one, due_on=None, cadence="MONTH", ends_on=D(2026, 12, 31))
    assert changed(went_on, replace(went_on, ends_on=D(2027, 12, 31))) == (Field.DEADLINE,)


def test_the_difference_is_marked_word_by_word():
    left, right = marked("Mở một lớp ở chợ", "Mở hai lớp ở chợ phiên")
    assert left == [(False, "Mở "), (True, "một"), (False, " "), (False, "lớp ở chợ")]
    assert right == [(False, "Mở "), (True, "hai"), (False, " "), (False, "lớp ở chợ "), (True, "phiên")]


# --- A plan is replaced -----------------------------------------------------------------------------------------------


def replaced():
    town = a_town()
    earlier = an_earlier(town)
    later = a_later(town, MARKET, BUDGET_LATER, COURSE_OTHERS, SCALES)
    return town, earlier, later


def doubtful(town, later, day=APRIL):
    """Every doubtful row as proposed, each by its own act."""
    for row in compare(later).rows:
        if not row.said:
            services.settle(programme=later, kind=row.kind, old=row.old, new=row.new, by=town.lead, now=at(day))


def of(words) -> Task:
    return Task.objects.get(text=words, state=TaskState.ISSUED)


@pytest.mark.django_db
def test_replaced_from_proposal_to_notice():
    town, earlier, later = replaced()
    assert [(row.programme, row.kind, row.said) for row in earlier_programmes(later)] == [
        (earlier, AmendmentKind.REPLACED, False)
    ]
    # nothing is issued before a person has said what becomes of each
    with pytest.raises(errors.NotReady, match="Những gì thay đổi"):
        issued(town, later)
    with pytest.raises(errors.OneAtATime):
        services.settle_sure(programme=later, by=town.lead, now=at(APRIL))
    assert said(town, later, earlier) == 4
    assert [(row.kind, row.fields) for row in compare(later).rows if not row.said] == [
        (CHANGED, (Field.WORDS, Field.UNITS, Field.COORDINATION))
    ]
    doubtful(town, later)
    assert compare(later).open == 0
    past = selectors.figures(town.leader, APRIL, on=APRIL - dt.timedelta(days=1))
    issued(town, later)
    # kept: joined, one more source, nothing else
    market = of(MARKET.text)
    assert market.joined.get().programme == later
    assert market.sources.count() == 2
    assert ChangeNotice.objects.filter(assignment__task=market).count() == 0
    # changed deadline: dated anew by a line, the first day stays
    budget = of(BUDGET.text).assignments.get()
    report = budget.expected.get()
    assert (report.due, report.first_due) == (D(2026, 6, 30), D(2026, 5, 4))  # 30/04 to 03/05 are days off
    line = budget.entries.get(kind=EntryKind.REDATED)
    assert (line.due, line.expected, line.on) == (D(2026, 6, 30), report, APRIL)
    assert budget.entries.get(kind=EntryKind.AMENDED).note.text == "71/KH-UBND"
    # the lead and the one that coordinates change places
    course = of(COURSE_OTHERS.text)
    now_running = course.assignments.exclude(state=AssignmentState.WITHDRAWN)
    assert {(one.unit, one.role) for one in now_running} == {(town.culture, "LEAD"), (town.centre, "COORDINATING")}
    moved = now_running.get(role="LEAD")
    assert (moved.issued_to, moved.expected.get().due) == (town.centre, D(2026, 9, 30))
    # ended: withdrawn, by what
    signs = of(SIGNS.text).assignments.get()
    assert (signs.state, signs.entries.last().note.text) == (AssignmentState.WITHDRAWN, "71/KH-UBND")
    # new: issued as usual
    assert of(SCALES.text).programme == later
    # figures: of days before as they were
    assert selectors.figures(town.leader, APRIL, on=APRIL - dt.timedelta(days=1)) == past
    assert rebuild() == 0
    # the units are told, once each, and seeing is noted
    told = {(one.unit, one.difference.kind) for one in ChangeNotice.objects.all()}
    assert told == {(town.finance, CHANGED), (town.culture, CHANGED), (town.centre, CHANGED), (town.ward, ENDED)}
    assert later.directive.distributions.filter(unit=town.ward).exists()
    change = selectors.told_changes(town.ward_officer, APRIL)[0]
    assert services.see(difference=change.difference, by=town.ward_officer, now=at(MAY)) == 1
    assert services.see(difference=change.difference, by=town.ward_officer, now=at(MAY)) == 0
    assert selectors.told_changes(town.ward_officer, MAY) == []
    assert ChangeNotice.objects.get(unit=town.ward).seen_by == town.ward_officer
    # the register tells it of the earlier directive
    effect = earlier.directive.effects.get()
    assert (effect.kind, effect.by_directive) == (EffectKind.REPLACED, later.directive)
    assert journal.verify().ok


@pytest.mark.django_db
def test_what_was_reported_before_stays_as_it_was_judged():
    """Reported late by the old day: late it stays, though the new day is later; given back, it is owed by the new."""
    town = a_town()
    earlier = an_earlier(town, BUDGET)
    report = ExpectedReport.objects.get()
    late = D(2026, 5, 5)
    entry = services.report(
        assignment=report.assignment, expected=report, kind=EntryKind.DONE, evidence=[LINK],
        by=town.finance_officer, now=at(late),
    )  # fmt: skip
    later = a_later(town, BUDGET_LATER, day=MAY)
    said(town, later, earlier, day=MAY)
    issued(town, later, day=MAY)
    report.refresh_from_db()
    assert (report.state, report.due) == (ReportState.REPORTED, D(2026, 5, 4))
    assert selectors.figures(town.leader, MAY, on=MAY) == Figures(open_overdue=1, waiting=1)
    with transaction.atomic():
        services.confirm(entry=entry, by=town.lead, now=at(MAY))
        assert selectors.figures(town.leader, MAY, on=MAY) == Figures(done_late=1)
        assert rebuild() == 0
        transaction.set_rollback(True)
    services.return_report(entry=entry, reason="Thiếu biểu", by=town.lead, now=at(MAY))
    report.refresh_from_db()
    assert (report.state, report.due) == (ReportState.RETURNED, D(2026, 6, 30))
    assert selectors.figures(town.leader, MAY, on=MAY) == Figures(open_in_time=1)
    assert rebuild() == 0


@pytest.mark.django_db
def test_a_cadence_in_the_place_of_another():
    """Monthly becomes quarterly: what is overdue stays owed, what is to come is asked for by the quarter."""
    town = a_town()
    earlier = an_earlier(town, MARKET)
    quarterly = replace(MARKET, deadline=("recurring", None, "quarter"))
    later = a_later(town, quarterly, day=MAY)
    services.set_span(programme=later, starts_on=MAY, ends_on=D(2026, 12, 31), by=town.lead, now=at(MAY))
    said(town, later, earlier, day=MAY)
    before = selectors.figures(town.leader, MAY, on=MAY - dt.timedelta(days=1))
    issued(town, later, day=MAY)
    owed = dict(ExpectedReport.objects.values_list("period", "state"))
    assert [code for code, state in owed.items() if state == ReportState.EXPECTED] == [
        "2026-03", "2026-04", "2026-Q2", "2026-Q3", "2026-Q4"
    ]  # fmt: skip
    assert owed["2026-05"] == ReportState.WITHDRAWN
    assert selectors.figures(town.leader, MAY, on=MAY - dt.timedelta(days=1)) == before
    # one that was asked for by the month again
    third = a_later(town, replace(MARKET, deadline=("recurring", None, "month")), code="71/KH-UBND", day=D(2026, 6, 1))
    assert [row.programme for row in earlier_programmes(third)] == [later]
    said(town, third, later, day=D(2026, 6, 1))
    issued(town, third, day=D(2026, 6, 1))
    assert dict(ExpectedReport.objects.values_list("period", "state"))["2026-06"] == ReportState.EXPECTED
    assert rebuild() == 0


@pytest.mark.django_db
def test_a_plan_goes_on_longer():
    """Word for word the same, but until the end of the next year: reported on till then."""
    town = a_town()
    earlier = an_earlier(town, MARKET)
    later = a_later(town, MARKET)
    services.set_span(programme=later, starts_on=APRIL, ends_on=D(2027, 6, 30), by=town.lead, now=at(APRIL))
    later.refresh_from_db()
    assert [(row.kind, row.fields) for row in compare(later).rows] == [(CHANGED, (Field.DEADLINE,))]
    said(town, later, earlier)
    issued(town, later)
    assert ExpectedReport.objects.order_by("due").last().period == "2027-06"
    assert of(MARKET.text).ends_on == D(2027, 6, 30)
    # a replacement of the replacement until the same day keeps it
    third = a_later(town, MARKET, code="71/KH-UBND", day=MAY)
    services.set_span(programme=third, starts_on=MAY, ends_on=D(2027, 6, 30), by=town.lead, now=at(MAY))
    third.refresh_from_db()
    assert [row.kind for row in compare(third).rows] == [KEPT]


@pytest.mark.django_db
def test_a_duty_that_a_third_directive_orders_does_not_end():
    town = a_town()
    earlier = an_earlier(town, SIGNS)
    other = a_later(town, SIGNS, code="khong", day=APRIL)
    services.join(task=other.tasks.get(), other=earlier.tasks.get(), by=town.lead, now=at(APRIL))
    issued(town, other)
    later = a_later(town, SCALES, day=MAY)
    said(town, later, earlier, day=MAY)
    issued(town, later, day=MAY)
    assert of(SIGNS.text).assignments.get().state == AssignmentState.OPEN
    assert ChangeNotice.objects.count() == 0


# --- A plan is amended ------------------------------------------------------------------------------------------------

WORDS = "2. Thay cụm từ “biển chỉ dẫn” bằng cụm từ “bảng chỉ đường” tại khoản 4 mục II.\n3. Bãi bỏ khoản 3 mục II.\n"


@pytest.mark.django_db
def test_amended_only_what_is_named_changes():
    town = a_town()
    earlier = an_earlier(town)
    amended = replace(BUDGET_LATER, text="Sửa đổi khoản 2 mục II như sau: “2. Lập dự toán kinh phí quảng bá chợ phiên”")
    later = a_later(town, amended, relation="amends", words=WORDS)
    assert said(town, later, earlier, AmendmentKind.AMENDED) == 4
    assert [(row.old.section, row.kind, row.fields) for row in compare(later).rows] == [
        ("II.1", KEPT, ()),
        ("II.2", CHANGED, (Field.DEADLINE,)),
        ("II.3", ENDED, ()),
        ("II.4", CHANGED, (Field.WORDS,)),
    ]
    issued(town, later)
    signs = of("Thay bảng chỉ đường vào chợ")
    assert [source.passage.text for source in signs.sources.order_by("id")][1] == WORDS.split("\n")[0]
    assert signs.assignments.get().expected.get().due == D(2026, 6, 30)
    assert not of(MARKET.text).joined.exists()
    course = of(COURSE.text).assignments
    assert set(course.values_list("state", flat=True)) == {AssignmentState.WITHDRAWN}
    assert earlier.directive.effects.get().kind == EffectKind.AMENDED
    assert rebuild() == 0


@pytest.mark.django_db
def test_an_amending_directive_without_a_task_of_its_own():
    town = a_town()
    earlier = an_earlier(town)
    later = a_later(town, relation="amends", words="1. Bãi bỏ khoản 3 mục II.\n")
    said(town, later, earlier, AmendmentKind.AMENDED)
    issued(town, later)
    assert Assignment.objects.filter(state=AssignmentState.WITHDRAWN).count() == 2  # leading and coordinating


# --- What a person says -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_person_corrects_pairs_and_takes_it_back():
    town, earlier, later = replaced()
    services.say_what_it_does(
        programme=later, earlier=earlier, kind=AmendmentKind.REPLACED, by=town.lead, now=at(APRIL)
    )
    rows = {row.key: row for row in compare(later).rows}
    signs, scales = of(SIGNS.text), later.tasks.get(text=SCALES.text)
    market = later.tasks.get(text=MARKET.text)
    act = {"programme": later, "by": town.lead, "now": at(APRIL)}
    # what looked ended is the new one, changed
    services.settle(kind=CHANGED, old=signs, new=scales, **act)
    assert [row.kind for row in compare(later).rows if row.said] == [CHANGED]
    # and no, it is not: it is new, and the old one is proposed as before
    services.settle(kind=NEW, old=None, new=scales, **act)
    assert Difference.objects.get().kind == NEW
    # kept joins; ended lets go again
    services.settle(kind=KEPT, old=of(MARKET.text), new=market, **act)
    market.refresh_from_db()
    assert market.state == TaskState.JOINED
    services.settle(kind=ENDED, old=of(MARKET.text), new=None, **act)
    market.refresh_from_db()
    assert market.state == TaskState.PROPOSED
    with services.undoable(programme=later, by=town.lead, now=at(APRIL)):
        services.settle(kind=KEPT, old=of(MARKET.text), new=market, **act)
    services.undo(**act)
    market.refresh_from_db()
    assert (market.state, Difference.objects.get(old=of(MARKET.text)).kind) == (TaskState.PROPOSED, ENDED)
    assert len(rows) == 5


@pytest.mark.django_db
def test_what_was_said_is_said_again_once_a_side_has_changed():
    town, earlier, later = replaced()
    said(town, later, earlier)
    before = compare(later).open
    budget = later.tasks.get(text=BUDGET.text)
    services.correct_task(task=budget, due_on=D(2026, 8, 31), by=town.lead, now=at(APRIL))
    assert compare(later).open == before + 1
    # a task that is dropped leaves the old one to be settled
    services.drop_task(task=budget, by=town.lead, now=at(APRIL))
    row = next(row for row in compare(later).rows if row.old == of(BUDGET.text))
    assert (row.said, row.kind) == (False, ENDED)


# who says what, and what is refused
REFUSED = [
    (lambda town, olds, news: {"kind": KEPT, "old": olds[0], "new": None, "by": town.finance_officer}, NotPermitted),
    (lambda town, olds, news: {"kind": KEPT, "old": olds[0], "new": None, "by": town.leader}, NotPermitted),
    # neither side
    (lambda town, olds, news: {"kind": KEPT, "old": None, "new": None}, errors.CannotMatch),
    # sides that do not fit the kind
    (lambda town, olds, news: {"kind": NEW, "old": olds[0], "new": news[0]}, errors.CannotMatch),
    (lambda town, olds, news: {"kind": ENDED, "old": None, "new": news[0]}, errors.CannotMatch),
    # the wrong way round
    (lambda town, olds, news: {"kind": CHANGED, "old": news[0], "new": olds[0]}, errors.CannotMatch),
    # changed, but nothing is; changed, but by what?
    (lambda town, olds, news: {"kind": CHANGED, "old": olds[0], "new": news[0]}, errors.NothingDiffers),
    (lambda town, olds, news: {"kind": CHANGED, "old": olds[0], "new": None}, errors.KindNeeded),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "refusal"), REFUSED)
def test_refusals(asked, refusal):
    town, earlier, later = replaced()
    olds, news = list(earlier.tasks.all()), list(later.tasks.all())
    given_ = {"by": town.lead, "programme": later, "now": at(APRIL)} | asked(town, olds, news)
    with pytest.raises(refusal), transaction.atomic():
        services.settle(**given_)
    assert not Difference.objects.exists()


@pytest.mark.django_db
def test_what_it_does_is_said_of_a_programme_of_the_office_that_runs():
    town, earlier, later = replaced()
    act = {"programme": later, "by": town.lead, "now": at(APRIL)}
    with pytest.raises(errors.CannotMatch):
        services.say_what_it_does(earlier=later, kind=AmendmentKind.AMENDED, **act)
    # the reading was wrong: it leaves the other alone, and is issued as any other
    services.say_what_it_does(earlier=earlier, kind=AmendmentKind.UNTOUCHED, **act)
    assert compare(later).earlier == ()
    issued(town, later)
    assert Assignment.objects.filter(task__programme=earlier, state=AssignmentState.WITHDRAWN).count() == 0


@pytest.mark.django_db
def test_an_effect_that_a_person_recorded_says_it_too():
    town = a_town()
    earlier = an_earlier(town)
    later = a_later(town, MARKET, code="khong")
    assert earlier_programmes(later) == []
    editing.record_effect(
        directive=earlier.directive, kind=EffectKind.REPLACED, since=APRIL, source="Công báo",
        by_directive=later.directive, by=town.lead, now=at(APRIL),
    )  # fmt: skip
    assert [(row.kind, row.said) for row in earlier_programmes(later)] == [(AmendmentKind.REPLACED, True)]
    assert services.settle_sure(programme=later, by=town.lead, now=at(APRIL)) == 4
    issued(town, later)
    assert earlier.directive.effects.count() == 1  # known already


@pytest.mark.django_db
def test_who_follows_up_a_replaced_plan():
    town, earlier, later = replaced()
    services.set_focal_unit(programme=later, unit=town.centre, by=town.lead, now=at(APRIL))
    said(town, later, earlier)
    doubtful(town, later)
    issued(town, later)
    earlier.refresh_from_db()
    assert earlier.focal_unit == town.centre


@pytest.mark.django_db
def test_notices_follow_their_unit_and_come_back():
    """The ward becomes another unit: its notice goes along, and is its own again once that is undone."""
    town, earlier, later = replaced()
    said(town, later, earlier)
    doubtful(town, later)
    issued(town, later)
    before = canonical(MAY)
    act = reorganising.draft(title="Thử", basis="Căn cứ", on=MAY, by=town.administrator, now=at(MAY))
    new = Line(verb=Verb.ESTABLISH, kind="phuong", name="Ủy ban nhân dân phường Kỳ Sơn", parent=town.home)
    merged = Line(verb=Verb.MERGE, unit=town.ward, to_line=new)
    reorganising.add_lines(act=act, lines=[new, merged], by=town.administrator, now=at(MAY))
    reorganising.apply(act=act, by=town.administrator, now=at(MAY))
    notice = ChangeNotice.objects.get(told=town.ward)
    assert notice.unit.name_on(MAY) == "Ủy ban nhân dân phường Kỳ Sơn"
    assert [row.notice for row in selectors.told_changes(town.ward_officer, MAY)] == [notice]
    reorganising.undo(act=act, basis="Căn cứ", on=MAY, by=town.administrator, now=at(MAY))
    assert canonical(MAY) == before


# --- Any review -------------------------------------------------------------------------------------------------------

PHRASES = [MARKET.text, BUDGET.text, COURSE.text, SIGNS.text, SCALES.text, COURSE_OTHERS.text]
UNITS = [CULTURE, FINANCE, CENTRE, WARD]


def a_task(chance, month):
    """A task that may be one of the earlier directive's, with other units, another time, or the same."""
    lead = chance.sample(UNITS, chance.choice([1, 1, 2]))
    deadline = chance.choice(
        [
            ("date", f"2026-{chance.randrange(month, 12):02}-28", None),
            ("ongoing", None, None),
            ("recurring", None, "quarter"),
        ]
    )
    return Said(chance.choice(PHRASES), lead, [unit for unit in UNITS if unit not in lead][:1], deadline=deadline)


def work(chance, town, day):
    """Some of what is owed is reported, and some of that answered."""
    officer = a_person(*((Role.UNIT_OFFICER, unit) for unit in (town.culture, town.finance, town.centre, town.ward)))
    for expected in ExpectedReport.objects.filter(period_start__lte=day).order_by("id"):
        if chance.random() < 0.4:
            continue
        try:
            entry = services.report(
                assignment=expected.assignment, expected=expected, kind=EntryKind.DONE, evidence=[LINK],
                by=officer, now=at(day),
            )  # fmt: skip
            if chance.random() < 0.6:
                services.confirm(entry=entry, by=town.lead, now=at(day))
        except Refused:
            continue


@pytest.mark.django_db
@settings(max_examples=5, deadline=None)
@given(st.integers(0, 2**32))
def test_any_review_leaves_the_past_as_it_was(seed):
    with transaction.atomic():
        one_review(random.Random(seed))
        transaction.set_rollback(True)


def one_review(chance):
    town = a_town()
    earlier = an_earlier(town, *(a_task(chance, 4) for _ in range(chance.randrange(1, 5))))
    work(chance, town, APRIL)
    days = [TODAY, APRIL - dt.timedelta(days=3), APRIL, D(2026, 5, 5), MAY - dt.timedelta(days=1)]
    told = {day: past(town, earlier, day) for day in days}
    lines = list(Entry.objects.order_by("id").values_list("id", flat=True))
    later = a_later(town, *(a_task(chance, 6) for _ in range(chance.randrange(4))), day=MAY,
                    relation=chance.choice(["amends", "replaces"]))  # fmt: skip
    kind = chance.choice([AmendmentKind.AMENDED, AmendmentKind.REPLACED])
    said(town, later, earlier, kind, day=MAY)
    for row in compare(later).rows:
        if row.said:
            continue
        other = chance.random() < 0.3 and row.old is not None
        services.settle(
            programme=later, kind=chance.choice([KEPT, ENDED]) if other else row.kind, old=row.old,
            new=None if other else row.new, by=town.lead, now=at(MAY),
        )  # fmt: skip
    doubtful(town, later, day=MAY)
    issued(town, later, day=MAY)
    assert {day: past(town, earlier, day) for day in days} == told
    assert list(Entry.objects.order_by("id").values_list("id", flat=True))[: len(lines)] == lines
    assert rebuild() == 0
    work(chance, town, D(2026, 6, 2))
    assert {day: past(town, earlier, day) for day in days} == told
    assert rebuild() == 0
    for task in later.tasks.filter(state=TaskState.JOINED):
        assert task.same_as.state == TaskState.ISSUED


def past(town, earlier, day):
    """What could be told of a day: the figures, of the programme and of each unit, and what is behind them."""
    rows = selectors.figure_rows(town.leader, D(2027, 1, 1), on=day)
    return (
        selectors.figures(town.leader, D(2027, 1, 1), on=day),
        selectors.figures(town.leader, D(2027, 1, 1), on=day, programme=earlier),
        sorted((row.expected.pk, row.bucket, row.waiting, str(row.reported_on), str(row.confirmed_on)) for row in rows),
    )
