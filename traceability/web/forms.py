"""What people fill in here: a hold, a receipt."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plant import scoping
from plant.models import Equipment, MaterialDefinition, Partner, PartnerKind, Person
from plant.queries import places
from plant.web.forms import CodeField, Form, NumbersField, RowField
from traceability.gate import Target
from traceability.models import MaterialLot, TargetKind
from traceability.queries import scanned

SMALLEST, LARGEST = Decimal("0.000001"), Decimal(10**12 - 1)

# An operation of a work order is stopped where production stops work.
KINDS = [choice for choice in TargetKind.choices if choice[0] != TargetKind.OPERATION]


class LotNumbersField(NumbersField):
    """Lots or serials, by their numbers or their labels."""

    widget = forms.Textarea({"rows": 3, "data-scan-into": "", "autocomplete": "off"})
    rows = MaterialLot.objects.select_related("site", "material")
    missing = _("There is no lot %(numbers)s. Check the labels.")

    def number(self, word: str) -> str:
        """The number, also of a label's QR code."""
        return scanned.number(word)


class HoldForm(Form):
    """What to stop, and why."""

    target_kind = forms.ChoiceField(label=_("What to hold"), choices=KINDS, initial=TargetKind.LOT)
    target = CodeField(
        label=_("Number or code"), max_length=80,
        help_text=_("Scan the lot, the equipment or the work order; for every new lot of a material, its code."),
    )
    supplier = RowField(
        label=_("Only from supplier"), required=False, to_field_name="code", empty_label=_("Anybody"),
        queryset=Partner.objects.filter(kind=PartnerKind.SUPPLIER, active=True),
        help_text=_("Only for every new lot of a material."),
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 3}), max_length=2000)

    def clean(self) -> dict[str, Any]:
        """Find what is meant, or say that there is no such thing."""
        data = super().clean() or {}
        if data.get("target") and data.get("target_kind"):
            found = TARGETS[data["target_kind"]](data["target"].strip(), data.get("supplier"), self.by)
            if found is None:
                self.add_error("target", _("There is none with this number. Check it, or scan it again."))
            data["found"] = found
        return data


def _lot(number: str, supplier: Partner | None, by: Person) -> Target | None:
    lot = scoping.visible(MaterialLot.objects.select_related("site").filter(number=number), by).first()
    return Target.lot(lot) if lot else None


def _equipment(code: str, supplier: Partner | None, by: Person) -> Target | None:
    one = scoping.visible(Equipment.objects.filter(code=code), by).first()
    return Target.equipment(one, places.site_of(one)) if one else None


def _job_order(number: str, supplier: Partner | None, by: Person) -> Target | None:
    return Target.job_order(number, places.home(by))


def _rule(code: str, supplier: Partner | None, by: Person) -> Target | None:
    material = MaterialDefinition.objects.filter(code=code).first()
    return Target.rule(material, supplier, places.home(by)) if material else None


TARGETS = {
    TargetKind.LOT: _lot, TargetKind.EQUIPMENT: _equipment, TargetKind.JOB_ORDER: _job_order, TargetKind.RULE: _rule,
}


class ReleaseForm(Form):
    """Why many holds are let go, under a signature for each."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 3}), max_length=2000)
    password = forms.CharField(
        label=_("Your password, again"), widget=forms.PasswordInput({"autocomplete": "current-password"}), strip=False,
        help_text=_("By signing you confirm each release above. Each signature is kept with its hold and cannot be "
                    "taken back."),
    )

    def clean_password(self) -> str:
        """The signer's own; a wrong one signs nothing."""
        password: str = self.cleaned_data["password"]
        if not self.by.check_password(password):
            wrong = _("The password is wrong, so nothing was signed. Enter your own password again.")
            raise forms.ValidationError(wrong)
        return password


class ReceiptForm(Form):
    """A lot that arrives, alone or as one of a delivery."""

    material = RowField(
        label=_("Material"), to_field_name="code", queryset=MaterialDefinition.objects.filter(active=True)
    )
    quantity = forms.DecimalField(
        label=_("Quantity"), max_digits=18, decimal_places=6, min_value=SMALLEST, max_value=LARGEST
    )
    number = CodeField(
        label=_("Lot number"), max_length=80, required=False,
        help_text=_("Scan it if the lot carries a number already; empty gives it the next one."),
    )
    supplier = RowField(
        label=_("Supplier"), required=False, to_field_name="code",
        queryset=Partner.objects.filter(kind=PartnerKind.SUPPLIER, active=True),
    )
    supplier_lot = CodeField(label=_("Supplier's lot"), max_length=80, required=False)
    expires_at = forms.DateTimeField(
        label=_("Expires"), required=False, widget=forms.DateTimeInput({"type": "datetime-local"})
    )
    place = RowField(
        label=_("Store"), required=False, to_field_name="code",
        queryset=Equipment.objects.filter(stores_material=True, active=True),
    )
    delivery_note = CodeField(
        label=_("Delivery note"), max_length=80, required=False,
        help_text=_("With its number, the lots of one delivery stay together."),
    )
    certificate = forms.FileField(
        label=_("Certificate"), required=False,
        help_text=_("The supplier's certificate or test report; it stays with the lot."),
    )
    receipt = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
