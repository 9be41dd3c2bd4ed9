"""What people fill in about complaints, returns and how content customers are."""

from django import forms
from django.utils.translation import gettext_lazy as _

from plant.models import Equipment, MaterialDefinition, Partner, PartnerKind, ReasonCode, ReasonUse
from plant.web.forms import CodeField, Form, RowField
from qms.models import ComplaintSource, RmaDecision, Severity, Topic
from qms.web.forms import DayField, PersonField

CUSTOMERS = Partner.objects.filter(kind=PartnerKind.CUSTOMER, active=True).order_by("code")


class ComplaintForm(Form):
    """What a customer complains about."""

    number = CodeField(
        label=_("Lot or serial number"), max_length=80, required=False,
        help_text=_("As it stands on the label: customer, material and genealogy follow from it."),
    )
    title = forms.CharField(label=_("What is wrong"), max_length=200)
    description = forms.CharField(label=_("Description"), required=False, widget=forms.Textarea({"rows": 4}))
    source = forms.ChoiceField(label=_("Told by"), choices=ComplaintSource)
    severity = forms.ChoiceField(label=_("Severity"), choices=Severity, initial=Severity.MAJOR)
    customer = RowField(label=_("Customer"), required=False, to_field_name="code", queryset=CUSTOMERS)
    material = RowField(
        label=_("Material"), required=False, to_field_name="code", queryset=MaterialDefinition.objects.order_by("code")
    )
    quantity = forms.IntegerField(label=_("Pieces"), min_value=1, max_value=10**6, initial=1)
    failed_at = DayField(label=_("Failed"), required=False)
    owner = PersonField(label=_("Owner"), required=False)


class AcceptForm(Form):
    """Who answers for it."""

    owner = PersonField(label=_("Owner"))


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 3}))


class AnswerForm(Form):
    """What the customer is told."""

    text = forms.CharField(label=_("Answer to the customer"), widget=forms.Textarea({"rows": 6}), max_length=10_000)
    cause = forms.ModelChoiceField(
        label=_("Kind of cause"), required=False, queryset=ReasonCode.objects.filter(use=ReasonUse.CAUSE, active=True)
    )


class RmaForm(Form):
    """What may come back."""

    lot = CodeField(label=_("Lot or serial number"), max_length=80)
    quantity = forms.DecimalField(label=_("Quantity"), min_value=0, max_digits=18, decimal_places=6)
    in_warranty = forms.BooleanField(label=_("In warranty"), required=False, initial=True)


class ReceiveForm(Form):
    """Where it is put."""

    store = RowField(
        label=_("Store"), to_field_name="code",
        queryset=Equipment.objects.filter(active=True, stores_material=True).order_by("code"),
    )


class AnalyseForm(Form):
    """What was found."""

    analysis = forms.CharField(label=_("What the analysis found"), widget=forms.Textarea({"rows": 5}))


class DecideForm(Form):
    """What becomes of it."""

    decision = forms.ChoiceField(label=_("Decision"), choices=RmaDecision)
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 2}))


class FinishForm(Form):
    """What was done."""

    done = forms.CharField(
        label=_("What was done"), widget=forms.Textarea({"rows": 4}),
        help_text=_("Which part was changed, what was sent instead: it stands in the dossier of the serial."),
    )


class SatisfactionForm(Form):
    """What a customer said."""

    customer = RowField(label=_("Customer"), to_field_name="code", queryset=CUSTOMERS)
    topic = forms.ChoiceField(label=_("Asked about"), choices=Topic, initial=Topic.OVERALL)
    score = forms.IntegerField(label=_("Score, 0 to 10"), min_value=0, max_value=10)
    contact = forms.CharField(label=_("Contact"), max_length=120, required=False)
    remark = forms.CharField(label=_("Remark"), required=False, widget=forms.Textarea({"rows": 3}))
