"""Words as a search takes them: a text in words with their places, what somebody typed, and where a text says it. PURE.

Each word has two spellings of plain letters and digits, so that both databases part them alike: folded ("lang son")
and with its marks written as people type them by the VNI rules ("lang5 so7n"), where the tone stands last, so that
"hoà" and "hòa" are one word.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from xulang.plumbing.folding import fold

MOST_WORDS = 16  # of what somebody typed; nobody looks for a longer sentence by words
SENTENCE = "xsentencex"  # stands between two sentences, so that no phrase reaches over

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_ENDS = re.compile(r"[.;:!?…]\s")
_TONES = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_SHAPES = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: folded, with its marks, and where it stands (code points)."""

    folded: str
    marked: str
    start: int = 0
    end: int = 0


Phrase = tuple[Word, ...]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: of each clause one phrase at least."""

    clauses: tuple[tuple[Phrase, ...], ...]

    def __bool__(self) -> bool:
        return bool(self.clauses)


def marked(word: str) -> str:
    """The word with its marks by the VNI rules, the tone last.

    >>> marked("Đồng"), marked("hoà"), marked("hòa")
    ('d9o6ng2', 'hoa2', 'hoa2')
    """
    letters, tones = "", ""
    for char in unicodedata.normalize("NFD", unicodedata.normalize("NFC", word).lower().replace("đ", "d9")):
        if char in _TONES:
            tones += _TONES[char]
        elif char in _SHAPES:
            letters += _SHAPES[char]
        elif not unicodedata.combining(char):
            letters += char
    return letters + tones


@lru_cache(maxsize=65536)
def _spellings(word: str) -> tuple[str, str]:
    """A word's two spellings; the same few thousand words come again and again."""
    return fold(word), marked(word)


def words(text: str) -> Iterator[Word]:
    """The words of a text in order; between two sentences one that stands nowhere."""
    end = 0
    for found in _WORD.finditer(text):
        if end and _ENDS.search(text, end, found.start()):
            yield Word(SENTENCE, SENTENCE)
        yield Word(*_spellings(found[0]), *found.span())
        end = found.end()


def parse(typed: str) -> Query:
    """What somebody typed, as a query.

    Words between quotation marks, and those joined by anything but blanks ("61/KH-UBND"), are one phrase; a word with a
    digit stands alone. Of other words in a row each must stand beside one of its neighbours, as the syllables of a term
    do: "đồng đăng" does not find "Đông Kinh … đăng tải", while "chợ phiên ngày xuân" finds "ngày xuân … chợ phiên".
    """
    clauses: list[tuple[Phrase, ...]] = []
    for quoted, plain in re.findall(r'["“”]([^"“”]*)["“”]|([^"“”]+)', typed):
        row: list[Word] = []
        for chunk in [quoted] if quoted else plain.split():
            phrase = _plain(chunk)
            if len(phrase) == 1 and not quoted and not any(char.isdigit() for char in phrase[0].folded):
                row.append(phrase[0])
                continue
            clauses += _beside(row)
            row = []
            if phrase:
                clauses.append((phrase,))
        clauses += _beside(row)
    return Query(tuple(dict.fromkeys(clauses)))


def _plain(chunk: str) -> Phrase:
    found = [Word(word.folded, word.marked) for word in words(chunk) if word.end]
    return tuple(found[:MOST_WORDS])


def _beside(row: list[Word]) -> list[tuple[Phrase, ...]]:
    """Every word is there, and of two in a row not both stand apart from their neighbours."""
    row = row[:MOST_WORDS]
    pairs = list(pairwise(row))
    near: list[tuple[Phrase, ...]] = [tuple(pairs[max(0, at - 1) : at + 2]) for at in range(len(pairs))]
    alone: list[tuple[Phrase, ...]] = [((word,),) for word in row] if len(row) != 2 else []
    return [*alone, *near]


def spans(text: str, query: Query) -> list[Span]:
    """Where the text says it: phrases first, a single word only where it stands in none of them; in order, apart.

    Where the words as typed, marks and all, are there, those that only fold alike are left out.
    """
    there = list(words(text))
    phrases = {phrase for clause in query.clauses for phrase in clause}
    covered: set[int] = set()
    told: set[str] = set()
    for phrase in sorted(phrases, key=len, reverse=True):
        if len(phrase) == 1 and phrase[0].folded in told:
            continue
        if places := _occurrences(there, phrase):
            told |= {word.folded for word in phrase}
            covered |= {at + n for at in places for n in range(len(phrase))}
    return _joined(text, [(there[at].start, there[at].end) for at in sorted(covered)])


def _occurrences(there: list[Word], phrase: Phrase) -> list[int]:
    """Where the phrase begins: as typed, else as folded."""
    for spelling in ("marked", "folded"):
        wanted = [getattr(word, spelling) for word in phrase]
        row = [getattr(word, spelling) for word in there]
        if places := [at for at in range(len(row) - len(wanted) + 1) if row[at : at + len(wanted)] == wanted]:
            return places
    return []


def _joined(text: str, places: Iterable[Span]) -> list[Span]:
    """Neighbours parted by one blank, or by signs without any, are one."""
    found: list[Span] = []
    for start, end in places:
        gap = text[found[-1][1] : start] if found else "\n"
        if gap == " " or not any(char.isspace() for char in gap):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text, looked for or not."""

    text: str
    found: bool = False


def excerpt(text: str, query: Query, longest: int = 280) -> list[Piece]:
    """Some of the text around the first place that says it, in pieces; the pieces joined are the very words.

    Where something was left out, the outer pieces begin or end with "…".
    """
    places = spans(text, query)
    first = places[0] if places else (0, 0)
    begin = 0 if first[0] <= longest // 4 else _after_blank(text, first[0] - longest // 4, first[0])
    end = len(text) if len(text) <= begin + longest else max(first[1], text.rfind(" ", begin, begin + longest))
    end = end if end > begin else min(len(text), begin + longest)
    pieces, here = [Piece("… ")] * bool(begin), begin
    for start, stop in places:
        if stop <= end:
            pieces += [Piece(text[here:start])] * (start > here) + [Piece(text[start:stop], found=True)]
            here = stop
    return pieces + [Piece(text[here:end])] * (end > here) + [Piece(" …")] * (end < len(text))


def _after_blank(text: str, start: int, end: int) -> int:
    """The first place in between at which a word may begin."""
    return text.find(" ", start, end) + 1 or start
