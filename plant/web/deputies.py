"""Naming a deputy for the days that one is away."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST

from plant.commands import deputies as commands
from plant.models import Deputy, Person, PersonKind
from plant.queries import deputies as reading
from plant.web.access import needs
from plant.web.acting import enter
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
    form = DeputyForm(request.POST or None, by=request.user)

    def named(data: dict[str, Any]) -> Deputy:
        return commands.name(**data, by=request.user, at=timezone.now())

    return enter(
        request, form, named, template="plant/deputies.html", to="plant:deputies", key="", now=timezone.now(),
        done=_("Your deputy sees your tasks in those days."), own=reading.own(request.user),
        others=reading.others(request.user, timezone.now()),
    )


@require_POST
@needs("inbox.view")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Back again."""
    row = get_object_or_404(Deputy, pk=pk, person=request.user)
    commands.end(row=row, by=request.user, at=timezone.now())
    messages.success(request, _("Welcome back."))
    return redirect("plant:deputies")
