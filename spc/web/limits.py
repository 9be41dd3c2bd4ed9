"""Freezing limits: look at what they would be, then freeze them with a reason."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from plant.errors import Refusal
from plant.web.access import needs
from spc.commands import limits
from spc.models import ControlChart
from spc.queries import chart_data, charts
from spc.queries import limits as queries
from spc.web.forms import EnterForm, FreezeForm

STUDY = timedelta(hours=1)


@needs("chart.freeze")
def freeze(request: HttpRequest, code: str) -> HttpResponse:
    """Show the limits that a stretch gives; posted with `freeze`, make them a version."""
    chart = charts.by_code(code)
    form = FreezeForm(request.POST or None, initial=_last_hour(chart))
    preview, refusal = None, None
    if form.is_bound and form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("data_from", "data_to", "excluded")}
        try:
            if "freeze" in request.POST:
                return _frozen(request, chart, asked | {"reason": form.cleaned_data["reason"]})
            preview = limits.preview(chart=chart, **asked)
        except Refusal as error:
            refusal = error
    return _page(request, chart, {"form": form, "preview": preview, "refusal": refusal, "enter_form": EnterForm()})


@needs("chart.freeze")
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """Take limits that are known from elsewhere."""
    chart = charts.by_code(code)
    form = EnterForm(request.POST or None)
    refusal: Refusal | None = None
    if form.is_bound and form.is_valid():
        try:
            version = limits.enter(chart=chart, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refusal as error:
            refusal = error
        else:
            return _done(request, chart, version.version)
    context = {"form": FreezeForm(initial=_last_hour(chart)), "enter_form": form, "refusal": refusal, "by_hand": True}
    return _page(request, chart, context)


def _frozen(request: HttpRequest, chart: ControlChart, asked: dict[str, Any]) -> HttpResponse:
    version = limits.freeze(chart=chart, by=request.user, at=timezone.now(), **asked)
    return _done(request, chart, version.version)


def _done(request: HttpRequest, chart: ControlChart, version: int) -> HttpResponse:
    messages.success(request, _("Version %(version)s judges every reading from now on.") % {"version": version})
    return redirect("spc:chart-detail", chart.code)


def _last_hour(chart: ControlChart) -> dict[str, Any]:
    end = chart.stream.last_at or timezone.now()
    return {"data_from": end - STUDY, "data_to": end}


def _page(request: HttpRequest, chart: ControlChart, context: dict[str, Any]) -> HttpResponse:
    shown = {
        "chart": chart, "title": chart_data.title(chart), "unit": chart.stream.parameter.unit.symbol,
        "current": queries.in_force(chart, timezone.now()), **context,
    }
    has_errors = any(form.errors for form in (context["form"], context["enter_form"]) if form.is_bound)
    status = 409 if context.get("refusal") else 422 if has_errors else 200
    return render(request, "spc/limits/freeze.html", shown, status=status)
