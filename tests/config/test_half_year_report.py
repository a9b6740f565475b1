"""The half-year report of the sample town, word for word: what the golden file says shows every change of it."""

import io
import zipfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from xulang.config.sample import at_work, seeding
from xulang.organisation.models import Person
from xulang.papers.checking.check import check
from xulang.programme.papering import signers_of
from xulang.reporting import papering, services
from xulang.reporting.models import Round

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parent / "half_year_report.txt"
NOW = datetime(2026, 5, 12, 9, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def told(data: bytes) -> str:
    """Paragraphs in order, a line each; of a table's row the cells beside each other."""
    document = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    lines: list[str] = []
    for block in document[0]:
        if block.tag == f"{W}tbl":
            rows = block.iter(f"{W}tr")
            lines += ["| " + " | ".join(" / ".join(words(cell)) for cell in row.iter(f"{W}tc")) for row in rows]
        else:
            lines += words(block)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def words(block: etree._Element) -> list[str]:
    found = ["".join(run.text or " " for run in one.iter(f"{W}t", f"{W}br")) for one in block.iter(f"{W}p")]
    return [line for line in found if line.strip()]


def test_the_half_year_report_says_what_it_said() -> None:
    seeding.seed(today=NOW.date(), now=NOW)
    at_work.set_to_work(NOW)
    round, by = Round.objects.get(), Person.objects.get(username="dau.moi")
    version = services.consolidate(round=round, by=by, now=NOW)
    (signer,) = signers_of(round.programme.directive.home_unit, NOW.date())
    who = {"signer": signer.holding, "by": by, "now": NOW}
    services.issue(version=version, symbol="BC-UBND", issued_on=NOW.date(), **who)
    data = papering.docx_of(version)
    assert papering.docx_of(version) == data
    assert [str(fault) for fault in check(data)] == []
    assert told(data) == GOLDEN.read_text("utf-8")
