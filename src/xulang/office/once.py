"""A form sent twice is written once: each page's form bears a token, used up in the transaction that writes."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from xulang.office import clock
from xulang.office.models import Sent
from xulang.plumbing.errors import Refused

FIELD = "once"
KEPT = timedelta(days=2)  # longer than any session, so no page that can still be sent has lost its token


class SentBefore(Exception):
    """This very form was written before; show its outcome."""


def _mark(request: HttpRequest) -> str:
    mark = f"{request.user.pk}:{request.path}:{request.POST.get(FIELD, '')}"
    return hashlib.sha256(mark.encode()).hexdigest()


def spend(secret: str, now: datetime) -> bool:
    """Whether this is the first time that the secret is shown; however many show it at once, one is the first."""
    try:
        with transaction.atomic():
            Sent.objects.create(token=hashlib.sha256(secret.encode()).hexdigest(), at=now)
    except IntegrityError:
        return False
    return True


def sent_before(request: HttpRequest) -> bool:
    """Whether this very form was written already; to be asked first where the writing changes what may be sent."""
    return Sent.objects.filter(token=_mark(request)).exists()


@contextmanager
def once(request: HttpRequest) -> Iterator[None]:
    """A transaction in which the request's form may be written; raises `SentBefore` the second time.

    A refusal inside rolls the token back with everything else, so that the mended form can be sent again.
    """
    now = clock.now()
    with transaction.atomic():
        try:
            with transaction.atomic():
                Sent.objects.create(token=_mark(request), at=now)
        except IntegrityError as known:
            raise SentBefore from known
        Sent.objects.filter(at__lt=now - KEPT).delete()
        yield


def written(request: HttpRequest, form: forms.Form | None, act: Callable[[], Any], done: str) -> bool:
    """Do one act for a sent form; a refusal becomes the form's error, or a message where there is no form."""
    try:
        with once(request):
            act()
    except SentBefore:
        pass
    except Refused as why:
        if form is None:
            messages.error(request, str(why))
        else:
            form.add_error(None, str(why))
        return False
    messages.success(request, done)
    return True
