"""Operator checks at the desk: the list, what was entered and why it was due, approval, and leaving one out."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from mes.commands import operator_checks as commands
from mes.models import CheckStatus, CheckTrigger, OperatorCheck
from mes.queries import operator_checks
from mes.web import photos
from plant import policies
from plant.errors import Refusal
from plant.lists.description import Column, Listing, Nothing
from plant.lists.filters import DateRange, Flag, Multi, TextFilter
from plant.lists.looks import Moment, State, Text, Who
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from plant.web.forms import Form


class ApproveForm(Form):
    """A word about it, if there is one."""

    remark = forms.CharField(label=_("Remark"), required=False, max_length=500, widget=forms.Textarea({"rows": 2}))


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}))


FORMS = {"approve": ApproveForm, "reject": ReasonForm, "waive": ReasonForm}


def check_url(row: OperatorCheck) -> str:
    return reverse("mes:check-detail", args=[row.pk])


CHECKS = Listing(
    key="checks", title=_("Operator checks"), url="mes:check-list", action="check.read",
    subtitle=_("First pieces, patrols, and checks after changes: what is due, what was entered, what failed."),
    rows=lambda viewer: operator_checks.listing(),
    search=("rule__name", "rule__name_zh", "job_segment__job_order__number", "job_segment__segment__code",
            "station__code"),
    placeholder=_("Check, work order, operation or station"), order="-due", href=check_url,
    tone=lambda row: "failed" if row.status == CheckStatus.FAILED else "",
    columns=(
        Column(key="name", label=pgettext_lazy("noun", "Check"), value="rule.title",
               look=Text(href=check_url, icon="clipboard-list"), sort=("rule__name",)),
        Column(key="trigger", label=_("When it is due"), value="rule.get_trigger_display", sort=("rule__trigger",)),
        Column(key="job", label=_("Work order"), value="job_segment.job_order.number",
               sort=("job_segment__job_order__number",)),
        Column(key="operation", label=_("Operation"), value="job_segment.segment.code",
               sort=("job_segment__segment__code",)),
        Column(key="station", label=_("Station"), value="station.code", sort=("station__code",)),
        Column(key="due", label=_("Due since"), value="due_at", look=Moment(style="ago"), sort=("due_at", "pk")),
        Column(key="status", label=_("State"), look=State(word=lambda row: row.get_status_display()),
               sort=("status",)),
        Column(key="done_by", label=_("Carried out by"), look=Who(), sort=("done_by__name",)),
        Column(key="done", label=_("Carried out"), value="done_at", look=Moment(), sort=("done_at",), hidden=True),
        Column(key="decided_by", label=_("Decided by"), look=Who(), sort=("decided_by__name",), hidden=True),
        Column(key="remark", label=_("Remark"), look=Text(most=90), hidden=True),
    ),
    filters=(
        Multi(key="status", label=_("State"), options=CheckStatus.choices),
        Multi(key="trigger", label=_("When it is due"), field="rule__trigger", options=CheckTrigger.choices),
        TextFilter(key="station", label=_("Station"), field="station__code", more=True),
        Flag(key="blocking", label=_("Work waits for it"), field="rule__is_blocking", more=True),
        DateRange(key="due", label=_("Due since"), field="due_at", more=True),
    ),
    nothing=Nothing(
        title=_("No check was due yet"), icon="clipboard-list",
        text=_("Checks are set up with the operations of a routing; they become due by themselves at the stations."),
    ),
)


@needs("check.read")
def detail(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """One check: why it was due, what was entered, who decided."""
    check, dialogs = operator_checks.by_id(pk), Dialogs(request, refusal)
    found = operator_checks.occasions(check)
    context = {
        "check": check, "values": operator_checks.values(check), "dialogs": dialogs,
        "why": operator_checks.told(check, found), "timeline": journal.timeline(check),
        "occasions": [(one.at, operator_checks.told(check, [one])) for one in found],
        "repeated": OperatorCheck.objects.filter(repeats=check).first(), "why_not": why_not(request, check),
        "forms": {name: dialogs.form(name, kind) for name, kind in FORMS.items()},
    }
    return render(request, "mes/check/detail.html", context, status=dialogs.status)


def why_not(request: HttpRequest, check: OperatorCheck) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    own = now("Nobody approves their own check.") if check.done_by_id == request.user.pk else ""
    entered = "" if check.status == CheckStatus.ENTERED else now("It does not await approval.")
    is_open = "" if check.is_open else now("It is decided already.")
    return {
        "decide": policies.why_not(request.user, "check.approve") or entered or own,
        "waive": policies.why_not(request.user, "check.waive") or is_open or own,
    }


act = Acts(find=operator_checks.by_id, back="mes:check-detail", page=detail, key="pk")


@act("check.approve", done=_("The check is passed."))
def approve(request: HttpRequest, check: OperatorCheck) -> None:
    """Approve what somebody else entered."""
    said: dict[str, Any] = valid(ApproveForm(request.POST))
    commands.decide(check=check, is_good=True, **said, by=request.user, at=timezone.now())


@act("check.approve", done=_("The check failed and is due again."))
def reject(request: HttpRequest, check: OperatorCheck) -> None:
    """Reject what somebody else entered."""
    said = valid(ReasonForm(request.POST))
    commands.decide(check=check, is_good=False, remark=said["reason"], by=request.user, at=timezone.now())


@act("check.waive", done=_("The check is left out."))
def waive(request: HttpRequest, check: OperatorCheck) -> None:
    """Leave a check out."""
    commands.waive(check=check, **valid(ReasonForm(request.POST)), by=request.user, at=timezone.now())


@require_safe
@needs("check.read")
def photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The picture that was taken in a check."""
    return photos.answer(request, operator_checks.photo(pk))
