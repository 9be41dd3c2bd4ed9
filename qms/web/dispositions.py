"""The form of a disposition: one decision for everything that is left, or amounts lot by lot."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plant.web.forms import Form
from qms import rework
from qms.models import Decision
from qms.policies import Line
from qms.queries.nonconformances import LotLine

MOST_ROWS = 200


class AmountField(forms.Field):
    """A quantity as people type it, with a point or a comma; nothing means zero."""

    def __init__(self, *, label: str) -> None:
        look = {"inputmode": "decimal", "size": "6", "autocomplete": "off", "aria-label": label}
        super().__init__(required=False, label=label, widget=forms.TextInput(look))

    def to_python(self, value: Any) -> Decimal:
        """The number, or what is wrong with it."""
        text = str(value or "").strip()
        try:
            amount = Decimal(text.replace(",", ".") or "0")
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite() or amount < 0:
            raise forms.ValidationError(gettext("“%(text)s” is not a quantity.") % {"text": text[:40]})
        return amount


class Row(NamedTuple):
    """One lot and a field for each decision about it."""

    line: LotLine
    fields: list[forms.BoundField]


class DispositionForm(Form):
    """What becomes of the lots of a nonconformance."""

    for_all = forms.ChoiceField(
        label=_("For everything that is left"), required=False,
        choices=[("", _("Lot by lot, below")), *Decision.choices],
    )
    step = forms.ChoiceField(label=_("Rework enters at"), required=False)

    def __init__(self, *args: Any, lines: Sequence[LotLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = [line for line in lines if line.left > 0]
        self.lines = self.left[:MOST_ROWS]
        steps = steps_of(self.left)
        self.fields["step"].choices = [("", "—"), *steps]  # type: ignore[attr-defined]
        if not steps:
            self.fields["step"].help_text = _("No operation of these lots' routing lets rework in.")
        for line in self.lines:
            for value, word in Decision.choices:
                self.fields[f"{value}-{line.lot.pk}"] = AmountField(label=f"{word} {line.lot.number}")

    def rows(self) -> list[Row]:
        """The table of amounts."""
        return [Row(line, [self[f"{value}-{line.lot.pk}"] for value in Decision.values]) for line in self.lines]

    def field_of(self, facts: Mapping[str, Any]) -> str | None:
        """The field that a refused decision about a lot came from: the first of the lot's amounts."""
        typed = (field.name for row in self.rows() if row.line.lot.number == facts.get("lot")
                 for field in row.fields if self.cleaned_data[field.name])
        return next(typed, None)

    def decided(self) -> list[Line]:
        """The decisions that were entered."""
        data = self.cleaned_data
        if data["for_all"]:
            return [decided(line, data["for_all"], line.left, data["step"]) for line in self.left]
        return [
            decided(line, value, amount, data["step"])
            for line in self.lines for value in Decision.values if (amount := data[f"{value}-{line.lot.pk}"])
        ]


def decided(line: LotLine, decision: str, amount: Decimal, step: str) -> Line:
    """One line; only rework names an operation."""
    return Line(line.lot, decision, amount, step if decision == Decision.REWORK else "")


def steps_of(lines: Sequence[LotLine]) -> list[tuple[str, str]]:
    """The operations that rework of any of these lots may enter."""
    orders = dict.fromkeys(line.lot.job_order for line in lines if line.lot.job_order)
    found = {step.code: step.label for order in orders for step in rework.steps(order)}
    return list(found.items())
