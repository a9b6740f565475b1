"""Any list as a file: the very rows that its page shows, with the page's own filters, as CSV or XLSX."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from xulang.office import clock
from xulang.office.access import asker
from xulang.office.files import attached
from xulang.plumbing import journal
from xulang.plumbing.sheets import ROWS, Cell, Column, Page, as_csv, as_xlsx

WORD = "tep"  # the word of the address
MOST = ROWS + 1  # rows that a list need not give more of


def asked_for(request: HttpRequest) -> str:
    """Which kind of file the address asks for: "csv", "xlsx", or "" for the page itself."""
    kind = request.GET.get(WORD, "")
    return kind if kind in {"csv", "xlsx"} else ""


def listed(
    request: HttpRequest, name: str, columns: Sequence[Column], rows: Callable[[], Iterable[Sequence[Cell]]]
) -> HttpResponse:
    """The list as the file that is asked for; a list that is longer than a sheet says so in its last row.

    The journal says who took which list, and how many rows of it.
    """
    told = list(islice(rows(), ROWS + 1))
    if len(told) > ROWS:
        short = _("Chỉ ghi %(count)s dòng đầu. Hãy lọc bớt rồi xuất lại.") % {"count": ROWS}
        told = [*told[:ROWS], [short]]
    kind = asked_for(request)
    by, told_of = asker(request), {"list": name, "kind": kind, "rows": len(told)}
    journal.record(by=by, action="list.exported", subject=by, data=told_of, now=clock.now())
    if kind == "csv":
        data = as_csv([[column.heading for column in columns], *told])
    else:
        data = as_xlsx([Page(_("Danh sách"), columns, told)])
    return attached(data, f"{name}-{clock.today():%Y-%m-%d}.{kind}")
