"""What an official paper holds before it has a form: inert parts that the writer sets and a test can make up."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Align = Literal["left", "center", "right", "justify"]


class UnfitPaperError(ValueError):
    """Raised where a paper cannot be set in form; the message is a Vietnamese sentence that says what to mend."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look inside a paragraph."""

    text: str
    bold: bool = False
    italic: bool = False


Words = str | tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Đoạn văn: running text of the body; `align` only where it is not the body's own."""

    words: Words
    align: Align | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """Gạch đầu dòng: a list whose items have no number; each on its own line behind a dash."""

    items: tuple[Words, ...]
    mark: str = "-"


class Level(StrEnum):
    """The divisions of a body (Annex I, II.6.đ). The writer numbers them by their place.

    PART to ARTICLE carry their word; ROMAN is the "I. MỤC ĐÍCH" of plans and reports; a CLAUSE inside a CLAUSE is
    numbered with its parent ("3.2."); POINT is lettered by the Vietnamese alphabet.
    """

    PART = "Phần"
    CHAPTER = "Chương"
    SECTION = "Mục"
    SUBSECTION = "Tiểu mục"
    ARTICLE = "Điều"
    ROMAN = "I"
    CLAUSE = "1"
    POINT = "a"


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part. Without a title its label runs into its first paragraph ("1. Quyết định này …")."""

    level: Level
    title: str = ""
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `width` is its share of the line; neighbours of one `group` stand under a common heading."""

    title: str
    width: float = 1
    align: Align = "left"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; one that has a single cell runs over all columns. A line feed begins a paragraph in a cell."""

    cells: tuple[str, ...]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Bảng, biểu: its heading is repeated on every page."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


Block = Paragraph | Items | Section | Table


@dataclass(frozen=True, slots=True)
class Annex:
    """Phụ lục: from two on they are numbered in Roman; each has its own page numbers."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Attached:
    """Văn bản ban hành kèm theo (mẫu 1.3): a regulation, a plan … that a decision puts into force."""

    type: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """Thời gian ban hành, as far as it is known: a draft leaves the day blank, or day and month."""

    year: int
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """Quyền hạn, chức vụ, họ tên người ký: `lines` from TM. or KT. down; `post` is another post, above the name."""

    lines: tuple[str, ...]
    name: str
    post: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """Văn bản hành chính. The writer sets capitals, dashes, closing marks and padding; here stand plain words.

    `type` is the abbreviation of Annex III ("KH", "BC" …), "CV" for a công văn. A line feed in `issuer`, `superior` or
    `title` breaks the line. `number` None leaves the blank that the clerk fills. `issued_by` is the authority line of a
    decision or resolution, or who calls in a công điện. `electronic` leaves the blanks of an annex's
    reference unfilled. `cosigner` signs on the left (secretary, other party); the recipients then stand beneath.
    """

    type: str
    issuer: str
    symbol: str
    place: str
    date: Day
    title: str
    body: tuple[Block, ...]
    signature: Signature
    superior: str = ""
    number: int | None = None
    addressees: tuple[str, ...] = ()
    issued_by: str = ""
    basis: tuple[str, ...] = ()
    annexes: tuple[Annex | Attached, ...] = ()
    recipients: tuple[str, ...] = ()
    filed: str = "VT"
    cosigner: Signature | None = None
    urgency: Literal["", "KHẨN", "THƯỢNG KHẨN", "HOẢ TỐC"] = ""
    circulation: str = ""
    drafter: str = ""
    contact: str = ""
    landscape: bool = False
    electronic: bool = True


@dataclass(frozen=True, slots=True)
class Copy:
    """Bản sao (Nghị định 30/2020/NĐ-CP, Điều 25): who copies a paper, under which number and day, and who signs for it.

    `form` is "SY" (sao y), "SL" (sao lục) or "TrS" (trích sao); `symbol` stands behind it ("UBND" gives "SY-UBND").
    """

    form: str
    issuer: str
    symbol: str
    place: str
    date: Day
    signature: Signature
    number: int | None = None
    recipients: tuple[str, ...] = ()
    filed: str = "VT"
