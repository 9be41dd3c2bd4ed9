"""The lists about how alarms are answered: each rule with how often it was right, each alarm with its times."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plant.lists.description import Column, Link, Listing, Nothing, Viewer
from plant.lists.filters import DateRange, Flag, Multi, TextFilter
from plant.lists.looks import Moment, Number, State, Text, Who
from plant.models import Role
from spc.models import Violation, ViolationStatus
from spc.queries import answering, violations

EQUIPMENT = "chart__stream__equipment__code"
LINE = "chart__stream__equipment__parent__code"


def rules_url(one: Violation) -> str:
    return reverse("spc:chart-rules", args=[one.chart.code])


def violation_url(one: Violation) -> str:
    return reverse("spc:violation-detail", args=[one.pk])


def percent(one: Any) -> float | None:
    return None if one.share is None else 100 * float(one.share)


def tone(one: Any) -> str:
    return answering.advice(one)[0] if answering.advice(one)[0] in ("failed", "warning") else ""


ALARMS = Link(label=_("Violations"), url="spc:violation-list", icon="bell-ringing")
RULES = Listing(
    key="alarm-rules", title=_("Rules and their alarms"), url="spc:alarm-rules", action="violation.read",
    subtitle=_(
        "Of 90 days, chart by chart: how often each rule was right. Tune is: loosen it, drop it, or freeze new limits."
    ),
    rows=lambda viewer: answering.by_rule(viewer.at - answering.PERIOD),
    dress=lambda records, viewer: violations.worded(records), href=rules_url, tone=tone,
    search=("chart__code", "rule", EQUIPMENT), placeholder=_("Chart, rule or equipment"), order="-share",
    columns=(
        Column(key="chart", label=_("Chart"), value="chart.code", look=Text(href=rules_url, icon="chart-dots"),
               sort=("chart__code",)),
        Column(key="rule", label=_("Rule"), value="headline", sort=("rule",)),
        Column(key="advice", label=_("What to do"), value=lambda one: str(answering.advice(one)[2]),
               look=State(word=lambda one: answering.advice(one)[2], tone=lambda one: answering.advice(one)[:2])),
        Column(key="raised", label=_("Raised"), look=Number(), sort=("raised",)),
        Column(key="real", label=_("Real"), look=Number(), sort=("real",)),
        Column(key="false", label=_("False alarms"), look=Number(), sort=("false",)),
        Column(key="share", label=_("Share"), value=percent, look=Number(places=0, suffix="%"),
               sort=("share",)),
        Column(key="acknowledge", label=_("Minutes to acknowledge"), value="to_acknowledge", look=Number(places=1),
               sort=("to_acknowledge",)),
        Column(key="close", label=_("Minutes to close"), value="to_close", look=Number(places=1), sort=("to_close",)),
        Column(key="last", label=_("Last raised"), value="detected_at", look=Moment(style="ago"),
               sort=("detected_at",), hidden=True),
    ),
    filters=(
        TextFilter(key="chart", label=_("Chart"), field="chart__code"),
        TextFilter(key="equipment", label=_("Equipment"), field=EQUIPMENT, more=True),
    ),
    links=(ALARMS, Link(label=_("Time to answer"), url="spc:alarm-times", icon="clock-check")),
    nothing=Nothing(
        title=_("No rule has fired yet"), icon="circle-check", links=(ALARMS,),
        text=_("Once alarms are answered, this page shows which rules were right."),
    ),
)


def around_times(viewer: Viewer) -> dict[str, Any]:
    """The same by line, shift and role."""
    return {"groups": answering.grouped(viewer.person, viewer.at - answering.MONTH)}


TIMES = Listing(
    key="alarm-times", title=_("Time to answer alarms"), url="spc:alarm-times", action="violation.read",
    subtitle=_("No problem stays overnight: minutes until somebody took an alarm on, and until it was settled."),
    rows=lambda viewer: answering.times(), dress=lambda records, viewer: violations.worded(records),
    href=violation_url, search=("chart__code", "rule", EQUIPMENT, LINE),
    placeholder=_("Chart, rule, equipment or line"), order="-detected", above="spc/violation/times.html",
    around=around_times,
    columns=(
        Column(key="chart", label=_("Chart"), value="chart.code", look=Text(href=violation_url, icon="bell-ringing"),
               sort=("chart__code",)),
        Column(key="rule", label=_("Rule"), value="headline", sort=("rule",)),
        Column(key="line", label=_("Line"), value="chart.stream.equipment.parent.code", sort=(LINE,)),
        Column(key="equipment", label=_("Equipment"), value="chart.stream.equipment.code", sort=(EQUIPMENT,),
               hidden=True),
        Column(key="shift", label=_("Shift"), value=lambda one: str(dict(answering.SHIFTS)[one.shift]),
               sort=("shift",)),
        Column(key="role", label=_("Goes to"), value=lambda one: one.get_owner_role_display(), sort=("owner_role",)),
        Column(key="owner", label=_("Owner"), look=Who(), sort=("owner__name",), hidden=True),
        Column(key="detected", label=_("Detected"), value="detected_at", look=Moment(), sort=("detected_at",)),
        Column(key="acknowledge", label=_("Minutes to acknowledge"), value="to_acknowledge", look=Number(places=1),
               sort=("to_acknowledge",)),
        Column(key="close", label=_("Minutes to close"), value="to_close", look=Number(places=1), sort=("to_close",)),
        Column(key="escalations", label=_("Escalated"), look=Number(), sort=("escalations",)),
        Column(key="status", label=_("State"), look=State(word=lambda one: one.get_status_display()),
               sort=("status",), hidden=True),
    ),
    filters=(
        Multi(key="shift", label=_("Shift"), options=answering.SHIFTS),
        Multi(key="role", label=_("Goes to"), field="owner_role", options=Role.choices),
        TextFilter(key="line", label=_("Line"), field=LINE),
        Multi(key="status", label=_("State"), options=ViolationStatus.choices, more=True),
        Flag(key="escalated", label=_("Escalated"), query=lambda value: Q(escalations__gt=0), more=True),
        DateRange(key="detected", label=_("Detected"), field="detected_at", more=True),
    ),
    links=(ALARMS, Link(label=_("Rules and their alarms"), url="spc:alarm-rules", icon="adjustments")),
    nothing=Nothing(
        title=_("No alarm yet"), icon="circle-check", links=(ALARMS,),
        text=_("Each alarm stands here with the time it took to answer it."),
    ),
)
