"""The reporting desk leads nobody to a page that is shut to them."""

from lxml import html

from office.conftest import NOW, Story
from xulang.reporting import services
from xulang.reporting.models import UnitReport
from xulang.reporting.preparing import prepared


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
    hrefs = [link.get("href") for link in links]
    sent = next(href for href in hrefs if "dong=" in href)  # a unit sent it
    own = next(href for href in hrefs if "doan=" in href)  # the ledger gave it
    for good in (sent, own):
        for bad in ("=99", "=x"):
            assert client.get(good.rsplit("=", 1)[0] + bad).status_code == 404
    for bad in (
        sent.replace("dong=", "dong=9"),
        own.replace("doan=", "doan=9"),
        own.replace("muc=", "muc=x"),
        own + "&ban=9",
    ):
        assert client.get(bad).status_code == 404
    version = html.fromstring(client.get(f"/ky-bao-cao/ban/{rows['version']}/").content.decode())
    frozen = [href for href in version.xpath("//a[contains(@class, 'sentence')]/@href") if "doan=" in href]
    assert frozen
    assert {("ban=" in href, client.get(href).status_code) for href in frozen} == {(True, 200)}


def test_a_unit_is_led_to_its_own_report_alone(office_story: Story) -> None:
    town, rows = office_story
    whole = f"/ky-bao-cao/{rows['round']}/"
    for who, sees in (("lan", True), ("duc", True), ("minh", False)):
        client = town.client(who)
        page = html.fromstring(client.get("/ky-bao-cao/").content.decode())
        links = {link for link in page.xpath("//main//a/@href") if link.startswith("/ky-bao-cao/")}
        assert (whole in links) is sees
        assert {client.get(link).status_code for link in links} <= {200}, who


def test_the_pages_of_a_round_read_on_both_units(office_story: Story) -> None:
    town, rows = office_story
    client = town.client("lan")
    for path in ("/ky-bao-cao/", f"/ky-bao-cao/{rows['round']}/", f"/ky-bao-cao/{rows['round']}/so-lieu/tap-huan-lop/"):
        page = html.fromstring(client.get(path).content.decode())
        (link,) = page.xpath("//nav[contains(@class, 'units-of')]//a/@href")
        then = client.get(path + link)
        assert then.status_code == 200
        sheet = client.get(path + link + "&tep=csv")
        assert sheet.status_code == 200


def test_every_sentence_that_a_unit_sent_opens_what_stands_behind_it(office_story: Story) -> None:
    town, rows = office_story
    client = town.client("minh")
    page = html.fromstring(client.get(f"/ky-bao-cao/don-vi/{rows['sent']}/").content.decode())
    links = page.xpath("//div[@class='said']//a[contains(@class, 'sentence')]")
    assert links
    for link in links:
        opened = html.fromstring(client.get(link.get("href")).content.decode())
        assert link.text_content() in opened.xpath("//blockquote")[0].text_content()


def test_who_only_reads_an_unsent_report_reads_its_draft(office_story: Story) -> None:
    town, rows = office_story
    report = UnitReport.objects.get(pk=rows["unsent"])
    (heading,) = {part.heading.code for part in prepared(report, NOW.date()).parts[:1]}
    telling = {"entered": {}, "narrative": {heading: "Đang soạn lời văn."}, "by": town.people["lan"], "now": NOW}
    services.save_draft(report=report, **telling)
    page = html.fromstring(town.client("duc").get(f"/ky-bao-cao/don-vi/{report.pk}/").content.decode())
    assert "Đang soạn lời văn." in page.xpath("//div[@class='said']")[0].text_content()
