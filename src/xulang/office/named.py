"""People and posts by what somebody types: offered while one types, and understood when it is sent."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xulang.organisation.finding import SHOWN, matches
from xulang.organisation.models import Person, Post
from xulang.plumbing.errors import Refused
from xulang.plumbing.folding import fold

_R = TypeVar("_R")


class NotFoundSo(Refused):
    """Nobody and nothing is called so."""

    sentence = _("Không thấy “%(typed)s”. Hãy ghi vài chữ rồi chọn một dòng trong danh sách gợi ý.")


class SeveralSo(Refused):
    """Several are called so."""

    sentence = _("Có nhiều mục giống “%(typed)s”: %(some)s. Hãy ghi đúng một trong các mục đó.")


@dataclass(frozen=True, slots=True)
class Offered:
    """What a field offers: what it puts into the field, and what stands beside it."""

    name: str
    above: str


def people_like(typed: str, by: Person, today: dt.date) -> list[Offered]:
    """The others whom one may see, who still have an account and are called so; each by name and log-in name."""
    return [Offered(_person(one), "") for one in _like(typed, ((one, _person(one)) for one in _people(by, today)))]


def posts_like(typed: str, posts: Iterable[Post], today: dt.date) -> list[Offered]:
    """Of some posts those whose title and unit are called so."""
    known = _posts(posts, today)
    names = {one.pk: name for one, name in known}
    return [Offered(names[one.pk], "") for one in _like(typed, known)]


def person_named(typed: str, by: Person, today: dt.date) -> Person:
    """Which of the others is meant: by name, log-in name, or both as offered. Raises NotFoundSo, SeveralSo."""
    known = [(one, (_person(one), one.full_name, one.username)) for one in _people(by, today)]
    return _one(typed, known, {one.pk: _person(one) for one, _names in known})


def post_named(typed: str, posts: Iterable[Post], today: dt.date) -> Post:
    """Which of some posts is meant: by its number, or by title and unit as offered. Raises NotFoundSo, SeveralSo."""
    posts = list(posts)
    typed = " ".join(typed.split())
    if typed.isascii() and typed.isdecimal():
        found = next((one for one in posts if str(one.pk) == typed), None)
        if found is None:
            raise NotFoundSo(typed=typed)
        return found
    known = [(one, (name, one.title)) for one, name in _posts(posts, today)]
    return _one(typed, known, {one.pk: names[0] for one, names in known})


def post_called(post: Post, today: dt.date) -> str:
    """What a post is called with its unit."""
    return f"{post.title}, {post.unit.name_on(today)}"


def _person(person: Person) -> str:
    return f"{person.full_name} ({person.username})"


def _people(by: Person, today: dt.date) -> "QuerySet[Person]":
    rows: QuerySet[Person] = Person.objects.for_user(by, today).filter(is_active=True).exclude(pk=by.pk)
    return rows.order_by("pk")


def _posts(posts: Iterable[Post], today: dt.date) -> list[tuple[Post, str]]:
    """The posts with what they are called; several of one title in one unit also by their number."""
    called = [(one, post_called(one, today)) for one in posts]
    often = Counter(name for _one, name in called)
    return [(one, f"{name} #{one.pk}" if often[name] > 1 else name) for one, name in called]


def _like(typed: str, known: Iterable[tuple[_R, str]]) -> list[_R]:
    if not fold(typed).strip():
        return []
    found = sorted(((name, n, one) for n, (one, name) in enumerate(known) if matches(typed, [name])))
    return [one for _name, _n, one in found[:SHOWN]]


def _one(typed: str, known: Iterable[tuple[_R, Iterable[str]]], called: dict[int, str]) -> _R:
    """The one that is called just so; else the only one that is like it."""
    said, known = fold(" ".join(typed.split())), list(known)
    found = [one for one, names in known if said in {fold(name) for name in names}]
    found = found or [one for one, names in known if said and matches(typed, list(names))]
    if not found:
        raise NotFoundSo(typed=typed)
    if len(found) > 1:
        some = "; ".join(called[one.pk] for one in found[:4])  # type: ignore[attr-defined]
        raise SeveralSo(typed=typed, some=some)
    return found[0]
