"""One line of a control plan: where it comes from, what it makes the floor do, and what follows when it fails."""

from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant import policies
from plant.errors import Refusal
from plant.models import ReviewStatus
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from plant.web.forms import Form
from qms import floor
from qms.commands import plan_reactions
from qms.commands import plan_risks as commands
from qms.models import ControlPlanLine, FmeaLine, ReactionPlan
from qms.queries import plan_risks as risks
from qms.web.fmea_sheet import priority
from qms.web.plan_forms import ReactionForm

MOST = 50  # inspections that are shown


class ChainForm(Form):
    """The chain that a line watches."""

    chain = forms.ChoiceField(label=gettext_lazy("Failure chain"), required=False)

    def __init__(self, *args: Any, line: ControlPlanLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = FmeaLine.objects.filter(fmea__in=risks.sources(line.plan)).select_related("fmea")
        chains = [(str(one.pk), f"{one.fmea}: {one}") for one in offered.order_by("fmea__code", "position")]
        self.fields["chain"].choices = [("", "—"), *chains]  # type: ignore[attr-defined]
        self.initial.setdefault("chain", str(line.fmea_line_id or ""))


def found(number: int) -> ControlPlanLine:
    """One line with all it rests on."""
    line = risks.by_id(number)
    if line is None:
        raise Http404
    return line


@needs("control-plan.read")
def detail(request: HttpRequest, number: int, refusal: Refusal | None = None) -> HttpResponse:
    """One line."""
    line, dialogs = found(number), Dialogs(request, refusal)
    is_draft = line.plan.status == ReviewStatus.DRAFT
    frozen = "" if is_draft else _("Only a draft is changed. Make a new revision and change that.")
    chain = line.fmea_line
    now = risks.newest(chain) if chain else None
    reactions = list(line.reactions.all())
    asked = next((one for one in reactions if str(one.pk) == request.GET.get("reaction")), None)
    items = line.items.select_related("inspection__lot").order_by("-pk")[:MOST]
    context: dict[str, Any] = {
        "line": line, "plan": line.plan, "chain": chain, "dialogs": dialogs, "reactions": reactions,
        "priority": priority(chain.priority) if chain else "", "made": floor.made(line), "items": items,
        "newer": now if chain and now and now.fmea_id != chain.fmea_id else None,
        "why": policies.why_not(request.user, "control-plan.edit") or frozen,
        "form": dialogs.form("react", partial(ReactionForm.of, asked)), "asked": asked,
        "chain_form": dialogs.form("link", partial(ChainForm, line=line)),
    }
    return render(request, "qms/control_plan/line.html", context, status=dialogs.status)


act = Acts(find=found, back="qms:control-plan-line", page=detail)


@act("control-plan.edit", done=gettext_lazy("The reaction is kept."))
def react(request: HttpRequest, line: ControlPlanLine) -> None:
    """What follows when a rule fires."""
    said = valid(ReactionForm(request.POST, by=request.user))
    steps, steps_zh = (said.pop(name).splitlines() for name in ("steps", "steps_zh"))
    plan_reactions.put(line=line, **said, steps=steps, steps_zh=steps_zh, by=request.user, at=timezone.now())


@act("control-plan.edit", done=gettext_lazy("The reaction is taken out."))
def remove_reaction(request: HttpRequest, line: ControlPlanLine, pk: int) -> None:
    """Nothing follows any more."""
    reaction = get_object_or_404(ReactionPlan.objects.select_related("line__plan"), pk=pk, line=line)
    plan_reactions.remove(reaction=reaction, by=request.user, at=timezone.now())


@act("control-plan.edit", done=gettext_lazy("Saved."))
def link(request: HttpRequest, line: ControlPlanLine) -> None:
    """The chain that it watches."""
    chosen = valid(ChainForm(request.POST, by=request.user, line=line))["chain"]
    chain = get_object_or_404(FmeaLine, pk=chosen) if chosen else None
    commands.link(line=line, chain=chain, by=request.user, at=timezone.now())
