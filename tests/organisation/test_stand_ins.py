"""Deputies, acting heads and delegation for a time: who may, from when to when, and how the ledger tells it."""

import datetime as dt

import pytest

from builders import LONG_AGO, NOW, ONGOING, TODAY, a_person, a_programme, a_town, an_issued_programme, at, roles_of
from xulang.organisation import errors, selectors, services
from xulang.organisation.enums import Capacity, Role
from xulang.organisation.models import Person, Unit
from xulang.organisation.permits import under
from xulang.organisation.scopes import scope_of
from xulang.plumbing.models import JournalEntry
from xulang.programme import services as programme
from xulang.programme.enums import Cadence, EntryKind
from xulang.programme.models import Assignment, Entry

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def given(holder: Person, to: Person, first: dt.date, last: dt.date | None, by: Person | None = None):
    return services.delegate(
        holding=holder.holdings.get(), to=to, first=first, last=last, by=by or holder, now=NOW, basis="05/UQ-VH"
    )


def test_a_delegate_has_the_post_from_the_first_day_to_the_last():
    town = a_town()
    given(town.lead, town.ward_officer, TODAY + DAY, TODAY + 3 * DAY)
    held = {day: town.culture.pk in scope_of(town.ward_officer, TODAY + day * DAY).roles_by_unit for day in range(6)}
    assert held == {0: False, 1: True, 2: True, 3: True, 4: False, 5: False}


def test_the_journal_names_the_delegation_of_acts_of_review_and_of_closing():
    town = a_town()
    made, issued = a_programme(town.lead, ONGOING), an_issued_programme(town, ONGOING)
    delegation = given(town.lead, town.ward_officer, TODAY, TODAY + DAY)

    def acts(by):
        task = made.tasks.get()
        programme.set_cadence(programme=made, cadence=Cadence.MONTH, by=by, now=NOW)
        programme.correct_task(task=task, text="Giới thiệu chợ đêm", by=by, now=NOW)
        programme.drop_task(task=task, by=by, now=NOW)
        programme.restore_task(task=task, by=by, now=NOW)
        programme.close(programme=issued, text="Xong.", by=by, now=NOW)
        programme.reopen(programme=issued, reason="Còn việc.", by=by, now=NOW)
        programme.move(assignment=issued.tasks.get().assignments.get(), unit=units.pop(), reason="x", by=by, now=NOW)
        rows = list(JournalEntry.objects.filter(actor_id=by.pk).order_by("-id")[:7])
        return [row.data.get("delegation") for row in rows]

    units = [town.commune, town.ward]
    assert acts(town.ward_officer) == [delegation.pk] * 7
    assert acts(town.lead) == [None] * 7
    assert selectors.delegators([delegation.pk, town.lead.holdings.get().pk]) == {delegation.pk: town.lead.pk}


def test_under_a_delegation_only_where_no_own_post_gives_the_right():
    town = a_town()
    own = a_person((Role.LEAD_OFFICER, town.finance), name="Vi Thị Mận")
    elsewhere = a_person((Role.LEAD_OFFICER, town.province), name="Hà Thị Mơ")
    for person in (own, elsewhere):
        given(town.lead, person, TODAY, TODAY + DAY)
    told = [bool(under(one, [Role.LEAD_OFFICER], town.home.pk, NOW)) for one in (own, elsewhere, town.lead)]
    assert told == [False, True, False]


def test_ledger_and_journal_tell_what_was_done_under_a_delegation():
    town = a_town()
    an_issued_programme(town, ONGOING)
    mine = Assignment.objects.filter(unit=town.culture).first()
    delegation = given(town.lead, town.ward_officer, TODAY, TODAY + DAY)
    programme.report(assignment=mine, kind=EntryKind.PROGRESS, note="Đang làm.", by=town.ward_officer, now=NOW)
    entry = Entry.objects.order_by("-id").first()
    assert (entry.post, entry.delegation) == (delegation.post, delegation)
    assert JournalEntry.objects.order_by("-id").first().data["delegation"] == delegation.pk
    # In one's own right nothing is said of a delegation.
    programme.report(assignment=mine, kind=EntryKind.PROGRESS, note="Vẫn làm.", by=town.lead, now=NOW)
    assert Entry.objects.order_by("-id").first().delegation is None
    with pytest.raises(errors.NotPermitted):
        programme.report(
            assignment=mine, kind=EntryKind.PROGRESS, note="Quá hạn.", by=town.ward_officer, now=at(TODAY + 2 * DAY)
        )


def test_what_is_refused():
    town = a_town()
    other = a_person((Role.UNIT_OFFICER, town.ward), until=TODAY + 5 * DAY)
    closed = a_person()
    closed.is_active = False
    closed.save()
    delegated = given(town.lead, town.ward_officer, TODAY, TODAY + DAY)
    refused = [
        (town.lead, closed, TODAY, TODAY, None, errors.NotToThem),  # an account that is closed
        (town.lead, town.lead, TODAY, TODAY, None, errors.NotToThem),  # oneself
        (town.lead, other, TODAY, None, None, errors.EndNeeded),  # without an end
        (town.lead, other, TODAY - DAY, TODAY, None, errors.BeyondHolding),  # for days gone by
        (town.lead, other, TODAY + DAY, TODAY, None, errors.BeyondHolding),  # backwards
        (other, town.lead, TODAY, TODAY + 5 * DAY, None, errors.BeyondHolding),  # past one's own last day
        (town.lead, town.ward_officer, TODAY + DAY, TODAY + 9 * DAY, None, errors.AlreadyHeld),  # they have it then
        (town.lead, other, TODAY, TODAY, town.ward_officer, errors.NotPermitted),  # by somebody else
        (town.administrator, other, TODAY, TODAY, None, errors.NotDelegable),  # the keys of the platform
        (town.auditor, other, TODAY, TODAY, None, errors.NotDelegable),  # the eye upon them
    ]
    for holder, to, first, last, by, why in refused:
        with pytest.raises(why):
            given(holder, to, first, last, by)
    with pytest.raises(errors.NotDelegable):  # not handed on: Nghị định 30/2020, Điều 13 khoản 3
        services.delegate(holding=delegated, to=other, first=TODAY, last=TODAY, by=town.ward_officer, now=NOW)
    assert given(town.lead, other, TODAY, TODAY, town.administrator).delegated_by.person == town.lead


@pytest.mark.parametrize("who", ["lead", "ward_officer", "administrator"])
def test_a_delegation_is_taken_back_at_once_and_stays_on_record(who):
    town = a_town()
    delegation = given(town.lead, town.ward_officer, TODAY, TODAY + 9 * DAY)
    with pytest.raises(errors.NotPermitted):
        services.end_delegation(delegation=delegation, by=town.finance_officer, now=NOW)
    services.end_delegation(delegation=delegation, by=getattr(town, who), now=NOW)
    assert town.culture.pk not in scope_of(town.ward_officer, TODAY).roles_by_unit
    delegation.refresh_from_db()
    assert delegation.valid_to == TODAY


def test_a_delegation_ends_with_the_holding_it_comes_from():
    town = a_town()
    given(town.lead, town.ward_officer, TODAY, TODAY + 9 * DAY)
    services.end_appointment(holding=town.lead.holdings.get(), on=TODAY + DAY, by=town.administrator, now=NOW)
    assert town.culture.pk in scope_of(town.ward_officer, TODAY).roles_by_unit
    assert town.culture.pk not in scope_of(town.ward_officer, TODAY + DAY).roles_by_unit


def test_acting_heads_have_a_last_day_and_deputies_need_none():
    town = a_town()
    post = services.create_post(unit=town.culture, title="Trưởng phòng", role=Role.HEAD, by=None, now=NOW)
    told = {"post": post, "on": TODAY, "by": town.administrator, "now": NOW}
    with pytest.raises(errors.EndNeeded):
        services.appoint(person=town.lead, capacity=Capacity.ACTING, **told)
    with pytest.raises(errors.DatesOverlap):
        services.appoint(person=town.lead, capacity=Capacity.ACTING, until=TODAY - DAY, **told)
    with pytest.raises(errors.NotDelegable):
        services.appoint(person=town.lead, capacity=Capacity.DELEGATE, until=TODAY, **told)
    services.appoint(person=town.lead, capacity=Capacity.ACTING, until=TODAY, **told)
    services.appoint(person=town.ward_officer, capacity=Capacity.DEPUTY, **told)
    assert Role.HEAD in roles_of(town.lead, TODAY)
    assert Role.HEAD not in roles_of(town.lead, TODAY + DAY)
    assert Role.HEAD in roles_of(town.ward_officer, TODAY + 99 * DAY)


def test_the_auditor_sees_the_journal_and_nothing_else():
    town = a_town()
    assert not Unit.objects.for_user(town.auditor, TODAY).exists()
    assert list(Person.objects.for_user(town.auditor, TODAY)) == [town.auditor]
    assert selectors.journal(town.auditor, TODAY).model is JournalEntry


@pytest.mark.parametrize("role", [Role.FINANCE, Role.PRESS, Role.EDITOR])
def test_finance_press_and_editors_read_their_units_duties_and_report_nothing(role):
    town = a_town()
    an_issued_programme(town, ONGOING)
    reader = a_person((role, town.culture), since=LONG_AGO)
    mine = Assignment.objects.for_user(reader, TODAY).get()
    assert mine.unit == town.culture
    with pytest.raises(errors.NotPermitted):
        programme.report(assignment=mine, kind=EntryKind.PROGRESS, note="Thử.", by=reader, now=NOW)
    assert not Assignment.objects.for_user(a_person((role, town.ward)), TODAY).exists()
