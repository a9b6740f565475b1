"""Whether two lines pay for the same thing, by their words and figures. PURE."""

import re
import unicodedata
from enum import Enum
from typing import NamedTuple

from xulang.plumbing.folding import fold

_WORD = re.compile(r"\w+")
_TONES = str.maketrans("", "", "\u0300\u0301\u0303\u0309\u0323")
# How a Vietnamese syllable may begin, and what it may end in, tones aside.
_INITIALS = "ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnrstvx]"
_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong op ot "
    "ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn "
    "uông uôt uơ up ut uy uya uych uyên uyêt uyn uynh uyt uyu ư ưa ưc ưi ưng ưt ươc ươi ươm ươn ương ươp ươt ươu ưu "
    "y yêm yên yêt yêu"
)
_SYLLABLE, _FOLDED_SYLLABLE = (
    re.compile(f"(?:{_INITIALS})?(?:{'|'.join(rimes.split())})") for rimes in (_RIMES, fold(_RIMES))
)


class Likeness(Enum):
    """How two lines stand to each other."""

    SAME = "SAME"
    ALIKE = "ALIKE"  # a person looks
    OTHER = "OTHER"


class Paid(NamedTuple):
    """What a line pays for: its words, its figures, and the activity that it is for."""

    content: str
    figures: tuple[int, int, int]
    activity: int | None


class _Vocabulary(NamedTuple):
    empty: frozenset[str]  # say nothing of what is paid for
    opening: tuple[tuple[str, ...], ...]  # nor do these where a line begins with them
    paying: frozenset[str]  # by what act a thing is had: often left out

    def folded(self) -> "_Vocabulary":
        opening = tuple(tuple(map(fold, words)) for words in self.opening)
        return _Vocabulary(frozenset(map(fold, self.empty)), opening, frozenset(map(fold, self.paying)))


_MARKED = _Vocabulary(
    frozenset(("chi", "tiền", "kinh", "phí", "khoản", "cho", "của", "các", "những", "và")),
    (("để",), ("việc",), ("phục", "vụ"), ("thực", "hiện"), ("triển", "khai"), ("tổ", "chức"), ("công", "tác")),
    frozenset(
        ("thuê", "mua", "in", "làm", "dựng", "viết", "chụp", "dịch", "đăng", "phát", "mời", "sửa", "may", "quay")
    ),
)
_PLAIN = _MARKED.folded()


def likeness(one: Paid, other: Paid) -> Likeness:
    """Whether two lines of one duty or activity pay for the same thing, however it is written.

    Two activities are two things. The same words are the same thing whatever the price; where price and quantities
    agree, an opening that says nothing, an act of paying left out and a slip of the pen are looked over. A letter that
    makes another word of Vietnamese ("bản", "bảng") is no slip for certain: a person looks.
    """
    if one.activity and other.activity and one.activity != other.activity:
        return Likeness.OTHER
    marked = _has_marks(one.content) and _has_marks(other.content)
    vocabulary = _MARKED if marked else _PLAIN
    mine, its = (_words(line.content, vocabulary, marked=marked) for line in (one, other))
    if sorted(mine) == sorted(its):
        return Likeness.SAME
    if one.figures != other.figures:
        return Likeness.OTHER
    if _said_otherwise(_opened(mine, vocabulary), _opened(its, vocabulary), vocabulary):
        return Likeness.SAME
    return _slip_between(mine, its)


def _words(content: str, vocabulary: _Vocabulary, *, marked: bool) -> list[str]:
    """The words that tell what is paid for; without marks on both sides where one was typed without."""
    text = unicodedata.normalize("NFC", content).lower() if marked else fold(content)
    words = _WORD.findall(text)
    return [word for word in words if word not in vocabulary.empty] or words


def _has_marks(content: str) -> bool:
    """Whether it is written with Vietnamese marks."""
    return fold(content) != " ".join(unicodedata.normalize("NFC", content).lower().split())


def _opened(words: list[str], vocabulary: _Vocabulary) -> list[str]:
    """The words without an opening that says nothing of what is paid for."""
    for opening in vocabulary.opening:
        if words[: len(opening)] == list(opening) and len(words) > len(opening):
            return _opened(words[len(opening) :], vocabulary)
    return words


def _said_otherwise(mine: list[str], its: list[str], vocabulary: _Vocabulary) -> bool:
    """Whether they differ in nothing, or in the act of paying that one of them leaves out."""
    short, long = sorted((mine, its), key=len)
    return short == long or (long[0] in vocabulary.paying and short == long[1:])


# --- Slips of the pen ---


def _slip_between(mine: list[str], its: list[str]) -> Likeness:
    differ = [(a, b) for a, b in zip(mine, its, strict=False) if a != b]
    if len(mine) != len(its) or len(differ) != 1 or not _slip(*differ[0]):
        return Likeness.OTHER
    return Likeness.ALIKE if all(map(_is_syllable, differ[0])) else Likeness.SAME


def _slip(one: str, other: str) -> bool:
    """One letter left out, put in, or two that changed places, in a word of four letters; figures are never slips.

    Another letter in a letter's place makes another word of Vietnamese too easily ("tranh", "trang").
    """
    short, long = sorted((one, other), key=len)
    if len(long) < 4 or any(char.isdigit() for char in one + other):
        return False
    if len(short) == len(long):
        differ = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
        return len(differ) == 2 and [one[at] for at in differ] == [other[at] for at in reversed(differ)]
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _is_syllable(word: str) -> bool:
    """Whether it could be a word of Vietnamese, by its build; without marks, one of the letters of such a word."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).translate(_TONES))
    return (_FOLDED_SYLLABLE if word == fold(word) else _SYLLABLE).fullmatch(plain) is not None
