"""How often the reader was right: from what people corrected in the programmes that were issued."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xulang.office import clock
from xulang.office.access import asker, opens_to
from xulang.organisation.enums import Role
from xulang.programme import selectors

FIELDS = {
    "task": _("Nhiệm vụ: có đúng là một việc được giao"),
    "text": _("Nội dung nhiệm vụ"),
    "mode": _("Giao hay đề nghị"),
    "deadline": _("Thời hạn"),
    "unit": _("Đơn vị và vai trò"),
    "set": _("Tập đơn vị (“UBND các phường, xã”)"),
    "focal_unit": _("Đơn vị đầu mối theo dõi"),
}


@require_safe
@opens_to(Role.LEAD_OFFICER, Role.LEADER)
def accuracy(request: HttpRequest) -> HttpResponse:
    """A row a kind of finding: how many were read, how many stood, how many a person corrected or had to add."""
    found = selectors.accuracy(asker(request), clock.today())
    rows = [
        {
            "label": FIELDS[row.field],
            "read": row.read,
            "corrected": row.corrected,
            "right": max(row.read - row.corrected, 0),
            "share": 100 * max(row.read - row.corrected, 0) / row.read,
        }
        for row in found
        if row.read
    ]
    return render(request, "office/accuracy.html", {"rows": rows})
