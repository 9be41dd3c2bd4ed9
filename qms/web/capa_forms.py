"""What people fill in about a CAPA: what it is for, its team, its stages, causes, actions and what it orders."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plant.models import Equipment, EquipmentLevel, MaterialDefinition, Partner, PartnerKind
from plant.web.forms import Form, NumbersField, RowField
from qms import reopening
from qms.models import (
    CapaActionKind,
    CapaMethod,
    CapaSource,
    Nonconformance,
    Severity,
)
from qms.web.forms import DayField, PersonField
from traceability.web.forms import LotNumbersField


class CasesField(NumbersField):
    """Nonconformances by their numbers."""

    widget = forms.Textarea({"rows": 2, "autocomplete": "off"})
    rows = Nonconformance.objects.select_related("site")
    missing = _("There is no nonconformance %(numbers)s. Check the numbers.")
    most = 50


class CapaForm(Form):
    """A CAPA: what shall not happen again, who cares for it, and until when."""

    title = forms.CharField(label=_("Title"), max_length=200)
    problem = forms.CharField(label=_("Problem"), widget=forms.Textarea({"rows": 4}))
    method = forms.TypedChoiceField(
        label=_("Method"), choices=CapaMethod, initial=CapaMethod.SIMPLE, required=False,
        empty_value=CapaMethod.SIMPLE,
    )
    others = CasesField(
        label=_("Other nonconformances of the same kind"), required=False,
        help_text=_("Their numbers; this CAPA answers them too."),
    )
    customer = RowField(
        label=_("Customer"), required=False, to_field_name="code",
        queryset=Partner.objects.filter(kind=PartnerKind.CUSTOMER, active=True),
    )
    owner = PersonField(label=_("Owner"))
    due_at = DayField(label=_("Actions done by"))
    check_due_at = DayField(
        label=_("Effectiveness check not before"), help_text=_("Leave enough time to see whether it stays away.")
    )


class NewCapaForm(CapaForm):
    """A CAPA that no single nonconformance leads to: a complaint, an audit, a supplier, an own idea."""

    source_kind = forms.ChoiceField(
        label=_("Opened for"), initial=CapaSource.OWN,
        choices=[pair for pair in CapaSource.choices if pair[0] != CapaSource.NONCONFORMANCE],
    )
    source_id = forms.CharField(label=_("Number of the complaint, audit or supplier"), required=False, max_length=60)
    site = RowField(
        label=_("Site"), to_field_name="code", queryset=Equipment.objects.filter(level=EquipmentLevel.SITE)
    )
    material = RowField(
        label=_("Material"), required=False, to_field_name="code",
        queryset=MaterialDefinition.objects.filter(active=True),
    )
    severity = forms.ChoiceField(label=_("Severity"), choices=Severity, initial=Severity.MAJOR)
    field_order = ("title", "problem", "source_kind", "source_id", "site", "material", "severity", "method")


class CasesForm(Form):
    """More nonconformances of the same kind."""

    cases = CasesField(label=_("Nonconformances"))


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 2}))


class ActionForm(Form):
    """Something to do."""

    kind = forms.ChoiceField(label=_("Kind"), choices=CapaActionKind, initial=CapaActionKind.CORRECTIVE)
    description = forms.CharField(label=_("What is done"), widget=forms.Textarea({"rows": 3}))
    owner = PersonField(label=_("Owner"))
    due_at = DayField(label=_("Due"))
    place = RowField(
        label=_("Line or station"), required=False, to_field_name="code",
        queryset=Equipment.objects.filter(active=True), help_text=_("Of a deployment: where else it is done."),
    )
    material = RowField(
        label=_("Material"), required=False, to_field_name="code",
        queryset=MaterialDefinition.objects.filter(active=True),
    )


class ManyFiles(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Photos or papers that show something."""

    widget = ManyFiles(attrs={"accept": ".png,.jpg,.jpeg,.webp,.pdf,.xlsx,.docx,.txt,.csv"})

    def clean(self, data: Any, initial: Any = None) -> list[tuple[str, bytes]]:
        """Name and bytes of each."""
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        return [(one.name, one.read()) for one in sent]


class ResultForm(Form):
    """What came of an action."""

    result = forms.CharField(label=_("What came of it"), max_length=2000, widget=forms.Textarea({"rows": 2}))
    files = FilesField(label=_("Evidence: photos or files"), required=False)


class VerifyForm(Form):
    """Whether an action was done and works."""

    is_good = forms.ChoiceField(
        label=_("Verdict"),
        choices=[("", "—"), ("yes", _("Done, and it works")), ("no", _("Not done, or it does not work"))],
    )
    finding = forms.CharField(label=_("What you found"), max_length=2000, widget=forms.Textarea({"rows": 2}))


class PutOffForm(ReasonForm):
    """More time for an action."""

    due_at = DayField(label=_("Due"))
    field_order = ("due_at", "reason")


class StopForm(ReasonForm):
    """Which line or station is to stand still."""

    place = RowField(
        label=_("Line or station"), to_field_name="code",
        queryset=Equipment.objects.filter(
            active=True, level__in=[EquipmentLevel.WORK_CENTER, EquipmentLevel.WORK_UNIT], stores_material=False
        ).order_by("level", "code"),
    )
    field_order = ("place", "reason")


class QuarantineForm(ReasonForm):
    """Lots to be set aside."""

    lots = LotNumbersField(label=_("Lots or serials"))
    field_order = ("lots", "reason")


class ReviseForm(ReasonForm):
    """A planning document that is to be revised."""

    document = forms.ChoiceField(label=_("Document"))
    field_order = ("document", "reason")

    def __init__(self, *args: Any, material: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (str(keeper.word), [(f"{one.kind}|{one.key}", one.label)
                                for one in reopening.offered(keeper.kind, material)])
            for keeper in reopening.keepers()
        ]
        self.fields["document"].choices = [("", "—"), *(pair for pair in choices if pair[1])]  # type: ignore[attr-defined]


class StartForm(Form):
    """Until when it is watched this time."""

    check_due_at = DayField(label=_("Effectiveness check not before"))


class CheckForm(Form):
    """Whether it worked."""

    effective = forms.ChoiceField(
        label=_("Verdict"),
        choices=[("", "—"), ("yes", _("Effective: it stayed away")), ("no", _("Not effective: actions begin again"))],
    )
