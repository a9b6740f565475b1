"""Every address of the office, as every role, by GET and by POST, with rows of another office and with one's own.

The addresses are read from the URL patterns themselves: a new one without a line in `ADDRESSES` fails here. Who may
open what hangs on no database: SQLite is asked by everybody, PostgreSQL each address by three of them in turn.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern

from beginnings import BUILDERS, Beginning
from office.conftest import NOW, Town, populated
from office.later import a_later, issued
from office.plan import reading
from xulang.activities import services as activities
from xulang.activities.enums import Kind, PartnerKind
from xulang.activities.models import Activity
from xulang.activities.services import NewActivity, NewPiece
from xulang.budget import services as budget
from xulang.budget.enums import Source
from xulang.budget.models import BudgetEntry, Estimate, EstimateLine, LocalNorm
from xulang.budget.services import NewLine
from xulang.config import urls as root
from xulang.office import clock
from xulang.office.models import SavedView
from xulang.office.urls import urlpatterns
from xulang.organisation import calendars
from xulang.organisation.importing import services as importing
from xulang.organisation.models import Passkey, PostHolding
from xulang.plumbing.models import JournalEntry
from xulang.programme import services
from xulang.programme.duties import duties_of
from xulang.programme.enums import Cadence, EntryKind
from xulang.programme.models import (
    Assignment,
    CalendarFeed,
    DutyDelegation,
    Entry,
    EntryNote,
    Evidence,
    Guidance,
    Programme,
    Task,
)
from xulang.programme.services import NewEvidence
from xulang.registry import copying, editing, numbering, ports
from xulang.registry.enums import CopyForm, EffectKind, Medium
from xulang.registry.models import Directive
from xulang.reporting import services as reporting
from xulang.reporting.consolidating import canonical, content_of
from xulang.reporting.indicators import forms
from xulang.reporting.models import Consolidation

# Who is who in the town (see conftest): each stands for a role. `xa` is the lead officer of a neighbouring city.
LEAD, OFFICER, HEAD, WARD, LEADER, ADMIN, AUDITOR, NOBODY = "lan", "minh", "ha", "nga", "duc", "quan", "tho", "ky"
FINANCE, PRESS, EDITOR = "hien", "hoa", "son"
EVERYBODY = [LEAD, OFFICER, HEAD, WARD, LEADER, FINANCE, PRESS, EDITOR, ADMIN, AUDITOR, NOBODY]
ACTING = {LEAD, OFFICER, HEAD, WARD, LEADER}
DUTIES = ACTING | {FINANCE, PRESS, EDITOR}
MONEY = ACTING | {FINANCE}
DRAWING = ACTING - {LEADER}
RECORDING = (ACTING - {LEADER}) | {PRESS, EDITOR}


@dataclass(frozen=True)
class Address:
    """Who may open it by GET; whether it takes GET and POST; which kinds of row its numbers name."""

    opens_to: frozenset[str]
    get: bool = True
    post: bool = False
    rows: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def to(*people: str, get: bool = True, post: bool = False, rows: str = "", words: str = "") -> Address:
    return Address(frozenset(people), get, post, tuple(rows.split()), tuple(words.split()))


ADDRESSES = {
    "home": to(*EVERYBODY),
    "login": to(*EVERYBODY, post=True),
    "log_out": to(*EVERYBODY, get=False, post=True),
    "password": to(*EVERYBODY, post=True),
    "forgot": to(*EVERYBODY, post=True),
    "choose_password": to(*EVERYBODY, post=True),
    "feeds": to(LEAD, OFFICER, HEAD, WARD, post=True),
    "revoke_feed": to(LEAD, OFFICER, HEAD, WARD, get=False, post=True, rows="feed"),
    "feed": to(*EVERYBODY, rows="secret", words="secret"),
    "by_link": to(*EVERYBODY, post=True, words="secret"),
    "open_link": to(*EVERYBODY, words="uid token"),
    "security": to(*EVERYBODY),
    "end_session": to(*EVERYBODY, get=False, post=True, words="name"),
    "log_in_code": to(*EVERYBODY, post=True),
    "second_factor": to(*EVERYBODY, post=True),
    "second_factor_picture": to(*EVERYBODY, rows="nothing"),
    "openid": to(*EVERYBODY, rows="nothing"),
    "openid_back": to(*EVERYBODY, rows="nothing"),
    "unbind": to(ADMIN, get=False, post=True, rows="person"),
    "log_in_passkey": to(*EVERYBODY, get=False, post=True),
    "begin_log_in_passkey": to(*EVERYBODY, get=False, post=True),
    "passkeys": to(*EVERYBODY, post=True),
    "begin_passkey": to(*EVERYBODY, get=False, post=True),
    "remove_passkey": to(LEAD, get=False, post=True, rows="passkey"),
    "renew_recovery_codes": to(*EVERYBODY, get=False, post=True),
    "second_factor_demands": to(ADMIN, post=True),
    "remove_second_factor": to(ADMIN, get=False, post=True, rows="person"),
    "delegations": to(*EVERYBODY, post=True),
    "people_hints": to(*EVERYBODY),
    "end_delegation": to(get=False, post=True, rows="holding"),
    "notices": to(*DUTIES),
    "notices_seen": to(*DUTIES, get=False, post=True),
    "working_days": to(*EVERYBODY, post=True),
    "redate_day": to(LEAD, post=True, rows="own_day"),
    "withdraw_day": to(LEAD, ADMIN, get=False, post=True, rows="own_day"),
    "set_language": to(*EVERYBODY, get=False, post=True),
    "directives": to(*DUTIES),
    "receive": to(LEAD, post=True),
    "outgoing": to(LEAD, LEADER, FINANCE, post=True),
    "incoming": to(LEAD, LEADER),
    "correct_arrival": to(LEAD, post=True, rows="arrival"),
    "cancel_number": to(LEAD, FINANCE, get=False, post=True, rows="paper"),
    "copies": to(LEAD, LEADER, FINANCE),
    "copy_directive": to(LEAD, post=True, rows="directive"),
    "copy_paper": to(LEAD, FINANCE, post=True, rows="paper"),
    "copy_file": to(LEAD, LEADER, FINANCE, rows="copy", words="kind"),
    "cancel_copy": to(LEAD, FINANCE, get=False, post=True, rows="copy"),
    "drafts": to(LEAD, LEADER),
    "start_draft": to(LEAD, post=True, rows="directive"),
    "draft": to(LEAD, LEADER, post=True, rows="draft"),
    "draft_item": to(LEAD, post=True, rows="draft item"),
    "draft_preview": to(LEAD, LEADER, rows="draft"),
    "draft_check": to(LEAD, LEADER, post=True, rows="draft"),
    "draft_file": to(LEAD, LEADER, rows="draft", words="kind"),
    "cascade_check": to(LEAD, LEADER, post=True, rows="programme"),
    "directive": to(*DUTIES, rows="directive"),
    "directive_file": to(*DUTIES, rows="directive"),
    "page_picture": to(*DUTIES, rows="directive"),
    "mark_read": to(*ACTING, get=False, post=True, rows="directive"),
    "propose": to(LEAD, get=False, post=True, rows="directive"),
    "search": to(*DUTIES),
    "record": to(LEAD, post=True, rows="directive"),
    "distribution": to(*DUTIES, rows="directive"),
    "send": to(LEAD, get=False, post=True, rows="directive"),
    "circulation": to(*DUTIES, post=True, rows="directive"),
    "urge_readers": to(LEAD, OFFICER, HEAD, WARD, LEADER, get=False, post=True, rows="directive"),
    "guidance": to(*DUTIES, post=True, rows="directive"),
    "see_guidance": to(LEAD, OFFICER, HEAD, WARD, get=False, post=True, rows="directive"),
    "detach_guidance": to(LEAD, get=False, post=True, rows="guidance"),
    "settle": to(LEAD, get=False, post=True, rows="recipient"),
    "cascade": to(*DUTIES, rows="directive"),
    "withdraw_effect": to(LEAD, get=False, post=True, rows="effect"),
    "review": to(LEAD, LEADER, rows="programme"),
    "joining": to(LEAD, LEADER, rows="programme"),
    "differences": to(LEAD, LEADER, post=True, rows="programme"),
    "see_difference": to(*ACTING, get=False, post=True, rows="difference"),
    "review_others": to(LEAD, LEADER, rows="programme"),
    "accuracy": to(LEAD, LEADER),
    "review_act": to(LEAD, get=False, post=True, rows="programme", words="act"),
    "review_task": to(LEAD, get=False, post=True, rows="programme task", words="act"),
    "desk": to(LEAD, OFFICER, HEAD, WARD),
    "report_sheets": to(LEAD, OFFICER, HEAD, WARD, post=True),
    "report_sheet": to(LEAD, OFFICER, HEAD, WARD, post=True, rows="sheet"),
    "faulty_reports": to(LEAD, OFFICER, HEAD, WARD, rows="sheet"),
    "discard_reports": to(LEAD, OFFICER, HEAD, WARD, get=False, post=True, rows="sheet"),
    "assignment": to(*DUTIES, post=True, rows="assignment"),
    "delegate_duty": to(LEAD, OFFICER, HEAD, WARD, post=True, rows="assignment"),
    "end_duty_delegation": to(LEAD, OFFICER, HEAD, WARD, get=False, post=True, rows="duty_delegation"),
    "task": to(*DUTIES, rows="task"),
    "move_assignment": to(LEAD, LEADER, post=True, rows="assignment"),
    "withdraw_assignment": to(LEAD, LEADER, post=True, rows="assignment"),
    "final_review": to(*DUTIES, post=True, rows="programme"),
    "reopen": to(LEAD, LEADER, get=False, post=True, rows="programme"),
    "evidence": to(*DUTIES, rows="evidence"),
    "evidence_thumbnail": to(*DUTIES, rows="evidence"),
    "people_in_evidence": to(*DUTIES, post=True, rows="evidence"),
    "withdraw_evidence": to(*DUTIES, post=True, rows="evidence"),
    "withdraw_note": to(*DUTIES, post=True, rows="note"),
    "activities": to(*DUTIES),
    "rounds": to(*DUTIES),
    "open_round": to(LEAD, HEAD, post=True),
    "round": to(*DUTIES, rows="round"),
    "round_figure": to(*DUTIES, rows="round", words="code"),
    "round_sentence": to(*DUTIES, rows="round"),
    "consolidate": to(LEAD, HEAD, get=False, post=True, rows="round"),
    "edit_heading": to(LEAD, HEAD, post=True, rows="round"),
    "targets": to(LEAD, HEAD, post=True, rows="round"),
    "consolidation": to(*DUTIES, rows="consolidation"),
    "issue_consolidation": to(LEAD, post=True, rows="consolidation"),
    "consolidation_file": to(*DUTIES, rows="consolidation", words="kind"),
    "unit_report": to(*DUTIES, post=True, rows="unit_report"),
    "unit_figure": to(*DUTIES, rows="unit_report", words="code"),
    "estimates": to(*MONEY),
    "draw_up": to(*DRAWING, post=True),
    "budget_figures": to(*MONEY),
    "norms": to(*MONEY, post=True),
    "withdraw_norm": to(FINANCE, get=False, post=True, rows="local_norm"),
    "say_regular": to(*DRAWING, get=False, post=True, rows="assignment"),
    "estimate": to(*MONEY, post=True, rows="estimate"),
    "add_estimate_line": to(*DRAWING, post=True, rows="estimate"),
    "estimate_line": to(*DRAWING, post=True, rows="estimate_line"),
    "estimate_sheet": to(*MONEY, post=True, rows="estimate"),
    "appraise": to(FINANCE, post=True, rows="estimate"),
    "issue_note": to(FINANCE, post=True, rows="estimate"),
    "appraisal_file": to(*MONEY, rows="estimate", words="kind"),
    "spending": to(*MONEY, post=True, rows="estimate"),
    "refund": to(*DRAWING, get=False, post=True, rows="budget_entry"),
    "settle_budget_move": to(LEADER, get=False, post=True, rows="budget_entry"),
    "partners": to(*DUTIES, post=True),
    "retention": to(*RECORDING, post=True),
    "settle_term": to(*RECORDING, get=False, post=True, rows="agreement"),
    "certificates": to(*RECORDING, post=True, rows="activity"),
    "certificates_file": to(*RECORDING, rows="activity", words="kind"),
    "partners_twice": to(*RECORDING, post=True),
    "undo_partner_merging": to(*RECORDING, get=False, post=True, rows="merging"),
    "partner": to(*DUTIES, post=True, rows="partner"),
    "correct_partner": to(*RECORDING, post=True, rows="partner"),
    "correct_agreement": to(*RECORDING, post=True, rows="agreement"),
    "erase_contact": to(*RECORDING, get=False, post=True, rows="contact"),
    "activity_partners": to(*RECORDING, post=True, rows="activity"),
    "record_activity": to(*RECORDING, post=True),
    "activity": to(*DUTIES, post=True, rows="activity"),
    "correct_activity": to(*RECORDING, post=True, rows="activity"),
    "give_activity": to(*RECORDING, post=True, rows="activity"),
    "decide_activity": to(LEADER, get=False, post=True, rows="activity"),
    "attendance": to(*RECORDING, post=True, rows="activity"),
    "withdraw_activity": to(*RECORDING, post=True, rows="activity"),
    "activity_evidence": to(*DUTIES, rows="activity_evidence"),
    "activity_thumbnail": to(*DUTIES, rows="activity_evidence"),
    "tell_people": to(*RECORDING, get=False, post=True, rows="activity_evidence"),
    "withdraw_activity_evidence": to(*RECORDING, post=True, rows="activity_evidence"),
    "to_confirm": to(LEAD, HEAD, LEADER),
    "confirm": to(LEAD, HEAD, LEADER, get=False, post=True, rows="entry"),
    "return_report": to(LEAD, HEAD, LEADER, get=False, post=True, rows="entry"),
    "raise_obstacle": to(LEAD, OFFICER, HEAD, WARD, post=True, rows="assignment"),
    "ask_extension": to(LEAD, OFFICER, HEAD, WARD, post=True, rows="assignment"),
    "direct": to(LEADER, get=False, post=True, rows="assignment"),
    "direct_late": to(LEADER, get=False, post=True, rows="task"),
    "obstacles": to(*DUTIES),
    "answer_obstacle": to(*ACTING, get=False, post=True, rows="entry"),
    "settle_extension": to(LEAD, HEAD, LEADER, get=False, post=True, rows="entry"),
    "overview": to(LEADER),
    "board": to(*DUTIES),
    "board_act": to(LEAD, HEAD, LEADER, get=False, post=True),
    "save_view": to(*DUTIES, get=False, post=True),
    "remove_view": to(LEAD, get=False, post=True, rows="view"),
    "requests": to(LEAD, HEAD, LEADER),
    "figures": to(*DUTIES),
    "figure_rows": to(*DUTIES, words="number"),
    "units": to(ADMIN),
    "duplicates": to(ADMIN, post=True),
    "unit_hints": to(*DUTIES, ADMIN),
    "post_hints": to(LEAD, ADMIN),
    "add_unit": to(ADMIN, post=True),
    "unit": to(ADMIN, post=True, rows="unit"),
    "import_directory": to(ADMIN, post=True),
    "directory_template": to(ADMIN),
    "import_preview": to(ADMIN, post=True, rows="import"),
    "import_faulty": to(ADMIN, rows="import"),
    "discard_import": to(ADMIN, get=False, post=True, rows="import"),
    "export_directory": to(ADMIN, words="file"),
    "people": to(ADMIN),
    "people_twice": to(ADMIN, post=True),
    "add_person": to(ADMIN, post=True),
    "person": to(ADMIN, post=True, rows="person"),
    "reset_password": to(ADMIN, get=False, post=True, rows="person"),
    "close_account": to(ADMIN, get=False, post=True, rows="person"),
    "reopen_account": to(ADMIN, get=False, post=True, rows="person"),
    "end_sessions": to(ADMIN, get=False, post=True, rows="person"),
    "end_holding": to(ADMIN, get=False, post=True, rows="holding"),
    "reorganisations": to(LEAD, LEADER, ADMIN),
    "draft_reorganisation": to(ADMIN, post=True),
    "mapping_template": to(LEAD, LEADER, ADMIN),
    "reorganisation": to(LEAD, LEADER, ADMIN, post=True, rows="reorganisation"),
    "discard_reorganisation": to(ADMIN, get=False, post=True, rows="reorganisation"),
    "remove_line": to(ADMIN, get=False, post=True, rows="reorganisation line"),
    "preview_reorganisation": to(LEAD, LEADER, ADMIN, rows="reorganisation"),
    "apply_reorganisation": to(ADMIN, get=False, post=True, rows="reorganisation"),
    "undo_reorganisation": to(LEAD, LEADER, ADMIN, post=True, rows="reorganisation"),
    "touched_rows": to(LEAD, LEADER, ADMIN, rows="reorganisation"),
    "choose_heir": to(LEAD, get=False, post=True, rows="reorganisation"),
    "journal": to(AUDITOR, post=True),
    "guide": to(*EVERYBODY),
    "tour": to(*EVERYBODY),
    "tour_step": to(*(set(EVERYBODY) - {NOBODY}), get=False, post=True, words="slug"),
}
BEFORE_LOG_IN = {
    "login",
    "set_language",
    "forgot",
    "choose_password",
    "open_link",
    "by_link",
    "feed",
    "log_in_code",
    "log_in_passkey",
    "openid",
    "openid_back",
    "begin_log_in_passkey",
}
# The directory is one: an administrator keeps the units and people of every office in it.
SHARED = {"import", "unit", "person", "holding", "reorganisation", "line"}
WORDS = {
    "act": "xac-nhan",
    "number": "qua-han",
    "leaf": "1",
    "code": "tap-huan-lop",
    "kind": "docx",
    "uid": "MQ",
    "token": "x-y",
    "secret": "x-y",
    "name": "khac",
    "file": "danh-ba",
    "slug": "an-toan",
}


def addresses() -> Iterator[tuple[str, URLPattern]]:
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern), "an included tree must be swept too"
        yield str(pattern.name), pattern


def sent_to(who: str) -> Iterator[tuple[str, URLPattern]]:
    """Where that person knocks: everywhere; on PostgreSQL where they are the first, or one in turn, to whom it opens,
    or one in turn whom it refuses.
    """
    for turn, (name, pattern) in enumerate(addresses()):
        opened, refused = (
            [one for one in EVERYBODY if (one in ADDRESSES[name].opens_to) is may] for may in (True, False)
        )
        some = {*opened[:1], *(people[turn % len(people)] for people in (opened, refused) if people)}
        if connection.vendor == "sqlite" or who in some:
            yield name, pattern


def path(pattern: URLPattern, numbers: dict[str, int]) -> str:
    """The address with these rows' numbers in it."""
    route = "/" + str(pattern.pattern)
    for name in pattern.pattern.converters:
        kind = name.removesuffix("_id")
        value = numbers.get(kind, WORDS.get(name))
        assert value is not None, f"{pattern.name}: no sample of <{name}>"
        converter = next(part for part in route.split("/") if part.endswith(f":{name}>"))
        route = route.replace(converter, str(value))
    return route


def got(client: Client, address: str) -> int:
    """The status of a GET; a file is taken to its end, as a browser would."""
    answer = client.get(address)
    if answer.streaming:
        answer.getvalue()
    return answer.status_code


def told_in_both() -> tuple[Town, dict[str, dict[str, int]]]:
    """The town with a story in each city, and the rows of both."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOW)
        patch.setattr(ports, "_registered", [reading])
        town = populated(Town())
        return town, {"own": story(town, "lan", "vhtt"), "foreign": story(town, "xa", "khac_vp")}


BUILDERS["both_cities"] = told_in_both


@pytest.fixture(autouse=True)
def _refusals_without_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of three answers are refusals: that they are is asked here, their words in `test_every_page`."""
    for status in (403, 404):
        said = HttpResponse(status=status)
        monkeypatch.setattr(root, f"handler{status}", lambda _request, exception, said=said: said, raising=False)


@pytest.fixture
def both_cities(db: None, beginning: Beginning) -> tuple[Town, dict[str, dict[str, int]]]:
    both: tuple[Town, dict[str, dict[str, int]]] = beginning.copied("both_cities")
    return both


@pytest.fixture
def town(both_cities: tuple[Town, dict[str, dict[str, int]]]) -> Town:
    return both_cities[0]


@pytest.fixture
def rows(both_cities: tuple[Town, dict[str, dict[str, int]]]) -> dict[str, dict[str, int]]:
    """The numbers of rows of each kind: `own` of Mường Hoa, `foreign` of the neighbouring city."""
    return both_cities[1]


def story(town: Town, username: str, focal: str) -> dict[str, int]:
    """A plan received, issued, reported upon; in that lead officer's office."""
    programme = town.issue(username, focal)
    assignment = Assignment.objects.filter(task__programme=programme, task__section="II.1", role="LEAD").get()
    entry = services.report(
        assignment=assignment,
        kind=EntryKind.DONE,
        expected=assignment.expected.get(),
        note="Đã đăng 12 bài.",
        evidence=[NewEvidence(data=b"bang chung", name="bai.txt")],
        by=town.people[username],
        now=NOW,
    )
    act = town.reorganisation(focal)
    effect = editing.record_effect(
        directive=programme.directive,
        kind=EffectKind.EXPIRED,
        since=NOW.date(),
        source="Công báo",
        by=town.people[username],
        now=NOW,
    )
    later = issued(town, a_later(town, username, focal=focal), username)
    file = importing.stage(data=b"Don vi;Chuc vu\nx;y\n", name="x.csv", on=NOW.date(), by=None, now=NOW)
    paper = numbering.give_number(
        unit=programme.directive.home_unit,
        type="KH",
        symbol="KH-UBND",
        issued_on=NOW.date(),
        title="Kế hoạch",
        signer="A",
        recipients="Các phòng",
        by=town.people[username],
        now=NOW,
    )
    copied = copying.make_copy(
        unit=programme.directive.home_unit,
        of=paper,
        asked=copying.Asked(
            CopyForm.WHOLE, Medium.PAPER, "UBND", "Mường Hoa", NOW.date(), ["Chủ tịch"], "A", "Các phòng"
        ),
        by=town.people[username],
        now=NOW,
    )
    own_day = calendars.decide_day(
        unit=programme.directive.home_unit,
        day=dt.date(2026, 11, 26),
        works=False,
        reason="Ngày hội",
        by=town.people[username],
        now=NOW,
    )
    by = town.people[username]
    friend = activities.add_partner(kind=PartnerKind.SOCIETY, name="Hội Hữu nghị", by=by, now=NOW)
    twin = activities.add_partner(kind=PartnerKind.SOCIETY, name="Hội Bạn bè quốc tế", by=by, now=NOW)
    merging = activities.merge_partners(kept=friend, gone=twin, by=by, now=NOW)
    agreed = activities.agree(partner=friend, title="Bản ghi nhớ", signed_on=NOW.date(), by=by, now=NOW)
    contact = activities.add_contact(partner=friend, name="Bế Thu Hà", role="Chánh văn phòng", by=by, now=NOW)
    done = activities.record(
        kind=Kind.TRAINING,
        unit=town.units[focal],
        new=NewActivity(title="Lớp học", begins=NOW.date(), ends=NOW.date(), assignments=[assignment]),
        evidence=[NewPiece(data=b"danh sach", name="lop.txt")],
        by=town.people[username],
        now=NOW,
    )
    key = Passkey.objects.create(
        person=town.people[username], name="Máy", credential=username, public_key=b"", sign_count=0, since=NOW
    )
    round = reporting.open_round(
        programme=programme,
        form=forms()["thong-tin-doi-ngoai"],
        cadence=Cadence.MONTH,
        period="2026-12",
        by=by,
        now=NOW,
    )
    version = Consolidation.objects.create(
        round=round, number=1, content=canonical(content_of(round)), sha256="", on=NOW.date(), at=NOW, by=by
    )
    asked = budget.draw_up(
        unit=town.units[focal], programme=programme, year=2026, title="Lễ hội", approved_on=NOW.date(), by=by, now=NOW
    )
    paid = budget.add_line(
        estimate=asked,
        new=NewLine(
            assignment=assignment, content="Loa", measure="bộ", quantity=1, price=5, source=Source.SOCIAL, origin="A"
        ),
        by=by,
        now=NOW,
    )
    told = budget.send(estimate=asked, by=by, now=NOW)
    own_norm = LocalNorm.objects.create(
        home_unit=programme.directive.home_unit, norm="hoa", ceiling=1, valid_from=NOW.date(), basis="x", at=NOW, by=by
    )
    view = SavedView.objects.create(person=town.people[username], name="Quá hạn", query="con-so=qua-han")
    laid = DutyDelegation.objects.create(
        assignment=assignment, holding=PostHolding.objects.get(person=town.people[username]), by=by, at=NOW
    )
    sheet = services.stage_sheet(
        data="Mã dòng;Báo cáo\n1-x;Tiến độ\n".encode(), name="bao-cao.csv", by=town.people[username], now=NOW
    )
    draft = services.start_draft(
        superior=programme.directive, duties=[duties_of(programme.directive, NOW.date())[0].key], by=by, now=NOW
    )
    return {
        "draft": draft.pk,
        "item": draft.items.get().pk,
        "sheet": sheet.pk,
        "duty_delegation": laid.pk,
        "guidance": Guidance.objects.create(directive=programme.directive, task=assignment.task, by=by, at=NOW).pk,
        "view": view.pk,
        "estimate": asked.pk,
        "estimate_line": paid.pk,
        "budget_entry": told.pk,
        "local_norm": own_norm.pk,
        "round": round.pk,
        "consolidation": version.pk,
        "agreement": agreed.pk,
        "merging": merging.pk,
        "unit_report": round.reports.get(unit=town.units[focal]).pk,
        "partner": friend.pk,
        "contact": contact.pk,
        "activity": done.pk,
        "activity_evidence": done.evidence.get().pk,
        "passkey": key.pk,
        "feed": CalendarFeed.objects.create(person=town.people[username], secret_sha256=username, made_at=NOW).pk,
        "difference": later.differences.first().pk,
        "import": file.pk,
        "effect": effect.pk,
        "own_day": own_day.pk,
        "paper": paper.pk,
        "copy": copied.pk,
        "arrival": later.directive.arrivals.get().pk,
        "recipient": programme.directive.recipients.first().pk,
        "reorganisation": act.pk,
        "line": act.lines.first().pk,
        "directive": programme.directive_id,
        "programme": programme.pk,
        "task": assignment.task_id,
        "assignment": assignment.pk,
        "entry": entry.pk,
        "note": entry.note.pk,
        "evidence": entry.evidence.get().pk,
        "unit": town.units[focal].pk,
        "person": town.people[username].pk,
        "holding": PostHolding.objects.get(person=town.people[username]).pk,
    }


def test_every_address_is_swept() -> None:
    assert {name for name, _pattern in addresses()} == set(ADDRESSES)


def test_nobody_without_log_in_gets_further(rows: dict[str, dict[str, int]], client: Client) -> None:
    for name, pattern in addresses():
        if name in BEFORE_LOG_IN:
            continue
        for answer in (client.get(path(pattern, rows["own"])), client.post(path(pattern, rows["own"]))):
            assert answer.status_code == 302, name
            assert answer.headers["Location"].startswith("/dang-nhap/?next="), name


def test_rows_of_another_office_are_not_there(town: Town, rows: dict[str, dict[str, int]]) -> None:
    before, found = written(), []
    for who in EVERYBODY:
        client = town.client(who)
        for name, pattern in sent_to(who):
            told = ADDRESSES[name]
            if not told.rows or set(told.rows) <= SHARED:
                continue
            address, expected = path(pattern, rows["foreign"]), {404} if who in told.opens_to else {403, 404}
            if told.get and (status := got(client, address)) not in expected:
                found.append(f"{who} GET {name}: {status}")
            if told.post:
                status = client.post(address, {"reason": "thử", "act": "rename"}).status_code
                found += [] if status in expected else [f"{who} POST {name}: {status}"]
    assert not found
    assert written() == before


def written() -> tuple[int, ...]:
    """How much was ever written: nothing may be by somebody else's click."""
    models = (Directive, Programme, Task, Assignment, Entry, EntryNote, Evidence, Activity, JournalEntry)
    money = (Estimate, EstimateLine, BudgetEntry, LocalNorm)
    return tuple(model.objects.count() for model in (*models, *money))


def test_each_page_opens_to_its_roles_alone(town: Town, rows: dict[str, dict[str, int]]) -> None:
    found = []
    for who in EVERYBODY:
        client = town.client(who)
        for name, pattern in sent_to(who):
            told, status = ADDRESSES[name], got(client, path(pattern, rows["own"]))
            if not told.get:
                expected = {405} if who in told.opens_to else {405, 403, 404}
            elif who in told.opens_to:
                expected = {200, 302, 404} if told.rows else {200, 302}  # which rows: `test_rows_go_by_unit`
            else:
                expected = {403, 404}
            found += [] if status in expected else [f"{who} {name}: {status}"]
    assert not found


def test_posts_of_others_roles_are_refused_and_write_nothing(town: Town, rows: dict[str, dict[str, int]]) -> None:
    before, found = written(), []
    for who in EVERYBODY:
        client = town.client(who)
        for name, pattern in sent_to(who):
            if who not in ADDRESSES[name].opens_to:
                status = client.post(path(pattern, rows["own"]), {"reason": "thử"}).status_code
                found += [] if status in {403, 404, 405} else [f"{who} {name}: {status}"]
    assert not found
    assert written() == before


# What each may open of the city's own story: those who were given the paper, the focal unit, the leader; not the ward.
SEEN = {
    "directive": DUTIES,
    "directive_file": DUTIES,
    "review": {LEAD, LEADER},
    "assignment": {LEAD, LEADER},
    "evidence": {LEAD, LEADER},
    "withdraw_note": {LEAD, LEADER},
    "estimate": {LEAD, LEADER, FINANCE},
    "spending": set(),
    "estimate_sheet": set(),
}


def test_rows_go_by_unit(town: Town, rows: dict[str, dict[str, int]]) -> None:
    known, clients = dict(addresses()), {who: town.client(who) for who in EVERYBODY}
    opened = {
        name: {who for who, client in clients.items() if got(client, path(known[name], rows["own"])) == 200}
        for name in SEEN
    }
    assert opened == SEEN
