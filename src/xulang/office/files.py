"""Files on their way out: always an attachment, never shown inside a page of ours."""

from django.http import FileResponse, Http404, HttpResponse

from xulang.office import clock
from xulang.organisation.models import Person
from xulang.plumbing import journal, scanning
from xulang.plumbing.files import MEDIA_TYPES, thumbnail
from xulang.plumbing.models import StoredFile
from xulang.plumbing.verdicts import People


def attachment(stored: StoredFile | None) -> FileResponse:
    """The file under its own name; 404 where it was withdrawn. The caller has checked whose it is.

    The type is our own finding, and a policy that allows nothing stands over it, should a browser show it after all.
    """
    if stored is None or stored.withdrawn_at or not stored.file:
        raise Http404
    response = FileResponse(
        stored.file.open("rb"), as_attachment=True, filename=stored.name, content_type=stored.media_type
    )
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def small(stored: StoredFile | None, *, own: bool, by: Person) -> HttpResponse:
    """The file shown small in a page of ours: a JPEG that we drew. 404 where it has no look or may not be opened.

    The journal says once a day who saw a picture so that may show people.
    """
    if stored is None or stored.withdrawn_at:
        raise Http404
    try:
        scanning.gate(stored, own=own)
    except (scanning.Infected, scanning.NotScanned) as shut:
        raise Http404 from shut
    drawn = thumbnail(stored)
    if drawn is None:
        raise Http404
    if stored.is_picture and stored.people != People.NONE:
        journal.record_of_day(by=by, action="file.looked_at", subject=stored, now=clock.now())
    return HttpResponse(drawn, content_type="image/jpeg", headers={"X-Content-Type-Options": "nosniff"})


def attached(data: bytes, name: str) -> HttpResponse:
    """A table made just now, as CSV or XLSX by its name."""
    media_type = "text/csv; charset=utf-8" if name.endswith(".csv") else MEDIA_TYPES["xlsx"]
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
