"""What a reading holds: inert findings, each with its place, and how they are written as xulang.reading/1."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from xulang.reading.text.spans import Span

SCHEMA = "xulang.reading/1"

Role = Literal["lead", "coordinating"]
Mode = Literal["order", "request"]
Origin = Literal["line", "sentence", "table", "organisation"]
Relation = Literal["implements", "basis", "amends", "replaces", "mentions"]
DeadlineKind = Literal["ongoing", "date", "recurring", "relative", "none"]
Every = Literal["year", "half", "quarter", "month", "week"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A value and the words it was read from."""

    value: str
    at: Span
    sure: bool = True
    repaired_from: str | None = None
    completed_from: Span | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The heading of an official paper (Nghị định 30/2020, Annex I, cells 2–5)."""

    issuer: Finding | None = None
    superior: Finding | None = None
    number: Finding | None = None
    symbol: Finding | None = None
    place: Finding | None = None
    date: Finding | None = None
    type: Finding | None = None
    title: Finding | None = None
    addressees: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Viện dẫn: a document cited by its code, with all the places that mean it."""

    code: str
    number: str | None
    symbol: str | None
    type: str | None
    date: str | None
    issuer: str | None
    title: str | None
    relation: Relation
    at: tuple[Span, ...]
    sure: bool = True
    repaired_from: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part. `at` runs to the end of its last line, its parts included."""

    id: str
    label: str
    depth: int
    title: str | None
    parent: str | None
    at: Span


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A unit, or a set of units, as the directive names it."""

    value: str
    at: Span
    group: bool = False
    sure: bool = True
    completed_from: Span | None = None  # "Sở", told once before a list of fields


@dataclass(frozen=True, slots=True)
class Deadline:
    """Thời hạn, with the precision of the text and never more."""

    kind: DeadlineKind = "none"
    value: str | None = None
    every: Every | None = None
    at: Span | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class TaskFinding:
    """Nhiệm vụ: the smallest provision that lays something on somebody."""

    id: str
    section: str | None
    at: Span
    mode: Mode
    lead: tuple[UnitMention, ...]
    coordinating: tuple[UnitMention, ...]
    deadline: Deadline
    origin: Origin
    product: Finding | None = None
    money: Finding | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Funding:
    """A rule on money that the text states."""

    at: Span
    section: str | None


@dataclass(frozen=True, slots=True)
class Signature:
    """The authority lines (TM., KT., TL. and positions) in order, and the name."""

    lines: tuple[Finding, ...] = ()
    name: Finding | None = None


@dataclass(frozen=True, slots=True)
class Warning:
    """What was doubtful, missing or repaired: a sentence in Vietnamese that a person can act on."""

    code: str
    message: str
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The file that was read."""

    name: str
    media_type: str
    sha256: str
    pages: int | None = None
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one directive."""

    source: Source
    text: str = ""
    header: Header = field(default_factory=Header)
    citations: tuple[Citation, ...] = ()
    sections: tuple[Section, ...] = ()
    tasks: tuple[TaskFinding, ...] = ()
    funding: tuple[Funding, ...] = ()
    signature: Signature = field(default_factory=Signature)
    recipients: tuple[Finding, ...] = ()
    warnings: tuple[Warning, ...] = ()

    def as_contract(self) -> dict[str, Any]:
        """The JSON object of contracts/reading.md: plain dicts, lists and strings."""
        header = {
            name: _finding(getattr(self.header, name))
            for name in ("issuer", "superior", "number", "symbol", "place", "date", "type", "title")
        }
        return {
            "schema": SCHEMA,
            "source": {
                "name": self.source.name,
                "media_type": self.source.media_type,
                "sha256": self.source.sha256,
                "pages": self.source.pages,
                "ocr": self.source.ocr,
            },
            "text": self.text,
            "header": header | {"addressees": [_finding(f) for f in self.header.addressees]},
            "citations": [_citation(c) for c in self.citations],
            "sections": [
                {"id": s.id, "label": s.label, "depth": s.depth, "title": s.title, "parent": s.parent, "at": list(s.at)}
                for s in self.sections
            ],
            "tasks": [self._task(t) for t in self.tasks],
            "funding": [{"text": f.at.of(self.text), "at": list(f.at), "section": f.section} for f in self.funding],
            "signature": {
                "lines": [_finding(f) for f in self.signature.lines],
                "name": _finding(self.signature.name),
            },
            "recipients": [_finding(f) for f in self.recipients],
            "warnings": [{"code": w.code, "message": w.message, "at": _place(w.at)} for w in self.warnings],
        }

    def _task(self, task: TaskFinding) -> dict[str, Any]:
        deadline = task.deadline
        return {
            "id": task.id,
            "section": task.section,
            "at": list(task.at),
            "text": task.at.of(self.text),
            "mode": task.mode,
            "lead": [_unit(u) for u in task.lead],
            "coordinating": [_unit(u) for u in task.coordinating],
            "deadline": {
                "kind": deadline.kind,
                "value": deadline.value,
                "every": deadline.every,
                "at": _place(deadline.at),
            }
            | _doubt(deadline.sure),
            "product": _finding(task.product),
            "money": _finding(task.money),
            "origin": task.origin,
        } | _doubt(task.sure)


def _doubt(sure: bool) -> dict[str, bool]:
    return {} if sure else {"sure": False}


def _place(at: Span | None) -> list[int] | None:
    return None if at is None else list(at)


def _finding(finding: Finding | None) -> dict[str, Any] | None:
    if finding is None:
        return None
    out: dict[str, Any] = {"value": finding.value, "at": list(finding.at)}
    if finding.repaired_from is not None:
        out["repaired_from"] = finding.repaired_from
    if finding.completed_from is not None:
        out["completed_from"] = list(finding.completed_from)
    return out | _doubt(finding.sure)


def _unit(unit: UnitMention) -> dict[str, Any]:
    out: dict[str, Any] = {"value": unit.value, "at": list(unit.at), "group": unit.group}
    if unit.completed_from is not None:
        out["completed_from"] = list(unit.completed_from)
    return out | _doubt(unit.sure)


def _citation(citation: Citation) -> dict[str, Any]:
    out: dict[str, Any] = {
        "code": citation.code,
        "number": citation.number,
        "symbol": citation.symbol,
        "type": citation.type,
        "date": citation.date,
        "issuer": citation.issuer,
        "title": citation.title,
        "relation": citation.relation,
        "at": [list(at) for at in citation.at],
    }
    if citation.repaired_from is not None:
        out["repaired_from"] = citation.repaired_from
    return out | _doubt(citation.sure)
