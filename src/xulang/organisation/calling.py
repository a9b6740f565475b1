"""How a table calls a unit of a day, and which unit is meant by what it says.

By its name or short name; where several share one, as "Văn phòng / UBND huyện Mường Khê" (the name, a stroke, the name
of the one above); by its code ("gso:05971"); or by its number ("#12"), which is never in doubt.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from xulang.organisation.models import UnitCode
from xulang.organisation.selectors import UnitRow, units_on
from xulang.plumbing.folding import fold


@dataclass
class Names:
    """Units by what they can be called: folded names, names with the one above, codes, numbers."""

    by_name: dict[str, list[int]] = field(default_factory=dict)
    by_code: dict[str, int] = field(default_factory=dict)
    numbers: set[int] = field(default_factory=set)

    @classmethod
    def on(cls, day: dt.date) -> "Names":
        """The units of a day."""
        codes = UnitCode.objects.on(day).values_list("scheme", "code", "unit_id")
        return cls.of(units_on(day), ((f"{scheme}:{code}", unit) for scheme, code, unit in codes))

    @classmethod
    def of(cls, rows: Iterable[UnitRow], codes: Iterable[tuple[str, int]] = ()) -> "Names":
        """These units, with their codes."""
        rows, found = list(rows), cls(by_code=dict(codes))
        names = {row.id: row.name for row in rows}
        for row in rows:
            found.numbers.add(row.id)
            for name in {row.name, row.short_name}:
                found.add(name, names.get(row.parent_id or 0, ""), row.id)
        return found

    def add(self, name: str, above: str, unit: int) -> None:
        """Lets a unit be called so, too."""
        for words in (fold(name), f"{fold(name)} / {fold(above)}"):
            units = self.by_name.setdefault(words, [])
            if unit not in units:
                units.append(unit)

    def unit(self, words: str) -> int:
        """The one unit called so. Raises ValueError with a sentence."""
        if (known := self.by_code.get(words)) is not None:
            return known
        if words.startswith("#") and words[1:].isdecimal() and int(words[1:]) in self.numbers:
            return int(words[1:])
        units = self.by_name.get(fold(words)) or self.by_name.get(
            " / ".join(fold(part) for part in words.split("/", 1)), []
        )
        if len(units) == 1:
            return units[0]
        if units:
            raise ValueError(_("Có nhiều đơn vị tên “%(name)s”. Hãy ghi thêm cấp trên sau dấu /.") % {"name": words})
        raise ValueError(_("Không có đơn vị nào tên “%(name)s” vào ngày đó.") % {"name": words})

    def call(self, unit: int, name: str, above: str) -> str:
        """The shortest words that mean this unit and no other."""
        for words in (name, f"{name} / {above}"):
            try:
                if self.unit(words) == unit:
                    return words
            except ValueError:
                continue
        return f"#{unit}"
