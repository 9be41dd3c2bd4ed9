"""Setting up control charts: a new one, other rules, one that nobody needs any more, and one needed again."""

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
from spc.queries import chart_data, charts, false_alarms, trials
from spc.web import windows
from spc.web.charts import detail
from spc.web.forms import ChartForm, RetireForm, ReviveForm
from spc.web.rule_form import SET_NAMES, RulesForm

TRIALS = {name: windows.LENGTHS[name] for name in ("1d", "7d", "30d")}


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
        {
            "key": key, "name": name,
            "rules": [
                (rulebook.headline((), rule.id), rulebook.sentence(RULE_SETS[key], rule.id)) for rule in RULE_SETS[key]
            ],
        }
        for key, name in SET_NAMES.items()
    ]


@needs("chart.configure")
def rules(request: HttpRequest, code: str) -> HttpResponse:
    """Choose by which rules a chart is judged; posted with `try`, tell what they would have found and held."""
    chart = charts.by_code(code)
    form = RulesForm(request.POST or None, chart=chart, preset=request.GET.get("set", ""))
    trial, cost, refusal = None, None, None
    if request.method == "POST":
        try:
            if length := TRIALS.get(request.POST.get("try", "")):
                asked, now = valid(form)["rules"], timezone.now()
                commands.checked(asked)
                trial, cost = trials.run(chart, asked, now - length[1], now), false_alarms.of(chart, asked)
            else:
                return _changed(request, chart)
        except BadInput:
            form = RulesForm(request.POST, chart=charts.by_code(code))
        except Refusal as error:
            refusal = error
    context = {
        "chart": chart, "title": chart_data.title(chart), "form": form, "refusal": refusal, "trial": trial,
        "cost": cost,
        "facts": charts.rule_facts(chart), "sets": sets(), "lengths": [(k, w) for k, (w, _) in TRIALS.items()],
    }
    return render(request, "spc/chart/rules.html", context, status=409 if refusal else 422 if form.errors else 200)


def _changed(request: HttpRequest, chart: ControlChart) -> HttpResponse:
    """Judge by the rules that the form asks for, if the chart still has those that its person saw."""
    edit(
        ControlChart.objects.filter(pk=chart.pk), lambda row: RulesForm(request.POST, chart=row),
        lambda row, asked: commands.change_rules(
            chart=row, rules=asked["rules"], reason=asked["reason"], by=request.user, at=timezone.now()
        ),
    )
    messages.success(request, _("Readings are judged by these rules from now on."))
    return redirect("spc:chart-detail", chart.code)


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
