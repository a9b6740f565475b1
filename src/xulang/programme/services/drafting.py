"""From a superior's directive to a plan of our own: duties chosen, spread over units, numbered, taken in."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from xulang.organisation.enums import Role
from xulang.organisation.errors import NotPermitted
from xulang.organisation.models import Person, Unit
from xulang.organisation.permits import acting
from xulang.plumbing import journal
from xulang.programme.duties import duties_of
from xulang.programme.enums import Cadence, DraftState, UnitRole
from xulang.programme.errors import DateOrCadence, DraftNotReady, DraftSettled, TextNeeded, UnknownUnits
from xulang.programme.models import Draft, DraftItem, DraftUnit
from xulang.programme.papering import NOBODY, docx_of, place_of, run_on, signature_of, title_for
from xulang.registry.errors import AlreadyHeld
from xulang.registry.models import Directive, OutgoingPaper
from xulang.registry.numbering import give_number
from xulang.registry.services import passage, receive

TYPE = "KH"
AIMS = (
    "Triển khai kịp thời, đầy đủ các nhiệm vụ cấp trên giao, phù hợp với điều kiện thực tế của địa phương.",
    "Xác định rõ đơn vị chủ trì, đơn vị phối hợp và thời gian thực hiện từng nhiệm vụ.",
)


@transaction.atomic
def start_draft(*, superior: Directive, duties: Collection[str], by: Person, now: dt.datetime) -> Draft:
    """A draft plan with an item for each of the duties chosen (by `Duty.key`), worded as the superior worded it.

    By a lead officer of the office that received the superior's directive. Raises NotPermitted.
    """
    if superior.reading is None or superior.home_unit_id not in acting(by, now).homes([Role.LEAD_OFFICER]):
        raise NotPermitted
    today = timezone.localdate(now)
    signs = signature_of(superior.home_unit, today)
    draft = Draft.objects.create(
        superior=superior,
        title=title_for(superior),
        symbol=f"{TYPE}-UBND",
        place=place_of(superior.home_unit, today),
        aims="\n".join(AIMS),
        signer="" if signs.name == NOBODY else signs.name,
        lines=list(signs.lines),
        made_at=now,
        made_by=by,
        changed_at=now,
        changed_by=by,
    )
    chosen = [duty for duty in duties_of(superior, today) if duty.key in duties]
    DraftItem.objects.bulk_create(
        DraftItem(
            draft=draft,
            position=position,
            text=run_on(duty.words),
            due_on=duty.due_on,
            cadence=None if duty.due_on else duty.cadence,
            passage=passage(superior, *duty.place),
        )
        for position, duty in enumerate(chosen, 1)
    )
    journal.record(by=by, action="draft.started", subject=draft, data={"items": len(chosen)}, now=now)
    return draft


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the items of a draft."""

    title: str
    symbol: str
    place: str
    aims: str
    follows: str
    recipients: str
    signer: str
    lines: Sequence[str]


@transaction.atomic
def frame_draft(*, draft: Draft, frame: Frame, by: Person, now: dt.datetime) -> None:
    """Says what stands around the items. Raises NotPermitted, DraftSettled, TextNeeded."""
    draft = _drafting(draft, by, now)
    if not frame.title.strip():
        raise TextNeeded
    for name in ("title", "symbol", "place", "aims", "follows", "recipients", "signer"):
        setattr(draft, name, getattr(frame, name).strip())
    draft.lines = [line.strip() for line in frame.lines if line.strip()]
    _changed(draft, "draft.framed", by, now)


@dataclass(frozen=True, slots=True)
class Item:
    """An item as a person words it; `lead` and `coordinating` are units of today."""

    text: str
    heading: str = ""
    due_on: dt.date | None = None
    cadence: Cadence | None = None
    lead: Unit | None = None
    coordinating: Sequence[Unit] = ()


@transaction.atomic
def add_item(*, draft: Draft, item: Item, by: Person, now: dt.datetime, duty: str = "") -> DraftItem:
    """A further item at the end; `duty` is the superior's that it carries out (`Duty.key`), none for one of our own.

    Raises NotPermitted, DraftSettled, TextNeeded, DateOrCadence, UnknownUnits.
    """
    draft = _drafting(draft, by, now)
    last = draft.items.order_by("-position").first()
    known = {one.key: one for one in duties_of(draft.superior, timezone.localdate(now))} if duty else {}
    row = DraftItem(draft=draft, position=last.position + 1 if last else 1)
    if duty in known:
        row.passage = passage(draft.superior, *known[duty].place)
    _word(row, item, now)
    _changed(draft, "draft.item_added", by, now, item=row)
    return row


@transaction.atomic
def word_item(*, item: DraftItem, wording: Item, by: Person, now: dt.datetime) -> None:
    """Says an item anew, with its units and time. Raises as `add_item`."""
    draft = _drafting(item.draft, by, now)
    row = draft.items.select_for_update().get(pk=item.pk)
    _word(row, wording, now)
    _changed(draft, "draft.item_worded", by, now, item=row)


@transaction.atomic
def spread_items(
    *,
    draft: Draft,
    items: Iterable[int],
    by: Person,
    now: dt.datetime,
    lead: Unit | None = None,
    coordinating: Sequence[Unit] = (),
    due_on: dt.date | None = None,
    cadence: Cadence | None = None,
    heading: str = "",
) -> int:
    """Gives several items their units, time or heading in one act; what is not given stays. Gives their number.

    Raises NotPermitted, DraftSettled, DateOrCadence, UnknownUnits.
    """
    draft = _drafting(draft, by, now)
    if due_on and cadence:
        raise DateOrCadence
    rows = list(draft.items.filter(pk__in=items).prefetch_related("units"))
    for row in rows:
        led = next((one.unit for one in row.units.all() if one.role == UnitRole.LEAD), None)
        helping = [one.unit for one in row.units.all() if one.role == UnitRole.COORDINATING]
        wording = Item(
            text=row.text,
            heading=heading.strip() or row.heading,
            due_on=due_on or (None if cadence else row.due_on),
            cadence=cadence or (None if due_on or not row.cadence else Cadence(row.cadence)),
            lead=lead or led,
            coordinating=coordinating or helping,
        )
        _word(row, wording, now)
    _changed(draft, "draft.items_spread", by, now, data={"items": [row.pk for row in rows]})
    return len(rows)


@transaction.atomic
def move_item(*, item: DraftItem, up: bool, by: Person, now: dt.datetime) -> None:
    """Changes places with the item before or after it; the first stays first. Raises NotPermitted, DraftSettled."""
    draft = _drafting(item.draft, by, now)
    rows = list(draft.items.all())
    here = next(n for n, row in enumerate(rows) if row.pk == item.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows, 1):
        row.position = position
    DraftItem.objects.bulk_update(rows, ["position"])
    _changed(draft, "draft.item_moved", by, now, item=item)


@transaction.atomic
def drop_item(*, item: DraftItem, by: Person, now: dt.datetime) -> None:
    """Takes an item out of the draft. Raises NotPermitted, DraftSettled."""
    draft = _drafting(item.draft, by, now)
    _changed(draft, "draft.item_dropped", by, now, item=item)
    draft.items.filter(pk=item.pk).delete()


@transaction.atomic
def drop_draft(*, draft: Draft, by: Person, now: dt.datetime) -> None:
    """Gives a draft up; it stays readable. Raises NotPermitted, DraftSettled."""
    draft = _drafting(draft, by, now)
    draft.state = DraftState.DROPPED
    _changed(draft, "draft.dropped", by, now)


@transaction.atomic
def number_draft(*, draft: Draft, issued_on: dt.date, by: Person, now: dt.datetime) -> OutgoingPaper:
    """Gives the draft the office's next number: from now on it is the plan to be signed, and changes no more.

    Raises NotPermitted, DraftSettled, DraftNotReady, and what `registry.numbering.give_number` refuses.
    """
    draft = _drafting(draft, by, now)
    items = list(draft.items.prefetch_related("units"))
    bare = [n for n, row in enumerate(items, 1) if not any(one.role == UnitRole.LEAD for one in row.units.all())]
    if not items or bare or not draft.signer:
        raise DraftNotReady(items=bare, empty=not items, signer=bool(draft.signer))
    told = draft.recipients.splitlines() or ["Các đơn vị được giao nhiệm vụ"]
    paper = give_number(
        unit=draft.superior.home_unit,
        type=TYPE,
        symbol=draft.symbol,
        issued_on=issued_on,
        title=draft.title,
        signer=draft.signer,
        recipients="; ".join(told)[:500],
        by=by,
        now=now,
    )
    draft.paper, draft.state = paper, DraftState.NUMBERED
    _changed(draft, "draft.numbered", by, now, data={"paper": paper.pk, "code": paper.code})
    return paper


def take_in_draft(
    *, draft: Draft, by: Person, now: dt.datetime, data: bytes | None = None, name: str = ""
) -> Directive:
    """Takes the signed plan into the register, by which it becomes a directive of the office's own.

    `data` is the signed file as it was scanned or sealed; without one the Word file that was numbered is taken in.
    Raises NotPermitted, DraftSettled (not numbered, or in already), and what `registry.services.receive` does.
    """
    here = Draft.objects.select_related("superior", "paper__series").get(pk=draft.pk)
    if here.superior.home_unit_id not in acting(by, now).homes([Role.LEAD_OFFICER]):
        raise NotPermitted
    if here.state != DraftState.NUMBERED or here.paper is None:
        raise DraftSettled
    called = name or f"{here.paper.number}-{here.paper.symbol}.docx"
    try:
        made = receive(data=data if data is not None else docx_of(here), name=called, by=by, now=now)
    except AlreadyHeld as held:
        made = held.directive  # this very file came in by the register's own door
    with transaction.atomic():
        here = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
        if here.state != DraftState.NUMBERED:
            raise DraftSettled
        here.issued, here.state = made, DraftState.ISSUED
        _changed(here, "draft.issued", by, now, data={"directive": made.pk})
    return made


# --- What every verb begins and ends with ---


def _drafting(draft: Draft, by: Person, now: dt.datetime) -> Draft:
    """The draft, locked; for a lead officer of its office, while it is open."""
    held = Draft.objects.select_for_update(of=("self",)).select_related("superior").get(pk=draft.pk)
    if held.superior.home_unit_id not in acting(by, now).homes([Role.LEAD_OFFICER]):
        raise NotPermitted
    if held.state != DraftState.OPEN:
        raise DraftSettled
    return held


def _changed(
    draft: Draft,
    action: str,
    by: Person,
    now: dt.datetime,
    *,
    item: DraftItem | None = None,
    data: dict[str, object] | None = None,
) -> None:
    draft.changed_at, draft.changed_by = now, by
    draft.save()
    told = dict(data or {}) | ({"item": item.pk} if item else {})
    journal.record(by=by, action=action, subject=draft, data=told, now=now)


def _word(row: DraftItem, wording: Item, now: dt.datetime) -> None:
    """Writes the item with its units."""
    text = " ".join(wording.text.split())
    if not text:
        raise TextNeeded
    if wording.due_on and wording.cadence:
        raise DateOrCadence
    wanted = {wording.lead.pk: UnitRole.LEAD} if wording.lead else {}
    wanted = {**{unit.pk: UnitRole.COORDINATING for unit in wording.coordinating}, **wanted}
    if Unit.objects.on(timezone.localdate(now)).filter(pk__in=wanted).count() != len(wanted):
        raise UnknownUnits
    row.text, row.heading = text, " ".join(wording.heading.split())[:300]
    row.due_on, row.cadence = wording.due_on, wording.cadence
    row.save()
    row.units.all().delete()
    DraftUnit.objects.bulk_create(DraftUnit(item=row, unit_id=unit, role=role) for unit, role in wanted.items())
