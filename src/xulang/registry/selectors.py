"""Questions about directives, always scoped by person and day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from xulang.organisation.enums import ACTING_ROLES
from xulang.organisation.models import Person, PostHolding
from xulang.organisation.scopes import scope_of
from xulang.plumbing import searching
from xulang.plumbing.folding import fold
from xulang.plumbing.wording import Query, parse
from xulang.registry.cascade import Cascade, Link, Paper, layered
from xulang.registry.enums import DESCENDS, ENDING, READ_AS, Direction, DirectiveState, EffectKind, Relation
from xulang.registry.indexing import HEADINGS, PASSAGES
from xulang.registry.models import Circulation, Citation, Directive, Distribution, Effect, Recipient


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


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of a directive's effect: by a person's note (`effect`), or only as a citation reads."""

    kind: EffectKind
    by_code: str
    by_id: int | None
    effect: Effect | None = None
    citation: Citation | None = None

    @property
    def sure(self) -> bool:
        """Whether a person said so."""
        return self.effect is not None


def standings(person: Person, today: dt.date, ids: Iterable[int]) -> dict[int, list[Standing]]:
    """For each of the directives what is known of its effect; what a person said comes first, the newest of it first.

    A citation counts only where the person may see the directive that makes it, and no note says the same.
    """
    ids, found = list(ids), dict[int, list[Standing]]()
    effects = Effect.objects.for_user(person, today).filter(directive_id__in=ids, withdrawn_at__isnull=True)
    for effect in effects.order_by("-since", "-id"):
        row = Standing(EffectKind(effect.kind), effect.by_code, effect.by_directive_id, effect=effect)
        found.setdefault(effect.directive_id, []).append(row)
    read = Citation.objects.for_user(person, today).filter(cited_id__in=ids, relation__in=list(READ_AS))
    for citation in read.select_related("directive").defer("directive__text", "directive__reading"):
        assert citation.cited_id is not None
        rows = found.setdefault(citation.cited_id, [])
        kind = READ_AS[Relation(citation.relation)]
        if not any(row.kind == kind and row.by_id == citation.directive_id for row in rows):
            rows.append(Standing(kind, str(citation.directive), citation.directive_id, citation=citation))
    return {key: rows for key, rows in found.items() if rows}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows of the register are asked for; whatever is empty asks for all."""

    direction: str = ""
    words: str = ""
    type: str = ""
    year: str = ""
    unread: bool = False
    ended: bool = False


def register(person: Person, today: dt.date, wanted: Wanted) -> "QuerySet[Directive]":
    """The rows of the register that the person may see, the last received first; a page goes on below an id."""
    rows = directives(person, today).order_by("-id")
    if wanted.direction:
        rows = rows.filter(direction=wanted.direction, state=DirectiveState.RECEIVED)
    if wanted.words:
        hits = found_headings(person, today, parse(wanted.words)).page(limit=searching.COUNTED).hits
        rows = rows.filter(Q(pk__in=[hit.row_id for hit in hits]) | Q(code__icontains=wanted.words))
    if wanted.type:
        rows = rows.filter(type=wanted.type)
    if wanted.year:
        rows = rows.filter(issued_on__startswith=wanted.year)
    if wanted.unread:
        rows = rows.filter(pk__in=unread(person, today).values("directive_id"))
    if wanted.ended:
        noted = Effect.objects.filter(kind__in=ENDING, withdrawn_at__isnull=True, since__lte=today)
        rows = rows.filter(pk__in=noted.values("directive_id"))
    return rows


def unread(person: Person, today: dt.date) -> "QuerySet[Distribution]":
    """What was given to the person's own units or posts and nobody there has said to have received."""
    scope = scope_of(person, today)
    if scope is None:
        return Distribution.objects.none()
    posts = PostHolding.objects.on(today).filter(person=person).values("post_id")
    mine = Q(post__isnull=True, unit_id__in=scope.units(ACTING_ROLES)) | Q(post_id__in=posts)
    return Distribution.objects.filter(mine, read_at__isnull=True)


def unread_directives(person: Person, today: dt.date) -> "QuerySet[Directive]":
    """The directives of these, newest first, without the heavy text."""
    given = unread(person, today).values("directive_id")
    return Directive.objects.filter(pk__in=given).defer("text", "reading")


def given(person: Person, today: dt.date, directive: Directive) -> "QuerySet[Distribution]":
    """To whom the directive was given, those that have not read it first and the longest waiting before others."""
    rows = Distribution.objects.for_user(person, today).filter(directive=directive)
    rows = rows.select_related("read_by", "post", "given_to", "unit").prefetch_related("unit__names", "given_to__names")
    return rows.order_by(F("read_at").asc(nulls_first=True), "given_on", "id")


def passed_on(person: Person, today: dt.date, year: int) -> dict[tuple[int, str, str], list[Distribution]]:
    """To whom the papers that offices issued in a year were given, by office, number (without zeros) and symbol.

    Only those that were taken in as signed: of the others the system does not know where they went.
    """
    rows = Distribution.objects.for_user(person, today)
    rows = rows.filter(directive__direction=Direction.OUTGOING, directive__issued_date__year=year)
    found: dict[tuple[int, str, str], list[Distribution]] = {}
    rows = rows.select_related("directive").defer("directive__text", "directive__reading")
    for row in rows.order_by("given_on", "id"):
        paper = row.directive
        found.setdefault((paper.home_unit_id, paper.number.lstrip("0"), paper.symbol), []).append(row)
    return found


def to_read(person: Person, today: dt.date) -> "QuerySet[Circulation]":
    """What was passed on to the person to be read and the person has not seen, the longest waiting first."""
    rows = Circulation.objects.for_user(person, today).filter(person=person, seen_at__isnull=True)
    rows = rows.select_related("directive", "given_by").defer("directive__text", "directive__reading")
    return rows.order_by("given_on", "id")


def circulated(person: Person, today: dt.date, directive: Directive) -> "QuerySet[Circulation]":
    """The persons whom a directive was passed on to, those who have not seen it first; as far as one may see.

    `holds` tells whether the person holds a post still: of one who does not nothing can be asked.
    """
    rows = Circulation.objects.for_user(person, today).filter(directive=directive)
    posts = PostHolding.objects.on(today).filter(person=OuterRef("person"), person__is_active=True)
    rows = rows.select_related("person", "unit", "given_to", "given_by").annotate(holds=Exists(posts))
    rows = rows.prefetch_related("unit__names", "given_to__names")
    return rows.order_by(F("seen_at").asc(nulls_first=True), "given_on", "unit", "id")


def recipients(person: Person, today: dt.date, directive: Directive) -> "QuerySet[Recipient]":
    """The lines of Nơi nhận with the units that they mean."""
    rows = Recipient.objects.for_user(person, today).filter(directive=directive)
    return rows.prefetch_related("units__names")


def types_and_years(person: Person, today: dt.date) -> tuple[list[str], list[str]]:
    """The types and years that there are to choose from."""
    rows = Directive.objects.for_user(person, today).filter(state=DirectiveState.RECEIVED).order_by()
    types = rows.exclude(type="").values_list("type", flat=True).distinct()
    years = rows.exclude(issued_on="").values_list(Substr("issued_on", 1, 4), flat=True).distinct()
    return sorted(types), sorted(years, reverse=True)


STEPS = 5  # how far up and down a cascade is followed


def cascade(person: Person, today: dt.date, held: Directive) -> Cascade:
    """What the directive comes down from and what comes down from it, as far as the person may see.

    Of other directives than this one only what they implement, amend or replace is followed upwards: each names dozens
    of legal bases that say nothing of this one.
    """
    rows = {held.pk: held}
    links: list[Link] = []
    cited_only: dict[str, Paper] = {}
    seen = Citation.objects.for_user(person, today).select_related("directive", "cited")
    seen = seen.defer("directive__text", "directive__reading", "cited__text", "cited__reading")
    visible = set(Directive.objects.for_user(person, today).filter(cited_by__isnull=False).values_list("pk", flat=True))
    for upwards in (True, False):
        edge, done = {held.pk}, {held.pk}
        for _step in range(STEPS):
            if upwards:
                step = seen.filter(directive_id__in=edge, relation__in=DESCENDS)
                step = step.filter(Q(directive_id=held.pk) | ~Q(relation=Relation.BASIS))
            else:
                step = seen.filter(cited_id__in=edge, relation__in=DESCENDS)
            edge = set()
            for citation in step:
                opens = not upwards or citation.cited_id in visible
                if opens:
                    assert citation.cited is not None
                    above, further = f"d{citation.cited_id}", citation.cited if upwards else citation.directive
                    rows[further.pk] = further
                    edge.add(further.pk)
                else:
                    paper = _only_cited(citation)
                    above = paper.key
                    cited_only.setdefault(above, paper)
                links.append(Link(above, f"d{citation.directive_id}", Relation(citation.relation)))
            edge -= done
            done |= edge
            if not edge:
                break
    told = standings(person, today, rows)
    papers = [_paper(row, told.get(row.pk, []), here=row.pk == held.pk) for row in rows.values()]
    return layered([*papers, *cited_only.values()], links, f"d{held.pk}")


def _only_cited(citation: Citation) -> Paper:
    """Two papers of one number are told apart by their dates."""
    key = f"c{fold(citation.code)}|{citation.date[:4]}"
    return Paper(key, citation.code, issuer=citation.issuer, type=citation.type, date=citation.date)


def _paper(row: Directive, standing: list[Standing], *, here: bool) -> Paper:
    first = next(iter(sorted(standing, key=lambda one: (not one.sure, one.kind not in ENDING))), None)
    return Paper(
        f"d{row.pk}",
        row.code,
        row.title,
        row.issuer,
        row.type,
        row.issued_on,
        row.pk,
        here,
        first.kind if first else None,
        first.sure if first else False,
    )
