"""What the writer writes, the reader reads back alike."""

from hypothesis import HealthCheck, Phase, given, settings

from papers.plans import Truth, plans
from papers.samples import LETTER
from xulang.papers.numerals import padded
from xulang.papers.writing.write import write
from xulang.reading.directive.findings import Finding, Reading
from xulang.reading.directive.read import read
from xulang.reading.files.opening import open_document


def back(data: bytes) -> Reading:
    return read(open_document(data), name="paper.docx", sha256="")


def value(finding: Finding | None) -> str | None:
    return finding.value if finding else None


def one_line(text: str) -> str:
    return " ".join(text.split()).casefold()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(plans())
def test_plans(truth: Truth) -> None:
    paper, reading = truth.paper, back(write(truth.paper))
    header = reading.header
    day = paper.date
    assert one_line(value(header.issuer) or "") == one_line(paper.issuer)
    assert value(header.number) == (padded(paper.number) if paper.number else None)
    assert value(header.symbol) == paper.symbol
    assert value(header.place) == paper.place
    assert value(header.date) == f"{day.year}-{day.month:02d}-{day.day:02d}"
    assert value(header.type) == paper.type
    assert value(header.title) == paper.title
    assert [f.value for f in reading.signature.lines] == [line.upper() for line in paper.signature.lines]
    assert value(reading.signature.name) == paper.signature.name
    assert [f.value for f in reading.recipients] == [*paper.recipients, f"Lưu: {paper.filed}"]
    assert [s.id for s in reading.sections] == list(truth.sections)
    assert {c.code: c.date for c in reading.citations} == truth.cited
    read_back = [
        (
            task.section,
            tuple(u.value for u in task.lead),
            tuple(u.value for u in task.coordinating),
            (task.deadline.kind, task.deadline.value, task.deadline.every),
            task.mode,
        )
        for task in reading.tasks
    ]
    assert read_back == [(d.section, d.lead, d.coordinating, d.deadline, "order") for d in truth.duties]
    for task, duty in zip(reading.tasks, truth.duties, strict=True):
        assert duty.deed in task.at.of(reading.text)


def test_letter() -> None:
    reading = back(write(LETTER))
    assert value(reading.header.superior) == LETTER.superior
    assert [f.value for f in reading.header.addressees] == list(LETTER.addressees)
    assert value(reading.header.title) == LETTER.title
    assert reading.recipients[0].value == "Như trên"
