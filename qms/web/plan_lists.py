"""The list of control plans."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plant.lists.description import Column, Link, Listing, Nothing, Viewer
from plant.lists.filters import Multi, Reference
from plant.lists.looks import Moment, State, Text
from plant.models import ReviewStatus
from qms.models import PlanStage
from qms.queries import plans
from traceability.web.list_parts import materials


def plan_url(plan: Any) -> str:
    return reverse("qms:control-plan-detail", args=[plan.pk])


def every_plan(viewer: Viewer) -> Any:
    """Every revision of every plan."""
    return plans.listing()


NEW_PLAN = Link(
    label=_("New control plan"), url="qms:control-plan-create", action="control-plan.edit", icon="plus", kind="primary"
)
PLANS = Listing(
    key="control-plans", title=_("Control plans"), url="qms:control-plan-list", action="control-plan.read",
    subtitle=_("What is watched at which operation, and what follows when a rule fires."), rows=every_plan,
    search=("code", "name", "material__code"), placeholder=_("Plan, name or material"), order="plan", href=plan_url,
    columns=(
        Column(key="plan", label=_("Plan"), value=str, look=Text(href=plan_url), sort=("code", "-revision")),
        Column(key="name", label=_("Name"), sort=("name",)),
        Column(key="material", label=_("Material"), sort=("material__code",)),
        Column(key="stage", label=_("Stage"), value="get_stage_display", sort=("stage",)),
        Column(key="status", label=_("State"), look=State(word=lambda plan: plan.get_status_display()),
               sort=("status",)),
        Column(key="from", label=_("Effective from"), value="effective.lower", look=Moment()),
        Column(key="until", label=_("until"), value="effective.upper", look=Moment()),
    ),
    filters=(
        Multi(key="status", label=_("State"), options=ReviewStatus.choices),
        Multi(key="stage", label=_("Stage"), options=PlanStage.choices),
        Reference(key="material", label=_("Material"), field="material__code", options=materials),
    ),
    links=(NEW_PLAN,),
    nothing=Nothing(
        title=_("No control plan yet"), icon="clipboard-off",
        text=_("Begin with the product that is made most; rows can be drawn from its FMEA."), links=(NEW_PLAN,),
    ),
)
