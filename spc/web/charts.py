"""Control charts on the screen: one chart that moves by itself, and its data."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.errors import Refusal
from plant.lists import sheets
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from qms.queries import sensors
from spc.commands import annotations
from spc.models import ControlChart, LimitSet, Violation
from spc.queries import capability, chart_data, chart_rows, charts, limits, violations
from spc.varying import DEFAULTS
from spc.web import windows
from spc.web.forms import AnnotateForm, RetireForm, ReviveForm

SHOWN = 20


@needs("chart.read")
def detail(request: HttpRequest, code: str, refusal: Refusal | None = None) -> HttpResponse:
    """One chart, live: values, spread, limits by version, rules in words, capability, violations."""
    dialogs = Dialogs(request, refusal)
    context = page_of(request, charts.by_code(code)) | {
        "dialogs": dialogs, "annotate_form": dialogs.form("annotate", AnnotateForm),
        "retire_form": dialogs.form("retire", RetireForm),
        "revive_form": dialogs.form("revive", ReviveForm),
    }
    return render(request, "spc/chart/detail.html", context, status=dialogs.status)


@needs("chart.read")
def data(request: HttpRequest, code: str) -> JsonResponse:
    """The numbers behind a chart and the ranges below it."""
    chart, shown = charts.by_code(code), windows.shown(request)
    return JsonResponse(chart_data.data(chart, shown.from_at, shown.to_at))


@needs("chart.read")
def file(request: HttpRequest, code: str, kind: str) -> StreamingHttpResponse:
    """What a chart shows as a file: every point, its limits with their version, and the rules that fired."""
    chart, shown = charts.by_code(code), windows.shown(request)
    head, rows = chart_rows.head(chart), chart_rows.rows(chart, shown.from_at, shown.to_at)
    made = sheets.as_csv(head, rows) if kind == "csv" else sheets.as_xlsx(chart.code, head, rows)
    answer = StreamingHttpResponse(made, content_type=sheets.MIMES[kind])
    name = quote(f"{chart.code} {shown.from_at:%Y-%m-%d %H%M}.{kind}")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


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
    unit = chart_data.unit(chart)
    return {
        "chart": chart, "title": chart_data.title(chart), "unit": unit, "shown": shown, "answer": answer,
        "lengths": [(name, word) for name, (word, _length) in windows.LENGTHS.items()], "versions": versions,
        "state": state, "state_word": charts.words()[state], "zones": bool(request.GET.get("zones")),
        "topic": f"chart.{chart.pk}" if shown.name else "", "rules": charts.rule_facts(chart),
        "timeline": journal.timeline(chart, 20), "why_not_freeze": policies.why_not(request.user, "chart.freeze"),
        "why_not_rules": policies.why_not(request.user, "chart.configure"),
        "doubts": sensors.of_streams([chart.stream_id], shown.from_at, shown.to_at).get(chart.stream_id, []),
        "may_say": policies.may(request.user, "talk.say"), "alarm_topic": f"violation.chart-{chart.pk}",
        "settings": told_settings(chart, versions), **alarms_of(chart),
    }


def told_settings(chart: ControlChart, versions: Sequence[LimitSet]) -> str:
    """What a chart that remembers is set to, by its newest limits."""
    found = versions[0].settings if versions else chart.settings
    words = {"lambda": "λ", "fir": _("starts at h/2")}
    shown = {name: found[name] for name in DEFAULTS.get(chart.kind, {}) if name in found}
    return " · ".join(
        str(words["fir"]) if name == "fir" else f"{words.get(name, name)} = {value:g}"
        for name, value in shown.items() if name != "fir" or value
    )


act = Acts(find=charts.by_code, back="spc:chart-detail", page=detail, key="code")


@act("talk.say", done=_("Your comment is pinned to the chart."))
def annotate(request: HttpRequest, chart: ControlChart) -> None:
    """Comment on a moment of a chart."""
    said = valid(AnnotateForm(request.POST))
    annotations.pin(chart=chart, **said, by=request.user, at=timezone.now())
