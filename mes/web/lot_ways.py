"""The way of a lot through its routing on the screen, and passing an optional operation over there."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from mes.commands import passing_over
from mes.queries import lot_path
from mes.web.forms import ReasonForm
from plant import policies
from plant.errors import Refusal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from traceability import dossier_parts
from traceability.models import MaterialLot
from traceability.queries import lots


class PassOverForm(ReasonForm):
    """Which operation is passed over, and why."""

    operation = forms.ChoiceField(label=_("Operation"))
    field_order = ("operation", "reason")

    def __init__(self, *args: Any, lot: MaterialLot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["operation"]
        chosen.choices = lot_path.passable(lot_path.of_lot(lot))


@needs("lot.read")
def way(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """What is done on a lot, what is open to it, and what is ahead."""
    lot, dialogs = lots.by_number(number), Dialogs(request, refusal)
    stops = lot_path.of_lot(lot)
    why = policies.why_not(request.user, "operation.skip")
    if not why and not lot_path.passable(stops):
        why = now("The lot waits for no operation that may be passed over.")
    context = {
        "lot": lot, "stops": stops, "stages": lot_path.drawn(stops), "dialogs": dialogs, "why_not": why,
        "form": dialogs.form("pass_over", PassOverForm, lot=lot),
    }
    return render(request, "mes/way/lot.html", context, status=dialogs.status)


@Acts(find=lots.by_number, back="mes:lot-way", page=way)(
    "operation.skip", done=_("Passed over. It is kept with your name and the reason.")
)
def pass_over(request: HttpRequest, lot: MaterialLot) -> None:
    """Let it go on without the operation."""
    said = valid(PassOverForm(request.POST, by=request.user, lot=lot))
    passing_over.pass_over(
        lot=lot, operation=said["operation"], reason=said["reason"], by=request.user, at=timezone.now()
    )


def drawn(found: Any) -> dict[str, Any]:
    """The way of a lot for its page; nothing for one that was not made here."""
    lot = found[0]
    stops = lot_path.of_lot(lot)
    return {"lot": lot, "stages": lot_path.drawn(stops)} if stops else {}


dossier_parts.register(_("Way through the routing"), "mes/way/dossier.html", drawn)
