"""Control charts on the screen: one chart that moves by itself, and its data."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from plant import policies
from plant.errors import Refusal
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Dialogs
from spc.models import ControlChart, Violation
from spc.queries import capability, chart_data, charts, limits, violations
from spc.web import windows
from spc.web.forms import RetireForm, ReviveForm

SHOWN = 20


@needs("chart.read")
def detail(request: HttpRequest, code: str, refusal: Refusal | None = None) -> HttpResponse:
    """One chart, live: values, spread, limits by version, rules in words, capability, violations."""
    dialogs = Dialogs(request, refusal)
    context = page_of(request, charts.by_code(code)) | {
        "dialogs": dialogs, "retire_form": dialogs.form("retire", RetireForm),
        "revive_form": dialogs.form("revive", ReviveForm),
    }
    return render(request, "spc/chart/detail.html", context, status=dialogs.status)


@needs("chart.read")
def data(request: HttpRequest, code: str) -> JsonResponse:
    """The numbers behind a chart; `part=range` asks for the second chart."""
    chart, shown = charts.by_code(code), windows.shown(request)
    is_range = request.GET.get("part") == "range"
    return JsonResponse(chart_data.data(chart, shown.from_at, shown.to_at, ranges=is_range))


@needs("violation.read")
def alarms(request: HttpRequest, code: str) -> HttpResponse:
    """The violations of a chart, as the part of its page that moves."""
    return render(request, "spc/chart/violations.html", alarms_of(charts.by_code(code)))


@needs("chart.read")
def state(request: HttpRequest, code: str) -> HttpResponse:
    """How a chart stands now, as the part of its page that moves."""
    chart = charts.by_code(code)
    running = Violation.objects.filter(chart=chart, ended_at__isnull=True).first()
    now = timezone.now()
    word = charts.state_of(chart, limits.in_force(chart, now), running, now)
    return render(request, "spc/chart/state.html", {"state": word, "state_word": charts.words()[word]})


def alarms_of(chart: ControlChart) -> dict[str, Any]:
    """The newest violations of a chart."""
    rows = violations.related().filter(chart=chart).order_by("-at")[:SHOWN]
    return {"violations": violations.worded(rows), "unit": chart.stream.parameter.unit.symbol}


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
        "timeline": journal.timeline(chart, 20), "why_not_freeze": policies.why_not(request.user, "chart.freeze"),
        "why_not_rules": policies.why_not(request.user, "chart.configure"),
        "alarm_topic": f"violation.chart-{chart.pk}", **alarms_of(chart),
    }
