"""Files on their way out: always an attachment, never shown inside a page of ours."""

from django.http import FileResponse, Http404, HttpResponse

from xulang.plumbing.files import MEDIA_TYPES
from xulang.plumbing.models import StoredFile


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


def attached(data: bytes, name: str) -> HttpResponse:
    """A table made just now, as CSV or XLSX by its name."""
    media_type = "text/csv; charset=utf-8" if name.endswith(".csv") else MEDIA_TYPES["xlsx"]
    response = HttpResponse(data, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
