"""The words that names of bodies are made of (units.toml), made ready to be found in level text."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from xulang.reading.text.phrases import Phrases, listed


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of units.toml, to be found in level text."""

    head: Phrases
    common: Phrases
    post: Phrases
    quantifier: Phrases
    domain: Phrases
    belonging: Phrases
    end: Phrases
    role: Phrases
    pair: Phrases
    private: Phrases
    trade: Phrases
    inside: Phrases
    inside_small: Phrases
    person: Phrases
    rank: Phrases
    staff: Phrases
    place: Phrases
    generic: Phrases
    proper: Phrases
    closer: Phrases
    firsts: frozenset[str]  # every word that a name can begin with
    kinds: frozenset[str]
    complete: frozenset[str]
    teams: frozenset[str]
    duties: frozenset[str]
    spelling: dict[str, str]


@cache
def _words() -> dict[str, list[str]]:
    raw: dict[str, Any] = tomllib.loads(Path(__file__).with_name("units.toml").read_text("utf-8"))
    return {key: listed(value) for key, value in raw.items() if key not in ("source", "date")}


@cache
def lexicon() -> Lexicon:
    """The lexicon of names, read once."""
    words = _words()
    openers = ("heads", "commons", "posts", "quantifiers", "pairs", "staff", "generics", "proper_heads")
    return Lexicon(
        firsts=Phrases([phrase for key in openers for phrase in words[key]]).firsts,
        head=Phrases(words["heads"], unless=words["no_bodies"]),
        common=Phrases(words["commons"]),
        post=Phrases(words["posts"]),
        quantifier=Phrases(words["quantifiers"]),
        domain=Phrases(words["domains"]),
        belonging=Phrases(words["belongings"]),
        end=Phrases(words["ends"]),
        role=Phrases(words["roles"]),
        pair=Phrases(words["pairs"]),
        private=Phrases(words["private"]),
        trade=Phrases(words["trades"]),
        inside=Phrases(words["insides"]),
        inside_small=Phrases(words["insides_small"]),
        person=Phrases(words["persons"]),
        rank=Phrases(words["ranks"]),
        staff=Phrases(words["staff"]),
        place=Phrases(words["places"]),
        generic=Phrases(words["generics"]),
        closer=Phrases(words["closers"]),
        proper=Phrases(words["proper_heads"]),
        kinds=frozenset(words["kinds"]),
        complete=frozenset(words["complete"]),
        teams=frozenset(words["teams"]),
        duties=frozenset(words["duties"]),
        spelling={" ".join(re.findall(r"\w+", name.lower())): name for name in words["domains"]},
    )


@cache
def within_names() -> frozenset[str]:
    """Words that end a name and stand in names too: "xây dựng", "tổng hợp", "đào tạo"."""
    words = _words()
    names = " | ".join(" ".join(words[key]).lower() for key in ("domains", "insides", "insides_small"))
    return frozenset(end for end in words["ends"] if re.search(rf"(?<!\w){re.escape(end)}(?!\w)", names))


def spoken_names() -> tuple[str, ...]:
    """All words of units.toml: names, posts, verbs."""
    heads = [f"{head} {domain}" for head in ("sở", "phòng", "bộ") for domain in _words()["domains"]]
    return (*heads, *(name for names in _words().values() for name in names))
