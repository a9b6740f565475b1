"""A reorganisation applied, worked on and undone: what stands after it is what stood before, byte for byte."""

import datetime as dt

import pytest
from django.db import connection

from builders import LONG_AGO, Said, a_person, a_town, an_issued_programme, at, posts_of
from xulang.organisation import errors, reorganising, selectors, services
from xulang.organisation.canonical import canonical
from xulang.organisation.enums import Role, UnitsOf, Verb
from xulang.organisation.models import Line, Post, Succession, Unit, UnitCode, UnitName
from xulang.organisation.previewing import preview, preview_undo
from xulang.plumbing import journal
from xulang.programme import selectors as duties
from xulang.programme import services as acts
from xulang.programme.enums import EntryKind
from xulang.programme.models import Assignment, Entry, Programme
from xulang.programme.rebuild import rebuild
from xulang.registry.models import Directive

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 20)
LATER = dt.date(2026, 4, 5)
WARDS = Said("Treo bảng giới thiệu", ["*UBND các phường, xã"])
PRESS = Said("Quản lý hoạt động báo chí", ["Phòng Văn hóa và Thông tin"])
DIGITAL = Said("Đẩy mạnh chuyển đổi số", ["Phòng Văn hóa và Thông tin"])


def drafted(town, *lines, on=DAY):
    act = reorganising.draft(
        title="Sắp xếp thử", basis="Nghị quyết 01/NQ-HĐND", on=on, by=town.administrator, now=at(on)
    )
    reorganising.add_lines(act=act, lines=list(lines), by=town.administrator, now=at(on))
    return act


def established(name, kind="phuong", **told):
    return Line(verb=Verb.ESTABLISH, kind=kind, name=name, **told)


def merged(unit, to, verb=Verb.MERGE, **told):
    return Line(verb=verb, unit=unit, **({"to_line": to} if isinstance(to, Line) else {"to": to}), **told)


def applied(town, *lines, on=DAY):
    return reorganising.apply(act=drafted(town, *lines, on=on), by=town.administrator, now=at(on))


def undone(town, act, on=LATER):
    return reorganising.undo(act=act, basis="Nghị quyết 02/NQ-HĐND", on=on, by=town.administrator, now=at(on))


def standing(day, *kinds):
    return [row.name for row in selectors.units_on(day) if row.kind in kinds]


def directory(day):
    """The part of the export that can be asked for any day: rooms tell only today's."""
    return canonical(day).split(b'["registry')[0]


KY_SON = "Ủy ban nhân dân phường Kỳ Sơn"


def two_wards(town):
    """The ward and the commune become one ward, which takes over the ward's code."""
    new = established(KY_SON, parent=town.home, scheme="gso", code="05971")
    return [new, merged(town.ward, new), merged(town.commune, new)]


def test_two_wards_become_one_and_are_two_again():
    town = a_town()
    an_issued_programme(town, WARDS, PRESS)
    UnitCode.objects.create(unit=town.ward, scheme="gso", code="05971", valid_from=LONG_AGO)
    before = canonical(DAY)
    old = directory(DAY - dt.timedelta(days=1))
    act = applied(town, *two_wards(town))
    new = Unit.objects.get(made_by__isnull=False)
    assert standing(DAY, "phuong", "xa") == [KY_SON]
    assert directory(DAY - dt.timedelta(days=1)) == old
    held = Assignment.objects.filter(unit=new).values_list("issued_to", flat=True)
    assert sorted(held) == [town.ward.pk, town.commune.pk]
    told = Succession.objects.values_list("from_unit", "to_unit", "on", "basis")
    basis = "Nghị quyết 01/NQ-HĐND"
    assert list(told) == [(town.ward.pk, new.pk, DAY, basis), (town.commune.pk, new.pk, DAY, basis)]
    assert UnitCode.objects.on(DAY).get(code="05971").unit == new
    # the officers of both go along, and each sees the work of both: one duty, the parts by whom they came from
    for row in duties.desk(town.ward_officer, DAY):
        parts = {one.received_from for one in (row, *row.twins)}
        assert parts == {"Ủy ban nhân dân phường Bến Đá", "Ủy ban nhân dân xã Nà Sáng"}
    Assignment.objects.update(unit=town.culture)  # whose it is can be told by the ledger alone
    assert rebuild() == 2
    assert set(Assignment.objects.exclude(issued_to=town.culture).values_list("unit", flat=True)) == {new.pk}
    undone(town, act)
    assert canonical(LATER) == before
    assert standing(DAY, "phuong", "xa") == [KY_SON]  # what was in between stays so
    assert Entry.objects.filter(kind=EntryKind.MOVED).count() == 4
    assert journal.verify().ok


def rows_believed_in():
    """How many lines the database believes the ledger to have."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'programme_entry'")
        else:
            cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'entry_of_kind'")
        return int(str(cursor.fetchone()[0]).split(" ", 1)[0].split(".")[0])


def test_after_many_rows_moved_the_database_looks_anew(monkeypatch, django_capture_on_commit_callbacks):
    """A ledger that it last saw without handovers would be read through for each row of a past day's list."""
    town = a_town()
    an_issued_programme(town, WARDS, PRESS)
    monkeypatch.setattr(reorganising, "MANY", 1)
    with django_capture_on_commit_callbacks(execute=True):
        act = applied(town, *two_wards(town))
    assert rows_believed_in() == Entry.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        undone(town, act)
    assert rows_believed_in() == Entry.objects.count()


def test_undone_on_its_own_day():
    town = a_town()
    an_issued_programme(town, WARDS)
    before = canonical(DAY)
    undone(town, applied(town, *two_wards(town)), on=DAY)
    assert canonical(DAY) == before
    assert standing(DAY, "phuong", "xa") == ["Ủy ban nhân dân phường Bến Đá", "Ủy ban nhân dân xã Nà Sáng"]
    applied(town, *two_wards(town))  # and the same again
    assert standing(DAY, "phuong", "xa") == [KY_SON]


def test_figures_on_the_units_of_the_day_and_on_todays():
    town = a_town()
    an_issued_programme(town, WARDS)
    applied(town, *two_wards(town))
    new = Unit.objects.get(made_by__isnull=False)

    def by_unit(on, units_of):
        rows = duties.figure_rows(town.leader, LATER, on=on, units_of=units_of)
        counts = {}
        for row in rows:
            counts[row.unit.pk] = counts.get(row.unit.pk, 0) + 1
        asked = {
            unit: duties.figures(town.leader, LATER, on=on, unit=Unit.objects.get(pk=unit), units_of=units_of).total
            for unit in counts
        }
        assert asked == counts
        assert sum(counts.values()) == duties.figures(town.leader, LATER, on=on).total == 20
        return counts

    day_before = DAY - dt.timedelta(days=1)
    assert by_unit(day_before, UnitsOf.THE_DAY) == {town.ward.pk: 10, town.commune.pk: 10}
    assert by_unit(day_before, UnitsOf.TODAY) == {new.pk: 20}
    assert by_unit(DAY, UnitsOf.THE_DAY) == {new.pk: 20}


def test_split_by_function_by_choice_and_by_the_main_heir():
    town = a_town()
    an_issued_programme(town, PRESS, DIGITAL, Said("Tổ chức lễ hội", ["Phòng Văn hóa và Thông tin"]))
    before = canonical(DAY)
    science = established("Phòng Khoa học", "phong", parent=town.home)
    culture = established("Phòng Văn hóa - Xã hội", "phong", parent=town.home)
    act = drafted(
        town,
        science,
        culture,
        merged(town.culture, culture, Verb.SPLIT, main=True),
        merged(town.culture, science, Verb.SPLIT, function="chuyển đổi số; công nghệ thông tin"),
    )
    festival = Assignment.objects.get(task__text__contains="lễ hội")
    lead_line, other = act.lines.filter(verb=Verb.SPLIT)
    acts.choose_heir(assignment=festival, line=lead_line, by=town.lead, now=at(DAY))
    acts.choose_heir(assignment=festival, line=other, by=town.lead, now=at(DAY))
    with pytest.raises(errors.NotPermitted):
        acts.choose_heir(assignment=festival, line=other, by=town.finance_officer, now=at(DAY))
    reorganising.apply(act=act, by=town.administrator, now=at(DAY))
    went = {row.task.text.split()[0]: str(row.unit) for row in Assignment.objects.select_related("task")}
    assert went == {"Quản": "Phòng Văn hóa - Xã hội", "Đẩy": "Phòng Khoa học", "Tổ": "Phòng Khoa học"}
    assert str(Programme.objects.get().focal_unit) == "Phòng Văn hóa - Xã hội"
    assert [row.main for row in Succession.objects.all()] == [True, False]
    undone(town, act)
    assert canonical(LATER) == before


def test_function_leaves_a_unit_that_stands():
    town = a_town()
    an_issued_programme(town, PRESS, DIGITAL)
    before = canonical(DAY)
    act = applied(town, merged(town.culture, town.finance, Verb.FUNCTION, function="chuyển đổi số"))
    assert [str(row.unit) for row in Assignment.objects.order_by("id")] == [str(town.culture), str(town.finance)]
    assert Programme.objects.get().focal_unit == town.culture
    assert len(duties.desk(town.finance_officer, DAY)) > 0
    undone(town, act)
    assert canonical(LATER) == before


def test_the_home_ends_and_everything_follows():
    town = a_town()
    an_issued_programme(town, WARDS, PRESS)
    before = canonical(DAY)
    new = established(KY_SON, parent=town.province)
    act = applied(town, new, merged(town.home, new, Verb.ABOLISH), merged(town.ward, new), merged(town.commune, new))
    ward = Unit.objects.get(made_by__isnull=False)
    assert Directive.objects.get().home_unit == ward
    assert Directive.objects.get().received_for == town.home
    assert {row.parent_id for row in selectors.units_on(DAY) if row.id == town.culture.pk} == {ward.pk}  # it follows
    assert duties.figures(town.leader, DAY, on=DAY).total == 30  # the leader's post went along
    undone(town, act)
    assert canonical(LATER) == before


def test_merged_into_a_unit_that_stands_and_renamed():
    town = a_town()
    an_issued_programme(town, WARDS)
    before = canonical(DAY)
    act = applied(
        town,
        merged(town.commune, town.ward),
        Line(verb=Verb.RENAME, unit=town.ward, name=KY_SON, parent=town.province),
    )
    assert standing(DAY, "phuong", "xa") == [KY_SON]
    assert Assignment.objects.filter(unit=town.ward).count() == 2
    undone(town, act)
    assert canonical(LATER) == before
    assert not Post.objects.on(LATER).filter(continues__isnull=False).exists()


def test_what_was_done_since_is_shown_and_goes_home():
    town = a_town()
    an_issued_programme(town, WARDS)
    act = applied(town, *two_wards(town))
    new = Unit.objects.get(made_by__isnull=False)
    later = dt.date(2026, 3, 25)
    first = Assignment.objects.filter(issued_to=town.commune).get()
    acts.report(
        assignment=first,
        kind=EntryKind.NIL,
        expected=first.expected.first(),
        by=town.ward_officer,
        now=at(later),
    )
    an_issued_programme(town, WARDS, now=at(later))  # laid on the new ward
    hung = services.create_unit(
        kind="don_vi_su_nghiep", name="Trạm Văn hóa", begins=later, parent=new, by=None, now=at(later)
    )
    post = services.create_post(unit=new, title="Văn thư", role=Role.UNIT_OFFICER, by=None, now=at(later))
    clerk = a_person(name="Lã Thị Mới")
    services.appoint(post=post, person=clerk, on=later, by=None, now=at(later))
    shown = preview_undo(act, on=LATER)
    moves = {touched.column: touched.moves for touched in shown.touched}
    born = Assignment.objects.get(issued_to=new)
    assert [(move.row_id, move.unit) for move in moves["programme.Assignment.unit"] if not move.back] == [
        (born.pk, town.ward.pk)
    ]
    written = Entry.objects.get(kind=EntryKind.NIL)
    assert (written.pk, town.commune.pk) in [(move.row_id, move.unit) for move in moves["programme.Entry.assignment"]]
    assert shown.followers == [("Trạm Văn hóa", "Ủy ban nhân dân phường Bến Đá")]
    undone(town, act)
    born.refresh_from_db()
    assert born.unit == town.ward
    assert Entry.objects.get(kind=EntryKind.NIL).assignment.unit == town.commune
    assert {row.parent_id for row in selectors.units_on(LATER) if row.id == hung.pk} == {town.ward.pk}
    assert [post.unit_id for post in posts_of(clerk, LATER)] == [town.ward.pk]


def test_under_review_follows_too():
    town = a_town()
    from builders import a_programme

    programme = a_programme(town.lead, WARDS, Said("Lập dự toán", ["Phòng Tài chính - Kế hoạch"]))
    before = canonical(DAY)
    act = applied(town, *two_wards(town), merged(town.finance, town.culture))
    (meaning,) = programme.sets.all()
    assert [str(unit) for unit in meaning.units.all()] == [KY_SON]
    named = programme.tasks.last().units.get()
    assert named.unit == town.culture
    undone(town, act)
    assert canonical(LATER) == before


# what is wrong with the lines, and what is said
FAULTS = [
    (lambda t: [], "chưa có dòng nào"),
    (lambda t: [established("", parent=t.home)], "tên của đơn vị mới"),
    (lambda t: [established("X", kind="lạ")], "Chưa rõ loại"),
    (lambda t: [merged(t.ward, t.ward)], "tiếp nhận chính mình"),
    (lambda t: [Line(verb=Verb.MERGE, unit=t.ward)], "đơn vị tiếp nhận"),
    # whoever receives must stand afterwards
    (lambda t: [merged(t.ward, t.commune), merged(t.commune, t.home)], "cũng kết thúc"),
    (lambda t: [merged(t.ward, t.commune), merged(t.ward, t.home)], "Chia tách"),
    (lambda t: [merged(t.ward, t.commune, Verb.SPLIT, main=True)], "ít nhất hai"),
    (lambda t: [merged(t.ward, t.commune, Verb.SPLIT), merged(t.ward, t.home, Verb.SPLIT)], "tiếp nhận chính"),
    (lambda t: [merged(t.ward, t.commune), Line(verb=Verb.RENAME, unit=t.ward, name="X")], "trái nhau"),
    (lambda t: [merged(t.culture, t.finance, Verb.FUNCTION)], "chức năng chuyển đi"),
    (lambda t: [established("X", parent=t.ward), merged(t.ward, t.commune)], "Cấp trên"),
    (lambda t: [Line(verb=Verb.RENAME, unit=t.home, name="X", parent=t.ward)], "trực thuộc chính nó"),
    # a code is free only when its bearer ends or gets another
    (lambda t: [established("X", scheme="gso", code="05971")], "đang được đơn vị khác dùng"),
]


@pytest.mark.parametrize(("lines", "said"), FAULTS)
def test_faults_are_told_and_nothing_is_done(lines, said):
    town = a_town()
    UnitCode.objects.create(unit=town.centre, scheme="gso", code="05971", valid_from=LONG_AGO)
    act = drafted(town, *lines(town))
    before = canonical(DAY)
    assert any(said in str(fault) for fault in preview(act).faults)
    with pytest.raises(errors.MappingFaulty, match=said):
        reorganising.apply(act=act, by=town.administrator, now=at(DAY))
    assert canonical(DAY) == before


def test_when_and_by_whom():
    town = a_town()
    act = drafted(town, *two_wards(town))
    with pytest.raises(errors.NotYetInForce):
        reorganising.apply(act=act, by=town.administrator, now=at(DAY - dt.timedelta(days=1)))
    for person in (town.lead, town.leader, town.auditor):
        with pytest.raises(errors.NotPermitted):
            reorganising.apply(act=act, by=person, now=at(DAY))
    reorganising.apply(act=act, by=town.administrator, now=at(DAY))
    with pytest.raises(errors.NotADraft):
        reorganising.apply(act=act, by=town.administrator, now=at(DAY))
    with pytest.raises(errors.UndoneBefore):
        undone(town, act, on=DAY - dt.timedelta(days=1))
    new = Unit.objects.get(made_by__isnull=False)
    further = applied(town, merged(new, town.home), on=DAY + dt.timedelta(days=1))
    with pytest.raises(errors.LaterReorganisation):
        undone(town, act)
    undoing = undone(town, further)
    undone(town, act)
    for over in (act, undoing):
        with pytest.raises(errors.NotApplied):
            undone(town, over)


def test_a_name_given_since_stays():
    town = a_town()
    act = applied(town, Line(verb=Verb.RENAME, unit=town.ward, name=KY_SON))
    services.rename_unit(unit=town.ward, name="UBND phường Mới", on=LATER, by=None, now=at(LATER))
    undone(town, act)
    assert UnitName.objects.on(LATER).get(unit=town.ward).name == "UBND phường Mới"


def test_what_a_holder_delegated_goes_along():
    town = a_town()
    before = canonical(LATER)
    holding = town.ward_officer.holdings.get()
    stand_in = a_person(name="Vi Thị Thay")
    services.delegate(
        holding=holding, to=stand_in, first=DAY, last=dt.date(2026, 12, 31), by=town.ward_officer, now=at(DAY)
    )
    act = applied(town, *two_wards(town))
    (post,) = posts_of(stand_in, DAY)
    assert str(post.unit) == KY_SON
    given = stand_in.holdings.latest("id")
    assert given.delegated_by == town.ward_officer.holdings.latest("id")
    undone(town, act)
    (post,) = posts_of(stand_in, LATER)
    assert post.unit == town.ward
    back = town.ward_officer.holdings.latest("valid_from")
    services.end_appointment(holding=back, on=LATER + dt.timedelta(days=1), by=town.administrator, now=at(LATER))
    assert posts_of(stand_in, LATER + dt.timedelta(days=1)) == []
    assert canonical(LATER) != before  # the delegation stands until it ends
