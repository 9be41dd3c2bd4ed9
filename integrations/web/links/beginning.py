"""A new connection from a template: the systems that are prepared, and the few words that a plant adds."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from integrations import adapters
from integrations.links.commands import beginning
from integrations.templates import templates
from integrations.web.links import lists
from plant.errors import Refusal
from plant.models import Equipment, EquipmentLevel
from plant.web.access import needs
from plant.web.forms import Form, RowField


class BeginForm(Form):
    """What a template can't know."""

    code = forms.SlugField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=120)
    site = RowField(
        label=_("Site"), queryset=Equipment.objects.filter(level=EquipmentLevel.SITE), to_field_name="code"
    )
    endpoint = forms.CharField(label=_("Address"), max_length=400)


@needs("connection.keep")
def begin(request: HttpRequest) -> HttpResponse:
    """Choose a template, and make a connection of it."""
    known = templates()
    chosen = known.get(request.GET.get("template", ""))
    form = BeginForm(request.POST or None, by=request.user, initial={"name": chosen.name} if chosen else {})
    refusal: Refusal | None = None
    if request.method == "POST" and chosen and form.is_valid():
        try:
            made = beginning.begin(template=chosen.code, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refusal as error:
            refusal = error
        else:
            return redirect("integrations:connection-detail", made.code)
    context: dict[str, Any] = {
        "form": form, "refusal": refusal, "chosen": chosen,
        "known": [(one.name, f"?template={one.code}", one is chosen) for one in known.values()],
    }
    if chosen:
        adapter = adapters.of(chosen.kind)
        context |= {
            "kind": adapter.label if adapter else chosen.kind,
            "sent": [lists.noun_name(one) for one in chosen.sent_nouns],
            "parts": [(lists.noun_name(part.noun), part.direction == "IN", part.rows) for part in chosen.mappings],
        }
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "integrations/connection/begin.html", context, status=status)
