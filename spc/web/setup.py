"""Setting up control charts: a new one, other rules, one that nobody needs any more, and one needed again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant.errors import Refusal
from plant.web.access import needs
from plant.web.acting import Acts, BadInput, Dialogs, valid
from plant.web.forms import edit
from spc import rulebook
from spc.commands import charts as commands
from spc.engine.rules import RULE_SETS
from spc.models import ControlChart
from spc.queries import chart_data, charts
from spc.web.charts import detail
from spc.web.forms import SET_NAMES, ChartForm, RetireForm, ReviveForm, RulesForm


@needs("chart.configure")
def create(request: HttpRequest) -> HttpResponse:
    """Watch a stream for a line of the control plan."""
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            asked = ChartForm(request.POST, by=request.user)
            valid(asked)
            chart = commands.create(**asked.asked(), by=request.user, at=timezone.now())
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("The chart collects readings. Freeze limits so that they are judged."))
            return redirect("spc:chart-detail", chart.code)
    dialogs = Dialogs(request, refusal)
    form = dialogs.form("new", ChartForm, initial=request.GET.dict())
    context = {"form": form, "refusal": dialogs.errors.get("new"), "sets": sets()}
    return render(request, "spc/chart/new.html", context, status=dialogs.status)


def sets() -> list[dict[str, Any]]:
    """The rule sets with their rules in words."""
    return [
        {"name": name, "rules": [(rule.id, rulebook.sentence(RULE_SETS[key], rule.id)) for rule in RULE_SETS[key]]}
        for key, name in SET_NAMES.items()
    ]


@needs("chart.configure")
def rules(request: HttpRequest, code: str) -> HttpResponse:
    """Choose by which rules a chart is judged."""
    chart = charts.by_code(code)
    form = RulesForm.of(chart, request.POST or None)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            rows = ControlChart.objects.filter(pk=chart.pk)
            edit(rows, lambda row: RulesForm.of(row, request.POST), _change(request))
        except BadInput:
            form = RulesForm.of(charts.by_code(code), request.POST)
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Readings are judged by these rules from now on."))
            return redirect("spc:chart-detail", chart.code)
    context = {
        "chart": chart, "title": chart_data.title(chart), "form": form, "refusal": refusal,
        "facts": charts.rule_facts(chart), "sets": sets(),
    }
    return render(request, "spc/chart/rules.html", context, status=409 if refusal else 422 if form.errors else 200)


def _change(request: HttpRequest) -> Callable[[ControlChart, dict[str, Any]], ControlChart]:
    """Judge by the rules that the form asks for, if the chart still has those that its person saw."""
    return lambda chart, asked: commands.change_rules(
        chart=chart, rules=RulesForm.chosen(chart, asked), reason=asked["reason"], by=request.user, at=timezone.now()
    )


@Acts(find=charts.by_code, back="spc:chart-detail", page=detail, key="code")(
    "chart.configure", done=gettext_lazy("The chart is retired. What it found stays on record.")
)
def retire(request: HttpRequest, chart: ControlChart) -> None:
    """Stop judging."""
    commands.retire(chart=chart, **valid(RetireForm(request.POST)), by=request.user, at=timezone.now())


@Acts(find=charts.by_code, back="spc:chart-detail", page=detail, key="code")(
    "chart.configure", done=gettext_lazy("The chart is in use again. Readings are judged from now on.")
)
def revive(request: HttpRequest, chart: ControlChart) -> None:
    """Judge again."""
    commands.revive(chart=chart, **valid(ReviveForm(request.POST)), by=request.user, at=timezone.now())
