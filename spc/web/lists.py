"""The lists of process control: charts, and violations with who must answer them."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from plant import scoping
from plant.lists.description import Act, Column, Link, Listing, Nothing, Viewer
from plant.lists.filters import Choice, DateRange, Flag, Multi, PersonFilter, TextFilter
from plant.lists.looks import Moment, Number, Quantity, State, Text, Who, component
from plant.models import Role
from plant.queries import alarms
from plant.web.alarm_forms import AssignForm
from spc.commands import owners
from spc.commands import violations as commands
from spc.models import Violation, ViolationStatus
from spc.queries import charts, violations

SPARKS = 6
MONTH = timedelta(days=30)


def chart_url(row: charts.Row) -> str:
    return reverse("spc:chart-detail", args=[row.chart.code])


def running_url(row: charts.Row) -> str:
    return reverse("spc:violation-detail", args=[row.running.pk]) if row.running else ""


def around_charts(viewer: Viewer) -> dict[str, Any]:
    """The most troubled charts as pictures."""
    rows = scoping.visible(charts.ranked(viewer.at).filter(active=True), viewer.person)
    return {"sparks": charts.dressed(rows.order_by("rank", "code")[:SPARKS], viewer.at)}


CHARTS = Listing(
    key="charts", title=_("Control charts"), url="spc:chart-list", action="chart.read",
    subtitle=_("Which processes are under control, which are not, and how well they fit their tolerance."),
    rows=lambda viewer: charts.ranked(viewer.at), dress=lambda records, viewer: charts.dressed(records, viewer.at),
    search=("code", "line__characteristic__name", "line__characteristic__name_zh", "stream__equipment__code"),
    placeholder=_("Chart, characteristic or equipment"), order="state", href=chart_url,
    tone=lambda row: "failed" if row.running else "", above="spc/chart/sparks.html", around=around_charts,
    columns=(
        Column(key="chart", label=_("Chart"), value="chart.code", look=Text(href=chart_url, icon="chart-dots"),
               sort=("code",)),
        Column(key="title", label=_("Characteristic"), sort=("line__characteristic__name",)),
        Column(key="equipment", label=_("Equipment"), value="chart.stream.equipment.code",
               sort=("stream__equipment__code",)),
        Column(key="state", label=_("State"), look=State(word=lambda row: row.word), sort=("rank", "code")),
        Column(key="last", label=_("Last value"), value="last.value",
               look=Quantity(unit=lambda row: row.chart.stream.parameter.unit, places=lambda row: row.places)),
        Column(key="read", label=_("Read"), value="chart.stream.last_at", look=Moment(style="ago"),
               sort=("stream__last_at",)),
        Column(key="cpk", label=_("Cpk"), look=Number(places=2)),
        Column(key="violation", label=_("Violation"), value="running.rule",
               look=Text(href=running_url, icon="bell-ringing")),
        Column(key="plan", label=_("Control plan"), value="chart.line.plan", hidden=True),
    ),
    filters=(
        Multi(key="state", label=_("State"), options=lambda: charts.words().items(), query=charts.in_state),
        TextFilter(key="equipment", label=_("Equipment"), field="stream__equipment__code"),
        Flag(key="active", label=_("Switched on"), more=True),
    ),
    links=(
        Link(label=_("Violations"), url="spc:violation-list", icon="bell-ringing"),
        Link(label=_("New chart"), url="spc:chart-new", action="chart.configure", icon="plus", kind="primary"),
    ),
    nothing=Nothing(
        title=_("No control charts yet"), icon="chart-dots", text=_("Add a chart for a line of a control plan."),
        links=(Link(label=_("Control plans"), url="qms:control-plan-list", icon="clipboard-list"),),
    ),
)


def violation_url(one: Violation) -> str:
    return reverse("spc:violation-detail", args=[one.pk])


def case_url(one: Violation) -> str:
    found = one.nonconformance
    return reverse("qms:nonconformance-detail", args=[found.number]) if found else ""


def around_violations(viewer: Viewer) -> dict[str, Any]:
    """How many wait, and how fast they are answered."""
    rows = scoping.visible(Violation.objects.all(), viewer.person)
    return {
        "counts": violations.counts(rows), "late": violations.late(rows, viewer.at),
        "times": violations.answer_times(rows, viewer.at - MONTH),
    }


def answer_by(one: Violation) -> Any:
    return one.respond_by if one.status in violations.ALIVE else None


def resting(one: Violation) -> SafeString:
    """A mark beside the state of an alarm that was put off, and of one that was handed up."""
    marks = []
    if one.is_resting:
        marks.append(component("badge", label=_("Put off"), tone="waiting", icon="clock-pause"))
    if one.escalations:
        word = f"{_('Escalated')} {one.escalations}"
        marks.append(component("badge", label=word, tone="warning", icon="arrow-big-up-lines"))
    return format_html_join(" ", "{}", ((mark,) for mark in marks))


def hand_over(violation: Violation, *, by: Any, at: Any, to: Any = None, remark: str = "") -> Any:
    """Give an alarm to somebody; the rehearsal gives it to whoever looks."""
    return owners.assign(violation=violation, to=to or by, remark=remark, by=by, at=at)


VIOLATIONS = Listing(
    key="violations", title=_("Violations"), url="spc:violation-list", action="violation.read",
    subtitle=_("No alarm without an owner: who must answer which, and until when."),
    rows=lambda viewer: violations.listing(),
    dress=lambda records, viewer: alarms.marked_late(violations.worded(records), viewer.at),
    search=("chart__code", "rule", "chart__stream__equipment__code", "nonconformance__number"),
    placeholder=_("Chart, rule, equipment or NCR"), order="status", href=violation_url,
    tone=lambda one: "failed" if one.status == ViolationStatus.OPEN else "",
    above="spc/violation/counts.html", below="spc/violation/pareto.html", around=around_violations,
    columns=(
        Column(key="chart", label=_("Chart"), value="chart.code", look=Text(href=violation_url, icon="bell-ringing"),
               sort=("chart__code",)),
        Column(key="rule", label=_("Rule"), value="headline", sort=("rule",)),
        Column(key="equipment", label=_("Equipment"), value="chart.stream.equipment.code",
               sort=("chart__stream__equipment__code",), hidden=True),
        Column(key="value", label=_("Value"),
               look=Quantity(unit=lambda one: one.chart.stream.parameter.unit, places=lambda one: one.places)),
        Column(key="detected", label=_("Detected"), value="at", look=Moment(style="ago"), sort=("at",)),
        Column(key="status", label=_("State"), look=State(word=lambda one: one.get_status_display(), more=resting),
               sort=("urgency", "-at")),
        Column(key="owner", label=_("Owner"), look=Who(otherwise=lambda one: one.get_owner_role_display()),
               sort=("owner__name",)),
        Column(key="left", label=_("Time left"), value=answer_by,
               look=Moment(style="ago", late=lambda one: one.is_late), sort=("respond_by",)),
        Column(key="due", label=_("Answer by"), value=answer_by, look=Moment(), sort=("respond_by",), hidden=True),
        Column(key="snoozed", label=_("Put off until"), value="snoozed_until", look=Moment(), sort=("snoozed_until",),
               hidden=True),
        Column(key="escalations", label=_("Escalated"), look=Number(), sort=("escalations",), hidden=True),
        Column(key="ncr", label=_("NCR"), value="nonconformance.number", look=Text(href=case_url),
               sort=("nonconformance__number",)),
        Column(key="ended", label=_("Back in control"), value="ended_at", look=Moment(), sort=("ended_at",),
               hidden=True),
        Column(key="cause", label=_("Assignable cause"), value="assignable_cause", look=Text(most=90), hidden=True),
    ),
    filters=(
        Choice(key="status", label=_("State"), options=ViolationStatus.choices, default=violations.ALIVE,
               blank=_("Open and acknowledged")),
        Multi(key="role", label=_("Goes to"), field="owner_role", options=Role.choices),
        PersonFilter(key="owner", label=_("Owner"), field="owner"),
        TextFilter(key="chart", label=_("Chart"), field="chart__code", more=True),
        DateRange(key="detected", label=_("Detected"), field="at", more=True),
    ),
    links=(
        Link(label=_("Rules and their alarms"), url="spc:alarm-rules", icon="adjustments"),
        Link(label=_("Time to answer"), url="spc:alarm-times", icon="clock-check"),
        Link(label=_("Control charts"), url="spc:chart-list", icon="chart-dots"),
    ),
    acts=(
        Act(
            key="acknowledge", label=_("Acknowledge"), action="violation.acknowledge", icon="eye-check",
            run=lambda violation, by, at: commands.acknowledge(violation=violation, by=by, at=at),
        ),
        Act(key="assign", label=_("Hand over"), action="violation.assign", icon="user-share", form=AssignForm,
            run=hand_over),
    ),
    nothing=Nothing(
        title=_("Nothing is out of control"), icon="circle-check",
        text=_("Alarms appear here by themselves, the most pressing first."),
        links=(Link(label=_("Control charts"), url="spc:chart-list", icon="chart-dots"),),
    ),
)
