"""The sampling calculator: how many of a lot to inspect, how many faults to accept, and what that does."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from plant.web.access import needs
from qms.sampling import figures, single
from qms.web.sampling_forms import PlanForm, PointsForm

Row = dict[str, Any]


@needs("sampling.use")
def calculator(request: HttpRequest) -> HttpResponse:
    """A plan with its curves and neighbours, and a plan for two points; everything asked stands in the address."""
    asked, points = PlanForm(_filled(request, PlanForm)), PointsForm(_filled(request, PointsForm))
    context: Row = {"form": asked, "points": points, "is_asked": "p1" in request.GET}
    if asked.is_valid():
        context |= _shown(single.find(**asked.cleaned_data))
    points.is_valid()
    return render(request, "qms/sampling/calculator.html", context)


def _filled(request: HttpRequest, form: type[PlanForm | PointsForm]) -> Row:
    """What the address says, and the usual where it says nothing."""
    return {name: request.GET.get(name, field.initial or "") for name, field in form.base_fields.items()}


def _shown(plan: single.Plan) -> Row:
    drawn = figures.drawn(plan)
    rows = [{**row, "percent": 100 * row["p"]} for row in drawn["curve"]]
    return {
        "plan": plan, "drawn": drawn, "rows": rows[::5], "neighbours": figures.around(plan),
        "without_fault": figures.without_fault(plan), "unit": unit_of(plan), "has_gap": plan.re - plan.ac > 1,
        "oc": _curve(rows, "pa", _("Chance of acceptance"), plan), "aoq": _curve(rows, "aoq", _("Outgoing"), plan),
    }


def unit_of(plan: single.Plan) -> str:
    """In what a quality is told: percent of items, or faults per hundred."""
    return "%" if plan.counts == single.NONCONFORMING else _("per 100")


def _curve(rows: list[Row], name: str, title: str, plan: single.Plan) -> Row:
    """One curve as its chart reads it, both axes in hundredths."""
    points = [{"x": row["percent"], "y": 100 * row[name]} for row in rows]
    unit = unit_of(plan)
    marks = [{"x": float(plan.aql), "label": "AQL", "tone": "ink3"}] if name == "pa" else []
    return {
        "title": title, "x": _("Quality of the lots"), "x_unit": unit, "unit": "%" if name == "pa" else unit,
        "series": [{"name": title, "points": points}], "marks": marks, "most": 100 if name == "pa" else None,
    }  # fmt: skip
