"""What people fill in about charts: a stretch to freeze limits from, limits by hand, rules."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from plant.web.forms import Form, RowField
from qms.models import ControlPlanLine
from qms.queries import plans
from spc.models import ChartKind, ControlChart, Sampling
from spc.queries.previews import METHODS
from spc.varying import DEFAULTS
from spc.web.rule_form import SET_NAMES
from traceability.models import Stream

LOCAL = "%Y-%m-%dT%H:%M:%S"
validate_slug_or_dot = RegexValidator(r"^[\w.-]+$", _("Letters, digits, dots, hyphens and underscores only."))


METHOD_NAMES = {
    "mr2": _("Moving range of 2"), "mr3": _("Moving range of 3"), "mr4": _("Moving range of 4"),
    "mr5": _("Moving range of 5"), "s": _("Standard deviation of all (s / c4): hides slow drifts"),
    "uwave-r": _("Mean of the ranges (R / d2)"), "mvlue-r": _("Ranges, weighted by how sure they are (MVLUE)"),
    "uwave-sd": _("Mean of the deviations (s / c4)"),
    "mvlue-sd": _("Deviations, weighted by how sure they are (MVLUE)"),
    "rmsdf": _("Pooled variance within subgroups"),
    "pooled": _("All bad ones over all that were looked at"),
}


class Moment(forms.DateTimeInput):
    """A date and time field that browsers know."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__({"step": "1"}, LOCAL)


def settings_fields() -> dict[str, forms.Field]:
    """What is chosen for a chart that remembers, by the name of the setting."""
    return {
        "lambda": forms.FloatField(
            label=_("Weight of the newest reading (λ)"), min_value=0.001, max_value=1, required=False,
            help_text=_("0.2 is usual; a smaller one sees smaller shifts, later."),
        ),
        "L": forms.FloatField(
            label=_("Limits lie so many sigma away (L)"), min_value=0.1, max_value=10, required=False,
        ),
        "k": forms.FloatField(
            label=_("Slack in sigma (k)"), min_value=0, max_value=10, required=False,
            help_text=_("Half the shift to be seen: 0.5 for a shift of one sigma."),
        ),
        "h": forms.FloatField(label=_("Limit of the sums in sigma (h)"), min_value=0.1, max_value=100, required=False),
        "fir": forms.BooleanField(
            label=_("Start at half the limit (fast initial response)"), required=False,
            help_text=_("Sees sooner that a process was not set right when the limits began."),
        ),
    }


def with_settings(form: forms.Form, chart: ControlChart) -> None:
    """Ask for the settings of the chart's kind as well."""
    offered = settings_fields()
    for name, value in DEFAULTS.get(chart.kind, {}).items():
        offered[name].initial = chart.settings.get(name, value)
        form.fields[f"set_{name}"] = offered[name]


def settings_in(data: dict[str, Any]) -> dict[str, Any]:
    """The settings among what was filled in, taken out of it; what was left empty is as usual."""
    found = {name.removeprefix("set_"): data.pop(name) for name in list(data) if name.startswith("set_")}
    return {name: value for name, value in found.items() if value is not None}


class FreezeForm(Form):
    """The stretch of readings that limits are told from."""

    data_from = forms.DateTimeField(label=_("Readings from"), widget=Moment, input_formats=[LOCAL, "%Y-%m-%dT%H:%M"])
    data_to = forms.DateTimeField(label=_("Readings to"), widget=Moment, input_formats=[LOCAL, "%Y-%m-%dT%H:%M"])
    method = forms.ChoiceField(label=_("Sigma from"), required=False)
    reason = forms.CharField(
        label=_("Reason"), required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("Asked for when you freeze, leave points out or take one back."),
    )

    def __init__(self, *args: Any, chart: ControlChart, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(name, METHOD_NAMES[name]) for name in METHODS[chart.kind]]
        self.fields["method"].choices = offered  # type: ignore[attr-defined]
        with_settings(self, chart)

    def clean(self) -> dict[str, Any]:
        """Settings apart from the rest."""
        data = dict(super().clean() or {})
        return data | {"settings": settings_in(data)}


class EnterForm(Form):
    """Limits known from elsewhere."""

    center = forms.FloatField(label=_("Centre line"))
    sigma = forms.FloatField(
        label=_("Sigma of the plotted point"), help_text=_("The control limits lie three sigma away.")
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, chart: ControlChart, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with_settings(self, chart)
        if chart.is_counted:
            del self.fields["sigma"]
            self.fields["center"].help_text = _("The share of bad items (0.02 for 2 %), or the faults of one unit.")
        elif chart.is_remembered:
            self.fields["sigma"].label = _("Sigma of single readings")
            self.fields["sigma"].help_text = ""

    def clean(self) -> dict[str, Any]:
        """Settings apart from the rest."""
        data = dict(super().clean() or {})
        return data | {"settings": settings_in(data)}


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
        help_text=_("1 for single values; 2 to 25 readings for a mean."),
    )
    sampling = forms.ChoiceField(label=_("Taking samples"), choices=Sampling, initial=Sampling.IN_A_ROW, required=False)
    every_seconds = forms.IntegerField(
        label=_("Interval"), min_value=1, max_value=86_400, required=False,
        help_text=_("Seconds from one sample to the next, where samples are taken at intervals."),
    )
    only_its_product = forms.BooleanField(
        label=_("Judge only while the plan's product is at the equipment"), required=False,
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
        return data | {"rules": data.pop("rule_set"), "sampling": data["sampling"] or Sampling.IN_A_ROW}


class AnnotateForm(Form):
    """What somebody says of a moment of a chart."""

    moment = forms.DateTimeField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("Comment"), max_length=4000, widget=forms.Textarea({"rows": 3}))


class RetireForm(Form):
    """Why a chart is not needed any more."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 2}))


class ReviveForm(RetireForm):
    """Why a chart is needed again."""
