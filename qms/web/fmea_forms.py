"""What people fill in about FMEAs: a new one, an action, what was done."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plant.models import MaterialDefinition
from plant.web.forms import Form, RowField
from qms.models import FmeaActionKind, FmeaKind, ProductFamily
from qms.web.forms import DayField, PersonField


class FmeaForm(Form):
    """A new FMEA."""

    kind = forms.ChoiceField(label=_("Kind"), choices=FmeaKind, initial=FmeaKind.PROCESS)
    code = forms.CharField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=120)
    material = RowField(
        label=_("Material"), required=False, to_field_name="code",
        queryset=MaterialDefinition.objects.filter(active=True), help_text=_("Or a product family below."),
    )
    family = RowField(
        label=_("Product family"), required=False, to_field_name="code", queryset=ProductFamily.objects.all()
    )
    routing = forms.CharField(
        label=_("Routing"), max_length=40, required=False,
        help_text=_("The code of the work master whose operations are looked at; only of a process FMEA."),
    )
    scope = forms.CharField(
        label=_("Scope and assumptions"), required=False, max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    team = forms.CharField(label=_("Team"), required=False, max_length=1000, widget=forms.Textarea({"rows": 2}))


class ActionForm(Form):
    """Something to do about a chain."""

    kind = forms.ChoiceField(label=_("Kind"), choices=FmeaActionKind)
    text = forms.CharField(label=_("What is to be done"), max_length=2000, widget=forms.Textarea({"rows": 3}))
    owner = PersonField(label=_("Owner"))
    due_at = DayField(label=_("Due"))


class FinishForm(Form):
    """What was done, and the ratings from now on."""

    taken = forms.CharField(label=_("What was done"), max_length=2000, widget=forms.Textarea({"rows": 3}))
    severity = forms.IntegerField(label=_("Severity now"), min_value=1, max_value=10)
    occurrence = forms.IntegerField(label=_("Occurrence now"), min_value=1, max_value=10)
    detection = forms.IntegerField(label=_("Detection now"), min_value=1, max_value=10)

    @classmethod
    def of(cls, action: Any, *args: Any, **kwargs: Any) -> "FinishForm":
        """With the ratings of today to begin from."""
        line = action.line
        stands = {"severity": line.severity, "occurrence": line.occurrence, "detection": line.detection}
        return cls(*args, **{"initial": stands, **kwargs})
