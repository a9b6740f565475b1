"""Links of letters: what they open, and everything that they must not."""

import datetime as dt
import threading

import pytest
from django.db import DatabaseError, connection

from builders import Said, a_person, a_town, a_unit, an_issued_programme, at
from xulang.organisation.enums import Role
from xulang.organisation.models import Person, PostHolding
from xulang.plumbing import mail
from xulang.plumbing.models import JournalEntry
from xulang.programme import errors, services
from xulang.programme.enums import EntryKind, ReportState
from xulang.programme.models import Assignment, Digest, Entry, ExpectedReport, ReportLink
from xulang.programme.services import ByLink, NewEvidence

pytestmark = pytest.mark.django_db
DATED = Said("Lập dự toán", ["Phòng Tài chính - Kế hoạch"], deadline=("date", "2026-04-29", None))
MONTHLY = Said("Báo cáo giao ban", ["Phòng Tài chính - Kế hoạch"])
DUE = dt.date(2026, 4, 28)
PHOTO = NewEvidence(data=b"anh chup", name="anh.txt")
DONE = ByLink(kind=EntryKind.DONE, key="k", note="Đã xong", evidence=[PHOTO])


class _Post:
    def available(self):
        return True


def mailed(town, day=DUE):
    """Runs the clock; what each person's letter said: the links by duty."""
    told = {}

    def compose(person, notices, links, _others):
        told[person] = links
        return "Nhắc việc", "…"

    Person.objects.filter(email="").update(email="x@muonghoa.example")
    services.remind(now=at(day), compose=compose)
    return told


@pytest.fixture
def town(monkeypatch):
    monkeypatch.setattr(mail, "_registered", [_Post()])
    town = a_town()
    an_issued_programme(town, DATED)
    return town


@pytest.fixture
def secret(town):
    return mailed(town)[town.finance_officer][ExpectedReport.objects.get().pk]


def send(secret, sent=DONE, day=DUE):
    return services.report_by_link(secret=secret, sent=sent, now=at(day))


def test_a_link_files_one_report_and_the_journal_says_how(town, secret):
    link = services.opened_link(secret, at(DUE))
    assert (link.holding.person, link.expected) == (town.finance_officer, ExpectedReport.objects.get())
    assert not ReportLink.objects.filter(secret_sha256=secret).exists(), "only the hash is kept"
    for _again in range(3):  # to look at it changes nothing
        services.opened_link(secret, at(DUE))
    entry = send(secret)
    assert (entry.kind, entry.by, entry.post.unit) == (EntryKind.DONE, town.finance_officer, town.finance)
    assert entry.by_link.holding.post == entry.post
    assert ExpectedReport.objects.get().state == ReportState.REPORTED
    line = JournalEntry.objects.order_by("-id").first()
    assert (line.action, line.data["link_post"], line.actor_id) == ("link.used", entry.post_id, entry.by_id)
    assert secret not in str(list(JournalEntry.objects.values_list("data", flat=True)))
    with pytest.raises(errors.LinkSpent):
        services.opened_link(secret, at(DUE))


def test_the_same_form_sent_again_gives_its_entry_and_another_is_refused(secret):
    entry = send(secret)
    assert send(secret) == entry, "the answer was lost"
    for key in ("other", ""):
        with pytest.raises(errors.LinkSpent):
            send(secret, ByLink(kind=EntryKind.DONE, key=key, evidence=[PHOTO]))
    assert Entry.objects.filter(kind=EntryKind.DONE).count() == 1


def test_a_refused_report_does_not_consume_it(secret):
    refused = [
        (errors.EvidenceNeeded, ByLink(kind=EntryKind.DONE, key="k")),
        (errors.NoteNeeded, ByLink(kind=EntryKind.PROGRESS, key="k")),
        (errors.NilForDated, ByLink(kind=EntryKind.NIL, key="k")),
        (errors.WordsNeeded, ByLink(kind=EntryKind.OBSTACLE, key="k")),
        (errors.TooManyFiles, ByLink(kind=EntryKind.DONE, key="k", evidence=[PHOTO] * 6)),
        (errors.TooManyFiles, ByLink(kind=EntryKind.DONE, key="k", evidence=[NewEvidence(url="https://a.example")])),
        (errors.LinkDead, ByLink(kind=EntryKind.DONE, key="", evidence=[PHOTO])),
    ]
    for why, sent in refused:
        with pytest.raises(why):
            send(secret, sent)
    # Nothing but a report or an obstacle can be said by it.
    for kind in set(EntryKind) - {EntryKind.PROGRESS, EntryKind.NIL, EntryKind.DONE, EntryKind.OBSTACLE}:
        entry_kinds = set(Entry.objects.values_list("kind", flat=True))
        with pytest.raises(errors.WordsNeeded):
            send(secret, ByLink(kind=kind, key="k"))
        assert set(Entry.objects.values_list("kind", flat=True)) == entry_kinds
    assert send(secret, ByLink(kind=EntryKind.OBSTACLE, key="k", note="Thiếu mẫu")).kind == EntryKind.OBSTACLE


def test_five_files_go(secret):
    entry = send(secret, ByLink(kind=EntryKind.DONE, key="k", evidence=[PHOTO] * 5))
    assert entry.evidence.count() == 5


def end_post(town, secret):
    PostHolding.objects.filter(person=town.finance_officer).update(valid_to=DUE)


def close_account(town, secret):
    Person.objects.filter(pk=town.finance_officer.pk).update(is_active=False)


def withdraw(town, secret):
    services.withdraw(assignment=Assignment.objects.get(), reason="Thôi", by=town.leader, now=at(DUE))


def move(town, secret):
    services.move(assignment=Assignment.objects.get(), unit=town.centre, reason="Chuyển", by=town.leader, now=at(DUE))


def report_otherwise(town, secret):
    row = ExpectedReport.objects.get()
    given = {"assignment": row.assignment, "expected": row, "kind": EntryKind.DONE, "evidence": [PHOTO]}
    services.report(**given, by=town.finance_officer, now=at(DUE))


def close_programme(town, secret):
    programme = Assignment.objects.get().task.programme
    services.close(programme=programme, text="Kết thúc", by=town.lead, now=at(DUE))


@pytest.mark.parametrize("act", [end_post, close_account, withdraw, move, report_otherwise, close_programme])
def test_a_link_dies_with_what_it_hangs_on(town, secret, act):
    act(town, secret)
    before = Entry.objects.count()
    with pytest.raises(errors.LinkDead):
        services.opened_link(secret, at(DUE))
    with pytest.raises(errors.LinkDead):
        send(secret)
    assert Entry.objects.count() == before


def test_a_link_dies_after_its_days_and_a_wrong_one_opens_nothing(secret):
    services.opened_link(secret, at(DUE + dt.timedelta(days=6)))
    for wrong, day in ((secret, DUE + dt.timedelta(days=7)), (secret[:-1], DUE), (secret + "x", DUE), ("", DUE)):
        with pytest.raises(errors.LinkDead):
            services.opened_link(wrong, at(day))
        with pytest.raises(errors.LinkDead):
            send(wrong, day=day)


def test_a_later_holder_of_the_post_cannot_use_it(town, secret):
    """It was sent to one person in one post: who holds the post after them gets letters of their own."""
    held = PostHolding.objects.get(person=town.finance_officer)
    PostHolding.objects.filter(pk=held.pk).update(valid_to=DUE)
    PostHolding.objects.create(post=held.post, person=a_person(), valid_from=DUE)
    with pytest.raises(errors.LinkDead):
        send(secret)


def test_only_who_may_report_gets_a_link(town):
    head, other = a_person((Role.HEAD, town.finance)), a_person((Role.UNIT_OFFICER, town.ward))
    told = mailed(town, day=dt.date(2026, 5, 20))  # late enough for the head, the focal unit and the leader
    assert {person for person, links in told.items() if links} == {town.finance_officer, head}
    assert {town.lead, town.leader} <= set(told)
    assert other not in told


def test_each_letter_has_links_of_its_own_for_one_period_each(monkeypatch):
    monkeypatch.setattr(mail, "_registered", [_Post()])
    town = a_town()
    an_issued_programme(town, MONTHLY)
    first = mailed(town, dt.date(2026, 3, 16))[town.finance_officer]
    second = mailed(town, dt.date(2026, 4, 16))[town.finance_officer]
    assert len(first) == 1
    assert set(first) < set(second)
    assert not set(first.values()) & set(second.values())
    entry = send(next(iter(first.values())), ByLink(kind=EntryKind.NIL, key="k"), dt.date(2026, 3, 17))
    assert (entry.kind, entry.expected_id) == (EntryKind.NIL, next(iter(first)))
    assert Digest.objects.filter(person=town.finance_officer).count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("keys", [["a"] * 6, ["a", "b", "c", "d", "e", "f"]])
def test_of_many_at_once_one_is_written(monkeypatch, keys):
    monkeypatch.setattr(mail, "_registered", [_Post()])
    town = a_town()
    an_issued_programme(town, DATED)
    secret = mailed(town)[town.finance_officer][ExpectedReport.objects.get().pk]
    start, told, failures = threading.Barrier(len(keys)), [], []

    def one(key):
        try:
            start.wait()
            told.append(send(secret, ByLink(kind=EntryKind.DONE, key=key, evidence=[PHOTO])).pk)
        except errors.LinkSpent:
            told.append(None)
        except DatabaseError as why:
            failures.append(why)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    entry = Entry.objects.get(kind=EntryKind.DONE)
    refused = 0 if len(set(keys)) == 1 else len(keys) - 1
    assert sorted(told, key=str) == sorted([entry.pk] * (len(keys) - refused) + [None] * refused, key=str)


def test_a_unit_that_was_merged_away_reports_by_no_old_link(town, secret):
    """A reorganisation moves the duty and ends the post; either alone is enough."""
    Assignment.objects.update(unit=a_unit("Phòng Kinh tế", "phong", town.home))
    with pytest.raises(errors.LinkDead):
        send(secret)
