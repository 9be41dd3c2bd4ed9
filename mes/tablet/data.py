"""The values of the part in work: entered at the station, one form for all that is still missing."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mes.commands import data_values as commands
from mes.models import DataItem, DataKind
from mes.queries import data_values, routings, stations
from mes.queries.data_values import Asked
from mes.queries.routings import Step
from mes.queries.stations import Panel
from mes.tablet.access import signed_on
from mes.tablet.work import context
from plant.errors import Refusal
from plant.models import Equipment
from plant.web.acting import valid
from qms.models import Gauge
from qms.queries import gauge_register

PLAIN = {"autocomplete": "off"}
WIDGETS: dict[str, Any] = {
    DataKind.NUMBER: lambda: forms.TextInput({**PLAIN, "inputmode": "decimal"}),
    DataKind.TEXT: lambda: forms.Textarea({"rows": 2}),
    DataKind.SCAN: lambda: forms.TextInput(PLAIN),
    DataKind.PHOTO: lambda: forms.FileInput({"accept": "image/*", "capture": "environment"}),
}


class DataForm(forms.Form):
    """A field for each thing that is asked; what stays empty is entered later."""

    reason = forms.CharField(label=_("Why is it corrected?"), max_length=200)

    def __init__(self, *args: Any, asked: Sequence[Asked], told: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = {f"item_{one.item.pk}": one for one in asked}
        reason = self.fields.pop("reason")
        self.fields.update({name: field_of(one.item, told.get(one.item.pk, "")) for name, one in self.asked.items()})
        for kind in {one.item.gauge_type for one in asked} - {None}:
            self.fields[f"gauge_{kind.pk}"] = forms.CharField(
                label=kind.title, required=False, max_length=200, widget=forms.TextInput(PLAIN),
                help_text=gettext("Scan the gauge that you measure with."),
            )
        if any(one.value for one in asked):
            self.fields["reason"] = reason

    def entered(self) -> list[commands.Entered]:
        """What was filled in."""
        said = valid(self)
        return [
            commands.Entered(one.item, said[name], said.get("reason", ""), self.gauge(one.item, said))
            for name, one in self.asked.items() if said[name]
        ]


    @staticmethod
    def gauge(item: DataItem, said: dict[str, Any]) -> Gauge | None:
        """The gauge that was scanned for an item which asks for one."""
        code = said.get(f"gauge_{item.gauge_type_id}", "") if item.gauge_type_id else ""
        return gauge_register.scanned(code)


def field_of(item: DataItem, told: str) -> forms.Field:
    """The field that fits what is asked."""
    shown: dict[str, Any] = {"label": item.title, "required": False, "help_text": help_of(item)}
    if item.kind == DataKind.DEVICE:
        read = gettext("%(name)s: take over %(value)s") % {"name": item.title, "value": told or "—"}
        tick = forms.CheckboxInput({"data-device": ""})
        return forms.BooleanField(**{**shown, "label": read, "initial": bool(told), "widget": tick})
    choices = [(line, line) for line in item.choices]
    if item.kind == DataKind.CHOICE:
        return forms.ChoiceField(**shown, choices=choices, widget=forms.RadioSelect)
    if item.kind == DataKind.CHECK:
        return forms.MultipleChoiceField(**shown, choices=choices, widget=forms.CheckboxSelectMultiple)
    if item.kind == DataKind.PHOTO:
        return forms.FileField(**shown, widget=WIDGETS[item.kind]())
    return forms.CharField(**shown, widget=WIDGETS[item.kind](), max_length=commands.MOST_TEXT)


def help_of(item: DataItem) -> str:
    """The unit and the limits, and that it may stay empty."""
    told = f"{item.symbol}{commands.limits(item)}".strip()
    return told if item.required else f"{told} {gettext('May stay empty.')}".strip()


def step_in_work(found: Panel) -> Step | None:
    """The operation of the lot that is being worked on."""
    if found.current is None or found.job is None:
        return None
    return routings.of_job(found.job).by_code.get(found.current.operation)


def wanted(asked: Sequence[Asked], correct: str) -> list[Asked]:
    """The one that is to be corrected, else all that have no value yet."""
    one = [row for row in asked if str(row.item.pk) == correct and row.value is not None]
    return one or [row for row in asked if row.value is None]


@signed_on()
def show(request: HttpRequest, station: Equipment) -> HttpResponse:
    """Everything that the operation asks for: what is entered, and the form for the rest."""
    found = stations.panel(station)
    step = step_in_work(found)
    if step is None or found.current is None or not step.asks:
        return redirect("station:work", station.code)
    lot, at = found.current.lot, timezone.now()
    asked = data_values.asked(step.id, lot, step.code)
    now = wanted(asked, request.GET.get("correct", ""))
    form = DataForm(request.POST or None, request.FILES or None, asked=now, told=readings(now, station, at))
    refusal = None
    if request.method == "POST":
        try:
            commands.record(station=station, lot=lot, entered=form.entered(), by=request.user, at=at)
        except Refusal as refused:
            refusal = refused
        else:
            return saved(request, station, data_values.asked(step.id, lot, step.code))
    shown = {**context(station), "form": form, "asked": asked, "wanted": now, "refusal": refusal, "step": step}
    return render(request, "mes/station/data.html", shown, status=409 if refusal else 200)


def readings(asked: Sequence[Asked], station: Equipment, at: Any) -> dict[int, str]:
    """What the devices tell now, in words."""
    devices = [one.item for one in asked if one.item.kind == DataKind.DEVICE]
    found = {item.pk: (item, data_values.live(item, station, at)) for item in devices}
    return {pk: f"{one.point.value:g} {item.symbol}" for pk, (item, one) in found.items() if one}


def saved(request: HttpRequest, station: Equipment, asked: Sequence[Asked]) -> HttpResponse:
    """Back to the station when all is there and good, else the form again with what is left."""
    if any(one.is_missing or one.is_bad for one in asked):
        return redirect("station:data", station.code)
    messages.success(request, gettext("All values are there. Scan the part again when it is done."))
    return redirect("station:work", station.code)
