"""The rules of completeness on the screen: what counts for a product, a proposal, and its decision."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from mes.commands import completeness_rules as commands
from mes.models import RuleChange, RuleChangeStatus
from mes.models.completeness import MOST_WEIGHT
from mes.queries import completeness_rules as reading
from plant import policies
from plant.errors import Refusal
from plant.models import MaterialDefinition
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from plant.web.forms import Form

COUNTS = [("on", _("It counts")), ("off", _("It is left out")), ("drop", _("No rule: as for every product"))]
SHOWN = 50


class ProposeForm(Form):
    """What shall count, how much, and why."""

    counts = forms.ChoiceField(label=_("What shall hold"), choices=COUNTS, widget=forms.RadioSelect)
    weight = forms.IntegerField(
        label=_("Weight in the score"), min_value=1, max_value=MOST_WEIGHT, required=False,
        help_text=_("How much one gap of this kind takes from the score, beside the others."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 3}))

    def clean(self) -> dict[str, Any]:
        """What counts needs a weight."""
        data = super().clean() or {}
        if data.get("counts") == "on" and data.get("weight") is None and "weight" not in self.errors:
            self.add_error("weight", now("Say how much it weighs."))
        return data


class RemarkForm(Form):
    """A word of whoever decides."""

    remark = forms.CharField(label=_("Remark"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2}))


def product(request: HttpRequest) -> MaterialDefinition | None:
    """The product that the address names; none for all of them."""
    return reading.products().filter(code=request.GET.get("product", "")[:40]).first()


@needs("completeness.read")
def rules(request: HttpRequest) -> HttpResponse:
    """What counts for a product or for all, and which changes wait."""
    material = product(request)
    context = {
        "material": material, "rows": reading.standing(material), "own": reading.with_own(),
        "products": [(one.code, str(one)) for one in reading.products()], "changes": reading.changes()[:SHOWN],
        "why": policies.why_not(request.user, "completeness.propose"),
    }
    return render(request, "mes/completeness/rules.html", context)


@needs("completeness.propose")
def propose(request: HttpRequest, kind: str) -> HttpResponse:
    """Propose that a kind of gap counts otherwise."""
    material = product(request)
    standing, refusal = reading.one(kind, material), None
    is_on, weight = standing.counts
    form = ProposeForm(
        request.POST or None, initial={"counts": "on" if is_on else "off", "weight": weight}, by=request.user
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = commands.propose(
                kind=kind, material=material, is_on=said["counts"] != "off", by=request.user, at=timezone.now(),
                weight=None if said["counts"] == "drop" else said["weight"] or weight, reason=said["reason"],
            )
            return redirect("mes:completeness-change-detail", made.pk)
        except Refusal as refused:
            refusal = refused
    status = 409 if refusal else 422 if form.errors else 200
    context = {"form": form, "refusal": refusal, "standing": standing, "material": material}
    return render(request, "mes/completeness/propose.html", context, status=status)


@needs("completeness.read")
def detail(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """One change: what, why, and what may be done."""
    one, dialogs = reading.by_id(pk), Dialogs(request, refusal)
    context = {
        "one": one, "dialogs": dialogs, "why": why_not(request, one), "timeline": journal.timeline(one),
        "steps": steps(one), "forms": {name: dialogs.form(name, RemarkForm) for name in ("approve", "refuse")},
    }
    return render(request, "mes/completeness/change.html", context, status=dialogs.status)


def steps(one: RuleChange) -> list[dict[str, Any]]:
    """Where it stands in its way."""
    is_open = one.status == RuleChangeStatus.PROPOSED
    ended = RuleChangeStatus.APPROVED if is_open else RuleChangeStatus(one.status)
    tones = {RuleChangeStatus.APPROVED: "done", RuleChangeStatus.REFUSED: "failed"}
    return [
        {"label": RuleChangeStatus.PROPOSED.label, "tone": "done", "at": one.asked_at, "current": is_open},
        {"label": ended.label, "tone": "waiting" if is_open else tones.get(ended, "unknown"), "at": one.decided_at,
         "current": not is_open},
    ]


def why_not(request: HttpRequest, one: RuleChange) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    over = "" if one.status == RuleChangeStatus.PROPOSED else now("This is decided.")
    is_own = one.asked_by_id == request.user.pk
    own = now("You proposed it yourself. Somebody else must decide.") if is_own else ""
    may = policies.why_not(request.user, "completeness.approve")
    return {
        "approve": over or may or own, "refuse": over or may or own,
        "withdraw": over or ("" if is_own else now("Only who proposed it can withdraw it.")),
    }


act = Acts(find=reading.by_id, back="mes:completeness-change-detail", page=detail, key="pk")


@act("completeness.approve", done=_("Approved. Scores are judged anew within the next minutes."))
def approve(request: HttpRequest, one: RuleChange) -> None:
    """Let it be so."""
    remark = valid(RemarkForm(request.POST, by=request.user))["remark"]
    commands.approve(change=one, remark=remark, by=request.user, at=timezone.now())


@act("completeness.approve", done=_("Refused. Everything counts as before."))
def refuse(request: HttpRequest, one: RuleChange) -> None:
    """Say no."""
    remark = valid(RemarkForm(request.POST, by=request.user))["remark"]
    commands.refuse(change=one, remark=remark, by=request.user, at=timezone.now())


@act("completeness.propose", done=_("Withdrawn. Everything counts as before."))
def withdraw(request: HttpRequest, one: RuleChange) -> None:
    """Take it back."""
    commands.withdraw(change=one, by=request.user, at=timezone.now())
