"""What each row of a file means for the directory: new, changed, the same, or faulty. PURE.

A unit is known by its number, else by its name beneath its parent. A column that the file has not is left alone; in one
that it has, an empty cell empties what may be empty. Other names are only ever added, and what the file does not speak
of stays. Rows that refer to a faulty row are faulty themselves, so that good rows can be kept alone.
"""

import datetime as dt
import enum
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from xulang.organisation.importing import cells
from xulang.organisation.importing.register import Register, UnitNow
from xulang.organisation.importing.tables import Row, Table
from xulang.organisation.kinds import UnitKind
from xulang.plumbing.folding import fold


class Standing(enum.StrEnum):
    """What a row would do."""

    NEW = "NEW"
    CHANGED = "CHANGED"
    SAME = "SAME"
    FAULTY = "FAULTY"


@dataclass
class Found:
    """What was found of one row.

    `id` is the row of the directory that it speaks of; of new ones minus a running number. `values` are what the cells
    mean, `changed` those of them that change it (column → before, after, in words).
    """

    row: Row
    id: int
    values: dict[str, Any]
    faults: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    changed: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def standing(self) -> Standing:
        """See `Standing`."""
        if self.faults:
            return Standing.FAULTY
        if self.id < 0:
            return Standing.NEW
        return Standing.CHANGED if self.changed else Standing.SAME

    def wrong(self, column: str, sentence: str) -> None:
        """Notes what is to be mended, once."""
        if (column, sentence) not in self.faults:
            self.faults.append((column, sentence))


class Comparison:
    """A file's rows against the directory of its day."""

    def __init__(self, rows: Iterable[Row], register: Register, kinds: Mapping[str, UnitKind]) -> None:
        self.register, self.kinds, self.names = register, kinds, register.names()
        self._new = 0
        self._tops = {(fold(unit.name), unit.parent): unit.id for unit in register.units.values()}
        self._usernames = {person.username.lower(): person.id for person in register.people.values()}
        self._usernames |= {person.username: person.id for person in register.people.values()}
        told = list(rows)
        self.units = [self._read(row, cells.unit, self._known_unit) for row in told if row.table == Table.UNITS]
        self._place_units()
        self.people = [self._read(row, cells.person, self._known_person) for row in told if row.table == Table.PEOPLE]
        self._judge_people()
        self.posts = [self._read(row, cells.post, None) for row in told if row.table == Table.POSTS]
        self._judge_posts()
        self._judge_units()
        self._spread()

    @property
    def found(self) -> list[Found]:
        """Every row, table by table."""
        return [*self.units, *self.people, *self.posts]

    def _read(
        self,
        row: Row,
        meaning: Callable[[Row, Callable[[str, str], None]], dict[str, Any]],
        known: Callable[[Found], int | None] | None,
    ) -> Found:
        self._new -= 1
        found = Found(row, self._new, {})
        found.values = meaning(row, found.wrong)
        if known is not None and (id := known(found)) is not None:
            found.id = id
        return found

    # --- Units ---

    def _known_unit(self, found: Found) -> int | None:
        """By its number; the rest is found once every parent is."""
        number = found.values.get("number")
        if number is None or number in self.register.units:
            return number
        found.wrong("number", _("Không có đơn vị số này vào ngày đó. Để trống cột Số nếu là đơn vị mới."))
        return None

    def _place_units(self) -> None:
        """Finds every parent, the file's own rows among those that can be named; then which units stand already."""
        new = [found for found in self.units if found.id < 0 and found.values.get("name")]
        for found in new:  # a standing unit is met by its name and place first, so as not to be doubled
            above = found.values.get("parent_words")
            if above is None:  # the file does not speak of places
                found.id = self._standing(found.values["name"]) or found.id
                continue
            parent = self._standing(above) if above else None
            if (id := self._tops.get((fold(found.values["name"]), parent))) is not None and (parent or not above):
                found.id = id
        for found in self.units:
            if found.values.get("name"):
                self.names.add(found.values["name"], found.values.get("parent_words") or "", found.id)
        self._codes_of_new()
        for found in self.units:
            self._refer(found, "parent")

    def _standing(self, words: str) -> int | None:
        try:
            return self.names.unit(words)
        except ValueError:
            return None

    def _codes_of_new(self) -> None:
        for found in self.units:
            for code in found.values.get("codes") or ():
                if found.id < 0:
                    self.names.by_code.setdefault(code, found.id)

    def _refer(self, found: Found, column: str) -> None:
        """Sets which unit the column's words mean."""
        if (words := found.values.get(f"{column}_words")) is None:
            return
        try:
            found.values[column] = self.names.unit(words) if words else None
        except ValueError as why:
            found.wrong(column, str(why))

    def _judge_units(self) -> None:
        parents = {unit.id: unit.parent for unit in self.register.units.values()}
        ends = {unit.id: unit.ends for unit in self.register.units.values()}
        begins = {unit.id: unit.begins for unit in self.register.units.values()}
        for found in self.units:
            if "parent" in found.values or found.id < 0:
                parents[found.id] = found.values.get("parent")
            begins.setdefault(found.id, found.values.get("first") or self.register.day)
            if (last := found.values.get("last")) is not None:
                ends[found.id] = last + dt.timedelta(days=1)
        self._judge_doubles()
        self._judge_codes()
        tree = {unit: above for unit, above in parents.items() if above is not None}
        for found in self.units:
            self._judge_unit(found)
            above = parents.get(found.id)
            if _stands_beneath(above, found.id, tree):
                found.wrong("parent", _("Đơn vị sẽ trực thuộc chính nó. Hãy chọn cấp trên khác."))
            elif above is not None and "parent" in found.changed | found.values:
                since = begins[found.id] if found.id < 0 else self.register.day
                upper = ends.get(above)
                if begins.get(above, since) > since or (upper is not None and upper <= since):
                    found.wrong("parent", _("Cấp trên không tồn tại vào ngày đó. Hãy chọn cấp trên hoặc ngày khác."))
        ending = {found.id: found for found in self.units if found.values.get("last") is not None}
        for unit, above in tree.items():
            end, upper = ends.get(unit), ends.get(above)
            if above in ending and upper is not None and (end is None or end > upper):
                ending[above].wrong("last", _("Còn đơn vị trực thuộc. Hãy chuyển hoặc kết thúc các đơn vị đó trước."))

    def _judge_doubles(self) -> None:
        """One row a unit; and a new one that is called nearly as another is asked about."""
        seen: dict[object, int] = {}
        for found in self.units:
            key = found.id if found.id > 0 else (fold(found.values.get("name") or ""), found.values.get("parent_words"))
            if (before := seen.setdefault(key, found.row.number)) != found.row.number:
                found.wrong("name", _("Trùng với dòng %(row)s. Hãy bỏ một dòng.") % {"row": before})

    def _judge_codes(self) -> None:
        """A code is borne by one unit; who bears it once every row has taken effect."""
        bears: dict[str, int] = {}
        for unit in self.register.units.values():
            bears |= dict.fromkeys(unit.codes, unit.id)
        for found in self.units:
            if found.id > 0 and "codes" in found.values:
                for code in self.register.units[found.id].codes:
                    bears.pop(code, None)
        for found in self.units:
            for code in found.values.get("codes") or ():
                bearer = bears.setdefault(code, found.id)
                if bearer != found.id:
                    told = {"code": code, "name": self._called(bearer)}
                    found.wrong(
                        "codes",
                        _(
                            "Mã %(code)s là của “%(name)s”. Nếu đơn vị đó đổi tên, hãy ghi số của nó vào cột Số; "
                            "nếu không, hãy sửa mã."
                        )
                        % told,
                    )

    def _called(self, unit: int | None) -> str:
        if unit is None:
            return ""
        if unit in self.register.units:
            return self.register.units[unit].name
        return next((found.values.get("name", "") for found in self.units if found.id == unit), "")

    def _judge_unit(self, found: Found) -> None:
        """The row by itself: what a new unit needs, what a standing one may change."""
        given = found.values
        if not given.get("name") and ("name" in given or found.id < 0):
            found.wrong("name", _("Hãy ghi tên đơn vị."))
        kind, tree = given.get("kind"), given.get("tree")
        if kind is None and found.id > 0:
            kind = self.register.units[found.id].kind
        if kind is None:
            if not any(column == "kind" for column, _why in found.faults):
                found.wrong("kind", _("Hãy ghi loại đơn vị, theo danh sách trong tệp mẫu."))
        elif tree is not None and self.kinds[kind].tree != tree:
            found.wrong("tree", _("Khối không hợp với loại đơn vị. Hãy để trống: khối đi theo loại."))
        if found.id < 0:
            first, last = given.get("first") or self.register.day, given.get("last")
            if last is not None and last < first:
                found.wrong("last", _("Ngày cuối phải từ ngày đầu trở đi."))
        else:
            self._compare_unit(found, self.register.units[found.id])

    def _compare_unit(self, found: Found, now: UnitNow) -> None:
        given = found.values
        if given.get("kind") not in (None, now.kind):
            found.wrong("kind", _("Loại của đơn vị đã có không đổi bằng tệp. Hãy lập phương án sắp xếp đơn vị."))
        if given.get("first") not in (None, now.begins):
            found.wrong(
                "first",
                _("Đơn vị đã ghi từ ngày %(day)s; ngày này không đổi bằng tệp.") % {"day": cells.dmy(now.begins)},
            )
        for column in ("name", "short_name", "english"):
            if column in given and given[column] != getattr(now, column):
                found.changed[column] = (getattr(now, column), given[column])
        if "parent" in given and given["parent"] != now.parent:
            found.changed["parent"] = (self._called(now.parent), self._called(given["parent"]))
        if "codes" in given and set(given["codes"]) != set(now.codes):
            found.changed["codes"] = ("; ".join(now.codes), "; ".join(given["codes"]))
        there = {fold(alias) for alias in now.aliases}
        if more := [alias for alias in given.get("aliases") or () if fold(alias) not in there]:
            found.changed["aliases"] = ("", "; ".join(more))
        self._compare_end(found, now)
        if found.changed.keys() - {"aliases"} and now.settled > self.register.day:
            day = cells.dmy(now.settled)
            found.wrong("name", _("Đơn vị đã có thay đổi ghi từ ngày %(day)s. Hãy chọn ngày sau đó.") % {"day": day})

    def _compare_end(self, found: Found, now: UnitNow) -> None:
        if (last := found.values.get("last")) is None:
            return
        end = last + dt.timedelta(days=1)
        if end == now.ends:
            return
        if now.ends is not None:
            found.wrong("last", _("Đơn vị đã ghi ngày kết thúc khác. Ngày này không đổi bằng tệp."))
        elif end <= max(now.begins, self.register.day):
            found.wrong("last", _("Ngày cuối phải từ ngày %(day)s.") % {"day": cells.dmy(self.register.day)})
        else:
            found.changed["last"] = ("", cells.dmy(last))

    # --- People ---

    def _known_person(self, found: Found) -> int | None:
        return self._person(found.values.get("username") or "")

    def _person(self, username: str) -> int | None:
        """Whose user name this is; capitals do not part two."""
        return self._usernames.get(username) or self._usernames.get(username.lower())

    def _judge_people(self) -> None:
        seen: dict[object, int] = {}
        known = {fold(person.full_name): person for person in self.register.people.values()}
        for found in self.people:
            given, key = found.values, (found.values.get("username") or "").lower()
            for column, sentence in (
                ("username", _("Hãy ghi tên đăng nhập.")),
                ("full_name", _("Hãy ghi họ và tên.")),
            ):
                if not given.get(column):
                    found.wrong(column, sentence)
            one = found.id if found.id > 0 else key
            if key and seen.setdefault(one, found.row.number) != found.row.number:
                found.wrong("username", _("Trùng với dòng %(row)s. Hãy bỏ một dòng.") % {"row": seen[one]})
            if found.id > 0:
                now = self.register.people[found.id]
                for column in ("full_name", "email"):
                    if column in given and given[column] != getattr(now, column):
                        found.changed[column] = (getattr(now, column), given[column])
            elif (other := known.get(fold(given.get("full_name") or ""))) is not None:
                found.notes.append(
                    _("Đã có người cùng họ tên, tên đăng nhập %(username)s.") % {"username": other.username}
                )
            if found.id < 0 and key:
                self._usernames.setdefault(key, found.id)

    # --- Posts and who holds them ---

    def _judge_posts(self) -> None:
        posts: dict[tuple[int, str, object], int] = {}
        for post in self.register.posts.values():
            posts.setdefault((post.unit, fold(post.title), post.role), post.id)
        held: dict[tuple[tuple[int, str, object], int], list[int]] = {}
        for holding in self.register.holdings.values():
            post = self.register.posts[holding.post]
            held.setdefault(((post.unit, fold(post.title), post.role), holding.person), []).append(holding.id)
        seen: dict[object, int] = {}
        for found in self.posts:
            given = found.values
            self._refer(found, "unit")
            if not given.get("unit_words"):
                found.wrong("unit", _("Hãy ghi đơn vị của chức vụ."))
            if not given.get("title"):
                found.wrong("title", _("Hãy ghi chức vụ."))
            self._find_role(found, posts)
            if found.faults or given.get("role") is None:
                continue
            key = (given["unit"], fold(given["title"]), given["role"])
            person = self._find_holder(found)
            given["post"] = posts.setdefault(key, found.id)
            if person is None:
                found.id = given["post"] if given["post"] > 0 else found.id
            else:
                self._judge_holding(found, held.setdefault((key, person), []))
            told = (key, person)
            if found.id < 0 and seen.setdefault(told, found.row.number) != found.row.number:
                found.wrong("title", _("Trùng với dòng %(row)s. Hãy bỏ một dòng.") % {"row": seen[told]})

    def _find_role(self, found: Found, posts: Mapping[tuple[int, str, object], int]) -> None:
        """The role told; where none is, that of the only post of this title in the unit."""
        given = found.values
        if given.get("role") is not None or found.faults:
            return
        same = {role for unit, title, role in posts if (unit, title) == (given.get("unit"), fold(given["title"]))}
        if len(same) == 1:
            given["role"] = same.pop()
        else:
            found.wrong("role", _("Hãy ghi vai trò, theo danh sách trong tệp mẫu."))

    def _find_holder(self, found: Found) -> int | None:
        given = found.values
        if not (username := given.get("username")):
            return None
        if (person := self._person(username)) is None:
            found.wrong("username", _("Không có người dùng %(username)s.") % {"username": username})
        given["person"] = person
        return person

    def _judge_holding(self, found: Found, held: list[int]) -> None:
        """The same holding ends where the file says so; any other is a new one."""
        given, day = found.values, self.register.day
        first, last = given.get("first"), given.get("last")
        end = last + dt.timedelta(days=1) if last is not None else None
        those = [self.register.holdings[id] for id in held]
        capacity = given.get("capacity") or cells.HOLDER
        now = next((one for one in those if one.capacity == capacity and first in (None, one.first)), None)
        if now is not None:
            held.remove(now.id)  # two posts of one title may each be held by one person
            found.id = now.id
            if last is not None and end is not None and end != now.ends:
                if now.ends is not None:
                    found.wrong("last", _("Chức vụ này đã ghi ngày kết thúc khác. Ngày này không đổi bằng tệp."))
                elif end <= max(now.first, day):
                    found.wrong("last", _("Ngày cuối phải từ ngày %(day)s.") % {"day": cells.dmy(day)})
                else:
                    found.changed["last"] = ("", cells.dmy(last))
            if "basis" in given and given["basis"] != now.basis:
                found.changed["basis"] = (now.basis, given["basis"])
            return
        given["first"] = first = first or day
        if any(one.ends is None or one.ends > first for one in those):
            found.wrong("username", _("Người này đang giữ chức vụ đó. Hãy kết thúc lần giữ trước, hoặc sửa ngày."))
        if capacity == cells.ACTING and end is None:
            found.wrong("last", _("Giao phụ trách có thời hạn: hãy ghi ngày cuối."))
        if end is not None and end <= first:
            found.wrong("last", _("Ngày cuối phải từ ngày đầu trở đi."))
        unit = self.register.units.get(given["unit"])
        if unit is not None and (unit.begins > first or (unit.ends is not None and unit.ends <= first)):
            found.wrong("first", _("Đơn vị không tồn tại vào ngày đó. Hãy chọn ngày khác."))

    # --- What hangs on faulty rows ---

    def _spread(self) -> None:
        """A row that speaks of a faulty row's unit or person cannot stand without it."""
        faulty = {found.id: found for found in self.found if found.faults and found.id < 0}
        waiting = True
        while waiting:
            waiting = False
            for found in self.found:
                for column, at in (("parent", "parent"), ("unit", "unit"), ("username", "person"), ("title", "post")):
                    upon = faulty.get(found.values.get(at) or 0)
                    if upon is not None and upon is not found and not found.faults:
                        found.wrong(column, _("Dòng %(row)s có lỗi. Hãy sửa dòng đó trước.") % {"row": upon.row.number})
                        if found.id < 0:
                            faulty[found.id] = found
                            waiting = True


def _stands_beneath(unit: int | None, top: int, parents: Mapping[int, int]) -> bool:
    """Whether the unit is that other, or stands somewhere beneath it."""
    seen: set[int] = set()
    while unit is not None and unit not in seen:
        if unit == top:
            return True
        seen.add(unit)
        unit = parents.get(unit)
    return False
