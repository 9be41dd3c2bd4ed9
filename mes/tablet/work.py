"""The station's page: what is being worked on, and one screen for each further act."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST

from mes.commands import job_orders, reports
from mes.queries import andon, handovers, maintenance, operator_checks, routings, skills, stations, tools, trainings
from mes.tablet.access import idle_limit, signed_on
from mes.tablet.sign_on import BadgeForm
from mes.web.forms import amount
from plant import policies
from plant.errors import Refusal
from plant.models import Equipment, ReasonCode, ReasonUse
from plant.web.acting import valid
from qms.queries import sensors
from traceability.queries import lots

BAD = (ReasonUse.SCRAP, ReasonUse.REWORK, ReasonUse.DEFECT)


class ReasonField(forms.ModelChoiceField):
    """Reasons by their names in the reader's language."""

    def label_from_instance(self, obj: ReasonCode) -> str:
        return obj.title


class ReportForm(forms.Form):
    """Good, scrap and rework of the current lot."""

    good = amount(later("Good"), required=False, initial=0)
    scrap = amount(later("Scrap"), required=False, initial=0)
    rework = amount(later("Rework"), required=False, initial=0)
    reason = ReasonField(
        label=later("Reason for scrap or rework"), required=False,
        queryset=ReasonCode.objects.filter(use__in=BAD, active=True).order_by("use", "code"),
    )
    rework_operation = forms.ChoiceField(label=later("Rework enters at"), required=False)

    def __init__(self, *args: Any, entries: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", later("The last one allowed")), *[(code, code) for code in entries]]
        self.fields["rework_operation"].choices = choices


class PauseForm(forms.Form):
    """Why the work stops."""

    code = ReasonField(
        label=later("Reason"), queryset=ReasonCode.objects.filter(use=ReasonUse.DOWNTIME, active=True), required=False
    )
    note = forms.CharField(label=later("In your words"), max_length=200, required=False)


@signed_on("station.use")
def work(request: HttpRequest, station: Equipment) -> HttpResponse:
    """The scanning page of a station; whoever makes nothing here has the goods."""
    if not policies.may(request.user, "scan"):
        return redirect("station:goods", station.code)
    return render(request, "mes/station/work.html", context(station))


@signed_on(touches=False)
def panel(request: HttpRequest, station: Equipment) -> HttpResponse:
    """The part of it that moves by itself."""
    return render(request, "mes/station/panel.html", context(station))


def context(station: Equipment) -> dict[str, Any]:
    """What the page shows, and why an act can't be done."""
    found = stations.panel(station)
    who = found.session.person if found.session else None
    troubled = sensors.troubled([station.pk], timezone.now())
    nothing = "" if found.current else _("Scan a lot or serial first.")
    no_job = "" if found.job else _("Scan a work order first.")
    not_here = "" if found.doing else _("This station does no operation of the work order.")
    paused = found.job is not None and found.job.status == "PAUSED"
    return {
        "panel": found, "station": station, "sensors": troubled, "checks": operator_checks.open_at(station),
        "lacks": skills.lacking(who, station, at=timezone.now()) if who and policies.may(who, "scan") else [],
        "unread": trainings.lacking(who, station, at=timezone.now()) if who and policies.may(who, "scan") else [],
        "note": handovers.unread(station.parent, timezone.now()) if station.parent else None,
        "badge_form": BadgeForm(auto_id="change_%s"),
        "lock_after": int(idle_limit().total_seconds()), "why_not_report": nothing,
        "may_inspect": bool(who and policies.may(who, "inspection.record")),
        "why_not_pause": no_job or (_("It is paused already.") if paused else ""), "is_paused": paused,
        "why_not_pass": policies.why_not(found.session.person, "operation.skip") if found.session else nothing,
        "why_not_instruct": no_job or not_here, "why_not_call": no_job or not_here,
        "tools": [one for one in tools.mounted_at([station]) if one.tool.warns],
        "overdue": maintenance.overdue([station]), "calls": andon.alive_at([station]), "call_kinds": andon.buttons(),
        "scan_prefix": settings.SCANNER_PREFIX, "scan_suffix": settings.SCANNER_SUFFIX,
    }


@signed_on()
def report(request: HttpRequest, station: Equipment) -> HttpResponse:
    """Report good, scrap and rework of the current lot in one act."""
    found = stations.panel(station)
    if found.current is None or found.job is None:
        return redirect("station:work", station.code)
    routing = routings.of_job(found.job)
    entries = [step.code for step in routing.steps if step.rework_entry]
    form, refusal = ReportForm(request.POST or None, entries=entries), None
    if request.method == "POST":
        try:
            send(request, station, found.current.lot.number, form)
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, _("Reported."))
            return redirect("station:work", station.code)
    shown = {**context(station), "form": form, "refusal": refusal}
    return render(request, "mes/station/report.html", shown, status=409 if refusal else 200)


def send(request: HttpRequest, station: Equipment, number: str, form: ReportForm) -> None:
    """Send what was entered to the one command."""
    sent = {key: value for key, value in valid(form).items() if value is not None}
    reports.report(station=station, lot=lots.by_number(number), by=request.user, at=timezone.now(), **sent)


@signed_on()
def pause(request: HttpRequest, station: Equipment) -> HttpResponse:
    """Pause the work order with a reason."""
    found, form, refusal = stations.panel(station), PauseForm(request.POST or None), None
    if found.job is None:
        return redirect("station:work", station.code)
    if request.method == "POST":
        try:
            said = valid(form)
            reason = " · ".join(str(part) for part in (said["code"], said["note"]) if part)
            job_orders.pause(job_order=found.job, reason=reason, by=request.user, at=timezone.now())
        except Refusal as refused:
            refusal = refused
        else:
            return redirect("station:work", station.code)
    shown = {**context(station), "form": form, "refusal": refusal}
    return render(request, "mes/station/pause.html", shown, status=409 if refusal else 200)


@require_POST
@signed_on()
def resume(request: HttpRequest, station: Equipment) -> HttpResponse:
    """Go on with the paused work order."""
    found = stations.panel(station)
    if found.job is not None:
        job_orders.resume(job_order=found.job, by=request.user, at=timezone.now())
    return redirect("station:work", station.code)
