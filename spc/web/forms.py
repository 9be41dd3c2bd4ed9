"""What people fill in about charts: a stretch to freeze limits from, limits by hand, rules, answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from plant.web.forms import EditForm, Form, RowField, fingerprint
from qms.models import ControlPlanLine
from qms.queries import plans
from spc import rulebook
from spc.engine.rule import Rule
from spc.engine.rules import RULE_SETS
from spc.models import ChartKind, ControlChart
from traceability.models import Stream

LOCAL = "%Y-%m-%dT%H:%M:%S"
OWN = "own"
validate_slug_or_dot = RegexValidator(r"^[\w.-]+$", _("Letters, digits, dots, hyphens and underscores only."))
SET_NAMES = {
    "default": _("Usual: one point, one side, one trend (7 points)"), "nelson": _("Nelson 1–8"),
    "western-electric": _("Western Electric"), "minitab": _("The eight tests as Minitab counts them"),
}


class Moment(forms.DateTimeInput):
    """A date and time field that browsers know."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__({"step": "1"}, LOCAL)


class FreezeForm(Form):
    """The stretch of readings that limits are told from."""

    data_from = forms.DateTimeField(label=_("Readings from"), widget=Moment, input_formats=[LOCAL, "%Y-%m-%dT%H:%M"])
    data_to = forms.DateTimeField(label=_("Readings to"), widget=Moment, input_formats=[LOCAL, "%Y-%m-%dT%H:%M"])
    excluded = forms.CharField(
        label=_("Leave out"), required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("Times of points with a known cause, one a line. Take them from the list of points outside."),
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, widget=forms.Textarea({"rows": 2}), help_text=_("Asked for when you freeze.")
    )

    def clean_excluded(self) -> list[datetime]:
        """The times that were left out."""
        times = [parse_datetime(line.strip()) for line in self.cleaned_data["excluded"].splitlines() if line.strip()]
        if any(time is None or time.tzinfo is None for time in times):
            raise forms.ValidationError(_("Write each time as it is shown in the list of points outside."))
        return [time for time in times if time]


class EnterForm(Form):
    """Limits known from elsewhere."""

    center = forms.FloatField(label=_("Centre line"))
    sigma = forms.FloatField(
        label=_("Sigma of the plotted point"), help_text=_("The control limits lie three sigma away.")
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 2}))


class RulesForm(EditForm):
    """The rules of a chart: a known set, with the length of its trend rule, or those that it has."""

    rule_set = forms.ChoiceField(label=_("Rules"))
    trend = forms.IntegerField(
        label=_("Points that make a trend"), min_value=3, max_value=20, required=False,
        help_text=_("7 is usual here, Nelson uses 6. Points are counted, not steps. Empty: as the set says."),
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = self.standing["rule_set"]
        own = [(now, _("As they are now"))] if now.startswith(OWN) else []
        self.fields["rule_set"].choices = [*SET_NAMES.items(), *own]  # type: ignore[attr-defined]

    @classmethod
    def of(cls, chart: ControlChart, data: Any = None, **more: Any) -> "RulesForm":
        """The form over the rules that a chart has."""
        return cls(data, standing={"rule_set": cls.name_of(chart)}, subject=chart, **more)

    @staticmethod
    def chosen(chart: ControlChart, asked: dict[str, Any]) -> Sequence[Rule]:
        """The rules that were asked for."""
        name, points = asked["rule_set"], asked["trend"]
        rules = rulebook.parse(chart.rules) if name.startswith(OWN) else RULE_SETS[name]
        if not points:
            return rules
        return [Rule(kind="trend", k=points) if rule.kind == "trend" else rule for rule in rules]

    @staticmethod
    def name_of(chart: ControlChart) -> str:
        """The name of the set that a chart uses; rules of its own have a name for each state of them."""
        mine = rulebook.parse(chart.rules)
        return next((name for name, rules in RULE_SETS.items() if tuple(rules) == mine), f"{OWN}-{fingerprint(mine)}")


class LineField(RowField):
    """A line of a control plan: what is watched, and the reaction plan that follows."""

    def label_from_instance(self, obj: ControlPlanLine) -> str:
        """Plan, operation and characteristic in the reader's language."""
        return f"{obj.plan} · {obj.operation} · {obj.characteristic.title}"


class StreamField(RowField):
    """A stream of readings."""

    def label_from_instance(self, obj: Stream) -> str:
        """Code, equipment and parameter."""
        return f"{obj.code} · {obj.equipment.code} · {obj.parameter.title}"


class ChartForm(Form):
    """A new control chart: what it watches, how it plots, by which rules it judges."""

    code = forms.CharField(label=_("Code"), max_length=80, validators=[validate_slug_or_dot])
    line = LineField(
        label=_("Control plan line"), queryset=ControlPlanLine.objects.none(),
        help_text=_("Names the characteristic, and the reaction plan that is followed when a rule fires."),
    )
    stream = StreamField(
        label=_("Stream"), queryset=Stream.objects.none(), to_field_name="code",
        help_text=_("The readings to plot; they must be of the characteristic's parameter."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=ChartKind, initial=ChartKind.INDIVIDUALS)
    subgroup_size = forms.IntegerField(
        label=_("Subgroup size"), min_value=1, max_value=25, initial=1,
        help_text=_("1 for single values; 2 to 25 readings in a row for mean and range."),
    )
    rule_set = forms.ChoiceField(label=_("Rules"), choices=list(SET_NAMES.items()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = plans.charted_lines()  # type: ignore[attr-defined]
        rows = Stream.objects.filter(active=True).select_related("equipment", "parameter")
        self.fields["stream"].queryset = rows  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """What the command wants to know."""
        data = dict(self.cleaned_data)
        return data | {"rules": data.pop("rule_set")}


class RetireForm(Form):
    """Why a chart is not needed any more."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 2}))


class ReviveForm(RetireForm):
    """Why a chart is needed again."""


class CloseForm(Form):
    """What caused a violation and what was done."""

    assignable_cause = forms.CharField(label=_("Cause"), widget=forms.Textarea({"rows": 2}))
    action_taken = forms.CharField(label=_("What was done"), widget=forms.Textarea({"rows": 2}))


class DismissForm(Form):
    """Why it was a false alarm."""

    reason = forms.CharField(label=_("Why this is a false alarm"), widget=forms.Textarea({"rows": 2}))
