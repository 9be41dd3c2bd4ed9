"""Freezing limits: look at what they would be, then freeze them with a reason."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plant.errors import Refusal
from plant.web.access import needs
from spc.commands import ghosts, limits
from spc.models import ControlChart, GhostPoint
from spc.queries import chart_data, charts, previews
from spc.queries import ghosts as left_out_points
from spc.queries import limits as queries
from spc.web.forms import EnterForm, FreezeForm

STUDY = timedelta(hours=1)


@needs("chart.freeze")
def freeze(request: HttpRequest, code: str) -> HttpResponse:
    """Show the limits that a stretch gives; leave points out, take them back; posted with `freeze`, make a version."""
    chart = charts.by_code(code)
    form = FreezeForm(request.POST or None, initial=_last_hour(chart), chart=chart)
    context: dict[str, Any] = {"form": form, "enter_form": EnterForm(chart=chart)}
    if form.is_bound and form.is_valid():
        try:
            if "freeze" in request.POST:
                return _frozen(request, chart, form.cleaned_data)
            _leave_out_or_take_back(request, chart, form.cleaned_data["reason"])
        except Refusal as error:
            context["refusal"] = error
        context |= _study(chart, form.cleaned_data)
    return _page(request, chart, context)


def _leave_out_or_take_back(request: HttpRequest, chart: ControlChart, reason: str) -> None:
    asked: dict[str, Any] = {"reason": reason, "by": request.user, "at": timezone.now()}
    if "leave-out" in request.POST:
        made = ghosts.leave_out(chart=chart, places=_places(request.POST.getlist("place")), **asked)
        words = ngettext("%(n)s point is left out.", "%(n)s points are left out.", len(made))
        messages.success(request, words % {"n": len(made)})
    elif chosen := request.POST.get("restore", ""):
        ghost = get_object_or_404(GhostPoint, chart=chart, pk=chosen if chosen.isdecimal() else 0)
        ghosts.restore(ghost=ghost, **asked)
        messages.success(request, _("The point counts again."))


def _places(texts: list[str]) -> list[tuple[datetime, int]]:
    """The points that were ticked: time and sequence."""
    found = []
    for text in texts:
        moment, _bar, seq = text.rpartition("|")
        at = parse_datetime(moment) if seq.isdecimal() else None
        if at is None or at.tzinfo is None:
            raise ghosts.GhostRefused(_("There is no such point on this chart. Choose a point from the list."))
        found.append((at, int(seq)))
    return found


def _study(chart: ControlChart, asked: dict[str, Any]) -> dict[str, Any]:
    """The limits that the stretch gives without the points left out, and those."""
    stretch = {name: asked[name] for name in ("data_from", "data_to")}
    left_out = left_out_points.of(chart, *stretch.values())
    try:
        how = {name: asked[name] for name in ("method", "settings")}
        return {"left_out": left_out, "preview": previews.of(chart=chart, **how, **stretch)}
    except Refusal as error:
        return {"left_out": left_out, "refusal": error}


@needs("chart.freeze")
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """Take limits that are known from elsewhere."""
    chart = charts.by_code(code)
    form = EnterForm(request.POST or None, chart=chart)
    refusal: Refusal | None = None
    if form.is_bound and form.is_valid():
        try:
            version = limits.enter(chart=chart, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refusal as error:
            refusal = error
        else:
            return _done(request, chart, version.version)
    study = FreezeForm(initial=_last_hour(chart), chart=chart)
    context = {"form": study, "enter_form": form, "refusal": refusal, "by_hand": True}
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
