"""What a person typed or chose, as the rooms want it; what cannot be understood is refused with what to do."""

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from xulang.organisation.calling import Names
from xulang.organisation.enums import UnitsOf
from xulang.organisation.finding import find_units
from xulang.organisation.models import Person, Unit, UnitName
from xulang.plumbing.amounts import DIGITS, PARTED, whole
from xulang.plumbing.errors import Refused
from xulang.plumbing.folding import fold

NEAREST = 4  # names that a refusal offers
NUMBER = 12  # digits of a number in an address, at most
_C = TypeVar("_C", bound=TextChoices)


class UnitNotFound(Refused):
    """No unit of today bears the name."""

    sentence = _("Không có đơn vị nào tên là “%(name)s”. Hãy chọn một tên trong danh mục gợi ý.")


class UnitNotThis(Refused):
    """No unit of today is called so, but some nearly."""

    sentence = _("Không có đơn vị nào tên là “%(name)s”. Gần nhất: %(near)s. Hãy ghi một trong các tên đó.")


class UnitNotOne(Refused):
    """Several units of today bear the name."""

    sentence = _("Có nhiều đơn vị cùng tên “%(name)s”. Hãy ghi tên đầy đủ, hoặc thêm dấu / và tên cấp trên.")


class NotWhole(Refused):
    """Something else than a whole number."""

    sentence = _("Hãy ghi số nguyên, ví dụ 1.500.000.")


class TooLarge(Refused):
    """A number with more digits than the books hold."""

    sentence = _("Số này quá lớn. Hãy xem lại các chữ số.")


class NotADay(Refused):
    """The day is none of the calendar."""

    sentence = _("“%(typed)s” không phải là ngày. Hãy ghi ngày theo mẫu 30/06/2026.")


class NotAChoice(Refused):
    """Nothing was chosen, or something that is not offered."""

    sentence = _("Hãy chọn một trong các mục được nêu.")


def unit_named(name: str, by: Person, today: dt.date) -> Unit:
    """The unit of today that is called so: a name, a short or other name, however spelled; else as `calling` has it.

    Raises UnitNotFound with what comes nearest, UnitNotOne.
    """
    name = " ".join(name.split())
    found = find_units(name, today)
    sure = [one for one in found if one.sure]
    sure = [unit for unit in sure if unit.name == name] or sure
    if len(sure) > 1:
        raise UnitNotOne(name=name)
    if sure:
        return Unit.objects.for_user(by, today).get(pk=sure[0].id)
    try:
        known = Names.on(today).unit(name)
    except ValueError as why:
        if found:
            near = "; ".join(one.name for one in found[:NEAREST])
            raise UnitNotThis(name=name, near=near) from why
        raise UnitNotFound(name=name) from why
    return Unit.objects.for_user(by, today).get(pk=known)


def unit_asked(words: str, by: Person, today: dt.date, units_of: UnitsOf = UnitsOf.TODAY) -> Unit:
    """The unit that a filter is about: by its number, or as `unit_named`; on units of the day also one that is gone.

    Raises UnitNotFound, UnitNotThis, UnitNotOne.
    """
    seen = Unit.objects.for_user(by, today)
    if words.isascii() and words.isdecimal() and len(words) < NUMBER:
        if (found := seen.filter(pk=int(words)).first()) is None:
            raise UnitNotFound(name=words)
        return found
    try:
        return unit_named(words, by, today)
    except Refused:
        if units_of == UnitsOf.TODAY:
            raise
        gone = UnitName.objects.filter(sought__contains=f" {fold(' '.join(words.split()))}").order_by("unit_id")
        meant = {row.unit_id for row in gone if fold(words) in {fold(row.name), fold(row.short_name)}}
        if not meant:
            raise
        if len(meant) > 1:
            raise UnitNotOne(name=words) from None
        return seen.get(pk=meant.pop())


def unit_called(unit: Unit, today: dt.date) -> str:
    """The words that mean this unit and no other of today; those of a unit that is gone are its last."""
    name = unit.name_on(today)
    if UnitName.objects.on(today).filter(name=name).exclude(unit=unit).exists():
        above = unit.parents.on(today).select_related("parent").first()
        return f"{name} / {above.parent.name_on(today)}" if above else name
    return name


def day(typed: str | None) -> dt.date | None:
    """A day as people write it, or as machines do; None where nothing was typed. Raises NotADay."""
    if not (typed := (typed or "").strip()):
        return None
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(typed, form).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    raise NotADay(typed=typed)


def dong(typed: str | None) -> int | None:
    """An amount of money or another whole number, in groups or not; None where nothing was typed.

    Raises NotWhole, TooLarge.
    """
    if not (typed or "").strip():
        return None
    if (amount := whole(typed or "")) is None:
        digits = PARTED.sub("", (typed or "").strip())
        raise TooLarge if digits.isdecimal() and len(digits) > DIGITS else NotWhole
    return amount


def number(typed: str | None) -> int:
    """A whole number out of a form of ours. Raises NotAChoice."""
    if typed is None or not (typed.isascii() and typed.isdecimal()) or len(typed) > NUMBER:
        raise NotAChoice
    return int(typed)


def ids(typed: Iterable[str]) -> list[int]:
    """The numbers of rows among what a form of ours sent; whatever is none is left out."""
    return [int(one) for one in typed if one.isascii() and one.isdecimal() and len(one) <= NUMBER]


def chosen(choices: type[_C], typed: str | None) -> _C:
    """One of the choices. Raises NotAChoice."""
    try:
        return choices(typed or "")
    except ValueError as why:
        raise NotAChoice from why
