"""What an inspector fills in: pieces judged by eye, many values at once, why a lot is inspected again."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant.errors import Refusal
from plant.models import ReasonCode, ReasonUse
from plant.web.forms import CodeField, Form
from qms import qif, results_file
from qms.commands.counting import faults_counted
from qms.commands.entering import value_of
from qms.commands.results import Row
from qms.models import Verdict
from qms.queries import defect_marks
from qms.queries.inspections import ItemState

MOST = 10**6
LARGEST = 20 * 2**20  # bytes of a file
BETWEEN = re.compile(r"[\s;]+")  # a column or a row copied from a spreadsheet, or one value a line


class CountForm(Form):
    """How many pieces were looked at, how many of them were not good, and which defects they had."""

    inspected = forms.IntegerField(label=gettext_lazy("Pieces looked at"), min_value=0, max_value=MOST)
    found = forms.IntegerField(label=gettext_lazy("Not good"), min_value=0, max_value=MOST, initial=0)

    def __init__(self, *args: Any, state: ItemState, corrects: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["inspected"].initial = state.left
        if faults_counted(state.item):
            del self.fields["found"]
        self.kinds = {f"defect-{one.pk}": one for one in defects()}
        marked = defect_marks.by_code(state.item) if not state.counts else {}
        for name, one in self.kinds.items():
            self.fields[name] = forms.IntegerField(
                label=one.title, min_value=0, max_value=MOST, required=False, initial=marked.get(one.pk),
            )
        if corrects:
            self.fields["reason"] = forms.CharField(label=gettext_lazy("Why it is corrected"), max_length=200)

    def asked(self) -> dict[str, Any]:
        """What the command asks for."""
        data = self.cleaned_data
        found = {one: data[name] or 0 for name, one in self.kinds.items()}
        words = {"inspected": data["inspected"], "found": data.get("found", 0), "reason": data.get("reason", "")}
        return {**words, "defects": found}


def defects() -> list[ReasonCode]:
    """The defects that can be chosen: the finest of their tree."""
    return list(ReasonCode.objects.filter(use=ReasonUse.DEFECT, active=True, children__isnull=True).order_by("code"))


class FileForm(Form):
    """The results of a measuring machine."""

    file = forms.FileField(
        label=gettext_lazy("QIF file"), help_text=gettext_lazy("Each part of the file is a sample, in its order."),
    )

    gauge = CodeField(
        label=gettext_lazy("Gauge"), required=False, max_length=60,
        help_text=gettext_lazy("The measuring machine, where a characteristic asks for its gauge."),
    )

    def clean_file(self) -> qif.Results:
        """What the file holds, or what is wrong with it."""
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST:
            raise forms.ValidationError(_("The file is too large. Export fewer parts at a time."))
        try:
            return qif.read(sent.file)
        except qif.Unreadable as error:
            message = _("This is no QIF file with results (%(error)s). Export the results again.")
            raise forms.ValidationError(message % {"error": error}) from error


class TableForm(Form):
    """A table of measured values."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy("With a head: characteristic, value, and where you like sample and gauge."),
    )
    gauge = CodeField(label=gettext_lazy("Gauge"), required=False, max_length=60)

    def clean_file(self) -> list[Row]:
        """The rows, or which lines are none."""
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST:
            raise forms.ValidationError(_("The file is too large. Export fewer parts at a time."))
        try:
            return results_file.read(sent.read())
        except results_file.Unreadable as error:
            lines = "; ".join(f"{line}: {text}" for line, text in error.faults[:10])
            message = _("These lines can't be read: %(lines)s. A line has a characteristic's code and a number.")
            raise forms.ValidationError(message % {"lines": lines}) from error


class OverrideForm(Form):
    """A verdict that is not what the results say."""

    verdict = forms.ChoiceField(label=gettext_lazy("Verdict"), choices=[("", "—"), *Verdict.choices])
    restrictions = forms.CharField(
        label=gettext_lazy("Restrictions"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("What the lot may be used for, where it is accepted with restrictions."),
    )


class RepeatForm(Form):
    """Why a lot that failed is inspected once more."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea({"rows": 2}))


def values_of(text: str, state: ItemState) -> dict[int, float]:
    """Values that were pasted, for the samples that have none yet, in their order."""
    words = [word for word in BETWEEN.split(text.strip()) if word]
    free = [sample for sample, result in state.samples if result is None]
    if len(words) > len(free):
        message = _("%(count)s values were pasted, but only %(free)s samples have none yet.")
        raise Refusal(message % {"count": len(words), "free": len(free)}, code="too-many", facts={"field": "pasted"})
    return {sample: value_of(word, "pasted") for sample, word in zip(free, words, strict=False)}
