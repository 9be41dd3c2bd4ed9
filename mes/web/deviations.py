"""Deviations on the screen: the curve beside its window, the lots concerned, and the answer."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mes.commands import deviations as commands
from mes.models import Deviation, DeviationStatus
from mes.queries import deviations
from mes.web.forms import CauseForm, FalseAlarmForm
from plant import policies
from plant.errors import Refusal
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid


@needs("deviation.read")
def detail(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """One deviation: what left its window, what to do, which lots, the answer."""
    deviation, dialogs = deviations.by_id(pk), Dialogs(request, refusal)
    is_open = deviation.status == DeviationStatus.OPEN
    context = {
        "deviation": deviation, "standard": deviation.standard, "headline": deviations.headline(deviation),
        "unit": deviation.standard.parameter.unit, "lots": deviations.marks(deviation), "is_open": is_open,
        "dialogs": dialogs, "why": why_not(request, deviation), "timeline": journal.timeline(deviation),
        "now": timezone.now(),
        "forms": {"close": dialogs.form("close", CauseForm), "dismiss": dialogs.form("dismiss", FalseAlarmForm)},
    }
    return render(request, "mes/deviation/detail.html", context, status=dialogs.status)


def why_not(request: HttpRequest, deviation: Deviation) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    if deviation.closed_at is not None:
        return dict.fromkeys(("acknowledge", "close"), _("It is answered already."))
    is_open = deviation.status == DeviationStatus.OPEN
    why = {name: policies.why_not(request.user, f"deviation.{name}") for name in ("acknowledge", "close")}
    if is_open:
        why["close"] = why["close"] or _("Acknowledge it first.")
    else:
        why["acknowledge"] = _("Somebody looks after it already.")
    return why


@needs("deviation.read")
def data(request: HttpRequest, pk: int) -> JsonResponse:
    """The numbers behind the curve."""
    return JsonResponse(deviations.curve(deviations.by_id(pk)))


act = Acts(find=deviations.by_id, back="mes:deviation-detail", page=detail, key="pk")


@act("deviation.acknowledge", done=gettext_lazy("You look after this deviation now."))
def acknowledge(request: HttpRequest, deviation: Deviation) -> None:
    """Take a deviation on."""
    commands.acknowledge(deviation=deviation, by=request.user, at=timezone.now())


@act("deviation.close", done=gettext_lazy("The deviation is closed."))
def close(request: HttpRequest, deviation: Deviation) -> None:
    """Close a deviation with its cause and what was done."""
    commands.close(deviation=deviation, **valid(CauseForm(request.POST)), by=request.user, at=timezone.now())


@act("deviation.close", done=gettext_lazy("Counted as a false alarm."))
def dismiss(request: HttpRequest, deviation: Deviation) -> None:
    """Say that it was a false alarm."""
    commands.dismiss(deviation=deviation, **valid(FalseAlarmForm(request.POST)), by=request.user, at=timezone.now())
