"""What people fill in about quality: a report, more lots, a restart."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plant.models import Equipment, Partner, Person, PersonKind
from plant.web.forms import EditForm, Form, RowField
from qms.models import Nonconformance, NonconformanceSource, Severity
from qms.policies import BY_PEOPLE
from traceability.web.forms import LotNumbersField


class PersonField(RowField):
    """Somebody who works here."""

    def __init__(self, **kwargs: Any) -> None:
        people = Person.objects.filter(kind=PersonKind.HUMAN, is_active=True, partner__isnull=True)
        super().__init__(queryset=people, to_field_name="number", **kwargs)


class DayField(forms.DateTimeField):
    """A day and an hour."""

    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class ReportForm(Form):
    """Something that is not as it should be."""

    title = forms.CharField(label=_("What is wrong"), max_length=200)
    lots = LotNumbersField(
        label=_("Lots or serials"), required=False,
        help_text=_("Scan them one after another. They are held at once, with everything made from them."),
    )
    equipment = RowField(
        label=_("Equipment"), required=False, to_field_name="code", queryset=Equipment.objects.filter(active=True)
    )
    severity = forms.ChoiceField(label=_("Severity"), choices=Severity, initial=Severity.MAJOR)
    source_kind = forms.TypedChoiceField(
        label=_("Found by"), required=False, empty_value=NonconformanceSource.PERSON,
        choices=[(one.value, one.label) for one in BY_PEOPLE],
    )
    partner = RowField(
        label=_("Customer or supplier"), required=False, to_field_name="code",
        queryset=Partner.objects.filter(active=True), help_text=_("Where one of them found it or is meant by it."),
    )
    description = forms.CharField(label=_("Description"), required=False, widget=forms.Textarea({"rows": 4}))

    def clean(self) -> dict[str, Any]:
        """At least one lot, or the equipment."""
        data = super().clean() or {}
        if not self.errors and not data.get("lots") and not data.get("equipment"):
            self.add_error("lots", gettext("Name at least one lot, or the equipment."))
        return data


class MoreLotsForm(Form):
    """Lots that turned out to be suspect too."""

    lots = LotNumbersField(label=_("Lots or serials"))
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 2}))


class OwnerForm(EditForm):
    """Who answers for it."""

    owner = PersonField(label=_("Owner"))

    @classmethod
    def of(cls, case: Nonconformance, data: Any = None, **more: Any) -> "OwnerForm":
        """The form over a case as it stands."""
        return cls(data, standing={"owner": case.owner.number if case.owner else ""}, subject=case, **more)


class CloseForm(Form):
    """The last word."""

    reason = forms.CharField(label=_("Conclusion"), max_length=2000, widget=forms.Textarea({"rows": 3}))


class StopForm(Form):
    """Why a machine is stopped."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 2}))


class RestartForm(Form):
    """What must be known before a stopped machine runs again."""

    assignable_cause = forms.CharField(label=_("Cause that was found"), widget=forms.Textarea({"rows": 2}))
    action_taken = forms.CharField(label=_("What was done about it"), widget=forms.Textarea({"rows": 2}))
