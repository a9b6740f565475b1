"""The pages of a directive as they look: made when they are first asked for, and kept."""

import datetime as dt

from django.db import transaction

from xulang.organisation.models import Person
from xulang.plumbing import files
from xulang.registry import ports
from xulang.registry.errors import NoPages
from xulang.registry.models import Directive, Facsimile

# Files that look like nothing but their words have no pages.
_TEXTS = frozenset(files.MEDIA_TYPES[kind] for kind in ("html", "md", "txt"))


def has_pages(directive: Directive) -> bool:
    """Whether the paper came as pages: a PDF, a Word file, a picture."""
    stored = directive.file
    return stored is not None and stored.withdrawn_at is None and stored.media_type not in _TEXTS


def facsimile_of(directive: Directive, *, by: Person, now: dt.datetime) -> Facsimile:
    """The facsimile of a directive with pages, made now if it was not yet; the caller has checked who may see it.

    Making takes seconds (a Word file is set by LibreOffice, a scan recognised again), so it is done outside of any
    transaction; of two who ask at once one's is kept. Raises NoPages.
    """
    if (kept := Facsimile.objects.filter(directive=directive).first()) is not None:
        return kept
    try:
        made = ports.printer().pages(_bytes(directive), directive.text)
    except ports.NoPagesError as why:
        raise NoPages(why=str(why)) from why
    with transaction.atomic():
        Directive.objects.select_for_update(of=("self",)).get(pk=directive.pk)
        if (kept := Facsimile.objects.filter(directive=directive).first()) is not None:
            return kept
        stored = None
        if made.pdf is not None:
            stored = files.store(data=made.pdf, name="trang-goc.pdf", by=by, now=now, allowed={"pdf"})
        return Facsimile.objects.create(
            directive=directive, file=stored, leaves=made.leaves, words=made.words, made_at=now
        )


def page_picture(facsimile: Facsimile, number: int, width: int) -> bytes:
    """One page as a WebP picture. Raises NoPages."""
    stored = facsimile.file
    _width, _height, *turned = facsimile.leaves[number - 1]
    turns = turned[0] if turned else 0  # those made before turns were told are without
    try:
        if stored is None:
            return ports.printer().draw(_bytes(facsimile.directive), number, width, turns)
        with stored.file.open("rb") as file:
            return ports.printer().draw(file.read(), number, width, turns)
    except ports.NoPagesError as why:
        raise NoPages(why=str(why)) from why


def _bytes(directive: Directive) -> bytes:
    assert directive.file is not None, "a refused directive has no pages"
    with directive.file.file.open("rb") as file:
        data: bytes = file.read()
    return data
