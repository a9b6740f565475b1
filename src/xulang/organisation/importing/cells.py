"""What the cells of a row mean: days, kinds, lists, roles. PURE; what cannot be understood is told by column."""

import csv
import datetime as dt
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import override

from xulang.organisation import kinds
from xulang.organisation.enums import Capacity, Role, Tree
from xulang.organisation.importing.tables import Row
from xulang.plumbing.folding import fold

HOLDER, ACTING = Capacity.HOLDER, Capacity.ACTING
_LONGEST = {
    "name": 200,
    "short_name": 80,
    "english": 200,
    "title": 120,
    "username": 60,
    "full_name": 120,
    "email": 254,
    "basis": 200,
}
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{2})-(\d{2})(?: 00:00:00)?")

Wrong = Callable[[str, str], None]


def unit(row: Row, wrong: Wrong) -> dict[str, Any]:
    """A row of the units' table."""
    told, found = row.cells, _texts(row, wrong, "name", "short_name", "english")
    if told.get("number"):
        found["number"] = _number(told["number"], wrong)
    found |= _one_of(row, wrong, "kind", _kinds()) | _one_of(row, wrong, "tree", labels(Tree))
    if "parent" in told:
        found["parent_words"] = told["parent"]
    if "codes" in told:
        found["codes"] = [_code(code, wrong) for code in parts(told["codes"])]
    found["aliases"] = parts(told.get("aliases", ""))
    if any(len(alias) > 200 for alias in found["aliases"]):
        wrong("aliases", _("Dài quá %(longest)s ký tự. Hãy rút gọn.") % {"longest": 200})
    return found | _days(row, wrong)


def person(row: Row, wrong: Wrong) -> dict[str, Any]:
    """A row of the people's table."""
    found = _texts(row, wrong, "username", "full_name", "email")
    if " " in found.get("username", ""):
        wrong("username", _("Tên đăng nhập không có khoảng trắng."))
    if found.get("email"):
        try:
            validate_email(found["email"])
        except ValidationError:
            wrong("email", _("Không phải địa chỉ thư điện tử."))
    return found


def post(row: Row, wrong: Wrong) -> dict[str, Any]:
    """A row of the posts' table."""
    found = _texts(row, wrong, "title", "username", "basis")
    found["unit_words"] = row.cells.get("unit", "")
    found |= _one_of(row, wrong, "role", labels(Role)) | _one_of(row, wrong, "capacity", labels(Capacity))
    if found.get("capacity") == Capacity.DELEGATE:
        wrong("capacity", _("Ủy quyền được ghi ở trang Ủy quyền, không nạp bằng tệp."))
    return found | _days(row, wrong)


def _texts(row: Row, wrong: Wrong, *columns: str) -> dict[str, Any]:
    found = {}
    for column in columns:
        if column in row.cells:
            found[column] = row.cells[column]
            if len(found[column]) > _LONGEST[column]:
                wrong(column, _("Dài quá %(longest)s ký tự. Hãy rút gọn.") % {"longest": _LONGEST[column]})
    return found


def _number(words: str, wrong: Wrong) -> int | None:
    if words.removeprefix("#").isdecimal():
        return int(words.removeprefix("#"))
    wrong("number", _("Số đơn vị là số do phần mềm ghi khi xuất. Để trống nếu là đơn vị mới."))
    return None


def _one_of(row: Row, wrong: Wrong, column: str, known: dict[str, Any]) -> dict[str, Any]:
    words = row.cells.get(column, "")
    if not words:
        return {}
    if (value := known.get(fold(words))) is not None:
        return {column: value}
    wrong(column, _("Không có “%(words)s” trong danh sách. Hãy chọn theo tệp mẫu.") % {"words": words})
    return {}


@cache
def _kinds() -> dict[str, str]:
    """Kinds by code and by name."""
    rows = kinds.all_kinds().values()
    return {fold(kind.name): kind.code for kind in rows} | {kind.code: kind.code for kind in rows}


def labels(enum: Any) -> dict[str, Any]:
    """The values of a list by their words in either language, and by themselves."""
    found = {value.lower(): enum(value) for value in enum.values}
    for language in ("en", "vi"):
        with override(language):
            found |= {fold(str(one.label)): one for one in enum}
    return found


def parts(cell: str) -> list[str]:
    """A cell's list, parted by semicolons; what holds one stands in quotes, as in CSV.

    >>> parts('BTG Thành ủy; "Ban; Tuyên giáo"')
    ['BTG Thành ủy', 'Ban; Tuyên giáo']
    """
    rows = csv.reader([cell], delimiter=";", skipinitialspace=True)
    return list(dict.fromkeys(part.strip() for row in rows for part in row if part.strip()))


def joined(words: list[str]) -> str:
    """A list as a cell; `parts` takes it apart again."""
    quoted = ('"' + part.replace('"', '""') + '"' if re.search('[;"]', part) else part for part in words)
    return "; ".join(quoted)


def _code(words: str, wrong: Wrong) -> str:
    """A code with its scheme: "05971" is the statistics office's."""
    scheme, _colon, code = words.rpartition(":")
    scheme = scheme or "gso"
    if len(scheme) > 20 or len(code) > 40 or not code:
        wrong("codes", _("Mã ghi dạng hệ mã:mã, ví dụ gso:05971."))
    return f"{scheme}:{code}"


def _days(row: Row, wrong: Wrong) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column in ("first", "last"):
        if words := row.cells.get(column, ""):
            try:
                found[column] = day(words)
            except ValueError:
                wrong(column, _("Ghi ngày theo dạng ngày/tháng/năm, ví dụ 05/06/2026."))
    return found


def day(words: str) -> dt.date:
    """A day as people or spreadsheets write it. Raises ValueError."""
    if (told := _DAY.fullmatch(words)) is None:
        raise ValueError(words)
    if told[1]:
        return dt.date(int(told[3]), int(told[2]), int(told[1]))
    return dt.date(int(told[4]), int(told[5]), int(told[6]))


def dmy(when: dt.date) -> str:
    """A day as the files write it."""
    return f"{when:%d/%m/%Y}"
