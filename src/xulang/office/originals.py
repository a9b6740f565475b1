"""The Word file of a paper that the office issued, for who copies it: out of the room that wrote the paper."""

from django.utils.translation import override

from xulang.budget import papering as appraisals
from xulang.budget.models import NoteIssue
from xulang.plumbing.files import MEDIA_TYPES
from xulang.programme import papering as plans
from xulang.programme.models import Draft
from xulang.registry.models import Directive, OutgoingPaper
from xulang.reporting import papering as reports
from xulang.reporting.models import Issue


def of_directive(found: Directive) -> bytes | None:
    """The file as it came in, where it is a Word file."""
    stored = found.file
    if stored is None or stored.withdrawn_at or stored.media_type != MEDIA_TYPES["docx"]:
        return None
    with stored.file.open("rb") as file:
        return bytes(file.read())


def of_paper(paper: OutgoingPaper) -> bytes | None:
    """The report, appraisal or plan that bears the number; None for one that was written elsewhere."""
    with override("vi"):  # the paper speaks Vietnamese, whoever asks for it
        if issue := Issue.objects.select_related("consolidation__round").filter(paper=paper).first():
            return reports.docx_of(issue.consolidation)
        if note := NoteIssue.objects.select_related("entry__estimate").filter(paper=paper).first():
            told = appraisals.appraisal_of(note.entry.estimate)
            return appraisals.docx_of(note.entry.estimate) if told == note.entry else None
        draft = Draft.objects.filter(paper=paper).first()
        return plans.docx_of(draft) if draft else None
