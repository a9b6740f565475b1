"""A directive's record and its cascade on the screen; several files at once; the register page by page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from office.conftest import Town
from xulang.office.cascade_picture import DESK, PHONE, picture
from xulang.registry.cascade import Link, Paper, layered
from xulang.registry.enums import Direction, Relation
from xulang.registry.models import Directive


def test_several_files_are_each_told(town: Town) -> None:
    town.receive(data=b"# co roi")
    files = [("moi.md", b"# moi"), ("co-roi.md", b"# co roi"), ("hinh.svg", b"<svg xmlns='x'/>"), ("hai.md", b"# hai")]
    uploads = [SimpleUploadedFile(name, data) for name, data in files]
    answer = town.client("lan").post("/van-ban/tiep-nhan/", {"file": uploads})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Đã tiếp nhận 2 văn bản" in page
    assert "nội dung không phải loại được nhận" in page
    assert "đã được Lương Thị Lan tiếp nhận" in page
    assert Directive.objects.count() == 3


def test_the_record_is_corrected(town: Town) -> None:
    held, client = town.receive(), town.client("lan")
    address = f"/van-ban/{held.pk}/ho-so/"
    given = {"number": "62", "symbol": "KH-UBND", "issued_date": "21/11/2026", "type": "KH", "title": "Kế hoạch mới"}
    told = {f"ho-so-{name}": value for name, value in given.items()} | {"act": "ho-so"}
    assert client.post(address, told | {"ho-so-symbol": ""}).status_code == 422
    assert "Đã lưu hồ sơ văn bản." in client.post(address, told, follow=True).content.decode()
    client.post(address, {"act": "so", "so-direction": "INCOMING", "once": "2"})
    held.refresh_from_db()
    assert (held.code, held.issued_on, held.direction) == ("62/KH-UBND", "2026-11-21", Direction.INCOMING)
    effect = {"kind": "REPLACED", "since": "01/12/2026", "by_code": "9/KH-UBND", "source": "Điều 5"}
    told = {f"hieu-luc-{name}": value for name, value in effect.items()} | {"act": "hieu-luc", "once": "3"}
    page = client.post(address, told, follow=True)
    assert "Bị thay thế" in page.content.decode()
    client.post(f"/hieu-luc/{held.effects.get().pk}/go/")
    assert "Bị thay thế" not in client.get(f"/van-ban/{held.pk}/").content.decode()


def test_the_cascade_is_drawn_and_told(town: Town) -> None:
    held = town.receive()
    page = town.client("lan").get(f"/van-ban/{held.pk}/mach/").content.decode()
    assert page.count('class="thread thread-implements" d="M') == 2 + 1  # for phone and desk, and the legend
    assert "149-KH/TU" in page
    assert "chưa có bản" in page


def test_the_register_goes_on_below_the_last_row(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xulang.office.desks.directives.A_PAGE", 2)
    rows, client, seen = {town.receive(data=b"# %d" % n).pk for n in range(5)}, town.client("lan"), []
    address = "/van-ban/"
    while address:
        page = client.get(address)
        seen += [row.pk for row, _standing in page.context["rows"]]
        address = f"/van-ban/?sau={page.context['after']}" if page.context["after"] else ""
    assert seen == sorted(rows, reverse=True)


@pytest.mark.parametrize("size", [PHONE, DESK])
@pytest.mark.parametrize("number", [1, 2, 5, 9])
def test_boxes_stand_apart_inside_the_picture(size: tuple[int, int, int, int], number: int) -> None:
    links = [Link(f"A{n}", "H", Relation.BASIS) for n in range(number)]
    made = layered([Paper("H", "H" * 50), *(Paper(f"A{n}", "x" * 50) for n in range(number))], links, "H")
    drawn = picture(made, size)
    corners = {(box.x, box.y) for box in drawn.boxes}
    assert len(corners) == len(drawn.boxes) == number + 1
    assert all(box.x > 0 and box.x + box.width < drawn.width and box.y + 78 < drawn.height for box in drawn.boxes)
    assert all(len(box.code) <= size[3] for box in drawn.boxes)
