"""One's own posts: what one holds, and letting another person act in a post for a time."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xulang.office import clock
from xulang.office.access import asker
from xulang.office.forms.delegating import DelegateForm
from xulang.office.named import people_like, person_named
from xulang.office.once import written
from xulang.organisation import services
from xulang.organisation.enums import NOT_DELEGATED, Capacity
from xulang.organisation.models import PostHolding


@require_http_methods(["GET", "HEAD", "POST"])
def delegations(request: HttpRequest) -> HttpResponse:
    """The posts one holds, whom one has let act in them, and in whose one acts."""
    person, today = asker(request), clock.today()
    rows = PostHolding.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today))
    rows = rows.select_related("post__unit", "person", "delegated_by__person").order_by("valid_from", "id")
    mine = rows.filter(person=person)
    own = [row for row in mine.on(today) if row.capacity != Capacity.DELEGATE and row.post.role not in NOT_DELEGATED]
    form = DelegateForm(
        request.POST or None,
        holdings=[(row.pk, f"{row.post.title}, {row.post.unit.name_on(today)}") for row in own],
        initial={"first": today},
    )
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data

        def act() -> None:
            services.delegate(
                holding=next(row for row in own if row.pk == given["holding"]),
                to=person_named(given["to"], person, today),
                first=given["first"],
                last=given["last"],
                basis=given["basis"],
                by=person,
                now=clock.now(),
            )

        if written(request, form, act, _("Đã ủy quyền.")):
            return redirect("office:delegations")
    context = {
        "held": [(row, row.post.unit.name_on(today)) for row in mine],
        "given": [(row, row.post.unit.name_on(today)) for row in rows.filter(delegated_by__person=person)],
        "form": form if own else None,
    }
    return render(request, "office/delegations.html", context, status=422 if form.is_bound else 200)


@require_safe
def people_hints(request: HttpRequest) -> HttpResponse:
    """What a field that asks for a person offers while somebody types: of those whom the asker may see."""
    found = people_like(request.GET.get("tim", ""), asker(request), clock.today())
    return render(request, "office/parts/unit_hints.html", {"rows": [(one.name, one) for one in found]})


@require_POST
def end_delegation(request: HttpRequest, holding_id: int) -> HttpResponse:
    """Take a delegation back at once; who gave it or who has it."""
    person = asker(request)
    rows = PostHolding.objects.filter(capacity=Capacity.DELEGATE)
    found = get_object_or_404(rows.filter(Q(delegated_by__person=person) | Q(person=person)), pk=holding_id)
    written(
        request,
        None,
        lambda: services.end_delegation(delegation=found, by=person, now=clock.now()),
        _("Đã chấm dứt ủy quyền."),
    )
    return redirect("office:delegations")
