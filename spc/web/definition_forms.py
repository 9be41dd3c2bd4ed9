"""What people fill in about chart definitions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plant.models import Parameter
from plant.web.forms import EditForm, Form, RowField
from spc import rulebook
from spc.models import REMEMBERED, ChartDefinition, ChartKind, Sampling
from spc.queries import definitions
from spc.varying import DEFAULTS
from spc.web.forms import settings_fields, settings_in, validate_slug_or_dot
from spc.web.rule_form import SET_NAMES

KEY_NAMES = {
    "product": _("Product: judged only while it is there"), "operation": _("Operation"),
    "characteristic": _("Characteristic"),
}
AS_THEY_ARE = "kept"


def add_settings(form: forms.Form, known: dict[str, Any]) -> None:
    """The settings of the kinds that remember; those of another kind than chosen are passed over."""
    for name, field in settings_fields().items():
        field.initial = known.get(name, next(one[name] for one in DEFAULTS.values() if name in one))
        form.fields[f"set_{name}"] = field


class DefinitionForm(Form):
    """A new definition: what is charted where, how, and what tells its charts apart."""

    code = forms.CharField(label=_("Code"), max_length=40, validators=[validate_slug_or_dot])
    name = forms.CharField(label=_("Name"), max_length=120)
    parameter = RowField(label=_("Parameter"), queryset=Parameter.objects.all(), to_field_name="code")
    equipment = RowField(
        label=_("Within"), queryset=definitions.everywhere(), to_field_name="code",
        help_text=_("Every machine in this place that reports the parameter gets charts of its own."),
    )
    keys = forms.MultipleChoiceField(
        label=_("Besides equipment, a chart of its own for each"), choices=list(KEY_NAMES.items()), required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=ChartKind, initial=ChartKind.INDIVIDUALS)
    subgroup_size = forms.IntegerField(
        label=_("Subgroup size"), min_value=1, max_value=25, initial=1,
        help_text=_("1 for single values; 2 to 25 readings for a mean."),
    )
    sampling = forms.ChoiceField(label=_("Taking samples"), choices=Sampling, initial=Sampling.IN_A_ROW)
    every_seconds = forms.IntegerField(
        label=_("Interval"), min_value=1, max_value=86_400, required=False,
        help_text=_("Seconds from one sample to the next, where samples are taken at intervals."),
    )
    rules = forms.ChoiceField(
        label=_("Rules"), choices=list(SET_NAMES.items()),
        help_text=_("EWMA and CUSUM judge by themselves; counts leave out rules about zones."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        add_settings(self, {})

    def asked(self) -> dict[str, Any]:
        """What the command wants to know."""
        data = dict(self.cleaned_data)
        settings = settings_in(data)
        return data | {"settings": settings}


class ChangeForm(EditForm):
    """Another way for the charts of a definition."""

    name = forms.CharField(label=_("Name"), max_length=120)
    rules = forms.ChoiceField(label=_("Rules"))
    sampling = forms.ChoiceField(label=_("Taking samples"), choices=Sampling)
    every_seconds = forms.IntegerField(label=_("Interval"), min_value=1, max_value=86_400, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, definition: ChartDefinition, **kwargs: Any) -> None:
        names = ("name", "sampling", "every_seconds")
        standing = {name: getattr(definition, name) for name in names} | {"rules": AS_THEY_ARE}
        standing |= {f"set_{name}": definition.settings.get(name) for name in DEFAULTS.get(definition.kind, {})}
        super().__init__(*args, standing=standing, subject=definition, **kwargs)
        self.definition = definition
        rules = self.fields["rules"]
        rules.choices = [(AS_THEY_ARE, _("As they are")), *SET_NAMES.items()]  # type: ignore[attr-defined]
        if definition.kind in REMEMBERED:
            rules.widget, rules.required = forms.HiddenInput(), False
        offered = settings_fields()
        self.fields.update({f"set_{name}": offered[name] for name in DEFAULTS.get(definition.kind, {})})

    def asked(self) -> dict[str, Any]:
        """What the command wants to know."""
        data = dict(self.cleaned_data)
        settings, chosen = settings_in(data), data["rules"] or AS_THEY_ARE
        rules = rulebook.parse(self.definition.rules) if chosen == AS_THEY_ARE else chosen
        return data | {"settings": settings, "rules": rules}


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 2}))
