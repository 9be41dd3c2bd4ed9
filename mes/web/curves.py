"""Curves of faulty pieces over those of good ones, on one page that an address describes wholly."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mes.queries import overlay
from mes.queries.overlay import Curve, Shared
from plant.web.access import needs
from traceability.models import MaterialLot

FAR = 4000  # characters of an address
MOST_TRIED = 12


class CurvesForm(forms.Form):
    """The lots on both sides, and what is drawn of those that they share."""

    bad = forms.CharField(label=gettext_lazy("Faulty"), required=False, widget=forms.Textarea({"rows": 4}))
    good = forms.CharField(label=gettext_lazy("Good"), required=False, widget=forms.Textarea({"rows": 4}))
    what = forms.ChoiceField(label=gettext_lazy("Operation and parameter"), required=False)


@needs("lot.read")
def compare(request: HttpRequest) -> HttpResponse:
    """Lots on both sides, what they share, and its curves from the begin of the operation on."""
    asked = {side: overlay.numbers(request.GET.get(side, "")[:FAR]) for side in ("bad", "good")}
    asked["good"] = [number for number in asked["good"] if number not in asked["bad"]]
    is_beside = bool(asked["bad"]) and "good" not in request.GET
    if is_beside:
        asked["good"] = overlay.beside(asked["bad"], request.user)
    known = overlay.lots_of([*asked["bad"], *asked["good"]], request.user)
    bad, good = ([known[number] for number in asked[side] if number in known] for side in ("bad", "good"))
    offered = overlay.shared([lot.pk for lot in bad], [lot.pk for lot in good])
    what = request.GET.get("what", "")
    named = [one for one in offered if what in (one.key, f"|{one.parameter.code}")]
    chosen, found = drawable(named or offered, bad, good)
    form = CurvesForm(initial={
        "bad": "\n".join(asked["bad"]), "good": "\n".join(asked["good"]), "what": chosen.key if chosen else "",
    })
    form.fields["what"].choices = [(one.key, label(one)) for one in offered]
    context = {
        "form": form, "chosen": chosen, "is_beside": is_beside and good,
        "found": found, "most": overlay.MOST_LOTS, "is_asked": bool(asked["bad"] or asked["good"]),
        "unknown": [number for side in ("bad", "good") for number in asked[side] if number not in known],
        "chart": drawn(chosen, found) if chosen and found else None,
    }
    return render(request, "mes/curves/compare.html", context)


def drawable(
    offered: list[Shared], bad: list[MaterialLot], good: list[MaterialLot]
) -> tuple[Shared | None, list[Curve]]:
    """The first of the most promising that was read at all, with its curves; else the first."""
    for one in offered[:MOST_TRIED]:
        if found := overlay.curves(one, bad, good, now=timezone.now()):
            return one, found
    return (offered[0] if offered else None), []


def label(one: Shared) -> str:
    """An operation and a parameter, and how many faulty and good lots were read there."""
    return f"{one.operation} · {one.parameter.title} ({one.bad} / {one.good})"


def drawn(one: Shared, found: list[Curve]) -> dict[str, Any]:
    """What `chart.js` draws: the curves by side, and their limits."""
    return {
        "title": one.parameter.title, "unit": one.parameter.unit.symbol, "x": _("Since the begin"), "x_unit": "s",
        "series": [
            {
                "name": _("Faulty") if curve.is_bad else _("Good"), "lot": curve.lot,
                "tone": "failed" if curve.is_bad else "done",
                "points": [{"x": round(x, 3), "y": y} for x, y in curve.points],
            }
            for curve in found
        ],
        "lines": [
            {"label": str(bound.label), "value": bound.value, "tone": bound.tone} for bound in overlay.limits(found)
        ],
    }
