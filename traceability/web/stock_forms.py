"""What people fill in around the stores: a lot that goes elsewhere, a place to count, what was counted, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plant.models import Equipment, Unit
from plant.web.forms import CodeField, CodeInput, Form, RowField
from traceability.models import Bucket, LotBalance
from traceability.web.forms import LARGEST, SMALLEST


class LotForm(Form):
    """Which lot."""

    is_checked = False
    lot = CodeField(
        label=_("Lot"), max_length=200, help_text=_("Scan the label of the lot."), widget=CodeInput({"autofocus": True})
    )


class LabelForm(Form):
    """A supplier's label that fills in what it says."""

    is_checked = False
    label = CodeField(
        label=_("Scan the label"), max_length=2000, required=False, widget=CodeInput({"autofocus": True}),
        help_text=_("A GS1 label fills in the material, the supplier's lot, the expiry and the quantity."),
    )
    receipt = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)


class MoveForm(Form):
    """Where an amount of a lot goes, and how much if not all of it."""

    source = forms.ChoiceField(label=_("From"))
    to = CodeField(label=_("To"), max_length=200, help_text=_("Scan the plate of a storage place or of a station."))
    quantity = forms.DecimalField(
        label=_("Quantity"), required=False, max_digits=18, decimal_places=6, min_value=SMALLEST, max_value=LARGEST,
        help_text=_("Empty means all that lies there."),
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"), required=False, queryset=Unit.objects.order_by("code"), empty_label=_("The material's own"),
        help_text=_("What was weighed is converted by the material's conversion."),
    )
    reason = forms.CharField(label=_("Remark"), required=False, max_length=200)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, spots: list[LotBalance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [(f"{one.bucket}:{one.place}", where(one)) for one in spots]


def where(spot: LotBalance) -> str:
    """A spot in words, with what lies there."""
    place = f" · {spot.place}" if spot.place else ""
    return f"{Bucket(spot.bucket).label}{place} · {spot.quantity.normalize():f} {spot.lot.material.unit.symbol}"


class AskForm(Form):
    """Which place is counted."""

    place = RowField(
        label=_("Place"), to_field_name="code", queryset=Equipment.objects.filter(stores_material=True, active=True)
    )


class CountForm(Form):
    """What was seen of one lot."""

    code = CodeField(label=_("Lot"), max_length=200, help_text=_("Scan the label of the lot."))
    quantity = forms.DecimalField(
        label=_("Counted"), max_digits=18, decimal_places=6, min_value=0, max_value=LARGEST
    )
    adds = forms.BooleanField(label=_("Another box of a lot that was counted already: add it"), required=False)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)


class WhyForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 3}), max_length=2000)
