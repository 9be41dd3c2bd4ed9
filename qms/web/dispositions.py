"""The form of a disposition: one decision for everything that is left, or amounts lot by lot."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plant.models import MaterialDefinition
from plant.web.forms import Form, RowField
from qms import rework
from qms.models import Concession, Decision
from qms.policies import Line
from qms.queries import concessions
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
    """What becomes of the lots of a nonconformance; only what can be decided about them is offered."""

    for_all = forms.ChoiceField(label=_("For everything that is left"), required=False)
    step = forms.ChoiceField(label=_("Rework enters at"), required=False)
    to_material = RowField(
        label=_("Regrade to"), required=False, to_field_name="code",
        queryset=MaterialDefinition.objects.filter(active=True),
    )
    concession = RowField(
        label=_("Concession"), required=False, to_field_name="number", queryset=Concession.objects.none()
    )

    def __init__(self, *args: Any, lines: Sequence[LotLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = [line for line in lines if line.left > 0]
        self.lines = self.left[:MOST_ROWS]
        steps = steps_of(self.left)
        self.fields["step"].choices = [("", "—"), *steps]  # type: ignore[attr-defined]
        if not steps:
            self.fields["step"].help_text = _("No operation of these lots' routing lets rework in.")
        usable = concessions.usable([line.lot for line in self.left], timezone.now())
        self.fields["concession"].queryset = usable  # type: ignore[attr-defined]
        self.decisions = offered(self.left, has_steps=bool(steps), has_concession=usable.exists())
        if not usable.exists():
            del self.fields["concession"]
        whole = [("", _("Lot by lot, below")), *self.decisions]
        self.fields["for_all"].choices = whole  # type: ignore[attr-defined]
        for line in self.lines:
            for value, word in self.decisions:
                self.fields[f"{value}-{line.lot.pk}"] = AmountField(label=f"{word} {line.lot.number}")

    def rows(self) -> list[Row]:
        """The table of amounts."""
        return [
            Row(line, [self[f"{value}-{line.lot.pk}"] for value, _word in self.decisions]) for line in self.lines
        ]

    def field_of(self, facts: Mapping[str, Any]) -> str | None:
        """The field that a refused decision about a lot came from: the first of the lot's amounts."""
        typed = (field.name for row in self.rows() if row.line.lot.number == facts.get("lot")
                 for field in row.fields if self.cleaned_data[field.name])
        return next(typed, None)

    def decided(self) -> list[Line]:
        """The decisions that were entered."""
        data = self.cleaned_data
        if data["for_all"]:
            return [decided(line, data["for_all"], line.left, data) for line in self.left]
        return [
            decided(line, value, amount, data)
            for line in self.lines for value, _word in self.decisions if (amount := data[f"{value}-{line.lot.pk}"])
        ]


class SortForm(Form):
    """Which lot is sorted, and by what."""

    lot = forms.ChoiceField(label=_("Lot"))
    criterion = forms.CharField(label=_("What tells good from bad"), widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, lines: Sequence[LotLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left = {line.lot.number: line.lot for line in lines if line.left > 0}
        self.fields["lot"].choices = [(number, number) for number in self.left]  # type: ignore[attr-defined]


def offered(lines: Sequence[LotLine], *, has_steps: bool, has_concession: bool) -> list[tuple[str, Any]]:
    """The decisions that are possible about these lots."""
    hidden = {Decision.SORTED}
    if not has_concession:
        hidden.add(Decision.CONCESSION)
    if not any(line.lot.supplier_id for line in lines):
        hidden.add(Decision.RETURN)
    if not has_steps:
        hidden.add(Decision.REWORK)
    return [(value, word) for value, word in Decision.choices if value not in hidden]


def decided(line: LotLine, decision: str, amount: Decimal, data: Mapping[str, Any]) -> Line:
    """One line; only rework names an operation, a regrade its material, a use under concession which one."""
    return Line(
        line.lot, decision, amount, data["step"] if decision == Decision.REWORK else "",
        data.get("to_material") if decision == Decision.REGRADE else None,
        data.get("concession") if decision == Decision.CONCESSION else None,
    )


def steps_of(lines: Sequence[LotLine]) -> list[tuple[str, str]]:
    """The operations that rework of any of these lots may enter."""
    orders = dict.fromkeys(line.lot.job_order for line in lines if line.lot.job_order)
    found = {step.code: step.label for order in orders for step in rework.steps(order)}
    return list(found.items())


