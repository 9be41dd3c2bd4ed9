"""What people fill in about recalls and drills."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plant.models import MaterialDefinition, Partner, PartnerKind
from plant.web.forms import Form, RowField
from qms.commands.recall_letters import Address
from qms.models import Complaint, Severity, Way
from qms.models.recall_letter import LANGUAGES
from qms.queries.recall_letters import Reader
from qms.web.forms import DayField, PersonField
from traceability import starting
from traceability.queries.scope import Reach
from traceability.starting import Asked
from traceability.web.scope import StartForm

CUSTOMERS = Partner.objects.filter(kind=PartnerKind.CUSTOMER).order_by("code")
NOTICE = forms.Textarea({"rows": 3})


class RecallForm(Form):
    """What is called back and why; what the public is told."""

    title = forms.CharField(label=_("What is called back"), max_length=200)
    reason = forms.CharField(label=_("Why"), max_length=4000, widget=forms.Textarea({"rows": 3}))
    severity = forms.ChoiceField(label=_("Severity"), choices=Severity, initial=Severity.MAJOR)
    complaint = RowField(
        label=_("Complaint"), required=False, to_field_name="number",
        queryset=Complaint.objects.exclude(status="DECLINED").order_by("-opened_at"),
    )
    text = forms.CharField(
        label=_("Notice in English"), max_length=600, widget=NOTICE,
        help_text=_("What people who have the product are to do. It stands on the page behind its code at once."),
    )
    text_zh = forms.CharField(label=_("Notice in Chinese"), max_length=600, widget=NOTICE)

    def __init__(self, *args: Any, reached: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reached = reached


class DrillForm(Form):
    """What is rehearsed; the clock begins with it."""

    title = forms.CharField(
        label=_("What is rehearsed"), max_length=200,
        help_text=_("For instance: where is everything made of the reel with the label SL-2203?"),
    )
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea({"rows": 2}))
    goal_minutes = forms.IntegerField(label=_("Goal in minutes"), min_value=1, max_value=10_000, initial=240)


class QuestionForm(StartForm):
    """Where the scope starts."""

    @property
    def asked(self) -> Asked:
        """The question, once the form is valid."""
        return Asked(**{name: self.cleaned_data[name] for name in Asked.__dataclass_fields__})

    def clean(self) -> dict[str, Any]:
        """A kind that somebody knows."""
        data = super().clean() or {}
        if data.get("kind") and data["kind"] not in starting.STARTS:
            self.add_error("kind", _("Choose where to start."))
        return data


class DeclareForm(Form):
    """What the public is told from now on."""

    text = forms.CharField(label=_("Notice in English"), max_length=600, widget=NOTICE)
    text_zh = forms.CharField(label=_("Notice in Chinese"), max_length=600, widget=NOTICE)


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 3}))


class TaskForm(Form):
    """Something to do, by whom, until when."""

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    owner = PersonField(label=_("Owner"))
    due_at = DayField(label=_("Due"))


class OutcomeForm(Form):
    """What came of a task."""

    outcome = forms.CharField(label=_("What came of it"), max_length=400, widget=forms.Textarea({"rows": 2}))


class TellForm(Form):
    """Which customer was told, and how."""

    customer = RowField(label=_("Customer"), to_field_name="code", queryset=CUSTOMERS)
    way = forms.ChoiceField(label=_("How"), choices=Way, initial=Way.LETTER)
    contact = forms.CharField(label=_("Contact"), max_length=120, required=False)


class LettersForm(Form):
    """Where each customer is written to: an empty address is not written to now."""

    def __init__(self, *args: Any, readers: Sequence[Reader], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.readers = readers
        for at, one in enumerate(readers):
            contact = one.contact
            is_due = contact is not None and (not one.is_written or one.unnamed)
            self.fields[f"email_{at}"] = forms.EmailField(
                label=str(one.customer), required=False, initial=contact.email if contact and is_due else "",
                help_text=_("Already written to; enter the address to write again.")
                if one.is_written and not one.unnamed else "",
            )
            self.fields[f"language_{at}"] = forms.ChoiceField(
                label=_("Language of the letter"), choices=LANGUAGES, required=False,
                initial=contact.language if contact else "zh-hans",
            )

    @property
    def to(self) -> list[Address]:
        """Those who are written to, once the form is valid."""
        said = self.cleaned_data
        return [
            Address(one.customer, said[f"email_{at}"], said[f"language_{at}"] or "zh-hans")
            for at, one in enumerate(self.readers) if said[f"email_{at}"]
        ]


class AnswerForm(Form):
    """What a customer says became of it."""

    customer = RowField(label=_("Customer"), to_field_name="code", queryset=CUSTOMERS)
    material = RowField(
        label=_("Material"), to_field_name="code", queryset=MaterialDefinition.objects.order_by("code")
    )
    destroyed = forms.DecimalField(label=_("Destroyed there"), min_value=0, max_digits=18, decimal_places=6, initial=0)
    used = forms.DecimalField(label=_("Used up"), min_value=0, max_digits=18, decimal_places=6, initial=0)
    remark = forms.CharField(label=_("What the customer says"), max_length=400)
