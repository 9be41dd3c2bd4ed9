"""The list of samples that did not come in time, and overriding them."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plant.lists.description import Act, Column, Link, Listing, Nothing
from plant.lists.filters import Choice, DateRange, Flag, Multi, TextFilter
from plant.lists.looks import Moment, State, Text, Who
from plant.models import Role
from plant.web.forms import Form
from spc.commands import samples
from spc.models import MissedSample, MissedStatus
from spc.queries import duties

CHART = "duty__chart__code"
EQUIPMENT = "duty__chart__stream__equipment__code"


class OverrideForm(Form):
    """Why a sample may be left out."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 2}))


def chart_url(row: MissedSample) -> str:
    return reverse("spc:chart-detail", args=[row.duty.chart.code])


def hold_url(row: MissedSample) -> str:
    return reverse("traceability:hold-detail", args=[row.hold_id]) if row.hold_id else ""


MISSED = Listing(
    key="missed-samples", title=_("Missed samples"), url="spc:missed-list", action="violation.read",
    subtitle=_("Samples that did not come in time, which stations they lock, and who let them be left out."),
    rows=lambda viewer: duties.listing(), search=(CHART, EQUIPMENT), placeholder=_("Chart or equipment"),
    order="-due", href=chart_url, tone=lambda row: "failed" if row.status == MissedStatus.OPEN else "",
    columns=(
        Column(key="chart", label=_("Chart"), value="duty.chart.code", look=Text(href=chart_url, icon="chart-dots"),
               sort=(CHART,)),
        Column(key="characteristic", label=_("Characteristic"), value="duty.chart.line.characteristic.title"),
        Column(key="equipment", label=_("Equipment"), value="duty.chart.stream.equipment.code", sort=(EQUIPMENT,)),
        Column(key="status", label=_("State"), look=State(word=lambda row: row.get_status_display()),
               sort=("status",)),
        Column(key="due", label=_("Was due"), value="due_at", look=Moment(), sort=("due_at",)),
        Column(key="role", label=_("Goes to"), value="duty.get_owner_role_display"),
        Column(key="hold", label=_("Station locked"), look=Text(href=hold_url, icon="lock"),
               value=lambda row: row.duty.chart.stream.equipment.code if row.hold_id else ""),
        Column(key="ended", label=_("Ended"), value="ended_at", look=Moment(), sort=("ended_at",)),
        Column(key="by", label=_("By"), value="ended_by", look=Who(), sort=("ended_by__name",)),
        Column(key="reason", label=_("Reason"), value="override_reason", look=Text(most=120)),
    ),
    filters=(
        Choice(key="status", label=_("State"), options=MissedStatus.choices),
        TextFilter(key="chart", label=_("Chart"), field=CHART),
        Multi(key="role", label=_("Goes to"), field="duty__owner_role", options=Role.choices, more=True),
        Flag(key="locks", label=_("Station locked"), field="duty__locks_station", more=True),
        DateRange(key="due", label=_("Was due"), field="due_at", more=True),
    ),
    acts=(
        Act(key="override", label=_("Override"), action="sample.override", icon="lock-open", form=OverrideForm,
            trial={"reason": "?"},
            run=lambda row, by, at, reason: samples.override(missed=row, reason=reason, by=by, at=at)),
    ),
    links=(Link(label=_("Control charts"), url="spc:chart-list", icon="chart-dots"),),
    nothing=Nothing(
        title=_("No sample is missing"), icon="circle-check",
        text=_("Say in the console how often a chart must get a sample; one that does not come appears here."),
        links=(Link(label=_("Control charts"), url="spc:chart-list", icon="chart-dots"),),
    ),
)
