"""What people fill in who propose a change of trace data: the true value, and how they know it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plant.models import Equipment, EquipmentLevel, Person, PersonKind
from plant.web.forms import CodeField, Form, RowField
from traceability.commands.corrections import New
from traceability.models import CorrectionKind
from traceability.queries import scanned
from traceability.web.forms import LARGEST


class WhyForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 2}))


class _Reasoned(Form):
    """What happened comes last, after the true value."""

    reason = forms.CharField(
        label=_("What happened, and how you know it"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    field_order = ("text", "moment", "person", "equipment", "lot", "quantity", "reason")


class TextForm(_Reasoned):
    """Another text."""

    text = forms.CharField(label=_("As it was"), max_length=80)


class MomentForm(_Reasoned):
    """Another moment."""

    moment = forms.DateTimeField(
        label=_("As it was"), widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )


class ExpiryForm(MomentForm):
    """Another expiry, or none."""

    moment = forms.DateTimeField(
        label=_("As it was"), required=False, help_text=_("Empty: it does not expire."),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class PersonForm(_Reasoned):
    """Who did it."""

    person = RowField(
        label=_("Who did it"), to_field_name="number",
        queryset=Person.objects.filter(kind=PersonKind.HUMAN, partner__isnull=True).order_by("number"),
    )


class EquipmentForm(_Reasoned):
    """Where it was."""

    equipment = RowField(
        label=_("Where it was"), to_field_name="code",
        queryset=Equipment.objects.filter(level=EquipmentLevel.WORK_UNIT).order_by("code"),
    )


class ConsumedForm(_Reasoned):
    """How much of which lot."""

    lot = CodeField(
        label=_("Lot that was taken"), max_length=200, required=False,
        help_text=_("Scan it. Empty: the recorded lot, only the quantity was wrong."),
    )
    quantity = forms.DecimalField(
        label=_("Quantity"), max_digits=18, decimal_places=6, min_value=Decimal(0), max_value=LARGEST,
        help_text=_("Zero: nothing was consumed."),
    )

    def clean_lot(self) -> Any:
        """The lot with this number."""
        code = self.cleaned_data["lot"]
        found = scanned.lot(code, self.by) if code else None
        if code and found is None:
            raise forms.ValidationError(_("There is none with this number. Check it, or scan it again."))
        return found


FORMS: dict[str, type[_Reasoned]] = {
    CorrectionKind.SUPPLIER_LOT: TextForm, CorrectionKind.VALUE: TextForm, CorrectionKind.MADE: MomentForm,
    CorrectionKind.EXPIRES: ExpiryForm, CorrectionKind.OPERATOR: PersonForm, CorrectionKind.EQUIPMENT: EquipmentForm,
    CorrectionKind.CONSUMED: ConsumedForm,
}


def proposed(said: dict[str, Any]) -> New:
    """What was filled in, as the command takes it."""
    return New(**{name: value for name, value in said.items() if name != "reason"})
