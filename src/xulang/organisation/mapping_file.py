"""A mapping as a table: a whole province's reorganisation written in a spreadsheet.

One line a row, under the headings of `COLUMNS`; the order of columns is free, so is the order of rows. A unit is called
as `calling` has it, by its name of the day. Units that the table itself makes go before standing ones.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from xulang.organisation import kinds
from xulang.organisation.calling import Names
from xulang.organisation.enums import Verb
from xulang.organisation.errors import MappingFileFaulty, RowFaulty
from xulang.organisation.models import Line, Reorganisation
from xulang.plumbing import sheets
from xulang.plumbing.folding import fold
from xulang.plumbing.sheets import Sheet

# Heading → what it holds.
COLUMNS = {
    "hình thức": "verb",
    "đơn vị": "unit",
    "đơn vị tiếp nhận": "to",
    "chức năng": "function",
    "chính": "main",
    "tên mới": "name",
    "loại": "kind",
    "tên ngắn": "short_name",
    "tên tiếng anh": "english",
    "cấp trên": "parent",
    "mã": "code",
}
_VERBS = {
    **{verb.value.lower(): verb for verb in Verb},  # as a screen sends it
    "thanh lap": Verb.ESTABLISH,
    "nhap": Verb.MERGE,
    "sap nhap": Verb.MERGE,
    "hop nhat": Verb.MERGE,
    "chuyen thanh": Verb.MERGE,
    "nhap, chuyen thanh": Verb.MERGE,
    "chia": Verb.SPLIT,
    "tach": Verb.SPLIT,
    "chia tach": Verb.SPLIT,
    "giai the": Verb.ABOLISH,
    "doi ten": Verb.RENAME,
    "chuyen chuc nang": Verb.FUNCTION,
}


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with one row of the file; row 1 is the heading."""

    row: int
    sentence: str

    def __str__(self) -> str:
        return _("Dòng %(row)s: %(why)s") % {"row": self.row, "why": self.sentence}


def read_mapping(data: bytes, name: str, *, act: Reorganisation) -> list[Line]:
    """The lines of a CSV or XLSX file, not saved, on the register of the draft's day.

    Raises MappingFileFaulty with every faulty row, or what `sheets.read` raises.
    """
    faults: list[RowFault] = []
    rows = list(_rows(sheets.read(data, name), faults))
    names, made = Names.on(act.on), _made_by(act)
    lines: list[Line] = []
    for _number, row in rows:  # what the table makes may be named above its own row
        if _VERBS.get(fold(row["verb"])) == Verb.ESTABLISH:
            made[fold(row["name"] or row["unit"])] = Line(verb=Verb.ESTABLISH)
    for number, row in rows:
        try:
            lines.append(_line(row, names, made, lines))
        except ValueError as why:
            faults.append(RowFault(number, str(why)))
    if faults:
        raise MappingFileFaulty(faults)
    return lines


def read_row(row: Mapping[str, str], *, act: Reorganisation) -> Line:
    """One row, as a person types it on a screen (keys as in `COLUMNS`), as a line that is not saved.

    Raises RowFaulty.
    """
    full = dict.fromkeys(COLUMNS.values(), "") | {key: " ".join(value.split()) for key, value in row.items()}
    made = _made_by(act)
    if full["verb"] == Verb.ESTABLISH:
        made[fold(full["unit"])] = Line(verb=Verb.ESTABLISH)
    try:
        return _line(full, Names.on(act.on), made, ())
    except ValueError as why:
        raise RowFaulty(why=str(why)) from why


def _made_by(act: Reorganisation) -> dict[str, Line]:
    return {fold(line.name): line for line in act.lines.filter(verb=Verb.ESTABLISH)}


def _rows(pages: Sequence[Sheet], faults: list[RowFault]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of the first sheet, by what their columns hold, with their numbers; empty ones are left out."""
    table = pages[0].rows if pages else []
    known = {fold(name): key for name, key in COLUMNS.items()}
    columns = [known.get(fold(cell), "") for cell in table[0]] if table else []
    if "verb" not in columns or "unit" not in columns:
        faults.append(RowFault(1, _("Thiếu cột “Hình thức” hoặc “Đơn vị”. Hãy dùng tệp mẫu.")))
        return
    for number, cells in enumerate(table[1:], 2):
        row = dict.fromkeys(COLUMNS.values(), "")
        row |= {key: " ".join(cell.split()) for key, cell in zip(columns, cells, strict=False) if key}
        if any(row.values()):
            yield number, row


def _line(row: Mapping[str, str], names: Names, made: Mapping[str, Line], before: Sequence[Line]) -> Line:
    """One row as a line. Raises ValueError with a sentence."""
    verb = _VERBS.get(fold(row["verb"]))
    if verb is None:
        raise ValueError(_("Không có hình thức “%(verb)s”.") % {"verb": row["verb"]})
    if verb == Verb.ESTABLISH:
        line = made[fold(row["name"] or row["unit"])]
        if any(line is other for other in before):
            raise ValueError(_("“%(name)s” được thành lập hai lần.") % {"name": line.name})
        line.name, line.kind = row["name"] or row["unit"], _kind(row["kind"])
    else:
        line = Line(verb=verb, unit_id=names.unit(row["unit"]), name=row["name"] if verb == Verb.RENAME else "")
    line.function, line.main = row["function"][:300], fold(row["main"]) in {"x", "co", "1", "chinh"}
    line.name, line.short_name, line.english = line.name[:200], row["short_name"][:80], row["english"][:200]
    line.scheme, _colon, line.code = row["code"][:60].rpartition(":")
    line.scheme = (line.scheme or "gso")[:20] if line.code else ""
    _refer(line, "to", row["to"], names, made)
    _refer(line, "parent", row["parent"], names, made)
    return line


def _kind(words: str) -> str:
    """The code of a kind, by code or by name; what is not known is told by the rules."""
    found = {fold(kind.name): kind.code for kind in kinds.all_kinds().values()}
    return found.get(fold(words), words[:40])


def _refer(line: Line, to: str, words: str, names: Names, made: Mapping[str, Line]) -> None:
    """Sets which unit is meant: one that the table makes, else one that stands."""
    if not words:
        return
    new = made.get(fold(words))
    if new is not None and new is not line:
        setattr(line, f"{to}_line", new)
    else:
        setattr(line, f"{to}_id", names.unit(words))
