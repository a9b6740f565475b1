"""The directory as files: what they hold is read in again without a change. And the template to begin with."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import override

from xulang.organisation import kinds
from xulang.organisation.enums import Capacity, Role, Tree
from xulang.organisation.importing.cells import dmy, joined
from xulang.organisation.importing.register import Register, register_on
from xulang.organisation.importing.rules import Found
from xulang.organisation.importing.tables import FAULTS, HEADINGS, NAMES, Table
from xulang.plumbing.sheets import Column, Page, as_csv, as_xlsx

_WIDE = {"name": 44, "parent": 40, "unit": 40, "aliases": 40, "english": 32, "full_name": 28, "email": 30}

# The sheet that explains, a line each.
_ADVICE = (
    ("Cách dùng", "Mỗi trang tính là một bảng; dòng đầu là tên cột, đừng đổi. Cột nào không dùng thì xóa cả cột."),
    ("Xem trước", "Nạp xong, phần mềm cho xem dòng mới, dòng đổi, dòng lỗi. Chưa ghi gì trước khi bạn đồng ý."),
    ("Số", "Do phần mềm ghi khi xuất. Để trống nếu là đơn vị mới. Muốn đổi tên một đơn vị: giữ số, sửa tên."),
    ("Cấp trên", "Tên đơn vị cấp trên. Trùng tên thì ghi: Văn phòng / UBND huyện Mường Khê. Hoặc mã, hoặc #số."),
    ("Mã", "gso:05971 là mã đơn vị hành chính; hệ mã khác ghi tên hệ trước dấu hai chấm. Nhiều mã cách nhau dấu ;"),
    ("Tên khác", "Cách gọi trong văn bản, cách nhau dấu ; Tên khác chỉ được thêm, không bị xóa khi nạp."),
    ("Từ ngày", "Ngày/tháng/năm, ví dụ 05/06/2026. Để trống thì tính từ ngày bạn chọn khi nạp."),
    ("Đến hết ngày", "Ngày cuối đơn vị còn hoạt động, hoặc ngày cuối giữ chức vụ. Để trống nếu chưa kết thúc."),
    ("Ô trống", "Ô trống trong cột có mặt nghĩa là không có: cấp trên, mã, tên ngắn đang ghi sẽ bị bỏ."),
    ("Dòng không có", "Đơn vị, người không có trong tệp thì giữ nguyên."),
    ("Ví dụ đơn vị", "Phòng Văn hóa - Xã hội | phòng chuyên môn | UBND phường Kỳ Sơn | P. VHXH | từ 01/07/2025"),
    ("Ví dụ chức vụ", "Phòng Văn hóa - Xã hội | Trưởng phòng | Thủ trưởng đơn vị | mayht | từ 01/07/2025"),
)  # fmt: skip


def workbook(day: dt.date) -> bytes:
    """The whole directory of a day as one workbook."""
    register = register_on(day)
    return as_xlsx([*(_page(table, rows_out(register, table)) for table in Table), _explained()])


def table_as_csv(day: dt.date, table: Table) -> bytes:
    """One table of the directory of a day."""
    return as_csv([list(HEADINGS[table]), *rows_out(register_on(day), table)])


def template() -> bytes:
    """An empty workbook to fill in, with lists to choose from and a sheet that explains."""
    return as_xlsx([*(_page(table, []) for table in Table), _explained()])


def faulty_rows(found: Iterable[Found]) -> bytes:
    """The faulty rows of a file, each with what is to be mended: mend these, and take this file in."""
    rows: dict[Table, list[list[str]]] = {}
    for one in found:
        if one.faults:
            told = "; ".join(f"{one.row.heading(column)}: {why}" for column, why in one.faults)
            cells = [one.row.cells.get(key, "") for key in HEADINGS[one.row.table].values()]
            rows.setdefault(one.row.table, []).append([*cells, told])
    return as_xlsx(Page(NAMES[table], [*_columns(table), Column(FAULTS, 60)], lines) for table, lines in rows.items())


def _page(table: Table, rows: Iterable[Sequence[str]]) -> Page:
    return Page(NAMES[table], _columns(table), rows)


def _columns(table: Table) -> list[Column]:
    choices = {
        "kind": [kind.name for kind in kinds.all_kinds().values()],
        "tree": _labels(Tree),
        "role": _labels(Role),
        "capacity": [word for one, word in zip(Capacity, _labels(Capacity), strict=True) if one != Capacity.DELEGATE],
    }
    return [Column(heading, _WIDE.get(key, 18), choices.get(key, ())) for heading, key in HEADINGS[table].items()]


def _labels(enum: type[Tree] | type[Role] | type[Capacity]) -> list[str]:
    """The words of a list as the files write them: in Vietnamese."""
    with override("vi"):
        return [str(one.label) for one in enum]


def _word(one: Tree | Role | Capacity) -> str:
    with override("vi"):
        return str(one.label)


def _explained() -> Page:
    return Page("Giải thích", [Column("Mục", 18), Column("Giải thích", 110)], _ADVICE)


def rows_out(register: Register, table: Table) -> list[list[str]]:
    """The rows of one table, in the order of the tree; people by given name, as lists of the house are."""
    return {Table.UNITS: _units, Table.PEOPLE: _people, Table.POSTS: _posts}[table](register)


def _units(register: Register) -> list[list[str]]:
    calls, known = _calls(register), kinds.all_kinds()
    return [
        [
            str(unit.id),
            unit.name,
            known[unit.kind].name,
            _word(known[unit.kind].tree),
            calls.get(unit.parent or 0, ""),
            joined(list(unit.codes)),
            unit.short_name,
            unit.english,
            joined(list(unit.aliases)),
            dmy(unit.begins),
            _last(unit.ends),
        ]
        for unit in map(register.units.__getitem__, _in_tree(register))
    ]


def _in_tree(register: Register) -> list[int]:
    """Every unit after the one above it, sisters in the order of their making."""
    parents = {unit.id: unit.parent for unit in register.units.values() if unit.parent is not None}
    depth: dict[int, int] = {}

    def deep(unit: int) -> int:
        if unit not in depth:
            depth[unit] = 1 + deep(parents[unit]) if unit in parents else 0
        return depth[unit]

    return sorted(register.units, key=lambda unit: (deep(unit), unit))


def _calls(register: Register) -> Mapping[int, str]:
    """What each unit is called where another row speaks of it."""
    names, called = register.names(), {unit.id: unit.name for unit in register.units.values()}
    return {
        unit.id: names.call(unit.id, unit.name, called.get(unit.parent or 0, "")) for unit in register.units.values()
    }


def _people(register: Register) -> list[list[str]]:
    return [[person.username, person.full_name, person.email] for person in register.people.values()]


def _posts(register: Register) -> list[list[str]]:
    calls, held = _calls(register), {holding.post for holding in register.holdings.values()}
    rows = [(register.posts[holding.post], holding) for holding in register.holdings.values()]
    told = [
        (
            post.unit,
            post.id,
            [
                *(calls[post.unit], post.title, _word(post.role)),
                *(register.people[holding.person].username, _word(holding.capacity)),
                *(dmy(holding.first), _last(holding.ends), holding.basis),
            ],
        )
        for post, holding in rows
    ]
    told += [
        (post.unit, post.id, [calls[post.unit], post.title, _word(post.role), "", "", "", "", ""])
        for post in register.posts.values()
        if post.id not in held
    ]
    return [cells for _unit, _post, cells in sorted(told)]


def _last(ends: dt.date | None) -> str:
    return "" if ends is None else dmy(ends - dt.timedelta(days=1))
