"""Questions about drafts: which there are, and what their drafter should look at again."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from xulang.organisation.enums import Role
from xulang.organisation.models import Person
from xulang.organisation.scopes import scope_of
from xulang.papers.draft_lint import Doubt, Replaced, lint
from xulang.papers.paper import UnfitPaperError
from xulang.programme.enums import UnitRole
from xulang.programme.models import Draft
from xulang.programme.papering import docx_of
from xulang.reading.directive.read import read
from xulang.reading.files.opening import open_document
from xulang.registry.enums import EffectKind
from xulang.registry.models import Effect


def drafts(person: Person, today: dt.date) -> "QuerySet[Draft]":
    """The drafts of the person's office, the last changed first, with their number of items as `item_count`."""
    rows = Draft.objects.for_user(person, today).select_related("superior", "changed_by", "paper__series", "issued")
    rows = rows.defer("superior__text", "superior__reading", "issued__text", "issued__reading")
    lacking = Q(items__isnull=False) & ~Q(items__units__role=UnitRole.LEAD)
    return rows.annotate(item_count=Count("items", distinct=True), bare_count=Count("items", lacking, distinct=True))


def drafts_in(person: Person, today: dt.date, draft: Draft) -> bool:
    """Whether the person may write the draft: a lead officer of its office."""
    scope = scope_of(person, today)
    return scope is not None and draft.superior.home_unit_id in scope.homes([Role.LEAD_OFFICER])


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A draft as the reader reads it, what should be looked at again, or why it cannot be set in form."""

    reading: dict[str, Any] | None
    doubts: list[Doubt]
    unfit: str = ""


# What a draft has not yet by its nature: its number and day come with its number.
_LATER = frozenset({"blank_number", "blank_date"})


def read_back(draft: Draft) -> ReadBack:
    """Sets the draft, reads it as any directive is read, and holds it against the superior's words."""
    try:
        data = docx_of(draft)
    except UnfitPaperError as why:
        return ReadBack(None, [], str(why))
    reading = read(open_document(data), name="du-thao.docx", sha256="")
    ended = Effect.objects.filter(
        kind=EffectKind.REPLACED, withdrawn_at__isnull=True, directive__home_unit=draft.superior.home_unit_id
    ).exclude(directive__code="")
    replaced = {
        code: Replaced(by, since) for code, by, since in ended.values_list("directive__code", "by_code", "since")
    }
    found = lint(reading, replaced=replaced, superior=draft.superior.text)
    doubts = [one for one in found if draft.paper_id or one.code not in _LATER]
    return ReadBack(reading.as_contract(), doubts)
