"""The directory in and out as tables: what each row means, all or the good rows taken in, and back without a change."""

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from builders import LONG_AGO, NOW, TODAY, a_person, a_unit
from xulang.organisation import errors, services
from xulang.organisation.canonical import canonical
from xulang.organisation.enums import Capacity, ImportState, Role
from xulang.organisation.importing import exporting
from xulang.organisation.importing import services as importing
from xulang.organisation.importing.rules import Found, Standing
from xulang.organisation.importing.tables import Table
from xulang.organisation.models import DirectoryImport, Person, PostHolding, Unit, UnitCode
from xulang.organisation.selectors import units_on
from xulang.plumbing import sheets
from xulang.plumbing.models import JournalEntry

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def town() -> dict[str, Unit]:
    city = a_unit("UBND thành phố Mường Hoa", "ubnd_tp")
    other = a_unit("UBND thành phố Đồng Giang", "ubnd_tp")
    units = {
        "city": city,
        "culture": a_unit("Phòng Văn hóa", "phong", city, short_name="P. VH"),
        "office": a_unit("Văn phòng", "phong", city),
        "their_office": a_unit("Văn phòng", "phong", other),
        "party": a_unit("Thành ủy Mường Hoa", "cap_uy"),
    }
    UnitCode.objects.create(unit=city, scheme="gso", code="00178", valid_from=LONG_AGO)
    a_person((Role.HEAD, units["culture"]), name="Hứa Thị Mây")
    return units


def staged(table: str, *, name: str = "danh-ba.csv", on: dt.date = TODAY) -> DirectoryImport:
    return importing.stage(data=table.strip().encode(), name=name, on=on, by=None, now=NOW)


def found(table: str, **more: dt.date) -> list[Found]:
    return importing.compared(staged(table, **more))


def taken(file: DirectoryImport, good_alone: bool = False) -> list[Person]:
    return importing.apply(
        file=file, looked_at=importing.seen(importing.compared(file)), good_alone=good_alone, by=None, now=NOW
    )


NEW, CHANGED, SAME, FAULTY = Standing
UNITS = "Số;Tên đơn vị;Loại;Cấp trên;Mã;Tên ngắn;Từ ngày;Đến hết ngày\n"

# One row of units; what becomes of it, in which column, and words of the sentence. {…} are numbers of the town's units.
ROWS = [
    (";Phòng Tư pháp;Phòng, ban chuyên môn;UBND thành phố Mường Hoa;;;;", NEW, "", ""),
    (";Phòng Tư pháp;phong;gso:00178;;;;", NEW, "", ""),  # the kind by its code, the parent by its
    (";Phòng Tư pháp;phong;#{city};;;01/07/2030;", NEW, "", ""),
    (";Phòng Văn hóa;phong;UBND thành phố Mường Hoa;;P. VH;;", SAME, "", ""),  # without its number
    (";phòng  văn hóa;phong;UBND thành phố Mường Hoa;;P. VH;;", CHANGED, "name", ""),  # the same, otherwise spelled
    ("{culture};Phòng Văn hóa;;UBND thành phố Mường Hoa;;P. VH;;", SAME, "", ""),
    ("{culture};Phòng Văn hóa - Xã hội;;UBND thành phố Mường Hoa;;P. VH;;", CHANGED, "name", ""),
    ("{culture};Phòng Văn hóa;;UBND thành phố Đồng Giang;;P. VH;;", CHANGED, "parent", ""),
    ("{culture};Phòng Văn hóa;;;;P. VH;;", CHANGED, "parent", ""),  # an empty cell: under nobody
    ("{culture};Phòng Văn hóa;;UBND thành phố Mường Hoa;xl:7;P. VH;;", CHANGED, "codes", ""),
    ("{culture};Phòng Văn hóa;;UBND thành phố Mường Hoa;;P. VH;;31/12/2030", CHANGED, "last", ""),
    (";Văn phòng;phong;UBND thành phố Đồng Giang;;;;", SAME, "", ""),
    (";Tổ công tác;phong;Văn phòng / UBND thành phố Đồng Giang;;;;", NEW, "", ""),
    (";Tổ công tác;phong;Văn phòng;;;;", FAULTY, "parent", "nhiều đơn vị tên"),
    (";Tổ công tác;phong;Sở Không Có;;;;", FAULTY, "parent", "Không có đơn vị nào"),
    (";Tổ công tác;bộ lạc;;;;;", FAULTY, "kind", "Không có “bộ lạc”"),
    (";Tổ công tác;;;;;;", FAULTY, "kind", "Hãy ghi loại"),
    (";Tổ công tác;phong;;;;31/02/2026;", FAULTY, "first", "dạng ngày"),
    (";Tổ công tác;phong;;;;05/06/2026;04/06/2026", FAULTY, "last", "từ ngày đầu"),
    (";Tổ công tác;phong;;gso:00178;;;", FAULTY, "codes", "là của “UBND thành phố Mường Hoa”"),
    (";;phong;;;P. X;;", FAULTY, "name", "Hãy ghi tên"),
    ("999999;Phòng Văn hóa;;;;;;", FAULTY, "number", "Không có đơn vị số này"),
    ("x;Phòng Văn hóa;;;;;;", FAULTY, "number", "do phần mềm ghi"),
    ("{culture};Phòng Văn hóa;phuong;UBND thành phố Mường Hoa;;P. VH;;", FAULTY, "kind", "không đổi bằng tệp"),
    ("{culture};Phòng Văn hóa;;UBND thành phố Mường Hoa;;P. VH;05/06/2020;", FAULTY, "first", "không đổi bằng tệp"),
    ("{culture};Phòng Văn hóa;;Phòng Văn hóa;;P. VH;;", FAULTY, "parent", "chính nó"),
    ("{city};UBND thành phố Mường Hoa;;Phòng Văn hóa;gso:00178;;;", FAULTY, "parent", "chính nó"),
    ("{city};UBND thành phố Mường Hoa;;;gso:00178;;;31/12/2030", FAULTY, "last", "Còn đơn vị trực thuộc"),
    (f";{'dài ' * 60};phong;;;;;", FAULTY, "name", "Dài quá 200"),
]


@pytest.mark.parametrize(("row", "standing", "column", "said"), ROWS)
def test_what_a_row_of_units_means(town: dict[str, Unit], row: str, standing: Standing, column: str, said: str) -> None:
    numbers = {name: unit.pk for name, unit in town.items()}
    (one,) = found(UNITS + row.format(**numbers))
    assert one.standing == standing, (one.faults, one.changed)
    told = [why for at, why in one.faults if at == column] if standing == FAULTY else list(one.changed)
    assert (
        [bool(why) and said in why for why in told] == [True] if standing == FAULTY else told == [column] * bool(column)
    )


POSTS = "Đơn vị;Chức vụ;Vai trò;Tên đăng nhập;Tư cách;Từ ngày;Đến hết ngày\n"


@pytest.mark.parametrize(
    ("row", "standing", "column", "said"),
    [
        ("Phòng Văn hóa;Phó Trưởng phòng;Thủ trưởng đơn vị;{may};Cấp phó;;", NEW, "", ""),
        ("Phòng Văn hóa;Phó Trưởng phòng;HEAD;;;;", NEW, "", ""),  # a post that nobody holds yet
        ("Phòng Văn hóa;{title};;{may};;;", SAME, "", ""),  # the role is that of the only such post
        ("Phòng Văn hóa;{title};;{may};;;31/12/2030", CHANGED, "last", ""),
        ("Phòng Văn hóa;{title};;khong.co;;;", FAULTY, "username", "Không có người dùng"),
        ("Phòng Văn hóa;{title};;{may};Giao phụ trách;;31/12/2030", FAULTY, "username", "đang giữ chức vụ"),
        ("Phòng Văn hóa;Phó;HEAD;{may};Giao phụ trách;;", FAULTY, "last", "có thời hạn"),
        ("Phòng Văn hóa;Phó;HEAD;{may};Được ủy quyền;;31/12/2030", FAULTY, "capacity", "trang Ủy quyền"),
        ("Phòng Văn hóa;Phó;;{may};;;", FAULTY, "role", "Hãy ghi vai trò"),
        ("Phòng Văn hóa;Phó;Vua;{may};;;", FAULTY, "role", "Không có “Vua”"),
        (";Phó;HEAD;{may};;;", FAULTY, "unit", "Hãy ghi đơn vị"),
        ("Phòng Văn hóa;Phó;HEAD;{may};;01/01/1900;", FAULTY, "first", "không tồn tại"),
    ],
)
def test_what_a_row_of_posts_means(town: dict[str, Unit], row: str, standing: Standing, column: str, said: str) -> None:
    may = Person.objects.get(full_name="Hứa Thị Mây")
    title = PostHolding.objects.get(person=may).post.title
    (one,) = found(POSTS + row.format(may=may.username, title=title))
    assert one.standing == standing, (one.faults, one.changed)
    told = dict(one.faults) if standing == FAULTY else one.changed
    assert list(told) == [column] * bool(column)
    assert said in str(told.get(column, ""))


def test_a_whole_workbook_sets_an_office_up_in_one_act(town: dict[str, Unit]) -> None:
    """Units beneath units of the same file, people, and posts that name both."""
    pages = [
        (["Tên đơn vị", "Loại", "Cấp trên", "Tên khác"], [
            ["UBND phường Kỳ Sơn", "phuong", "", ""],
            ["Văn phòng", "phong", "UBND phường Kỳ Sơn", 'VP; "Văn; phòng"'],
        ]),
        (["Tên đăng nhập", "Họ và tên"], [["son", "Hà Văn Sơn"]]),
        (["Đơn vị", "Chức vụ", "Vai trò", "Tên đăng nhập"], [
            ["Văn phòng / UBND phường Kỳ Sơn", "Chánh Văn phòng", "HEAD", "son"],
        ]),
    ]  # fmt: skip
    data = sheets.as_xlsx(
        sheets.Page(f"t{n}", [sheets.Column(name) for name in names], rows) for n, (names, rows) in enumerate(pages)
    )
    file = importing.stage(data=data, name="moi.xlsx", on=TODAY, by=None, now=NOW)
    before = JournalEntry.objects.count()
    (son,) = taken(file)
    assert not son.has_usable_password()
    held = PostHolding.objects.on(TODAY).get(person=son)
    assert held.post.unit.parents.get().parent.name_on(TODAY) == "UBND phường Kỳ Sơn"
    assert {row.alias for row in held.post.unit.aliases.all()} == {"VP", "Văn; phòng"}
    (entry,) = JournalEntry.objects.order_by("id")[before:]
    assert (entry.action, entry.data["new"], entry.data["left_out"]) == ("directory.imported", 4, 0)
    assert "Sơn" not in str(entry.data)
    file.refresh_from_db()
    assert (file.state, file.rows) == (ImportState.APPLIED, [])  # no names of persons are kept


def test_good_rows_are_taken_alone_only_on_word_and_without_what_hangs_on_faulty_ones(town: dict[str, Unit]) -> None:
    file = staged(
        "Tên đơn vị;Loại;Cấp trên\n"
        "UBND phường Kỳ Sơn;phuong;\nUBND phường Lỗi;bộ lạc;\nPhòng của phường Lỗi;phong;UBND phường Lỗi\n"
        "Tổ của phòng;phong;Phòng của phường Lỗi\nUBND phường Kỳ Sơn;phuong;"
    )
    standing = [one.standing for one in importing.compared(file)]
    assert standing == [NEW, FAULTY, FAULTY, FAULTY, FAULTY]
    with pytest.raises(errors.RowsFaulty, match="4 dòng lỗi"):
        taken(file)
    taken(file, good_alone=True)
    assert [row.name for row in units_on(TODAY)][-1] == "UBND phường Kỳ Sơn"
    with pytest.raises(errors.AlreadySettled):
        taken(file, good_alone=True)


def test_what_was_looked_at_is_what_is_done(town: dict[str, Unit]) -> None:
    file = staged(UNITS + f"{town['culture'].pk};Phòng Văn hóa - Xã hội;;UBND thành phố Mường Hoa;;P. VH;;")
    looked_at = importing.seen(importing.compared(file))
    services.rename_unit(unit=town["culture"], name="Phòng Văn thể", on=YESTERDAY, by=None, now=NOW)
    with pytest.raises(errors.DirectoryMoved):
        importing.apply(file=file, looked_at=looked_at, good_alone=True, by=None, now=NOW)


def test_changes_hold_from_their_day_and_mend_the_same_day(town: dict[str, Unit]) -> None:
    unit = town["culture"]
    for name in ("Phòng Văn thể", "Phòng Văn hóa - Xã hội"):  # a slip, mended by the next file
        taken(staged(f"Số;Tên đơn vị;Cấp trên;Mã\n{unit.pk};{name};UBND thành phố Đồng Giang;xl:7"))
    unit = Unit.objects.get(pk=unit.pk)
    assert (unit.name_on(YESTERDAY), unit.name_on(TODAY)) == ("Phòng Văn hóa", "Phòng Văn hóa - Xã hội")
    assert unit.short_name_on(TODAY) == "P. VH"  # a column that the file has not stays as it was
    assert [row.code for row in unit.codes.on(TODAY)] == ["7"]
    taken(staged(f"Số;Tên đơn vị;Đến hết ngày\n{unit.pk};Phòng Văn hóa - Xã hội;31/12/2026"))
    assert unit.pk in {row.id for row in units_on(dt.date(2026, 12, 31))}
    assert unit.pk not in {row.id for row in units_on(dt.date(2027, 1, 1))}


def test_only_administrators(town: dict[str, Unit]) -> None:
    officer = a_person((Role.LEAD_OFFICER, town["culture"]))
    with pytest.raises(errors.NotPermitted):
        importing.stage(data=b"x", name="x.csv", on=TODAY, by=officer, now=NOW)


@pytest.mark.parametrize("table", ["x;y\n1;2", "Tên đơn vị;Loại\n;", "Đơn vị;Chức vụ"])
def test_a_file_without_a_table_of_ours_is_refused(table: str) -> None:
    with pytest.raises(errors.NoTables):
        staged(table)


def test_the_template_and_the_faulty_rows_are_files_that_can_be_taken_in(town: dict[str, Unit]) -> None:
    with pytest.raises(errors.NoTables):  # nothing filled in yet
        importing.stage(data=exporting.template(), name="mau.xlsx", on=TODAY, by=None, now=NOW)
    wrong = found("Tên đơn vị;Loại\nUBND xã Một;xa\nUBND xã Hai;bộ lạc")
    again = importing.stage(data=exporting.faulty_rows(wrong), name="loi.xlsx", on=TODAY, by=None, now=NOW)
    (one,) = importing.compared(again)
    assert (one.values["name"], one.standing, again.unknown) == ("UBND xã Hai", FAULTY, [])


NAMES = st.text(st.sampled_from("aăâđ =+-@;\"/#'ỔZ9."), min_size=1, max_size=8)
NAMES = NAMES.map(lambda text: " ".join(text.split())).filter(bool)


class TestRoundTrip(TestCase):
    """Whatever stands in the directory leaves and comes back without a change, in both kinds of file."""

    # Not shrunk: each try writes a directory, and five units are few enough to read.
    @settings(max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
    @given(st.data())
    def test_any_directory(self, data: st.DataObject) -> None:
        units: list[Unit] = []
        for n in range(data.draw(st.integers(1, 5))):
            unit = services.create_unit(
                kind=data.draw(st.sampled_from(["phong", "phuong", "cap_uy"])),
                name=data.draw(NAMES),
                short_name=data.draw(st.just("") | NAMES),
                english=data.draw(st.just("") | NAMES),
                parent=data.draw(st.sampled_from([None, *units])),
                aliases=data.draw(st.lists(NAMES, max_size=2)),
                begins=LONG_AGO,
                by=None,
                now=NOW,
            )
            if data.draw(st.booleans()):
                UnitCode.objects.create(unit=unit, scheme="gso", code=f"0{n}", valid_from=LONG_AGO)
            units.append(unit)
        if data.draw(st.booleans()):
            services.end_unit(unit=units[-1], on=TODAY + dt.timedelta(days=9), by=None, now=NOW)
        people = [a_person(name=data.draw(NAMES)) for _one in range(2)]
        for _post in range(data.draw(st.integers(0, 3))):
            role = data.draw(st.sampled_from(list(Role)))
            title = data.draw(NAMES)
            post = services.create_post(unit=units[0], title=title, role=role, by=None, now=NOW)
            for person in data.draw(st.lists(st.sampled_from(people), unique=True)):
                capacity = data.draw(st.sampled_from([Capacity.HOLDER, Capacity.DEPUTY]))
                services.appoint(post=post, person=person, on=YESTERDAY, capacity=capacity, by=None, now=NOW)
        before = canonical(TODAY)
        files = [("danh-ba.xlsx", exporting.workbook(TODAY))]
        files += [(f"{table}.csv", exporting.table_as_csv(TODAY, table)) for table in Table]
        for name, told in files:
            with translation.override(data.draw(st.sampled_from(["vi", "en"]))):
                try:
                    file = importing.stage(data=told, name=name, on=TODAY, by=None, now=NOW)
                except errors.NoTables:  # no posts: a heading alone
                    continue
                rows = importing.compared(file)
            assert {one.standing for one in rows} == {SAME}, [(one.values, one.faults, one.changed) for one in rows]
            assert taken(file) == []
        assert canonical(TODAY) == before
