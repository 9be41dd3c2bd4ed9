"""What people fill in about a nonconformance beside its disposition: what it is, who answers, what it cost."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plant.models import Partner, ReasonUse
from plant.queries import reasons
from plant.web.forms import EditForm, Form, RowField
from qms.models import CostKind, Inspection, Nonconformance, Responsible, Severity
from qms.web.dispositions import AmountField
from qms.web.forms import PersonField


def coded(label: Any) -> forms.TypedChoiceField:
    """One of the plant's reasons."""
    return forms.TypedChoiceField(label=label, required=False, coerce=reasons.chosen, empty_value=None)


class ClassifyForm(EditForm):
    """What is wrong and what is behind it, by code."""

    defect = coded(_("Defect"))
    cause = coded(_("Kind of cause"))
    severity = forms.ChoiceField(label=_("Severity"), choices=Severity)
    partner = RowField(
        label=_("Customer or supplier"), required=False, to_field_name="code",
        queryset=Partner.objects.filter(active=True),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, use in (("defect", ReasonUse.DEFECT), ("cause", ReasonUse.CAUSE)):
            self.fields[name].choices = [("", "—"), *reasons.tree(use)]  # type: ignore[attr-defined]

    @classmethod
    def of(cls, case: Nonconformance, data: Any = None, **more: Any) -> "ClassifyForm":
        """The form over a case as it stands."""
        standing = {
            "defect": case.defect_id or "", "cause": case.cause_id or "", "severity": case.severity,
            "partner": case.partner.code if case.partner else "",
        }
        return cls(data, standing=standing, subject=case, **more)


class ResponsibleForm(Form):
    """Who answers for one part of it."""

    stage = forms.ChoiceField(label=_("For"), choices=Responsible)
    department = forms.CharField(label=_("Department"), max_length=80)
    person = PersonField(label=_("Person"), required=False)


class CostForm(Form):
    """What was paid or used up."""

    kind = forms.ChoiceField(label=_("Kind"), choices=CostKind, initial=CostKind.LABOUR)
    quantity = forms.DecimalField(label=_("Quantity or hours"), min_value=0, max_digits=14, decimal_places=3, initial=1)
    rate = forms.DecimalField(label=_("Cost of one"), min_value=0, max_digits=12, decimal_places=2)
    note = forms.CharField(label=_("What for"), max_length=200)


class SortedForm(Form):
    """What was counted after sorting."""

    good = AmountField(label=_("Good"))
    bad = AmountField(label=_("Bad"))


class RecheckForm(Form):
    """What was found at the second look."""

    passed = forms.ChoiceField(
        label=_("Verdict"), choices=[("", "—"), ("yes", _("Good now")), ("no", _("Still not good"))]
    )
    finding = forms.CharField(label=_("What you found"), max_length=2000, widget=forms.Textarea({"rows": 2}))
    inspection = RowField(
        label=_("Inspection"), required=False, to_field_name="number", queryset=Inspection.objects.none()
    )

    def __init__(self, *args: Any, lot: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Inspection.objects.filter(lot=lot, decided_at__isnull=False).order_by("-decided_at")
        self.fields["inspection"].queryset = rows  # type: ignore[attr-defined]
        if not rows.exists():
            del self.fields["inspection"]


class VoteForm(Form):
    """A member's vote."""

    agrees = forms.ChoiceField(
        label=_("Your vote"), choices=[("", "—"), ("yes", _("I agree")), ("no", _("I do not agree"))]
    )


class SendForm(Form):
    """With whom a return left."""

    carrier = forms.CharField(label=_("Carrier and paper"), max_length=120)
