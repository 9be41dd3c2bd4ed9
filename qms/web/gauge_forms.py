"""What people fill in about gauges: a certificate with its points, a loan, a reason, decisions of a review."""

import math
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant.models import Equipment, Person, PersonKind
from plant.web.forms import Form, RowField
from qms.commands.calibrations import Point
from qms.models import ImpactDecision
from qms.web.forms import DayField
from qms.web.sensors import CalibrationForm

MOST_POINTS = 60


class PointsField(forms.CharField):
    """Calibration points, one a line as copied from a table: reference, as found, allowed deviation, as left."""

    widget = forms.Textarea({"rows": 4, "autocomplete": "off", "spellcheck": "false"})

    def clean(self, value: Any) -> list[Point]:
        """The points, or which line is none."""
        lines = [line for line in str(super().clean(value) or "").splitlines() if line.strip()]
        if len(lines) > MOST_POINTS:
            raise forms.ValidationError(_("Enter at most %(most)s points.") % {"most": MOST_POINTS})
        return [self._point(number, line) for number, line in enumerate(lines, 1)]

    def _point(self, number: int, line: str) -> Point:
        words = line.replace("\t", " ").replace(";", " ").split()
        try:
            values = [float(word.replace(",", ".")) for word in words]
        except ValueError:
            values = []
        if not 3 <= len(values) <= 4 or not all(math.isfinite(one) and abs(one) < 1e300 for one in values):
            message = _("Line %(number)s: enter the reference, what was found, the allowed deviation and, where it was "
                        "adjusted, what it shows now.")
            raise forms.ValidationError(message % {"number": number})
        nominal, found, allowed = values[:3]
        return Point(nominal, found, abs(allowed), values[3] if len(values) == 4 else None)


class GaugeCalibrationForm(CalibrationForm):
    """What the certificate of a gauge says, and what was read at each point."""

    points = PointsField(
        label=gettext_lazy("Points"), required=False,
        help_text=gettext_lazy("One a line: reference, as found, allowed deviation, as left where it was adjusted. "
                               "Columns may be pasted from a table."),
    )


class LendForm(Form):
    """Who gets the gauge."""

    person = RowField(
        label=gettext_lazy("To whom"), required=False, to_field_name="number",
        queryset=Person.objects.filter(kind=PersonKind.HUMAN, is_active=True, partner__isnull=True),
    )
    station = RowField(
        label=gettext_lazy("Or to which station"), required=False, to_field_name="code",
        queryset=Equipment.objects.filter(active=True),
    )
    back_by = DayField(label=gettext_lazy("Back by"), required=False)


class WhyForm(Form):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea({"rows": 2}))


class ImpactForm(Form):
    """What becomes of the measurements that were ticked."""

    decision = forms.ChoiceField(
        label=gettext_lazy("What becomes of them"), choices=[("", "—"), *ImpactDecision.choices]
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=400, widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("For example: the values lie farther from the limits than the gauge was off."),
    )
