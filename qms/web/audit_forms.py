"""What people fill in about audits: the plan, an answer, the report, who takes care of a finding."""

from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant.models import Equipment, EquipmentLevel, Partner, PartnerKind, RevisionStatus
from plant.web.forms import Form, RowField
from qms.models import Answer, AuditChecklist, Scheme
from qms.scoring import POINTS
from qms.web.capa_forms import FilesField
from qms.web.forms import DayField, PersonField

WORD = {10: _("10 fulfilled"), 8: _("8 mostly fulfilled"), 6: _("6 partly fulfilled"),
        4: _("4 not enough"), 0: _("0 not fulfilled")}


class PlanForm(Form):
    """What is audited, by whom, when."""

    title = forms.CharField(label=_("Title"), max_length=200)
    checklist = RowField(
        label=_("Checklist"), queryset=AuditChecklist.objects.filter(status=RevisionStatus.EFFECTIVE).order_by("code")
    )
    site = RowField(
        label=_("Site"), to_field_name="code", queryset=Equipment.objects.filter(level=EquipmentLevel.SITE)
    )
    area = RowField(
        label=_("Area or line"), required=False, to_field_name="code",
        queryset=Equipment.objects.filter(active=True).exclude(level=EquipmentLevel.SITE).order_by("code"),
    )
    supplier = RowField(
        label=_("Supplier"), required=False, to_field_name="code",
        queryset=Partner.objects.filter(kind=PartnerKind.SUPPLIER, active=True),
    )
    lead = PersonField(label=_("Lead auditor"))
    auditee = PersonField(label=_("Who is audited"), required=False)
    planned_at = DayField(label=_("Planned for"))


class AnswerForm(Form):
    """What was found at one question."""

    answer = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect)
    evidence = forms.CharField(label=_("What you saw"), required=False, widget=forms.Textarea({"rows": 3}))
    files = FilesField(label=_("Photos or files"), required=False)

    def __init__(self, *args: Any, scheme: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = choices_of(scheme)  # type: ignore[attr-defined]


class ReportForm(Form):
    """What the auditor sums up."""

    summary = forms.CharField(label=_("Summary"), widget=forms.Textarea({"rows": 4}))
    hours = forms.DecimalField(label=_("Hours spent"), min_value=0, max_digits=6, decimal_places=2)


class FindingCapaForm(Form):
    """Who takes care of a finding, and until when."""

    owner = PersonField(label=_("Owner"))
    due_at = DayField(label=_("Actions done by"))
    check_due_at = DayField(label=_("Effectiveness check not before"))


def choices_of(scheme: str) -> list[tuple[str, Any]]:
    """The answers of a scheme: points, yes or no, or degrees of conformity."""
    if scheme == Scheme.PROCESS:
        found = [(str(points), WORD[points]) for points in reversed(POINTS)]
    elif scheme == Scheme.LAYERED:
        found = [(Answer.GOOD, now("Yes")), (Answer.MINOR, now("No"))]
    else:
        found = [pair for pair in Answer.choices if pair[0] != Answer.NOT_ASKED]
    return [*found, (Answer.NOT_ASKED, Answer.NOT_ASKED.label)]
