"""Control charts on the screen: the list, one chart that moves by itself, its data, its rules."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from plant import policies
from plant.errors import Refusal
from plant.queries import journal
from plant.web.access import needs
from spc.commands import charts as commands
from spc.models import ControlChart
from spc.queries import capability, chart_data, charts, limits, violations
from spc.web import windows
from spc.web.forms import RulesForm

SPARKS = 6


@needs("chart.read")
def listed(request: HttpRequest) -> HttpResponse:
    """Every chart: in control or not, its newest value, how capable, who must act."""
    rows = charts.listing(timezone.now(), text=request.GET.get("q", "").strip(), state=request.GET.get("state", ""))
    sparks = [row for row in rows if row.chart.active][:SPARKS]
    context = {"rows": rows, "sparks": sparks, "states": charts.words().items()}
    return render(request, "spc/chart/list.html", context)


@needs("chart.read")
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """One chart, live: values, spread, limits by version, rules in words, capability, violations."""
    chart = charts.by_code(code)
    return render(request, "spc/chart/detail.html", page_of(request, chart))


@needs("chart.read")
def data(request: HttpRequest, code: str) -> JsonResponse:
    """The numbers behind a chart; `part=range` asks for the second chart."""
    chart, shown = charts.by_code(code), windows.shown(request)
    is_range = request.GET.get("part") == "range"
    return JsonResponse(chart_data.data(chart, shown.from_at, shown.to_at, ranges=is_range))


@needs("chart.configure")
def rules(request: HttpRequest, code: str) -> HttpResponse:
    """Choose by which rules a chart is judged."""
    chart = charts.by_code(code)
    form = RulesForm(request.POST or None, initial={"rule_set": RulesForm.name_of(chart)})
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            commands.change_rules(
                chart=chart, rules=form.chosen(chart), reason=form.cleaned_data["reason"], by=request.user,
                at=timezone.now(),
            )
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Readings are judged by these rules from now on."))
            return redirect("spc:chart-detail", chart.code)
    context = {
        "chart": chart, "title": chart_data.title(chart), "form": form, "refusal": refusal,
        "facts": charts.rule_facts(chart),
    }
    return render(request, "spc/chart/rules.html", context, status=409 if refusal else 422 if form.errors else 200)


def page_of(request: HttpRequest, chart: ControlChart) -> dict[str, Any]:
    """What a chart's page shows."""
    now, shown = timezone.now(), windows.shown(request)
    answer = capability.of(chart, shown.from_at, shown.to_at)
    versions = list(limits.versions(chart))
    state = charts.state_of(chart, versions[0] if versions else None, answer.running, now)
    unit = chart.stream.parameter.unit.symbol
    return {
        "chart": chart, "title": chart_data.title(chart), "unit": unit, "shown": shown, "answer": answer,
        "lengths": [(name, word) for name, (word, _length) in windows.LENGTHS.items()], "versions": versions,
        "state": state, "state_word": charts.words()[state], "zones": bool(request.GET.get("zones")),
        "topic": f"chart.{chart.pk}" if shown.name else "", "rules": charts.rule_facts(chart),
        "violations": violations.worded(violations.related().filter(chart=chart).order_by("-at")[:20]),
        "timeline": journal.timeline(chart, 20), "why_not_freeze": policies.why_not(request.user, "chart.freeze"),
        "why_not_rules": policies.why_not(request.user, "chart.configure"),
    }
