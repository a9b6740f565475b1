"""Pages leave compressed; files that are downloaded leave as they are."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressedPages(GZipMiddleware):
    """Middleware. Against BREACH: random bytes in each answer's header (Django's own), and a CSRF token masked anew."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        """Compresses what is text."""
        if response.headers.get("Content-Type", "").startswith(("text/", "image/svg")):
            return super().process_response(request, response)
        return response
