"""A defect reported at the station: a picture is enough, and its lot stands aside at once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mes.queries import stations
from mes.tablet.access import signed_on
from mes.tablet.work import ReasonField, context
from plant.commands import talk
from plant.errors import Refusal
from plant.models import Equipment, ReasonCode, ReasonUse
from plant.transactions import command
from plant.web.acting import valid
from qms.commands import nonconformances
from qms.models import Nonconformance
from traceability.models import MaterialLot


class DefectForm(forms.Form):
    """What is wrong; a picture says it too."""

    photo = forms.ImageField(
        label=_("Photo"), required=False,
        widget=forms.ClearableFileInput({"accept": "image/*", "capture": "environment"}),
    )
    lot = forms.CharField(label=_("Lot or serial"), required=False, max_length=80)
    defect = ReasonField(
        label=_("Defect"), required=False,
        queryset=ReasonCode.objects.filter(use=ReasonUse.DEFECT, active=True).order_by("code"),
    )
    note = forms.CharField(label=_("In your words"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """A picture, a defect or a word."""
        data = super().clean() or {}
        if not any(data.get(name) for name in ("photo", "defect", "note")):
            raise forms.ValidationError(gettext("Take a photo, choose the defect, or say what is wrong."))
        return data


@signed_on("nonconformance.open")
def report(request: HttpRequest, station: Equipment) -> HttpResponse:
    """Report it: with the photo alone, or with what is known beside it."""
    found, refusal = stations.panel(station), None
    lot = found.current.lot.number if found.current else ""
    form = DefectForm(request.POST or None, request.FILES or None, initial={"lot": lot})
    if request.method == "POST":
        try:
            case = send(request, station, valid(form), lot)
        except Refusal as refused:
            refusal = refused
        else:
            words = {"number": case.number}
            messages.warning(request, gettext("%(number)s is open. Put the parts aside.") % words)
            return redirect("station:work", station.code)
    shown = {**context(station), "form": form, "refusal": refusal}
    return render(request, "mes/station/defect.html", shown, status=409 if refusal else 200)


def send(request: HttpRequest, station: Equipment, said: dict[str, Any], current: str) -> Nonconformance:
    """Open the nonconformance and lay the photo beside it, both or neither."""
    photo = said["photo"]
    number = (said["lot"] or current).strip()
    lots = list(MaterialLot.objects.filter(number=number)) if number else []
    if number and not lots:
        raise Refusal(gettext("There is no lot %(numbers)s. Check the labels.") % {"numbers": number})
    title = said["note"] or (said["defect"].title if said["defect"] else gettext("Defect at %(place)s") % {
        "place": station.code
    })
    return opened(
        by=request.user, title=title, lots=lots, station=station, defect=said["defect"],
        photo=(photo.name, photo.read()) if photo else None,
    )


@command
def opened(
    *, by: Any, title: str, lots: list[MaterialLot], station: Equipment, defect: ReasonCode | None,
    photo: tuple[str, bytes] | None,
) -> Nonconformance:
    """In one transaction, so that a photo that can't be kept leaves nothing behind."""
    at = timezone.now()
    case = nonconformances.open(title=title, lots=lots, equipment=station, defect=defect, by=by, at=at)
    if photo:
        talk.attach(subject=case, name=photo[0], data=photo[1], by=by, at=at)
    return case
