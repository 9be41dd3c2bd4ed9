"""Checks at the station: what is due, the form of one, its approval by badge and PIN, and that a tool was changed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from mes.commands import operator_checks as commands
from mes.models import CheckStatus, OperatorCheck
from mes.queries import operator_checks
from mes.tablet.access import signed_on
from mes.tablet.data import DataForm, readings
from mes.tablet.sign_on import BadgeForm
from mes.tablet.work import context
from plant.commands import persons
from plant.errors import Refusal
from plant.models import Equipment
from plant.web.acting import valid

GOOD, BAD = "good", "bad"
VERDICTS = [(GOOD, _("In order")), (BAD, _("Not in order"))]


def verdict() -> forms.ChoiceField:
    """In order or not; nothing is chosen beforehand."""
    return forms.ChoiceField(label=_("Verdict"), choices=VERDICTS, widget=forms.RadioSelect)


def remark() -> forms.CharField:
    return forms.CharField(
        label=_("Remark"), required=False, max_length=500, widget=forms.Textarea({"rows": 2}),
        help_text=_("Needed when it is not in order."),
    )


class CheckForm(DataForm):
    """A field for each value that the check asks for, then the verdict."""

    verdict = verdict()
    remark = remark()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gauges = [name for name in self.fields if name.startswith("gauge_")]
        self.order_fields([*gauges, *self.asked, "verdict", "remark"])


class ApproveForm(BadgeForm):
    """Whoever approves says who they are; the operator stays signed on."""

    verdict = verdict()
    remark = remark()
    field_order = ("verdict", "remark", "badge", "pin")


class ToolForm(forms.Form):
    """Which tool was changed."""

    what = forms.CharField(
        label=_("Which tool was changed?"), max_length=120, widget=forms.TextInput({"autocomplete": "off"})
    )


@signed_on()
def listed(request: HttpRequest, station: Equipment) -> HttpResponse:
    """What is due at the station; and here a tool change is told."""
    form, refusal = ToolForm(request.POST or None), None
    if request.method == "POST":
        try:
            commands.change_tool(station=station, what=valid(form)["what"], by=request.user, at=timezone.now())
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, gettext("The tool change is kept."))
            return redirect("station:checks", station.code)
    shown = {**context(station), "form": form, "refusal": refusal}
    return render(request, "mes/station/checks.html", shown, status=409 if refusal else 200)


@signed_on()
@sensitive_post_parameters("pin")
def show(request: HttpRequest, station: Equipment, pk: int) -> HttpResponse:
    """One check: carried out by whoever works here, then approved by somebody else where the rule says so."""
    check = next((one for one in operator_checks.open_at(station) if one.pk == pk), None)
    if check is None:
        return redirect("station:checks", station.code)
    asked = operator_checks.asked(check)
    is_approval, refusal = check.status == CheckStatus.ENTERED, None
    form: Any = ApproveForm(request.POST or None)
    if not is_approval:
        told = readings(asked, station, timezone.now())
        form = CheckForm(request.POST or None, request.FILES or None, asked=asked, told=told)
    if request.method == "POST":
        try:
            done = approve(check, form) if is_approval else carry_out(request, check, form)
        except Refusal as refused:
            refusal = refused
        else:
            return after(request, station, done)
    shown = {
        **context(station), "check": check, "form": form, "refusal": refusal, "is_approval": is_approval,
        "values": operator_checks.values(check), "why": operator_checks.told(check, operator_checks.occasions(check)),
    }
    return render(request, "mes/station/check.html", shown, status=409 if refusal else 200)


def carry_out(request: HttpRequest, check: OperatorCheck, form: CheckForm) -> OperatorCheck:
    """Send what was entered to the one command."""
    said = valid(form)
    return commands.carry_out(
        check=check, entered=form.entered(), is_good=said["verdict"] == GOOD, remark=said["remark"], by=request.user,
        at=timezone.now(),
    )


def approve(check: OperatorCheck, form: ApproveForm) -> OperatorCheck:
    """Let whoever's badge it is decide."""
    said = valid(form)
    by = persons.sign_on_by_badge(said["badge"], said["pin"])
    return commands.decide(
        check=check, is_good=said["verdict"] == GOOD, remark=said["remark"], by=by, at=timezone.now()
    )


def after(request: HttpRequest, station: Equipment, check: OperatorCheck) -> HttpResponse:
    """Say what came of it; then the next one that is due, or the station."""
    if check.status == CheckStatus.FAILED:
        message = gettext("“%(name)s” failed. Put it right; then it is checked again.")
        messages.error(request, message % {"name": check.rule.title})
    elif check.status == CheckStatus.ENTERED:
        messages.warning(request, gettext("“%(name)s” awaits approval.") % {"name": check.rule.title})
    else:
        messages.success(request, gettext("“%(name)s” is passed.") % {"name": check.rule.title})
    where = "station:checks" if operator_checks.open_at(station) else "station:work"
    return redirect(where, station.code)
