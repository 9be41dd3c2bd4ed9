"""What people fill in about spot checks: a plan, who answers, an answer, the word of whoever confirms it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mes.commands.spot_plans import Terms
from mes.models import SpotCheckPlan, Weekday
from mes.models.spot_check import MOST_DAYS, MOST_LOTS
from plant.models import Equipment, EquipmentLevel, Person, PersonKind, Role
from plant.web.forms import EditForm, Form, RowField
from qms.models import ProductFamily

OWNERS = (
    Role.TEAM_LEADER, Role.OPERATOR, Role.INSPECTOR, Role.WAREHOUSE, Role.PLANNER, Role.MAINTENANCE,
    Role.QUALITY_ENGINEER, Role.QUALITY_MANAGER,
)
PEOPLE = Person.objects.filter(kind=PersonKind.HUMAN, is_active=True, partner__isnull=True).order_by("number")
TIME = forms.TimeInput({"type": "time"}, format="%H:%M")


class PlanFields(Form):
    """What a plan says."""

    name = forms.CharField(label=_("Name"), max_length=120)
    site = RowField(
        label=_("Site"), to_field_name="code", queryset=Equipment.objects.filter(level=EquipmentLevel.SITE)
    )
    line = RowField(
        label=_("Line"), required=False, to_field_name="code", help_text=_("Empty: every line of the site."),
        queryset=Equipment.objects.filter(level=EquipmentLevel.WORK_CENTER, active=True).order_by("code"),
    )
    family = RowField(
        label=_("Product family"), required=False, to_field_name="code", queryset=ProductFamily.objects.all(),
        help_text=_("Empty: every finished good."),
    )
    lots = forms.IntegerField(label=_("Lots to draw"), min_value=1, max_value=MOST_LOTS, initial=5)
    weekday = forms.TypedChoiceField(label=_("Day of the week"), choices=Weekday.choices, coerce=int)
    time = forms.TimeField(label=_("Time of day"), widget=TIME, initial="07:00")
    due_days = forms.IntegerField(label=_("Days to answer"), min_value=1, max_value=MOST_DAYS, initial=7)
    owner_role = forms.ChoiceField(label=_("Findings go to"), choices=[(one.value, one.label) for one in OWNERS])
    owner = RowField(
        label=_("Owner"), queryset=PEOPLE, required=False, to_field_name="number",
        help_text=_("Empty: everybody with this role."),
    )
    is_active = forms.BooleanField(label=_("Draws each week"), required=False, initial=True)


class EditPlanForm(PlanFields, EditForm):
    """The same over a plan that stands."""


def standing(plan: SpotCheckPlan) -> dict[str, Any]:
    """The values of a plan as its form shows them."""
    return {
        "name": plan.name, "site": plan.site.code, "line": plan.line.code if plan.line else "",
        "family": plan.family.code if plan.family else "", "lots": plan.lots, "weekday": plan.weekday,
        "time": plan.time.strftime("%H:%M"), "due_days": plan.due_days, "owner_role": plan.owner_role,
        "owner": plan.owner.number if plan.owner else "", "is_active": "on" if plan.is_active else "",
    }


def terms(said: dict[str, Any]) -> Terms:
    """What was filled in, as the command takes it."""
    return Terms(**{name: said[name] for name in Terms.__slots__})


def words(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=2000, widget=forms.Textarea({"rows": 3}), **more)


class GiveForm(Form):
    """Who answers from now on."""

    to = RowField(label=_("Give it to"), queryset=PEOPLE, to_field_name="number")


class AnswerForm(Form):
    """Why it was missing, and what was done about it."""

    cause = words(_("Why was it missing?"))
    answer = words(_("What was done about it?"), help_text=_("Pictures and papers are laid beside the finding, below."))


class ConfirmForm(Form):
    """A word of whoever confirms."""

    remark = words(_("Remark"), required=False, help_text=_("Needed where it is still missing: why may it stay so?"))


class SendBackForm(Form):
    """What is not enough."""

    remark = words(_("What is missing"))
