"""The reporting desk leads nobody to a page that is shut to them."""

from lxml import html

from office.conftest import Town
from office.screens import story


def test_a_unit_is_led_to_its_own_report_alone(town: Town) -> None:
    rows = story(town)
    whole = f"/ky-bao-cao/{rows['round']}/"
    for who, sees in (("lan", True), ("duc", True), ("minh", False)):
        client = town.client(who)
        page = html.fromstring(client.get("/ky-bao-cao/").content.decode())
        links = {link for link in page.xpath("//main//a/@href") if link.startswith("/ky-bao-cao/")}
        assert (whole in links) is sees
        assert {client.get(link).status_code for link in links} <= {200}, who
