"""The forms of packing and shipping."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mes.web.forms import MOMENT
from plant.models import Equipment, MaterialDefinition, Partner, PartnerKind
from plant.queries import places
from plant.web.forms import CodeField, Form, RowField
from traceability.models import UnitKind

SMALLEST = Decimal("0.000001")


def quantity(**more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=_("Quantity"), max_digits=18, decimal_places=6, min_value=SMALLEST, **more)


def stores(label: Any) -> RowField:
    rows = Equipment.objects.filter(stores_material=True, active=True).order_by("code")
    return RowField(label=label, to_field_name="code", queryset=rows)


class OpenForm(Form):
    """Which unit to begin."""

    kind = forms.ChoiceField(label=_("What do you open?"), choices=UnitKind, initial=UnitKind.CARTON)


class ScanForm(Form):
    """What is packed or picked: one scan."""

    code = CodeField(label=_("Scan the label"), max_length=200)
    quantity = quantity(required=False, help_text=_("Empty: all of it. Fewer are split off as a lot of their own."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["autofocus"] = True


class OutForm(Form):
    """What is taken out, and why."""

    code = CodeField(label=_("Scan what comes out"), max_length=200)
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 2}))


class StoreForm(Form):
    """Where finished goods are put."""

    store = stores(_("Store"))


class ReceiptForm(StoreForm):
    """Finished goods into a store: one scan."""

    code = CodeField(label=_("Scan the carton, pallet or lot"), max_length=200)
    field_order = ["code", "store"]


class ShipmentForm(Form):
    """A shipment by hand; its lines follow on its page."""

    number = CodeField(label=_("Number"), max_length=40, required=False, help_text=_("Empty: the next number."))
    customer = RowField(
        label=_("Customer"), to_field_name="code",
        queryset=Partner.objects.filter(kind=PartnerKind.CUSTOMER, active=True).order_by("code"),
    )
    due_at = forms.DateTimeField(label=_("Due"), widget=MOMENT)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    material = RowField(
        label=_("Material"), to_field_name="code", queryset=MaterialDefinition.objects.filter(active=True)
    )
    quantity = quantity()

    def read(self) -> dict[str, Any]:
        """The shipment's words, with its first line."""
        words = dict(self.cleaned_data)
        line = (10, words.pop("material"), words.pop("quantity"))
        return {**words, "lines": [line], "site": places.home(self.by)}


class LineForm(Form):
    """One more line."""

    material = RowField(
        label=_("Material"), to_field_name="code", queryset=MaterialDefinition.objects.filter(active=True)
    )
    quantity = quantity()


class ShipForm(Form):
    """With what the goods leave."""

    vehicle = forms.CharField(label=_("Vehicle"), max_length=60, help_text=_("Number plate, or the carrier's number."))
    reason = forms.CharField(
        label=_("Why incomplete"), required=False, max_length=200, help_text=_("Only when something is missing.")
    )


class BackForm(ScanForm):
    """What came back, and why."""

    store = stores(_("Put into store"))
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 2}))
    field_order = ["code", "quantity", "store", "reason"]
