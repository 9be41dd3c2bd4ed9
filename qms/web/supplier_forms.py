"""What people fill in about suppliers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plant.models import MaterialDefinition, Partner, PartnerKind
from plant.web.forms import EditForm, Form, RowField
from qms.commands.suppliers import CARD
from qms.models import AssessmentKind, SourceStatus, Supplier, SupplierStatus
from qms.web.forms import DayField, PersonField

SUPPLIERS = Partner.objects.filter(kind=PartnerKind.SUPPLIER, active=True).order_by("code")
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
DECISIONS = [one for one in SupplierStatus.choices if one[0] != SupplierStatus.CANDIDATE]


class EnlistForm(Form):
    """A partner who is to be let in."""

    partner = RowField(label=_("Supplier"), to_field_name="code", queryset=SUPPLIERS)
    owner = PersonField(label=_("Looked after by"))
    contact = forms.CharField(label=_("Contact"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Requests for corrective action are sent there.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)


class CardForm(EditForm):
    """Who looks after a supplier, and whom to write to."""

    owner = PersonField(label=_("Looked after by"))
    contact = forms.CharField(label=_("Contact"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)

    @classmethod
    def of(cls, supplier: Supplier, data: Any = None, **more: Any) -> "CardForm":
        """The form over a card as it stands."""
        standing = {name: getattr(supplier, name) for name in CARD} | {"owner": supplier.owner.number}
        return cls(data, standing=standing, subject=supplier, **more)


class PaperForm(Form):
    """A certificate or agreement."""

    name = forms.CharField(label=_("Paper"), max_length=120, help_text=_("Such as ISO 9001, RoHS or the contract."))
    number = forms.CharField(label=_("Number"), max_length=80, required=False)
    due_at = DayField(label=_("Valid until"))
    file = forms.FileField(label=_("File"), required=False)


class AssessForm(Form):
    """Which round."""

    kind = forms.ChoiceField(label=_("Kind"), choices=AssessmentKind)


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 2}))


class DecideForm(Form):
    """Whether the supplier is in."""

    decision = forms.ChoiceField(label=_("Decision"), choices=DECISIONS)
    next_at = DayField(label=_("Assess again by"), required=False)


class SourceForm(Form):
    """Whether a supplier may deliver a material."""

    supplier = RowField(label=_("Supplier"), to_field_name="code", queryset=SUPPLIERS)
    material = RowField(
        label=_("Material"), to_field_name="code", queryset=MaterialDefinition.objects.order_by("code")
    )
    status = forms.ChoiceField(label=_("State"), choices=SourceStatus)
    until = DayField(label=_("Until"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=300)
