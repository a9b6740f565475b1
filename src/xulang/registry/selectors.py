"""Questions about directives, always scoped by person and day."""

import datetime as dt

from django.db.models import QuerySet

from xulang.organisation.models import Person
from xulang.plumbing import searching
from xulang.plumbing.wording import Query
from xulang.registry.enums import DirectiveState
from xulang.registry.indexing import HEADINGS, PASSAGES
from xulang.registry.models import Directive


def directives(person: Person, today: dt.date) -> "QuerySet[Directive]":
    """The register as the person may see it, newest first, without the heavy text; programme and receiver at hand."""
    return (
        Directive.objects.for_user(person, today)
        .select_related("received_by", "home_unit", "programme")
        .prefetch_related("home_unit__names")
        .defer("text", "reading")
    )


def directive(person: Person, today: dt.date, id: int) -> Directive:
    """One directive with its citations and distributions. Raises Directive.DoesNotExist for one not to be seen."""
    return (
        Directive.objects.for_user(person, today)
        .select_related("received_by", "home_unit", "programme", "file")
        .prefetch_related(
            "citations__cited", "distributions__unit__names", "distributions__read_by", "home_unit__names"
        )
        .get(pk=id)
    )


def same_papers(person: Person, today: dt.date, held: Directive) -> "QuerySet[Directive]":
    """Other files of what seems the same paper: same number, symbol and issuer (Nghị định 30/2020, Annex VI)."""
    rows = Directive.objects.for_user(person, today).filter(state=DirectiveState.RECEIVED).defer("text", "reading")
    if not held.code:
        return rows.none()
    return rows.filter(code=held.code, issuer=held.issuer, home_unit=held.home_unit_id).exclude(pk=held.pk)


def found_headings(person: Person, today: dt.date, query: Query) -> searching.Asked:
    """The directives whose number, title or issuer says it, among those that the person may see."""
    return searching.Asked(HEADINGS, query, Directive.objects.for_user(person, today).values("pk"))


def found_passages(person: Person, today: dt.date, query: Query) -> searching.Asked:
    """The passages that say it, of the directives that the person may see; `row_id` is the directive."""
    return searching.Asked(PASSAGES, query, Directive.objects.for_user(person, today).values("pk"))
