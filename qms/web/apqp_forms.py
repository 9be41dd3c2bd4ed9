"""What people fill in about APQP: a project, a deliverable, a report."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plant.models import MaterialDefinition, Partner, PartnerKind
from plant.web.forms import Form, RowField
from qms import apqp_template
from qms.models import ApqpDeliverable, ReportResult, ValidationReport
from qms.web.forms import DayField, PersonField

LEVELS = [(level, str(level)) for level in apqp_template.LEVELS]


class ProjectForm(Form):
    """A new project with the days of its gates."""

    name = forms.CharField(label=_("Name"), max_length=160)
    material = RowField(
        label=_("Material"), to_field_name="code", queryset=MaterialDefinition.objects.filter(active=True)
    )
    customer = RowField(
        label=_("Customer"), to_field_name="code", required=False,
        queryset=Partner.objects.filter(kind=PartnerKind.CUSTOMER),
    )
    level = forms.TypedChoiceField(label=_("PPAP submission level"), choices=LEVELS, coerce=int, initial=3)
    owner = PersonField(label=_("Project leader"))
    gate_1 = DayField(label=_("Gate 1: planned and defined"))
    gate_2 = DayField(label=_("Gate 2: product designed"))
    gate_3 = DayField(label=_("Gate 3: process designed"))
    gate_4 = DayField(label=_("Gate 4: validated"))
    gate_5 = DayField(label=_("Gate 5: assessed"))

    def project(self) -> dict[str, Any]:
        """The values as the command takes them."""
        said = dict(self.cleaned_data)
        gates: list[datetime] = [said.pop(f"gate_{number}") for number in apqp_template.PHASES]
        return {**said, "gates": gates}


class DeliverableForm(Form):
    """Something more that a gate waits for."""

    name = forms.CharField(label=_("Name"), max_length=160)
    owner = PersonField(label=_("Owner"), required=False)
    due_at = DayField(label=_("Due"))
    is_required = forms.BooleanField(label=_("The gate waits for it"), required=False, initial=True)


class AssignForm(Form):
    """Whose it is, until when."""

    owner = PersonField(label=_("Owner"))
    due_at = DayField(label=_("Due"))

    @classmethod
    def of(cls, deliverable: ApqpDeliverable, *args: Any, **kwargs: Any) -> "AssignForm":
        """As it stands."""
        owner = deliverable.owner.number if deliverable.owner else ""
        return cls(*args, **{"initial": {"owner": owner, "due_at": deliverable.due_at}, **kwargs})


class EvidenceForm(Form):
    """What proves it."""

    evidence = forms.CharField(
        label=_("What proves it"), max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=_("A number, an address, or the name of an attached file."),
    )


class ReportForm(Form):
    """A test of the design or of the product."""

    number = forms.CharField(label=_("Number"), max_length=60)
    title = forms.CharField(label=_("Test"), max_length=160)
    requirement = forms.CharField(label=_("Requirement"), max_length=2000, widget=forms.Textarea({"rows": 2}))
    samples = forms.IntegerField(label=_("Samples"), min_value=1, initial=1)
    result = forms.ChoiceField(label=_("Result"), choices=ReportResult)
    finding = forms.CharField(label=_("Finding"), max_length=4000, widget=forms.Textarea({"rows": 3}))
    replaces = RowField(
        label=_("Replaces the failed report"), queryset=ValidationReport.objects.none(), required=False
    )

    def __init__(self, *args: Any, deliverable: ApqpDeliverable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        failed = deliverable.reports.filter(result=ReportResult.FAIL, replaced_by__isnull=True)
        self.fields["replaces"].queryset = failed  # type: ignore[attr-defined]
