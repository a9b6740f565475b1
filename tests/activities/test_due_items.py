"""What the clock tells of besides duties: agreements that end, evidence kept for long enough; once, in the digest."""

import datetime as dt
import io

import pytest
from PIL import Image

from builders import LONG_AGO, NOW, TODAY, a_person, at
from xulang.activities import services
from xulang.activities.enums import AgreementTerm, Kept, Kind, PartnerKind
from xulang.activities.errors import NothingToErase
from xulang.activities.knowledge import reminders, retentions
from xulang.activities.models import AgreementNotice, Attendee, ErasingNotice, PermitNotice
from xulang.activities.permissions import INTERNATIONAL, permission_on
from xulang.activities.services import NewPiece
from xulang.office import reminders as letters
from xulang.organisation.enums import Role
from xulang.organisation.errors import NotPermitted
from xulang.plumbing.errors import ReasonNeeded
from xulang.plumbing.models import StoredFile
from xulang.plumbing.verdicts import People
from xulang.programme import selectors
from xulang.programme import services as programme
from xulang.programme.enums import EntryKind, ProgrammeState
from xulang.programme.models import Digest, Programme
from xulang.programme.services import NewEvidence

pytestmark = pytest.mark.django_db


def a_png(shade: int) -> bytes:
    """A picture of one pixel."""
    out = io.BytesIO()
    Image.new("L", (1, 1), shade).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def work(activities_work):
    return activities_work


def run(day):
    """The clock's round of a day; what each person's letter had besides duties."""
    told = {}

    def compose(person, _notices, _links, others):
        told[person] = [str(letters.told_beside(row).title) for row in others]
        return "Nhắc việc", "…"

    programme.remind(now=at(day, 7), compose=compose)
    return told


def agreed(work, **said):
    friend = services.add_partner(kind=PartnerKind.TWIN, name="Thành phố Nà Loa", by=work.town.lead, now=NOW)
    signed = {"title": "Bản ghi nhớ", "signed_on": TODAY - dt.timedelta(500)}
    return services.agree(partner=friend, by=work.town.lead, now=NOW, **signed, **said)


def told_on(work, term=AgreementTerm.EXPIRY):
    rows = AgreementNotice.objects.filter(term=term).order_by("day", "person")
    return [(row.day, row.person) for row in rows]


def test_an_agreement_is_told_by_its_steps_once_and_late_to_the_leader(work):
    end = TODAY + dt.timedelta(100)
    agreement = agreed(work, expires_on=end)
    for n in (0, 10, 10, 70, 93, 100, 110, 116, 140):
        run(TODAY + dt.timedelta(n))
    steps = [end + dt.timedelta(step.days) for step in reminders(AgreementTerm.EXPIRY, end).steps]
    lead, leader = work.town.lead, work.town.leader
    assert told_on(work) == [*((day, lead) for day in steps[:-1]), *((steps[-1], one) for one in (lead, leader))]
    services.settle_term(agreement=agreement, term=AgreementTerm.EXPIRY, by=lead, now=NOW)
    assert all("Bản ghi nhớ" not in str(some) for some in run(TODAY + dt.timedelta(150)).values())


def test_a_follow_up_that_is_done_is_told_no_more(work):
    by = TODAY + dt.timedelta(7)
    agreement = agreed(work, follow_up="Gửi ảnh", follow_up_by=by)
    run(TODAY)
    run(TODAY)
    assert told_on(work, AgreementTerm.FOLLOW_UP) == [(TODAY, work.town.lead)]
    services.settle_term(agreement=agreement, term=AgreementTerm.FOLLOW_UP, by=work.town.lead, now=NOW)
    run(by)
    assert len(told_on(work, AgreementTerm.FOLLOW_UP)) == 1
    with pytest.raises(NotPermitted):
        services.settle_term(agreement=agreement, term=AgreementTerm.EXPIRY, by=work.town.ward_officer, now=NOW)


def test_the_digest_carries_it_and_a_day_has_one(work, monkeypatch):
    from xulang.plumbing import mail
    from xulang.plumbing.models import Letter

    class Post:
        def available(self):
            return True

    monkeypatch.setattr(mail, "_registered", [Post()])
    work.town.lead.email = "lan@muonghoa.example"
    work.town.lead.save()
    agreed(work, expires_on=TODAY + dt.timedelta(5))
    programme.remind(now=at(TODAY, 7), compose=letters.letter)
    programme.remind(now=at(TODAY, 8), compose=letters.letter)
    assert Digest.objects.filter(person=work.town.lead).count() == 1
    assert "Bản ghi nhớ (Thành phố Nà Loa)" in Letter.objects.get(to=work.town.lead.email).body


# A picture with a person, one without, a text: by how many years each is kept, as the data says.
YEARS = {Kept.PEOPLE: 2, Kept.PICTURE: 5, Kept.FILE: 10, Kept.ATTENDANCE: 1}


def test_the_years_are_data_with_a_source():
    rules = retentions(TODAY)
    assert {kind: rule.years for kind, rule in rules.items()} == YEARS
    assert all(rule.source for rule in rules.values())
    assert Kept.PEOPLE not in retentions(dt.date(2025, 12, 31))  # no rule yet: nothing is proposed
    assert rules[Kept.PEOPLE].cut_off(dt.date(2028, 2, 29)) == dt.date(2026, 2, 28)


@pytest.fixture
def kept(work):
    """An activity with pictures and a text, given to a report; years ago, of a programme that is over."""
    pieces = [
        NewPiece(data=a_png(1), name="nguoi.png", people=People.CONSENTED, consent="Bản đồng ý 10/3"),
        NewPiece(data=a_png(2), name="canh.png", people=People.NONE),
        NewPiece(data=b"Bien ban", name="bien-ban.txt"),
    ]
    made = work.record(work.fair, kind=Kind.TRAINING, evidence=pieces)
    programme.report(
        assignment=work.boards, expected=work.boards.expected.first(), kind=EntryKind.PROGRESS, note="x",
        evidence=[NewEvidence(data=b"So lieu", name="so-lieu.txt")], by=work.town.ward_officer, now=NOW,
    )  # fmt: skip
    services.list_attendance(activity=made, rows=[("Vi Thị Sen", "")], by=work.town.lead, now=NOW)
    return made


def listed(person, years, **asked):
    day = TODAY.replace(year=TODAY.year + years)
    return [piece.kind for piece in services.kept_long_enough(person, day, **asked)]


def test_what_is_kept_long_enough_is_listed_for_who_may_erase_it(work, kept):
    lead, ward = work.town.lead, work.town.ward_officer
    assert listed(lead, 0) == []
    assert listed(lead, 1) == [Kept.ATTENDANCE]  # a list of names does not wait for the programme
    assert listed(lead, 11) == [Kept.ATTENDANCE]  # the programme runs still: its evidence is needed
    Programme.objects.update(state=ProgrammeState.CLOSED)
    assert set(listed(lead, 2)) == {Kept.ATTENDANCE, Kept.PEOPLE}
    assert listed(lead, 5, kind=Kept.PICTURE) == [Kept.PICTURE]
    assert listed(lead, 10).count(Kept.FILE) == 2  # the activity's and, as the focal unit, the ward's
    assert listed(ward, 10) == [Kept.FILE]
    assert listed(work.town.finance_officer, 10) == []


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_page_after_page_gives_each_once(work, kept, size):
    Programme.objects.update(state=ProgrammeState.CLOSED)
    lead, day = work.town.lead, TODAY.replace(year=TODAY.year + 10)
    whole = [piece.key for piece in services.kept_long_enough(lead, day)]
    told, place = [], None
    while some := services.kept_long_enough(lead, day, after=place, most=size):
        told += [piece.key for piece in some]
        place = some[-1].place
    assert told == whole
    assert services.how_many_kept(lead, day) == len(whole) == 5


def test_a_person_erases_with_a_reason_and_nothing_goes_by_itself(work, kept):
    Programme.objects.update(state=ProgrammeState.CLOSED)
    lead, then = work.town.lead, at(TODAY.replace(year=TODAY.year + 10))
    keys = [piece.key for piece in services.kept_long_enough(lead, then.date())]
    run(then.date())
    assert StoredFile.objects.filter(withdrawn_at__isnull=False).count() == 0
    for some, reason, refusal in (
        (keys, " ", ReasonNeeded),
        ([], "x", NothingToErase),
        (["evidence-0"], "x", NotPermitted),
    ):
        with pytest.raises(refusal):
            services.erase_kept(keys=some, reason=reason, by=lead, now=then)
    assert services.erase_kept(keys=keys, reason="Hết thời hạn giữ", by=lead, now=then) == len(keys) == 5
    assert services.kept_long_enough(lead, then.date()) == []
    assert not Attendee.objects.exists()
    assert all(row.sha256 for row in StoredFile.objects.filter(withdrawn_at__isnull=False))  # the hash stays


def test_who_may_erase_is_told_once_a_month(work, kept):
    a_person((Role.HEAD, work.town.culture), since=LONG_AGO)
    first = TODAY.replace(year=TODAY.year + 1, day=20)
    run(first)
    run(first + dt.timedelta(1))
    assert ErasingNotice.objects.count() == 2  # the lead officer and the head of the unit
    run(first + dt.timedelta(31))
    assert ErasingNotice.objects.count() == 4


def test_a_conference_without_permission_is_told_until_it_is_on_record(work):
    day = TODAY + dt.timedelta(45)
    told = {"form": "CONFERENCE", "people": 60, "foreigners": 6}
    one = work.record(work.friends, title="Hội thảo quốc tế", begins=day, ends=day, detail=told)
    work.record(work.fair, title="Hội nghị trong nước", begins=day, ends=day, detail=told | {"foreigners": 0})
    work.record(work.fair, title="Lễ hội có khách", begins=day, ends=day, detail=told | {"form": "EVENT"})
    lead, leader = work.town.lead, work.town.leader
    helper = a_person((Role.UNIT_OFFICER, work.town.culture))
    rule = permission_on(INTERNATIONAL, day)
    for n in (0, 0, 10, 25, 26, 38, 40):
        run(TODAY + dt.timedelta(n))
    steps = [day + dt.timedelta(n) for n in rule.remind]
    rows = [(row.day, row.person) for row in PermitNotice.objects.order_by("day", "person")]
    both = sorted([lead, helper], key=lambda person: person.pk)
    late = sorted([lead, helper, leader], key=lambda person: person.pk)
    assert rows == [(step, who) for step in steps for who in (late if step == steps[-1] else both)]
    assert set(PermitNotice.objects.values_list("activity", flat=True)) == {one.pk}
    shown = [row for row in selectors.other_notices(lead) if isinstance(row, PermitNotice)]
    assert [row.day for row in shown] == steps[-1:], "one line, by its last notice"
    assert "Quyết định 06/2020/QĐ-TTg" in letters.told_beside(shown[0]).words
    allowed = told | {"permission": "15/UBND-NV", "permission_on": TODAY}
    new = work.new(work.friends, title="Hội thảo quốc tế", begins=day, ends=day)
    services.correct(activity=one, new=new, detail=allowed, by=lead, now=NOW)
    assert not [row for row in selectors.other_notices(lead) if isinstance(row, PermitNotice)]
