"""What people fill in about gauge studies: a design, one value, a table from a spreadsheet, why one is given up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plant.models import Equipment
from plant.web.forms import Form, RowField
from qms.models import Characteristic
from spc.commands.studies import SIZES, Measured
from spc.models import StudyMethod
from spc.web.forms import validate_slug_or_dot

PASTED = ("part", "appraiser", "trial", "value")


class CharacteristicField(RowField):
    """What the gauge measures, in the reader's language."""

    def label_from_instance(self, obj: Characteristic) -> str:
        """Code and name."""
        return f"{obj.code} · {obj.title}"


class DesignForm(Form):
    """Which gauge, for what, and who measures how many parts how often."""

    code = forms.CharField(label=_("Code"), max_length=80, validators=[validate_slug_or_dot])
    gauge = forms.CharField(
        label=_("Gauge"), max_length=80, help_text=_("Its number, as it stands on the calibration label.")
    )
    characteristic = CharacteristicField(
        label=_("Characteristic"), queryset=Characteristic.objects.none(),
        help_text=_("Its tolerance is what the spread of the gauge is compared with."),
    )
    equipment = RowField(label=_("Place"), queryset=Equipment.objects.none(), to_field_name="code")
    parts = forms.IntegerField(
        label=_("Parts"), min_value=SIZES["parts"][0], max_value=SIZES["parts"][1], initial=10,
        help_text=_("10, chosen over the whole spread of the process."),
    )
    appraisers = forms.CharField(
        label=_("Appraisers"), initial="A, B, C", help_text=_("People who use the gauge, with commas between.")
    )
    trials = forms.IntegerField(
        label=_("Trials"), min_value=SIZES["trials"][0], max_value=SIZES["trials"][1], initial=3,
        help_text=_("How often each of them measures each part: 2 or 3."),
    )
    method = forms.ChoiceField(label=_("Method"), choices=StudyMethod, initial=StudyMethod.ANOVA)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Characteristic.objects.select_related("parameter__unit").order_by("code")
        self.fields["characteristic"].queryset = rows  # type: ignore[attr-defined]
        self.fields["equipment"].queryset = Equipment.objects.filter(active=True)  # type: ignore[attr-defined]

    def clean_appraisers(self) -> list[str]:
        """The names; each fits its column."""
        names = [name.strip() for name in self.cleaned_data["appraisers"].replace("，", ",").split(",")]
        if any(len(name) > 40 for name in names):
            raise forms.ValidationError(_("A name has at most 40 letters."))
        return [name for name in names if name]


class ValueForm(Form):
    """One measurement."""

    place = forms.IntegerField(widget=forms.HiddenInput)
    value = forms.FloatField(
        label=_("Value"), widget=forms.NumberInput({"step": "any", "autofocus": True, "inputmode": "decimal"})
    )


class PasteForm(Form):
    """Many measurements, copied from a spreadsheet."""

    rows = forms.CharField(
        label=_("Table"), widget=forms.Textarea({"rows": 8}),
        help_text=_("Four columns: part, appraiser, trial, value. A first line with names is left out."),
    )

    def clean_rows(self) -> list[Measured]:
        """The rows as readings; a line that can't be read is named."""
        lines = [line for line in self.cleaned_data["rows"].splitlines() if line.strip()]
        found = []
        for number, line in enumerate(lines, start=1):
            cells = [cell.strip() for cell in line.replace(";", "\t").replace(",", "\t").split("\t")]
            if number == 1 and tuple(cell.casefold() for cell in cells) == PASTED:
                continue
            found.append(_measured(cells, number))
        return found


class CancelForm(Form):
    """Why a study is given up."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 2}))


def _measured(cells: list[str], number: int) -> Measured:
    try:
        part, appraiser, trial, value = cells
        return Measured(int(part), appraiser, int(trial), float(value))
    except ValueError as reason:
        words = _("Line %(n)s is not part, appraiser, trial and value; write numbers with a point.")
        raise forms.ValidationError(words % {"n": number}) from reason
