"""What people fill in about charts: a stretch to freeze limits from, limits by hand, rules."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from plant.web.forms import Form, RowField
from qms.models import ControlPlanLine
from qms.queries import plans
from spc.commands.limits import METHODS
from spc.models import ChartKind, ControlChart, Sampling
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
    method = forms.ChoiceField(label=_("Sigma from"), required=False)
    reason = forms.CharField(
        label=_("Reason"), required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("Asked for when you freeze, leave points out or take one back."),
    )

    def __init__(self, *args: Any, chart: ControlChart, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(name, METHOD_NAMES[name]) for name in METHODS[chart.kind]]
        self.fields["method"].choices = offered  # type: ignore[attr-defined]


class EnterForm(Form):
    """Limits known from elsewhere."""

    center = forms.FloatField(label=_("Centre line"))
    sigma = forms.FloatField(
        label=_("Sigma of the plotted point"), help_text=_("The control limits lie three sigma away.")
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 2}))


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
