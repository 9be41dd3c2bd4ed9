"""Naming a deputy for the days that one is away."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST

from plant.commands import deputies as commands
from plant.errors import Refusal
from plant.models import Deputy, Person, PersonKind
from plant.queries import deputies as reading
from plant.web.access import needs
from plant.web.alarm_forms import LOCAL, Moment
from plant.web.forms import Form, RowField


class DeputyForm(Form):
    """Who stands in, from when until when."""

    deputy = RowField(
        label=later("Deputy"), to_field_name="number",
        queryset=Person.objects.filter(kind=PersonKind.HUMAN, is_active=True, partner__isnull=True).order_by("name"),
    )
    begins_at = forms.DateTimeField(label=later("From"), widget=Moment, input_formats=[LOCAL])
    ends_at = forms.DateTimeField(label=later("Until"), widget=Moment, input_formats=[LOCAL])
    note = forms.CharField(label=later("Note"), required=False, max_length=200)


@needs("inbox.view")
def deputies(request: HttpRequest) -> HttpResponse:
    """One's own deputies, and for whom one stands in."""
    form, refusal = DeputyForm(request.POST or None, by=request.user), None
    if request.method == "POST" and form.is_valid():
        try:
            commands.name(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _("Your deputy sees your tasks in those days."))
            return redirect("plant:deputies")
    context: dict[str, Any] = {
        "form": form, "refusal": refusal, "own": reading.own(request.user), "now": timezone.now(),
        "others": reading.others(request.user, timezone.now()),
    }
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "plant/deputies.html", context, status=status)


@require_POST
@needs("inbox.view")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Back again."""
    row = get_object_or_404(Deputy, pk=pk, person=request.user)
    commands.end(row=row, by=request.user, at=timezone.now())
    messages.success(request, _("Welcome back."))
    return redirect("plant:deputies")
