"""What people fill in about work on machines and spare parts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mes.models import SparePart
from plant.models import Equipment, Person
from plant.permissions import ACTIONS
from plant.web.alarm_forms import CausedForm, OwnerField
from plant.web.forms import Form, RowField


class OpenForm(Form):
    """Which machine, and what is to be done."""

    equipment = RowField(
        label=_("Equipment"), to_field_name="code",
        queryset=Equipment.objects.filter(active=True, stores_material=False).order_by("code"),
    )
    title = forms.CharField(label=_("What is to be done"), max_length=200)


class HandOverForm(Form):
    """Who shall do it."""

    to = OwnerField(label=_("Person"), queryset=Person.objects.none(), help_text=_("They are told at once."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = ACTIONS["maintenance.work"]
        rows = Person.objects.filter(is_active=True, personrole__role__in=roles).distinct().order_by("name")
        self.fields["to"].queryset = rows  # type: ignore[attr-defined]


class FinishForm(CausedForm):
    """What was found, and how long it took."""

    findings = forms.CharField(label=_("Findings"), widget=forms.Textarea({"rows": 3}))
    hours = forms.DecimalField(label=_("Hours worked"), min_value=0, max_value=9999, decimal_places=2, max_digits=6)
    field_order = ("findings", "cause", "hours")

    def __init__(self, *args: Any, broke: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not broke:
            self.fields.pop("cause", None)


class WhyForm(Form):
    """Why it is called off."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class TakeForm(Form):
    """Which part, and how many."""

    part = RowField(label=_("Spare part"), to_field_name="code", queryset=SparePart.objects.filter(active=True))
    quantity = forms.IntegerField(
        label=_("Quantity"), min_value=-9999, max_value=9999, initial=1,
        help_text=_("Less than nought brings parts back that were not needed."),
    )


class BookForm(Form):
    """How many came in, or are more or fewer after a count."""

    quantity = forms.IntegerField(
        label=_("Quantity"), min_value=-99999, max_value=99999, help_text=_("Less than nought takes out of the stock.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)
