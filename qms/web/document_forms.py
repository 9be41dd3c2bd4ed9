"""What people fill in about documents."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plant.models import Equipment, MaterialDefinition, Person, PersonKind, Qualification, Role
from plant.permissions import PARTNERS
from plant.web.forms import CodeField, EditForm, Form, RowField, RowsField
from qms.commands.documents import WORDS
from qms.models import Document, DocumentKind
from qms.web.forms import DayField, PersonField

ROLES = [("", "—"), *[(role.value, role.label) for role in Role if role not in PARTNERS]]


class WordsForm(EditForm):
    """The words of a draft."""

    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind)
    name = forms.CharField(label=_("Title"), max_length=160)
    name_zh = forms.CharField(label=_("Chinese title"), max_length=160, required=False)
    change = forms.CharField(
        label=_("What changed"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )
    issuer = forms.CharField(
        label=_("Issued by"), max_length=120, required=False,
        help_text=_("Of a document from outside: the customer or body whose it is."),
    )
    edition = forms.CharField(label=_("Edition of the issuer"), max_length=60, required=False)
    owner = PersonField(label=pgettext_lazy("document", "Looked over by"))
    review_months = forms.IntegerField(
        label=_("Months between reviews"), min_value=0, max_value=120, help_text=_("0: it is never looked over.")
    )

    @classmethod
    def of(cls, document: Document, data: Any = None, **more: Any) -> "WordsForm":
        """The form over a draft as it stands."""
        standing = {name: getattr(document, name) for name in WORDS} | {"owner": document.owner.number}
        return cls(data, standing=standing, subject=document, **more)


class BeginForm(Form):
    """A new document."""

    code = CodeField(label=_("Document number"), max_length=40)
    kind = WordsForm.base_fields["kind"]
    name = WordsForm.base_fields["name"]
    name_zh = WordsForm.base_fields["name_zh"]
    issuer = WordsForm.base_fields["issuer"]
    edition = WordsForm.base_fields["edition"]
    owner = PersonField(label=pgettext_lazy("document", "Looked over by"))
    review_months = forms.IntegerField(
        label=_("Months between reviews"), min_value=0, max_value=120, initial=12,
        help_text=_("0: it is never looked over."),
    )


class ReviseForm(Form):
    """Why there is a new revision."""

    change = forms.CharField(label=_("What changes"), max_length=2000, widget=forms.Textarea({"rows": 3}))


class AttachForm(Form):
    """The file of a draft."""

    file = forms.FileField(label=_("File"), help_text=_("A PDF or a picture."))


class ShareForm(Form):
    """Who gets it."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES, required=False)
    place = RowField(
        label=_("Site or line"), required=False, to_field_name="code",
        queryset=Equipment.objects.filter(active=True, stores_material=False).order_by("code"),
    )
    person = PersonField(label=_("Person"), required=False)
    must_read = forms.BooleanField(label=_("Signs that it is read and understood"), required=False, initial=True)


class DemandForm(Form):
    """Where it must be known."""

    operation = CodeField(
        label=_("Operation"), max_length=40, required=False,
        help_text=_("Its code in the routing. Or choose a skill: every operation that asks for it."),
    )
    material = RowField(
        label=_("Material"), required=False, to_field_name="code", help_text=_("Empty: whatever is made."),
        queryset=MaterialDefinition.objects.order_by("code"),
    )
    skill = RowField(
        label=_("Skill"), required=False, to_field_name="code", queryset=Qualification.objects.order_by("code")
    )


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 2}))


class ReadForm(Form):
    """The signature under what was read."""

    password = forms.CharField(
        label=_("Your password"), widget=forms.PasswordInput({"autocomplete": "current-password"}, render_value=False)
    )


class FindingForm(Form):
    """What a look at it found."""

    finding = forms.CharField(
        label=_("Finding"), max_length=2000, widget=forms.Textarea({"rows": 2}),
        help_text=_("If something must change, make a new revision instead."),
    )


class FromForm(Form):
    """From when it counts."""

    effective_from = DayField(
        label=_("In effect from"), required=False, help_text=_("Empty: at once. Leave time to read it."),
    )


class TeachForm(Form):
    """Whom one has taught."""

    people = RowsField(
        label=_("People"), to_field_name="number",
        queryset=Person.objects.filter(kind=PersonKind.HUMAN, is_active=True, partner__isnull=True).order_by("number"),
    )
