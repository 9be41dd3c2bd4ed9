"""Plans of spot checks on the screen: the list, a new one, one with what it drew."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mes.commands import spot_plans as commands
from mes.models import SpotCheckPlan
from mes.queries import spot_checks as reading
from mes.web.spot_forms import EditPlanForm, PlanFields, standing, terms
from plant import policies, scoping
from plant.errors import Refusal
from plant.queries import journal, places
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, enter
from plant.web.forms import edit

SHOWN = 30


@needs("spot-check.plan")
def create(request: HttpRequest) -> HttpResponse:
    """Plan a weekly draw."""
    initial = {"site": places.home(request.user).code, **request.GET.dict()}
    form = PlanFields(request.POST or None, initial=initial, by=request.user)

    def planned(data: dict[str, Any]) -> SpotCheckPlan:
        return commands.create(terms=terms(data), by=request.user, at=timezone.now())

    return enter(request, form, planned, template="mes/spot/plan_create.html", to="mes:spot-plan-detail", key="pk")


@needs("spot-check.read")
def detail(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """One plan, and the checks that came of it."""
    plan, dialogs = reading.plan(pk), Dialogs(request, refusal)
    checks = scoping.visible(reading.checks().filter(plan=plan), request.user).order_by("-week")[:SHOWN]
    context = {
        "plan": plan, "checks": checks, "dialogs": dialogs, "timeline": journal.timeline(plan),
        "why": policies.why_not(request.user, "spot-check.plan"),
        "forms": {"change": dialogs.form("change", lambda *args, **more: form_of(plan, *args, **more))},
    }
    return render(request, "mes/spot/plan.html", context, status=dialogs.status)


def form_of(plan: SpotCheckPlan, data: Any = None, **more: Any) -> EditPlanForm:
    """The form over a plan as it stands."""
    return EditPlanForm(data, standing=standing(plan), subject=plan, **more)


act = Acts(find=reading.plan, back="mes:spot-plan-detail", page=detail, key="pk")


@act("spot-check.plan", done=_("Saved."))
def change(request: HttpRequest, plan: SpotCheckPlan) -> None:
    """Change it; what was drawn stays."""
    edit(
        SpotCheckPlan.objects.select_related("site", "line", "family", "owner").filter(pk=plan.pk),
        lambda row: form_of(row, request.POST, by=request.user),
        lambda row, said: commands.change(plan=row, terms=terms(said), by=request.user, at=timezone.now()),
    )
