"""The rules of a reorganisation's mapping. PURE: lines and the register of the day come in, faults and heirs go out."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xulang.organisation.enums import ENDING, HANDING, Verb
from xulang.plumbing.folding import fold


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as the rules see it. Units that are only planned go by minus the number of the line that makes them."""

    id: int
    verb: Verb
    unit: int | None = None
    to: int | None = None
    function: str = ""
    main: bool = False
    kind: str = ""
    name: str = ""
    parent: int | None = None
    scheme: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """The register on the day: what each standing unit is called, its parent, who bears which code, known kinds."""

    names: Mapping[int, str]
    parents: Mapping[int, int] = field(default_factory=dict)
    codes: Mapping[tuple[str, str], int] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class MappingFault:
    """One thing that keeps a mapping from being applied: a sentence that says what to do, and at which line."""

    sentence: str | Promise
    line_id: int | None = None

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(frozen=True, slots=True)
class Heir:
    """A unit that receives, by which line (0: by the rule of an undo), and what it takes over."""

    unit_id: int
    line_id: int = 0
    function: str = ""
    main: bool = True


_SENTENCES = {
    "empty": _("Phương án chưa có dòng nào. Hãy thêm dòng hoặc nạp tệp."),
    "not_there": _("Đơn vị không tồn tại vào ngày sắp xếp. Hãy chọn lại đơn vị hoặc ngày."),
    "no_name": _("Hãy ghi tên của đơn vị mới."),
    "no_kind": _("Chưa rõ loại của “%(name)s”. Hãy chọn một loại trong danh mục."),
    "no_receiver": _("Hãy chọn đơn vị tiếp nhận của “%(name)s”: hồ sơ và việc đang làm phải có nơi nhận."),
    "receiver_ends": _("Đơn vị tiếp nhận của “%(name)s” cũng kết thúc. Hãy chọn đơn vị còn tồn tại sau sắp xếp."),
    "itself": _("“%(name)s” không thể tiếp nhận chính mình."),
    "no_function": _("Hãy ghi chức năng chuyển đi của “%(name)s”, bằng chữ mà nhiệm vụ thường dùng."),
    "two_ways": _("“%(name)s” có các dòng trái nhau. Hãy giữ một hình thức sắp xếp."),
    "merged_twice": _("“%(name)s” có nhiều đơn vị tiếp nhận. Hãy dùng hình thức Chia tách."),
    "split_once": _("“%(name)s” chia tách thì cần ít nhất hai đơn vị tiếp nhận."),
    "split_main": _("Hãy đánh dấu đúng một đơn vị tiếp nhận chính của “%(name)s”."),
    "same_receiver": _("“%(name)s” có hai dòng cùng một đơn vị tiếp nhận. Hãy gộp hai dòng."),
    "parent_ends": _("Cấp trên của “%(name)s” kết thúc khi sắp xếp. Hãy chọn cấp trên khác."),
    "circle": _("“%(name)s” sẽ trực thuộc chính nó. Hãy chọn cấp trên khác."),
    "code_taken": _("Mã %(code)s của “%(name)s” đang được đơn vị khác dùng. Hãy chọn mã khác."),
}


def _fault(code: str, line: int | None = None, /, **named: str) -> MappingFault:
    return MappingFault(str(_SENTENCES[code]) % named, line)


def faults_of(lines: Sequence[LineRow], register: Register) -> list[MappingFault]:
    """Everything that keeps the lines from being applied on the register of their day, line by line."""
    if not lines:
        return [_fault("empty")]
    names = {**register.names, **{-line.id: line.name for line in lines if line.verb == Verb.ESTABLISH}}
    ending = {line.unit for line in lines if line.verb in ENDING}
    found = [fault for line in lines for fault in _line_faults(line, register, names, ending)]
    return [
        *found,
        *_unit_faults(lines, names),
        *_code_faults(lines, register, ending),
        *_circles(lines, register, names),
    ]


def _line_faults(
    line: LineRow, register: Register, names: Mapping[int, str], ending: set[int | None]
) -> Iterable[MappingFault]:
    """What is wrong with one line by itself."""
    name = line.name if line.verb == Verb.ESTABLISH else names.get(line.unit or 0, "")
    if line.verb != Verb.ESTABLISH and line.unit not in register.names:
        yield _fault("not_there", line.id)
        return
    if line.verb in {Verb.ESTABLISH, Verb.RENAME} and not line.name.strip():
        yield _fault("no_name", line.id)
    if line.verb == Verb.ESTABLISH and line.kind not in register.kinds:
        yield _fault("no_kind", line.id, name=name)
    if line.parent is not None and (line.parent in ending or line.parent not in names):
        yield _fault("parent_ends", line.id, name=name)
    if line.verb not in HANDING:
        return
    if line.to is None or line.to not in names:
        yield _fault("no_receiver", line.id, name=name)
    elif line.to == line.unit:
        yield _fault("itself", line.id, name=name)
    elif line.to in ending:
        yield _fault("receiver_ends", line.id, name=name)
    if line.verb == Verb.FUNCTION and not line.function.strip():
        yield _fault("no_function", line.id, name=name)


def _unit_faults(lines: Sequence[LineRow], names: Mapping[int, str]) -> Iterable[MappingFault]:
    """What is wrong with the lines of one unit together."""
    by_unit: dict[int, list[LineRow]] = {}
    for line in lines:
        if line.unit is not None:
            by_unit.setdefault(line.unit, []).append(line)
    for unit, its in by_unit.items():
        verbs, first, name = {line.verb for line in its}, its[0].id, names.get(unit, "")
        if (verbs & ENDING and len(verbs) > 1) or sum(line.verb == Verb.RENAME for line in its) > 1:
            yield _fault("two_ways", first, name=name)
        elif len(its) > 1 and verbs <= {Verb.MERGE, Verb.ABOLISH}:
            yield _fault("merged_twice", first, name=name)
        elif verbs == {Verb.SPLIT}:
            if len(its) == 1:
                yield _fault("split_once", first, name=name)
            elif sum(line.main for line in its) != 1:
                yield _fault("split_main", first, name=name)
        receivers = Counter((line.to, fold(line.function)) for line in its if line.to is not None)
        if any(number > 1 for number in receivers.values()):
            yield _fault("same_receiver", first, name=name)


def _code_faults(lines: Sequence[LineRow], register: Register, ending: set[int | None]) -> Iterable[MappingFault]:
    """A code is free for a new bearer when the old one ends, or gets another, by the same mapping."""
    freed = ending | {line.unit for line in lines if line.verb == Verb.RENAME and line.code}
    given: set[tuple[str, str]] = set()
    for line in lines:
        if not line.code:
            continue
        key = (line.scheme, line.code)
        bearer = register.codes.get(key)
        if key in given or (bearer is not None and bearer not in freed and bearer != line.unit):
            yield _fault("code_taken", line.id, code=line.code, name=line.name)
        given.add(key)


def _circles(lines: Sequence[LineRow], register: Register, names: Mapping[int, str]) -> Iterable[MappingFault]:
    """A unit that would stand beneath itself once every line has taken effect."""
    parents = dict(register.parents)
    for line in lines:
        if line.parent is not None:
            parents[line.unit if line.unit is not None else -line.id] = line.parent
    for line in lines:
        here = line.unit if line.unit is not None else -line.id
        above, seen = line.parent, {here}
        while above is not None and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above == here:
            yield _fault("circle", line.id, name=names.get(here, ""))


def heirs_of(lines: Iterable[LineRow]) -> dict[int, tuple[Heir, ...]]:
    """For each unit that hands over, those that receive, the main one first. Of one that stands none is main."""
    found: dict[int, list[Heir]] = {}
    for line in lines:
        if line.verb in HANDING and line.unit is not None and line.to is not None:
            main = line.main if line.verb == Verb.SPLIT else line.verb != Verb.FUNCTION
            found.setdefault(line.unit, []).append(Heir(line.to, line.id, line.function, main))
    return {unit: tuple(sorted(heirs, key=lambda heir: not heir.main)) for unit, heirs in found.items()}


def goes_to(heirs: Sequence[Heir], words: str = "", chosen: int | None = None) -> Heir | None:
    """Who takes over one row of a unit's work; None: it stays.

    What a person chose (the number of a line) goes first; then the heir whose function's words stand in the row's, the
    longest of them; then the main heir.

    >>> press = Heir(7, 1, "báo chí; thông tin đối ngoại", main=False)
    >>> goes_to([Heir(8, 2), press], "Cấp giấy phép hoạt động báo chí").unit_id
    7
    """
    if chosen is not None and (picked := next((heir for heir in heirs if heir.line_id == chosen), None)):
        return picked
    said = f" {_bare(words)} "
    named = [
        (len(phrase), heir)
        for heir in heirs
        for part in heir.function.split(";")
        if (phrase := _bare(part)) and f" {phrase} " in said
    ]
    if named:
        return max(named, key=lambda pair: pair[0])[1]
    return next((heir for heir in heirs if heir.main), None)


def _bare(words: str) -> str:
    """Folded, words only."""
    return " ".join(re.findall(r"\w+", fold(words)))
