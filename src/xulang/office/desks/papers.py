"""A directive's own record: its heading, its register, its effect; and the cascade that it stands in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xulang.office import clock
from xulang.office.access import asker, opens_to
from xulang.office.cascade_picture import DESK, PHONE, picture
from xulang.office.forms.register import DirectionForm, EffectForm, HeadingForm
from xulang.office.once import SentBefore, once
from xulang.organisation.enums import DUTY_ROLES, Role
from xulang.plumbing.errors import Refused
from xulang.registry import editing, selectors
from xulang.registry.cascade import Cascade, Paper
from xulang.registry.enums import Direction, EffectKind, Relation
from xulang.registry.models import Directive, Effect


def seen(request: HttpRequest, directive_id: int) -> Directive:
    """The directive, where the asker may see it; else there is no such page."""
    try:
        return selectors.directive(asker(request), clock.today(), directive_id)
    except Directive.DoesNotExist as unseen:
        raise Http404 from unseen


def _own(request: HttpRequest, directive_id: int) -> Directive:
    """The directive of the asker's own office, and one with content."""
    found = seen(request, directive_id)
    if found.reading is None:
        raise Http404
    return found


def _forms(found: Directive) -> dict[str, forms.Form]:
    known = {name: getattr(found, name) for name in HeadingForm.base_fields}
    return {
        "ho-so": HeadingForm(initial=known, prefix="ho-so"),
        "so": DirectionForm(initial={"direction": found.direction}, prefix="so"),
        "hieu-luc": EffectForm(prefix="hieu-luc"),
    }


def _describe(found: Directive, given: dict[str, Any], **who: Any) -> str:
    editing.describe(directive=found, heading=editing.Heading(**given), **who)
    return _("Đã lưu hồ sơ văn bản.")


def _direct(found: Directive, given: dict[str, Any], **who: Any) -> str:
    editing.set_direction(directive=found, direction=Direction(given["direction"]), **who)
    return _("Đã xác nhận sổ văn bản.")


def _note(found: Directive, given: dict[str, Any], **who: Any) -> str:
    editing.record_effect(directive=found, **given | {"kind": EffectKind(given["kind"])}, **who)
    return _("Đã ghi tình trạng hiệu lực.")


ACTS: dict[str, tuple[type[forms.Form], Callable[..., str]]] = {
    "ho-so": (HeadingForm, _describe),
    "so": (DirectionForm, _direct),
    "hieu-luc": (EffectForm, _note),
}


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(Role.LEAD_OFFICER)
def record(request: HttpRequest, directive_id: int) -> HttpResponse:
    """The record of a directive to be corrected: one act a form."""
    found = _own(request, directive_id)
    filled, act = _forms(found), request.POST.get("act", "")
    if request.method == "POST" and act in ACTS:
        form_class, verb = ACTS[act]
        form = filled[act] = form_class(request.POST, prefix=act)
        if form.is_valid():
            try:
                with once(request):
                    said = verb(found, form.cleaned_data, by=asker(request), now=clock.now())
            except Refused as why:
                form.add_error(None, str(why))
            except SentBefore:
                return redirect("office:directive", directive_id)
            else:
                messages.success(request, said)
                return redirect("office:directive", directive_id)
    context = {
        "directive": found,
        "heading_form": filled["ho-so"],
        "direction_form": filled["so"],
        "effect_form": filled["hieu-luc"],
        "act": act,
        "effects": found.effects.select_related("by_directive", "recorded_by").defer("by_directive__text"),
        "alike": selectors.same_papers(asker(request), clock.today(), found)[:5],
    }
    return render(request, "office/record.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@opens_to(Role.LEAD_OFFICER)
def withdraw_effect(request: HttpRequest, effect_id: int) -> HttpResponse:
    """Take a note on a directive's effect back."""
    effect = Effect.objects.for_user(asker(request), clock.today()).filter(pk=effect_id).first()
    if effect is None:
        raise Http404
    try:
        editing.withdraw_effect(effect=effect, by=asker(request), now=clock.now())
    except Refused as why:
        messages.error(request, str(why))
    return redirect("office:record", effect.directive_id)


@dataclass(frozen=True)
class Spoken:
    """A directive of the cascade in the list beside the picture, with its links told in words."""

    paper: Paper
    ups: list[tuple[Relation, Paper]]


def _spoken(cascade: Cascade) -> list[list[Spoken]]:
    ups: dict[str, list[tuple[Relation, Paper]]] = {}
    for link in cascade.links:
        ups.setdefault(link.below, []).append((link.relation, cascade.papers[link.above]))
    return [[Spoken(paper, ups.get(paper.key, [])) for paper in layer] for layer in cascade.layers]


@require_safe
@opens_to(*DUTY_ROLES)
def cascade(request: HttpRequest, directive_id: int) -> HttpResponse:
    """What the directive comes down from and what comes down from it, as a picture and as a list."""
    found = seen(request, directive_id)
    made = selectors.cascade(asker(request), clock.today(), found)
    context = {
        "directive": found,
        "cascade": made,
        "pictures": [("phone", picture(made, PHONE)), ("desk", picture(made, DESK))],
        "layers": _spoken(made),
    }
    return render(request, "office/cascade.html", context)
