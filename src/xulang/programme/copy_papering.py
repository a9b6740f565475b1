"""Copies as files: what the book of copies says of one, set as Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần II has it."""

from django.utils import timezone

from xulang.papers import paper as papers
from xulang.papers.extracting import extract
from xulang.papers.layout import types
from xulang.papers.paper import Day, Signature
from xulang.papers.writing.copied import copied, mark_lines, marked, on_sheet
from xulang.papers.writing.write import write
from xulang.programme.papering import broken, dated
from xulang.registry.enums import CopyForm, Medium
from xulang.registry.models import Copy


def docx_of(copy: Copy, original: bytes | None) -> bytes | None:
    """The copy as DOCX; the same gives the same bytes. `original` is the paper as a Word file, where there is one.

    Without one a copy on paper is the block on a sheet of its own; of an electronic copy nothing is written then, and
    the agency's signing device sets what `mark_of` says on the file. Raises UnfitPaperError and RefusedError.
    """
    told = paper_of(copy)
    if copy.form == CopyForm.EXTRACT:
        assert copy.directive is not None, "extracts are made of directives"
        original = write(extract(copy.directive.findings, copy.parts))
    if copy.medium == Medium.ELECTRONIC:
        return marked(original, told, signed_at=timezone.localtime(copy.given_at)) if original else None
    return copied(original, told) if original else on_sheet(told, of=of_what(copy))


def mark_of(copy: Copy) -> tuple[str, str, str]:
    """What cell 14 of an electronic copy says; the moment is that of the number, which the signing device sets anew."""
    return mark_lines(paper_of(copy), signed_at=timezone.localtime(copy.given_at))


def paper_of(copy: Copy) -> papers.Copy:
    """What the block of a copy says."""
    day = copy.copied_on
    return papers.Copy(
        form=copy.form,
        issuer=broken(copy.series.unit.name_on(day)),
        symbol=copy.symbol,
        place=copy.place,
        date=Day(day.year, day.month, day.day),
        signature=Signature(tuple(copy.lines), copy.signer),
        number=copy.number,
        recipients=tuple(line.strip() for line in copy.recipients.splitlines() if line.strip()),
    )


def of_what(copy: Copy) -> str:
    """Which paper was copied, in words: "Kế hoạch số 61/KH-UBND ngày 05/01/2026 của …"."""
    if copy.paper is not None:
        row, issuer = copy.paper, copy.paper.series.unit.name_on(copy.paper.issued_on)
        return f"{types()[row.type].name} số {row.code} ngày {row.issued_on:%d/%m/%Y} của {issuer}"
    assert copy.directive is not None, "a copy is of one or the other"
    return dated(copy.directive)
