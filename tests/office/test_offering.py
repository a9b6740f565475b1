"""Units are offered while one types: by a short list of what was found, never the whole register in every page."""

from django.test import Client

from office.conftest import FOUNDED, Story, Town
from xulang.organisation.matching import sought
from xulang.organisation.models import Unit, UnitName, UnitParent
from xulang.programme.models import Task

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


def test_no_form_carries_the_register(office_story: Story) -> None:
    town, rows = office_story
    rows["task_in_review"] = Task.objects.filter(programme=rows["review"]).values_list("pk", flat=True)[0]

    def weights() -> dict[str, int]:
        return {address: len(_text(town, who, address, rows)) for who, address in FORMS}

    before = weights()
    for who, address in FORMS:
        assert "data-units" in _text(town, who, address, rows), address
    a_country(town)
    grown = {address: weight - before[address] for address, weight in weights().items()}
    assert all(more < 500 for more in grown.values()), grown


def _text(town: Town, who: str | None, address: str, rows: dict[str, int]) -> str:
    client = Client() if who is None else town.client(who)
    return client.get(address.format_map(rows), follow=True).content.decode()
