"""Words and queries: what is found where, and the very words that are shown of it."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xulang.plumbing.folding import fold
from xulang.plumbing.wording import SENTENCE, excerpt, marked, parse, spans, words

# word, its marks by the VNI rules, the tone last
MARKED = [
    ("Lạng", "lang5"),
    ("Sơn", "so7n"),
    ("đ", "d9"),
    ("hoà", "hoa2"),
    ("hòa", "hoa2"),
    ("ƯỚC", "u7o7c1"),
    ("ắ", "a81"),
]


@pytest.mark.parametrize(("word", "spelled"), MARKED)
def test_marks_as_people_type_them(word, spelled):
    assert marked(word) == spelled
    assert marked(unicodedata.normalize("NFD", word)) == spelled


# text, typed, the very words found
FOUND = [
    # marks or none
    ("Thành phố Lạng Sơn đổi mới", "lang son", ["Lạng Sơn"]),
    ("phường Đông Kinh, chợ Đông Kinh", "dong kinh", ["Đông Kinh", "Đông Kinh"]),
    # with marks, those that have them come alone
    ("Đông Kinh ở gần đồng kinh", "Đông Kinh", ["Đông Kinh"]),
    ("Đồng Đăng", "dong dang", ["Đồng Đăng"]),
    # the syllables of a term stand side by side
    ("phường Đông Kinh đăng tải tin", "đồng đăng", []),
    ("Ngày xuân, người đi chợ phiên", "chợ phiên ngày xuân", ["Ngày xuân", "chợ phiên"]),
    # one word; a word that stands alone among others
    ("Hội chợ, hội thảo", "hội", ["Hội", "hội"]),
    ("kế hoạch năm 2026", "kế hoạch 2026", ["kế hoạch", "2026"]),
    # a number of a directive is one phrase
    ("theo số 61/KH-UBND ngày 61 KH", "61/kh-ubnd", ["61/KH-UBND"]),
    # between quotation marks the words stand as they are
    ("văn hóa và thông tin", '"văn hóa thông tin"', []),
    ("văn hóa và thông tin", "văn hóa thông tin", ["văn hóa", "thông tin"]),
    # a tone may stand on either vowel
    ("Ủy ban, Uỷ ban", "ủy ban", ["Ủy ban", "Uỷ ban"]),
    # no phrase reaches over the end of a sentence
    ("bờ sông Đồng. Đăng tin lên", "đồng đăng", []),
    # nothing typed
    ("chữ", " …", []),
]


@pytest.mark.parametrize(("text", "typed", "found"), FOUND)
def test_the_very_words(text, typed, found):
    assert [text[start:end] for start, end in spans(text, parse(typed))] == found


SYLLABLES = st.sampled_from(
    ["đồng", "đăng", "Đông", "kinh", "Đồng", "lạng", "sơn", "hoà", "hòa", "và", "61", "KH-UBND", "2026", ".", ",", ";"]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(SYLLABLES, max_size=14).map(" ".join))


@given(TEXTS)
def test_words_stand_where_they_say(text):
    there = [word for word in words(text) if word.end]
    for word in there:
        assert fold(text[word.start : word.end]) == word.folded
        assert marked(text[word.start : word.end]) == word.marked
    assert all(one.end <= other.start for one, other in pairwise(there))


@given(st.lists(SYLLABLES, max_size=14).map(" ".join))
def test_either_way_of_composing_is_one(text):
    one, other = (
        [(word.folded, word.marked) for word in words(unicodedata.normalize(form, text))] for form in ("NFC", "NFD")
    )
    assert one == other


@given(TEXTS, TEXTS)
def test_what_is_found_is_of_what_was_typed(text, typed):
    query = parse(typed)
    wanted = {word.folded for clause in query.clauses for phrase in clause for word in phrase}
    for start, end in spans(text, query):
        assert {word.folded for word in words(text[start:end])} - {SENTENCE} <= wanted


@given(TEXTS, TEXTS, st.integers(10, 40))
def test_an_excerpt_is_the_very_words(text, typed, longest):
    query = parse(typed)
    pieces = excerpt(text, query, longest)
    told = "".join(piece.text for piece in pieces)
    assert told.removeprefix("… ").removesuffix(" …") in text
    assert any(piece.found for piece in pieces) == bool(spans(text, query))
