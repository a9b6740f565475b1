"""Full-text search over the rooms' rows: what a room lets be found, keeping the index, and asking it.

The index is a table of ours whose words FTS5 (SQLite) or GIN (PostgreSQL) index; it is written in the transaction that
writes the row. Whoever asks gives the rows that may be seen, and the database leaves out all others before anything is
counted.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db import connection, models, transaction
from django.db.models.signals import post_delete, post_save

from xulang.plumbing.models import IndexedText
from xulang.plumbing.wording import Phrase, Query, words

COUNTED = 1000  # more hits than this are told as "more than"
_CHUNK = 500

Text = tuple[int, str]  # where it begins in the row's own text, and its words


@dataclass(frozen=True, slots=True)
class Source:
    """What of a table can be found: from which of its fields which texts come."""

    kind: str
    model: type[models.Model]
    fields: frozenset[str]
    texts: Callable[[Any], Sequence[Text]]


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended: among the exact hits or those that only fold alike, and at which row of the index."""

    exact: bool
    id: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some hits in order, and where to go on, None at the end."""

    hits: list[IndexedText]
    after: Cursor | None


_sources: dict[str, Source] = {}


def follow(*sources: Source) -> None:
    """Called by each room when Django starts: from then on saving or deleting such a row keeps the index.

    `bulk_create` and `update` send no word: whoever uses them on such fields calls `keep` after it.
    """
    for source in sources:
        _sources[source.kind] = source
        key = f"index {source.kind}"
        post_save.connect(_saved(source), source.model, weak=False, dispatch_uid=key)
        post_delete.connect(_deleted(source), source.model, weak=False, dispatch_uid=key)


def _saved(source: Source) -> Callable[..., None]:
    def saved(instance: models.Model, *, created: bool, update_fields: frozenset[str] | None, **_more: Any) -> None:
        if update_fields is None or not source.fields.isdisjoint(update_fields):
            keep(source.kind, [instance], new=created)

    return saved


def _deleted(source: Source) -> Callable[..., None]:
    def deleted(instance: models.Model, **_more: Any) -> None:
        IndexedText.objects.filter(kind=source.kind, row_id=instance.pk).delete()

    return deleted


def keep(kind: str, rows: Iterable[models.Model], *, new: bool = False) -> None:
    """Brings the index of these rows up to date; `new` ones are known to have none yet."""
    source = _sources[kind]
    with transaction.atomic():
        made = []
        for row in rows:
            texts = [(start, text) for start, text in source.texts(row) if text.strip()]
            if not new:
                there = IndexedText.objects.filter(kind=kind, row_id=row.pk)
                if sorted(there.values_list("start", "text")) == sorted(texts):
                    continue
                there.delete()
            # The newest comes first, so of one row's texts the first is written last.
            made += [_indexed(kind, row.pk, start, text) for start, text in reversed(texts)]
        IndexedText.objects.bulk_create(made, batch_size=_CHUNK)


def _indexed(kind: str, row_id: int, start: int, text: str) -> IndexedText:
    told = list(words(text))
    return IndexedText(
        kind=kind,
        row_id=row_id,
        start=start,
        text=text,
        folded=" ".join(word.folded for word in told),
        marked=" ".join(word.marked for word in told),
    )


@transaction.atomic
def rebuild() -> dict[str, int]:
    """Makes the whole index anew, for all sources; how many texts of each kind it has."""
    IndexedText.objects.all().delete()
    counts = {}
    for kind, source in _sources.items():
        chunk: list[models.Model] = []
        for row in source.model._default_manager.order_by("pk").iterator(chunk_size=_CHUNK):
            chunk.append(row)
            if len(chunk) == _CHUNK:
                keep(kind, chunk, new=True)
                chunk = []
        keep(kind, chunk, new=True)
        counts[kind] = IndexedText.objects.filter(kind=kind).count()
    return counts


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the index: texts of one kind that say the query, of rows `among` those that may be seen (ids)."""

    kind: str
    query: Query
    among: "models.QuerySet[Any, Any]"

    def page(self, after: Cursor | None = None, limit: int = 20) -> Page:
        """Some hits: those with the very marks first, then the newest. An empty query finds nothing."""
        hits: list[IndexedText] = []
        found: list[Cursor] = []
        for exact in (True, False) if self.query else ():
            if after is not None and exact and not after.exact:
                continue
            rows = _saying(self._seen(), self.query, exact=exact)
            if after is not None and exact == after.exact:
                rows = rows.filter(pk__lt=after.id)
            page = list(rows.order_by("-pk")[: limit + 1 - len(hits)])
            hits += page
            found += [Cursor(exact, row.pk) for row in page]
            if len(hits) > limit:
                return Page(hits[:limit], found[limit - 1])
        return Page(hits, None)

    def count(self) -> int:
        """How many texts say it, at most COUNTED + 1."""
        return _saying(self._seen(), self.query).values("pk")[: COUNTED + 1].count() if self.query else 0

    def _seen(self) -> "models.QuerySet[IndexedText]":
        return IndexedText.objects.filter(kind=self.kind, row_id__in=self.among)


def _saying(
    rows: "models.QuerySet[IndexedText]", query: Query, *, exact: bool | None = None
) -> "models.QuerySet[IndexedText]":
    """Of the rows those that say the query: with the very marks, only folded alike, or (None) either."""
    if connection.vendor == "postgresql":
        rows = rows.filter(_Says("marked" if exact else "folded", query))
        return rows.exclude(_Says("marked", query)) if exact is False else rows
    folded, marked = _fts5("folded", query), _fts5("marked", query)
    asked = folded if exact is None else marked if exact else f"({folded}) NOT ({marked})"
    table = IndexedText._meta.db_table
    # Joined, so that FTS5 gives its rows one by one, newest first, and is stopped after the few that are shown.
    return rows.extra(  # noqa: S610 (names of ours alone; what was asked goes as a parameter)
        tables=[f"{table}_words"],
        where=[f"{table}_words.rowid = {table}.id", f"{table}_words MATCH %s"],
        params=[asked],
    )


def _fts5(column: str, query: Query) -> str:
    """The query as FTS5 writes it."""
    clauses = (" OR ".join(f'"{_spelled(phrase, column)}"' for phrase in clause) for clause in query.clauses)
    return f"{{{column}}} : (" + " AND ".join(f"({clause})" for clause in clauses) + ")"


def _spelled(phrase: Phrase, column: str) -> str:
    return " ".join(getattr(word, column) for word in phrase)


class _Says(models.Func):
    """Whether the words of the row's column say the query, as PostgreSQL's GIN index answers it."""

    output_field = models.BooleanField()

    def __init__(self, column: Literal["folded", "marked"], query: Query) -> None:
        super().__init__(models.F("pk"))
        self.column, self.asked = column, query

    def as_postgresql(self, compiler: Any, _connection: Any, **_more: Any) -> tuple[str, list[Any]]:
        """Phrases of the very words of the row's own column of words."""
        row, _params = compiler.compile(self.source_expressions[0])
        one = "phraseto_tsquery('simple'::regconfig, %s)"
        clauses = ("(" + " || ".join([one] * len(clause)) + ")" for clause in self.asked.clauses)
        sql = f'{row.rpartition(".")[0]}."{self.column}_words" @@ (' + " && ".join(clauses) + ")"
        return sql, [_spelled(phrase, self.column) for clause in self.asked.clauses for phrase in clause]
