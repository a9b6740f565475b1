"""The page of a task: everything from the sentence that orders it to the evidence, in one scroll."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xulang.activities import selectors as activities
from xulang.budget import selectors as budget
from xulang.office import clock, deadlines
from xulang.office.access import asker, opens_to
from xulang.office.desks.accuracy import FIELDS
from xulang.office.units_of import asked_of, switch
from xulang.organisation.enums import DUTY_ROLES
from xulang.programme import selectors
from xulang.programme.models import Correction, Task

A_PAGE = 20  # units
NAMED = 20  # activities, the latest
# What a correction says of a whole task, in words.
DONE_TO_TASK = {
    "added": _("thêm bằng tay"),
    "dropped": _("bỏ"),
    "merged": _("gộp từ nhiều nhiệm vụ"),
    "split": _("tách làm hai"),
}


@require_safe
@opens_to(*DUTY_ROLES)
def task(request: HttpRequest, task_id: int) -> HttpResponse:
    """The story; its units as far as the asker may see them, some to a page."""
    person, today, units_of = asker(request), clock.today(), asked_of(request)
    try:
        story = selectors.task(person, today, task_id)
    except Task.DoesNotExist as unseen:
        raise Http404 from unseen
    page = Paginator(selectors.assignments_of(person, today, task_id), A_PAGE).get_page(request.GET.get("page"))
    parts = selectors.parts(person, today, story, list(page))
    context = {
        "story": story,
        "task": story.task,
        "time": deadlines.told(story.task),
        "corrections": [(row, FIELDS.get(row.field, row.field), _change(row)) for row in story.corrections],
        "page": page,
        "guidance": selectors.readable_guidance(person, today, task_id),
        "turns": selectors.turns(person, today, [story.task]).get(task_id),
        "parts": [
            (part, selectors.name_of(part.assignment, units_of, today)) for part in selectors.named(parts, units_of)
        ],
        "made_by": activities.filed(person, today, [row.pk for part in parts for row in part.entries]),
        "switch": switch(request),
        "activities": activities.of_task(person, today, task_id)[:NAMED],
        "estimates": budget.of_task(person, today, task_id),
    }
    return render(request, "office/task.html", context)


def _change(row: Correction) -> tuple[str, str] | str:
    """Before and after, where people can read them; for a whole task what was done to it."""
    if row.field == "task":
        return str(DONE_TO_TASK.get(row.corrected_to, ""))
    return (row.read_as, row.corrected_to) if row.field in {"text", "unit"} else ""
