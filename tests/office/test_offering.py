"""Units are offered while one types: by a short list of what was found, never the whole register in every page."""

from django.test import Client
from lxml import html

from office.conftest import FOUNDED, NOW, Town
from office.screens import SCREENS, story
from xulang.organisation.matching import sought
from xulang.organisation.models import Unit, UnitName, UnitParent
from xulang.organisation.services import create_unit

MANY = 1500


def a_country(town: Town) -> None:
    """So many communes more under the city."""
    made = Unit.objects.bulk_create(Unit(kind="xa", tree="STATE", begins=FOUNDED) for _n in range(MANY))
    names = [f"Ủy ban nhân dân xã Khe {n}" for n in range(MANY)]
    UnitName.objects.bulk_create(
        UnitName(unit=unit, name=name, sought=sought(name), valid_from=FOUNDED)
        for unit, name in zip(made, names, strict=True)
    )
    UnitParent.objects.bulk_create(UnitParent(unit=unit, parent=town.units["tp"], valid_from=FOUNDED) for unit in made)


# Screens with a field that asks for a unit, of which none may grow with the register.
FORMS = [
    ("lan", "/ra-soat/{review}/"),
    ("lan", "/ra-soat/{review}/?sua={task_in_review}"),
    ("lan", "/van-ban/{directive}/noi-nhan/"),
    ("lan", "/viec/{contest}/chuyen/"),
    ("lan", "/bang/"),
    ("quan", "/don-vi/them/"),
    ("quan", "/don-vi/trung/"),
    ("quan", "/don-vi/{unit}/"),
    ("quan", "/sap-xep/{draft}/"),
]


def test_no_form_carries_the_register(town: Town) -> None:
    from xulang.programme.models import Task

    rows = story(town)
    rows["task_in_review"] = Task.objects.filter(programme=rows["review"]).values_list("pk", flat=True)[0]

    def weights() -> dict[str, int]:
        return {
            address: len(town.client(who).get(address.format_map(rows)).content.decode().replace("Khe", ""))
            for who, address in FORMS
        }

    before = weights()
    assert all(
        "data-units" in town.client(who).get(address.format_map(rows)).content.decode()
        for who, address in FORMS
        if address != "/bang/" or rows["review"]
    )
    a_country(town)
    grown = {address: weight - before[address] for address, weight in weights().items()}
    assert all(more < 500 for more in grown.values()), grown
    assert not [address for _who, address in SCREENS if "<datalist" in _text(town, _who, address, rows)]


def _text(town: Town, who: str | None, address: str, rows: dict[str, int]) -> str:
    client = Client() if who is None else town.client(who)
    return client.get(address.format_map(rows), follow=True).content.decode()


def test_what_is_offered_is_an_option_each_by_words_that_mean_no_other(town: Town) -> None:
    create_unit(kind="phong", name="Văn phòng", parent=town.units["tp"], begins=FOUNDED, by=None, now=NOW)
    page = html.fromstring(town.client("lan").get("/don-vi/goi-y/?tim=van phong").content.decode())
    offered = page.xpath("//li[@role='option']/@data-value")
    assert sorted(offered) == [
        "Văn phòng / Ủy ban nhân dân thành phố Mường Hoa",
        "Văn phòng / Ủy ban nhân dân thành phố Đồng Giang",
    ]
    assert town.client("lan").get("/don-vi/goi-y/?tim=").content.decode().strip() == ""
