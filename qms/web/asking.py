"""Asking for an inspection: the lot first, then what of its control plan is inspected."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant import scoping
from plant.errors import Refusal
from plant.web.access import needs
from plant.web.forms import CodeField, Form
from qms.commands import asking
from qms.models import InspectionKind
from qms.queries import plans
from traceability.models import MaterialLot

KINDS = [(kind.value, kind.label) for kind in asking.ASKED]


class LotForm(Form):
    """Which lot."""

    lot = CodeField(label=gettext_lazy("Lot or serial"), max_length=80)


class AskForm(Form):
    """What is inspected of it, and why."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=KINDS, initial=InspectionKind.STOCK)
    operation = forms.ChoiceField(label=gettext_lazy("Characteristics of"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=400, widget=forms.Textarea({"rows": 2}))
    blocking = forms.BooleanField(
        label=gettext_lazy("Hold the lot until it is decided"), required=False,
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=36)

    def __init__(self, *args: Any, lot: MaterialLot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found: dict[str, list[str]] = {}
        for line in plans.askable(lot.material, timezone.now()):
            found.setdefault(line.operation, []).append(line.characteristic.title)
        self.offers = bool(found)
        self.fields["operation"].choices = [(code, f"{code}: {', '.join(names)}") for code, names in found.items()]


@needs("inspection.create")
def ask(request: HttpRequest) -> HttpResponse:
    """Choose a lot, then ask."""
    number = (request.POST.get("lot") or request.GET.get("lot", "")).strip()
    rows = MaterialLot.objects.select_related("material", "site").filter(number=number)
    lot = scoping.visible(rows, request.user).first() if number else None
    lot_form = LotForm(by=request.user, initial={"lot": number})
    if lot is None:
        missing = _("There is no lot %(numbers)s. Check the labels.") % {"numbers": number[:40]} if number else ""
        refusal = Refusal(missing) if missing else None
        context = {"lot_form": lot_form, "refusal": refusal}
        return render(request, "qms/inspection/ask.html", context, status=404 if missing else 200)
    form = AskForm(request.POST or None, by=request.user, lot=lot, initial={"key": uuid.uuid4().hex})
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            task = asking.ask(lot=lot, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("%(number)s is to be done.") % {"number": task.number})
            return redirect("qms:inspection-detail", task.number)
    status = 409 if refusal else 422 if form.errors else 200
    context = {"lot": lot, "lot_form": lot_form, "form": form, "refusal": refusal}
    return render(request, "qms/inspection/ask.html", context, status=status)
