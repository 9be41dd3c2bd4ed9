"""Which gauge somebody measures with: scanned or chosen, the one of the last measurement first."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant.web.forms import CodeField, CodeInput, Form
from qms.models import Gauge
from qms.queries import gauge_register
from qms.queries.inspections import ItemState
from qms.queries.result_grid import Grid


class GaugeForm(Form):
    """The gauge that somebody measures with."""

    is_checked = False

    gauge = CodeField(
        max_length=200, widget=CodeInput({"list": "gauges-offered"}),
        help_text=gettext_lazy("Scan the gauge that you measure with, or choose it. Only those whose calibration holds "
                               "are offered."),
    )


class TableForm(Form):
    """What stands around a table of values: the gauge of each type that it asks for, and why a value is corrected."""

    is_checked = False

    def __init__(self, *args: Any, grid: Grid, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, code, _offered in grid.gauges:
            self.fields[f"gauge_{kind.pk}"] = CodeField(
                label=kind.title, required=False, max_length=200, initial=code,
                widget=CodeInput({"list": f"gauges-{kind.pk}"}), help_text=_("Scan the gauge that you measure with."),
            )
        if grid.has_values:
            self.fields["reason"] = forms.CharField(
                label=_("Why a value is corrected"), required=False, max_length=200
            )


def gauge_of(request: HttpRequest) -> Gauge | None:
    """The gauge that a form names."""
    return gauge_register.scanned(request.POST.get("gauge", ""))


def gauge_choice(request: HttpRequest, state: ItemState, dialogs: Any, act: str) -> dict[str, Any] | None:
    """What is offered where a gauge is demanded; nothing where none is."""
    kind, person, typed = state.item.gauge_type, request.user, dialogs.typed.get(act, {})
    if kind is None:
        return None
    at = timezone.now()
    offered = gauge_register.usable(kind.pk, person, at)
    last = gauge_register.last_used([state.item], person).get(kind.pk, "")
    usual = last if any(one.code == last for one in offered) else offered[0].code if len(offered) == 1 else ""
    form = GaugeForm(
        {"gauge": typed["gauge"]} if "gauge" in typed else None, initial={"gauge": usual}, by=person,
        auto_id="used-%s",
    )
    form.fields["gauge"].label = kind.title
    if not offered:
        form.fields["gauge"].help_text = _("No gauge of this type may measure now. Have one calibrated first.")
    if form.is_bound and dialogs.refusal and dialogs.refusal.facts.get("field") == "gauge":
        form.add_error("gauge", str(dialogs.refusal))
    return {"form": form, "offered": offered, "unskilled": gauge_register.why_unskilled(kind, person, at)}
