"""What a drafter should look at again before a paper is signed: read with `reading`, asked as sentences."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from xulang.papers.layout import layout_on, table, types
from xulang.reading.directive.findings import Citation, Reading, TaskFinding
from xulang.reading.text.level import level
from xulang.reading.text.spans import Span


@dataclass(frozen=True, slots=True)
class Replaced:
    """A document that no longer holds: what replaced it, and from which day."""

    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Doubt:
    """Điều cần xem lại: a Vietnamese sentence to act on, where it stands, and the law where there is one."""

    code: str
    message: str
    article: str
    at: Span | None
    words: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a draft is held against. `units`: who should have a task; `superior`: the text of the plan above it."""

    reading: Reading
    replaced: Mapping[str, Replaced]
    units: Sequence[str]
    superior: str

    def doubt(self, code: str, at: Span | None = None, /, **told: object) -> Doubt:
        """The doubt of that code, with what was found."""
        raw = _data()["doubts"][code]
        layout = layout_on(None)
        article = f"{layout.source}, Phụ lục I, Phần I, Mục {raw['article']}" if raw["article"] else ""
        words = at.of(self.reading.text) if at else ""
        return Doubt(code, raw["says"].format(**told), article, at, " ".join(words.split())[:120])


def lint(
    reading: Reading, *, replaced: Mapping[str, Replaced] | None = None, units: Sequence[str] = (), superior: str = ""
) -> list[Doubt]:
    """Every doubt about a draft, in the order of its text. Nothing here is certain: a person decides.

    `replaced`: documents that no longer hold, by code; `units`: who should get a task; `superior`: the text of the
    superior's plan, against which copied words are seen.
    """
    draft = Draft(reading, replaced or {}, units, superior)
    found = [doubt for ask in _ASKED for doubt in ask(draft)]
    return sorted(found, key=lambda d: (d.at.start if d.at else -1, d.code))


@cache
def _data() -> dict[str, Any]:
    return table("doubts.toml")


def _heading(draft: Draft) -> Iterator[Doubt]:
    """Blank number or day, an abbreviation that is not the type's."""
    header = draft.reading.header
    if header.symbol and header.number is None:
        yield draft.doubt("blank_number", header.symbol.at)
    if header.date is None or len(header.date.value) < len("2026-01-01"):
        yield draft.doubt("blank_date", header.date.at if header.date else None)
    type = types().get(header.type.value) if header.type else None
    if type is None or header.symbol is None:
        return
    first = header.symbol.value.split("-")[0]
    if type.in_symbol and first != type.code:
        yield draft.doubt("wrong_type_code", header.symbol.at, here=first, name=type.name, code=type.code)


_DATED = re.compile(r"[\s,]*ngày\s+(\d{1,2})\s*(?:[/.\-]|tháng)\s*(\d{1,2})\s*(?:[/.\-]|năm)\s*(\d{4})", re.IGNORECASE)


def _citations(draft: Draft) -> Iterator[Doubt]:
    """Documents that are dated twice, against their own number, or after the paper; and replaced ones."""
    own = draft.reading.header.date.value if draft.reading.header.date else ""
    for citation in draft.reading.citations:
        dates = dict(_dates(draft.reading.text, citation))
        (first, at), *others = [*dates.items(), ("", None)]
        year = re.search(r"/((?:19|20)\d\d)/", citation.code)
        for other, where in others:
            if other:
                yield draft.doubt("two_dates", where, code=citation.code, one=_shown(first), other=_shown(other))
        if year and first and first[:4] != year[1]:
            yield draft.doubt("wrong_year", at, code=citation.code, year=year[1], date=_shown(first))
        if len(own) == len(first) and first > own:
            yield draft.doubt("later_than_paper", at, code=citation.code, date=_shown(first))
        now = draft.replaced.get(citation.code)
        if now and (len(own) < len("2026-01-01") or date.fromisoformat(own) >= now.on):
            yield draft.doubt("replaced", citation.at[0], code=citation.code, by=now.by, on=f"{now.on:%d/%m/%Y}")


_AT = re.compile(r"\btại\s+[^.;,]{0,30}$")


def _told_in_full(draft: Draft) -> Iterator[Doubt]:
    """Documents whose first citation in the text does not say what the law asks for; of laws their name is enough."""
    title = draft.reading.header.title
    for citation in draft.reading.citations:
        first = next((at for at in citation.at if not (title and _within(at, title.at))), None)
        if first is None or not citation.sure or citation.type in _data()["named_alone"]:
            continue
        parts = {"ngày ban hành": citation.date, "cơ quan ban hành": citation.issuer, "trích yếu": citation.title}
        before = draft.reading.text[: first.start]
        if _AT.search(before[before.rfind("\n") + 1 :]):  # "… của Sở Nội vụ tại Tờ trình số": who and what come before
            parts = {"ngày ban hành": citation.date}
        if missing := [name for name, told in parts.items() if not told]:
            yield draft.doubt("cited_in_part", first, code=citation.code, missing=", ".join(missing))


def _dates(text: str, citation: Citation) -> Iterator[tuple[str, Span]]:
    """The days written right after the mentions of a document, with their places."""
    for at in citation.at:
        told = _DATED.match(text, at.end)
        if told:
            yield f"{told[3]}-{int(told[2]):02d}-{int(told[1]):02d}", Span(at.start, told.end())


def _shown(day: str) -> str:
    return "/".join(reversed(day.split("-")))


def _tasks(draft: Draft) -> Iterator[Doubt]:
    """Tasks without a unit, and sections that name none while their neighbours do; not where the type gives none."""
    reading = draft.reading
    if reading.header.type and reading.header.type.value in _data()["give_no_tasks"]:
        return
    for task in reading.tasks:
        if not task.lead:
            yield draft.doubt("task_without_unit", task.at)
    siblings = defaultdict(list)
    for section in reading.sections:
        siblings[section.parent, section.depth].append(section)
    for group in siblings.values():
        silent = [s for s in group if not any(_told_by_line(t) and _within(t.at, s.at) for t in reading.tasks)]
        if len(group) - len(silent) >= 2 and len(silent) * 2 < len(group):
            for section in silent:
                if not any(_within(task.at, section.at) for task in reading.tasks):
                    yield draft.doubt("section_without_unit", section.at, section=section.id)


def _told_by_line(task: TaskFinding) -> bool:
    return task.origin == "line"


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _units(draft: Draft) -> Iterator[Doubt]:
    """Units that should have a task, recipients against units assigned."""
    reading = draft.reading
    ordered = [task for task in reading.tasks if task.mode == "order"]
    assigned = [unit for task in ordered for unit in task.lead + task.coordinating]
    names = {_bare(unit.value) for unit in assigned}
    for wanted in draft.units:
        if _bare(wanted) not in names:
            yield draft.doubt("unit_without_task", unit=wanted)
    told = [(finding, _bare(finding.value)) for finding in (*reading.recipients, *reading.header.addressees)]
    if not told or not assigned:
        return
    everybody = any(unit.group for unit in assigned)
    above = [reading.header.superior.value] if reading.header.superior else []  # told of it, and assigned nothing
    above += [one.issuer for one in reading.citations if one.issuer and one.relation == "implements"]
    # A citation at the end of the title is read on into the next line: how the issuer's name begins is what counts.
    ordered_it = tuple(f"{_bare(one)} " for one in above)
    for finding, words in told:
        if any(one.startswith(f"{words} ") for one in ordered_it):
            continue
        if not everybody and _acts(words) and words not in names:
            yield draft.doubt("recipient_without_task", finding.at, unit=finding.value)
    listed = [words for _, words in told]
    seen: set[str] = set()
    for unit in assigned:
        name = _bare(unit.value)
        if not unit.group and name not in seen and _acts(name) and not any(_covers(words, name) for words in listed):
            yield draft.doubt("unit_not_recipient", unit.at, unit=unit.value)
        seen.add(name)


def _bare(name: str) -> str:
    """A unit's name to be compared: one spelling, without its head or what stands in brackets, UBND in full."""
    plain = " ".join(re.sub(r"\(.*?\)|[.;]+$", "", level(name)).replace("ubnd", "ủy ban nhân dân").split())
    head = next((h for h in _data()["recipients"]["heads"] if plain.startswith(f"{h} ")), "")
    return plain.removeprefix(head).strip()


def _acts(words: str) -> bool:
    """Whether words name one unit that acts on a paper, other than the issuer's own office."""
    told = _data()["recipients"]
    return words.startswith(tuple(told["acting"])) and not words.startswith(tuple(told["own"])) and "các" not in words


def _covers(listed: str, name: str) -> bool:
    """Whether a line of the recipients holds a unit: by its name, or as a set ("các phòng, ban" a Phòng)."""
    if name in listed:
        return True
    if not re.search(r"(?<!\w)các(?!\w)", listed):
        return False
    people = "ủy ban nhân dân "
    kind = name.removeprefix(people).split()[0]
    among = re.findall(r"\w+", listed)
    return kind in among or any(words in listed for words in _data()["recipients"]["everybody"])


def _scopes(draft: Draft) -> Iterator[Doubt]:
    """Words of a higher scope that the paper hardly means, and words copied with the superior's sentence."""
    told = _data()["scopes"]
    own = _scope(draft)
    if own is None:
        return
    higher = told["order"][: told["order"].index(own)]
    low = level(draft.reading.text)
    cited = _cited(draft.reading)
    seen: list[Span] = []
    for words in (w for scope in higher for w in told["always"][scope]):
        for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", low):
            at = Span(*match.span())
            if not _named(draft.reading.text, at) and not any(_within(at, place) for place in cited):
                seen.append(at)
                yield draft.doubt("foreign_scope", at, words=at.of(draft.reading.text))
    shingles = _shingles(draft.superior)
    singles = [w for scope in higher for w in told["copied"][scope]]
    for match in re.finditer(rf"(?<!\w)(?:{'|'.join(map(re.escape, singles)) or 'x^'})(?!\w)", low):
        at = Span(*match.span())
        if low[: at.end].endswith(tuple(told["within"])):
            continue
        known = _named(draft.reading.text, at) or any(_within(at, place) for place in (*cited, *seen))
        if not known and _copied(low, at, shingles):
            yield draft.doubt("copied_scope", at, words=at.of(draft.reading.text))


def _scope(draft: Draft) -> str | None:
    """The scope that the issuer has, by the last word of scope in its name or its superior's."""
    header = draft.reading.header
    name = level(" ".join(f.value for f in (header.superior, header.issuer) if f))
    issuers = _data()["scopes"]["issuers"]
    found = re.findall(rf"(?<!\w)({'|'.join(sorted(issuers, key=len, reverse=True))})(?!\w)", name)
    return issuers[found[-1]] if found else None


def _named(text: str, at: Span) -> bool:
    """Whether a proper name or a body of that level makes the words exact: "tỉnh Sơn Khê", "UBND tỉnh"."""
    before = level(text[max(0, at.start - 24) : at.start]).rstrip()
    if re.search(r"(ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|văn phòng|đảng bộ|công an|đoàn|thường trực)$", before):
        return True
    return bool(re.match(r"\s+[A-ZĐÀ-Ỹ]", text[at.end : at.end + 3]))


def _cited(reading: Reading) -> list[Span]:
    """Where the titles of cited documents may run: from the code to the end of the sentence or the next semicolon."""
    places = []
    for citation in reading.citations:
        for at in citation.at:
            end = re.compile(r"[;.\n](?=\s|$)|$").search(reading.text, at.end)
            places.append(Span(at.start, end.start() if end else len(reading.text)))
    title = reading.header.title
    return [*places, *([title.at] if title else [])]


_SHINGLE = 5


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", level(text))
    return {tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)}


def _copied(low: str, at: Span, shingles: set[tuple[str, ...]]) -> bool:
    """Whether the words around stand in the superior's text too."""
    before = re.findall(r"\w+", low[max(0, at.start - 80) : at.start])[-(_SHINGLE - 1) :]
    after = re.findall(r"\w+", low[at.end : at.end + 80])[: _SHINGLE - 1]
    around = [*before, *re.findall(r"\w+", low[at.start : at.end]), *after]
    return any(tuple(around[i : i + _SHINGLE]) in shingles for i in range(len(around) - _SHINGLE + 1))


_OFTEN = 2
_PHRASE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)+")


def _spelling(draft: Draft) -> Iterator[Doubt]:
    """A syllable that stands once between words where, all the other times, stands one with other marks.

    At the head or the end of a phrase the two words on its other side tell.
    """
    forms: defaultdict[tuple[str, str, int], Counter[str]] = defaultdict(Counter)
    places: dict[tuple[str, str, int, str], Span] = {}
    low = level(draft.reading.text)
    for phrase in _PHRASE.finditer(low):
        words = phrase.group().split(" ")
        start = phrase.start()
        for i, word in enumerate(words):
            for here, (one, other) in _neighbours(words, i):
                forms[one, other, here][word] += 1
                if here or not i:
                    places.setdefault((one, other, here, word), Span(start, start + len(word)))
            start += len(word) + 1
    told: set[int] = set()
    for (one, other, here), counts in forms.items():
        usual, often = counts.most_common(1)[0]
        for rare, count in counts.items():
            at = places.get((one, other, here, rare))
            if not at or at.start in told or count > 1 or often < _OFTEN:
                continue
            if _unmarked(rare) == _unmarked(usual):
                told.add(at.start)
                yield _slip(draft, at, here, (rare, usual, one, other), often)


def _neighbours(words: Sequence[str], i: int) -> Iterator[tuple[int, tuple[str, str]]]:
    """The words that tell what stands at a place: around it (1), and after it (0), which tells at a phrase's head."""
    if 0 < i < len(words) - 1:
        yield 1, (words[i - 1], words[i + 1])
    if i + 2 < len(words):
        yield 0, (words[i + 1], words[i + 2])


def _slip(draft: Draft, at: Span, here: int, words: tuple[str, str, str, str], often: int) -> Doubt:
    rare, usual, one, other = words
    shown = "{1} {0} {2}" if here else "{0} {1} {2}"
    return draft.doubt(
        "spelling", at, here=shown.format(rare, one, other), usual=shown.format(usual, one, other), count=often
    )


@cache
def _unmarked(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c)).replace("đ", "d")


_ASKED: tuple[Callable[[Draft], Iterator[Doubt]], ...] = (
    _heading, _citations, _told_in_full, _tasks, _units, _scopes, _spelling,
)  # fmt: skip
