"""Norms: what may be spent at most on what, since when and by which document; knowledge read once."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from xulang.plumbing.folding import fold


@dataclass(frozen=True, slots=True)
class Document:
    """A document that sets norms. `transition` is its article on plans approved before it."""

    code: str
    name: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    transition: str = ""

    def holds(self, day: dt.date) -> bool:
        """Whether it was in force on the day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Version:
    """What one document says of a norm; `ceiling` None: it was in force, its amount is not in the data.

    `once`: it is paid for once a delegation (Thông tư 35/2026/TT-BTC, Điều 9 khoản 2: one banquet each).
    """

    document: Document
    article: str
    ceiling: int | None = None
    once: bool = False


@dataclass(frozen=True, slots=True)
class Norm:
    """Định mức: a kind of expenditure with its ceiling in đồng by version. `words` tell lines that seem to be of it.

    `kind`: the heading that lists put it under.
    """

    code: str
    name: str
    kind: str
    unit: str
    words: tuple[str, ...]
    versions: tuple[Version, ...]

    def of(self, document: str) -> Version | None:
        """What that document says of it."""
        return next((one for one in self.versions if one.document.code == document), None)

    def on(self, day: dt.date) -> Version | None:
        """What was in force on the day."""
        return next((one for one in self.versions if one.document.holds(day)), None)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("xulang.budget").joinpath("data/norms.toml").read_text("utf-8"))


@cache
def documents() -> dict[str, Document]:
    """The documents that set norms, by number."""
    return {code: Document(code, **row) for code, row in _table()["documents"].items()}


@cache
def norms() -> dict[str, Norm]:
    """Every norm, in the order of the data."""
    found = {}
    for row in _table()["norm"]:
        versions = tuple(Version(**one | {"document": documents()[one["document"]]}) for one in row["version"])
        kind, words = _table()["kinds"][row["kind"]], tuple(map(fold, row["words"]))
        found[row["code"]] = Norm(row["code"], row["name"], kind, row["unit"], words, versions)
    return found


@cache
def by_kind() -> dict[str, list[Norm]]:
    """Every norm under the heading of its kind, both in the order of the data."""
    return {kind: [one for one in norms().values() if one.kind == kind] for kind in _table()["kinds"].values()}


@cache
def grounds() -> dict[str, tuple[str, str]]:
    """What each check goes by: the document and the article, by fault."""
    table = tomllib.loads(files("xulang.budget").joinpath("data/rules.toml").read_text("utf-8"))
    return {fault: (row["document"], row["article"]) for fault, row in table.items()}
