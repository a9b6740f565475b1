"""The reporting desk leads nobody to a page that is shut to them."""

from lxml import html

from office.conftest import Story


def test_every_sentence_of_the_whole_opens_what_stands_behind_it(office_story: Story) -> None:
    town, rows = office_story
    client = town.client("lan")
    page = html.fromstring(client.get(f"/ky-bao-cao/{rows['round']}/").content.decode())
    every = page.xpath("//a[contains(@class, 'sentence')]")
    anchors = {link.get("href")[1:] for link in every if link.get("href").startswith("#")}
    assert anchors <= set(page.xpath("//@id"))  # what the focal unit wrote: the units' own words beneath it
    links = [link for link in every if not link.get("href").startswith("#")]
    assert links
    for link in links:
        opened = client.get(link.get("href"))
        assert opened.status_code == 200
        assert link.text_content() in html.fromstring(opened.content.decode()).xpath("//blockquote")[0].text_content()
    last = links[-1].get("href")
    for bad in (last.rsplit("=", 1)[0] + "=99", last.rsplit("=", 1)[0] + "=x", last.replace("dong=", "dong=9")):
        assert client.get(bad).status_code == 404


def test_a_unit_is_led_to_its_own_report_alone(office_story: Story) -> None:
    town, rows = office_story
    whole = f"/ky-bao-cao/{rows['round']}/"
    for who, sees in (("lan", True), ("duc", True), ("minh", False)):
        client = town.client(who)
        page = html.fromstring(client.get("/ky-bao-cao/").content.decode())
        links = {link for link in page.xpath("//main//a/@href") if link.startswith("/ky-bao-cao/")}
        assert (whole in links) is sees
        assert {client.get(link).status_code for link in links} <= {200}, who
