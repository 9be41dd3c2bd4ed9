"""What people fill in about control plans: a new one, a reaction, the chain that a line watches."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plant.models import MaterialDefinition, Role
from plant.web.forms import Form, RowField
from qms.models import ControlPlan, PlanStage, ReactionPlan, StopsWhat

LINES = _("One a line. A line that begins with ? may be left out.")


class PlanForm(Form):
    """A new control plan."""

    code = forms.CharField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=120)
    material = RowField(
        label=_("Material"), to_field_name="code", queryset=MaterialDefinition.objects.filter(active=True)
    )
    stage = forms.ChoiceField(label=_("Stage"), choices=PlanStage, initial=PlanStage.PRODUCTION)
    routing = forms.CharField(
        label=_("Routing"), max_length=40, required=False, help_text=_("Empty: whatever makes the material."),
    )


class DescribeForm(Form):
    """Name, stage and routing of a draft."""

    name = forms.CharField(label=_("Name"), max_length=120)
    stage = forms.ChoiceField(label=_("Stage"), choices=PlanStage)
    routing = forms.CharField(
        label=_("Routing"), max_length=40, required=False, help_text=_("Empty: whatever makes the material."),
    )

    @classmethod
    def of(cls, plan: ControlPlan, *args: Any, **kwargs: Any) -> "DescribeForm":
        """As it stands."""
        stands = {"name": plan.name, "stage": plan.stage, "routing": plan.routing}
        return cls(*args, **{"initial": stands, **kwargs})


class ReactionForm(Form):
    """What follows when a rule fires."""

    rule = forms.CharField(label=_("Rule"), max_length=40, required=False, help_text=_("Empty: every rule."))
    hold_lots = forms.BooleanField(label=_("Hold the lots"), required=False)
    stop_equipment = forms.BooleanField(label=_("Stop the equipment"), required=False)
    stops = forms.ChoiceField(label=_("What stands still"), choices=StopsWhat, required=False)
    open_nonconformance = forms.BooleanField(label=_("Open a nonconformance"), required=False)
    owner_role = forms.ChoiceField(label=_("Goes to"), choices=Role, initial=Role.QUALITY_ENGINEER)
    respond_minutes = forms.IntegerField(label=_("Answer within minutes"), min_value=1, initial=15)
    close_minutes = forms.IntegerField(label=_("Settle within minutes"), min_value=1, initial=480)
    instruction = forms.CharField(label=_("What to do"), max_length=2000, widget=forms.Textarea({"rows": 2}))
    instruction_zh = forms.CharField(
        label=_("What to do, in Chinese"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )
    steps = forms.CharField(label=_("Steps"), required=False, widget=forms.Textarea({"rows": 4}), help_text=LINES)
    steps_zh = forms.CharField(
        label=_("Steps, in Chinese"), required=False, widget=forms.Textarea({"rows": 4}),
        help_text=_("In the same order."),
    )

    @classmethod
    def of(cls, reaction: ReactionPlan | None, *args: Any, **kwargs: Any) -> "ReactionForm":
        """As it stands."""
        if reaction is None:
            return cls(*args, **kwargs)
        names = [name for name in cls.base_fields if not name.startswith("steps")]
        stands = {name: getattr(reaction, name) for name in names}
        steps = list(reaction.steps.all())
        stands["steps"] = "\n".join(one.text if one.required else f"? {one.text}" for one in steps)
        stands["steps_zh"] = "\n".join(one.text_zh for one in steps)
        return cls(*args, **{"initial": stands, **kwargs})
