"""The lists of the process library: operations with golden parameters, and deviations from them."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mes.commands import deviations as commands
from mes.models import Deviation, DeviationStatus, Segment
from mes.queries import deviations, library
from plant import scoping
from plant.lists.description import Act, Column, Link, Listing, Nothing, Viewer
from plant.lists.filters import Choice, DateRange, Multi, PersonFilter, TextFilter
from plant.lists.looks import Moment, Number, Quantity, State, Text, Who
from plant.models import Person, RevisionStatus, Role
from plant.queries import alarms
from plant.web.alarm_forms import AssignForm


def golden_url(row: Segment) -> str:
    return reverse("mes:golden-detail", args=[row.pk])


GOLDEN = Listing(
    key="golden", title=_("Process library"), url="mes:golden-list", action="golden.read",
    subtitle=_("Golden parameters of every product, operation and revision, compared with live values at once."),
    rows=lambda viewer: library.listing(),
    search=("code", "name", "name_zh", "work_master__code", "work_master__material__code"),
    placeholder=_("Product, routing or operation"), order="product", href=golden_url,
    columns=(
        Column(key="product", label=_("Product"), value="work_master.material",
               look=Text(href=golden_url, icon="adjustments-horizontal"),
               sort=("work_master__material__code", "-work_master__revision", "sequence")),
        Column(key="operation", label=_("Operation"), value="code", sort=("code",)),
        Column(key="name", label=_("Name"), value="title", sort=("name",)),
        Column(key="routing", label=_("Routing"), value="work_master", sort=("work_master__code",)),
        Column(key="status", label=_("State"), value="work_master.status",
               look=State(word=lambda row: row.work_master.get_status_display()), sort=("work_master__status",)),
        Column(key="many", label=_("Golden parameters"), look=Number(), sort=("many",)),
        Column(key="last", label=_("Last deviation"), value="last_deviation_at", look=Moment(style="ago"),
               sort=("last_deviation_at",)),
    ),
    filters=(
        Multi(key="status", label=_("State"), field="work_master__status", options=RevisionStatus.choices),
        TextFilter(key="product", label=_("Product"), field="work_master__material__code"),
        TextFilter(key="operation", label=_("Operation"), field="code", more=True),
    ),
    links=(Link(label=_("Deviations"), url="mes:deviation-list", icon="arrows-diff"),),
    nothing=Nothing(
        title=_("No golden parameters yet"), icon="adjustments-horizontal",
        text=_("Add them to the operations of a routing in the console, or import them from a file."),
    ),
)


def deviation_url(one: Deviation) -> str:
    return reverse("mes:deviation-detail", args=[one.pk])


def case_url(one: Deviation) -> str:
    found = one.nonconformance
    return reverse("qms:nonconformance-detail", args=[found.number]) if found else ""


def hand_over(deviation: Deviation, *, by: Person, at: datetime, to: Person, remark: str = "") -> Any:
    """Give a deviation to somebody."""
    return commands.assign(deviation=deviation, to=to, remark=remark, by=by, at=at)


def around(viewer: Viewer) -> dict[str, Any]:
    """How many wait."""
    return {"counts": deviations.counts(scoping.visible(Deviation.objects.all(), viewer.person), viewer.at)}


DEVIATIONS = Listing(
    key="deviations", title=_("Deviations"), url="mes:deviation-list", action="deviation.read",
    subtitle=_("Where live values left their golden window, who must answer, and which lots are marked."),
    rows=lambda viewer: deviations.listing(),
    dress=lambda records, viewer: alarms.marked_late(records, viewer.at),
    search=("standard__parameter__code", "stream__equipment__code", "job_order__number", "nonconformance__number"),
    placeholder=_("Parameter, equipment, work order or NCR"), order="status", href=deviation_url,
    tone=lambda one: "failed" if one.status == DeviationStatus.OPEN else "",
    above="mes/deviation/counts.html", around=around,
    columns=(
        Column(key="what", label=_("What"), value=deviations.headline,
               look=Text(href=deviation_url, icon="arrows-diff"), sort=("standard__parameter__code",)),
        Column(key="equipment", label=_("Equipment"), value="stream.equipment.code",
               sort=("stream__equipment__code",)),
        Column(key="product", label=_("Product"), value="standard.segment.work_master.material.code",
               sort=("standard__segment__work_master__material__code",)),
        Column(key="operation", label=_("Operation"), value="standard.segment.code",
               sort=("standard__segment__code",), hidden=True),
        Column(key="value", label=_("Farthest value"), value="worst",
               look=Quantity(unit=lambda one: one.standard.parameter.unit), hidden=True),
        Column(key="detected", label=_("Detected"), value="at", look=Moment(style="ago"), sort=("at",)),
        Column(key="status", label=_("State"), look=State(word=lambda one: one.get_status_display()),
               sort=("urgency", "-at")),
        Column(key="owner", label=_("Owner"), look=Who(otherwise=lambda one: one.get_owner_role_display()),
               sort=("owner__name",)),
        Column(key="due", label=_("Answer by"),
               value=lambda one: one.respond_by if one.status in deviations.ALIVE else None,
               look=Moment(late=lambda one: one.is_late), sort=("respond_by",)),
        Column(key="lots", label=_("Lots marked"), value="many_lots", look=Number(), sort=("many_lots",)),
        Column(key="job", label=_("Work order"), value="job_order.number", sort=("job_order__number",)),
        Column(key="ncr", label=_("NCR"), value="nonconformance.number", look=Text(href=case_url),
               sort=("nonconformance__number",), hidden=True),
        Column(key="ended", label=_("Back in the window"), value="ended_at", look=Moment(), sort=("ended_at",),
               hidden=True),
        Column(key="cause", label=_("Cause"), look=Text(most=90), hidden=True),
    ),
    filters=(
        Choice(key="status", label=_("State"), options=DeviationStatus.choices, default=deviations.ALIVE,
               blank=_("Open and acknowledged")),
        Multi(key="role", label=_("Goes to"), field="owner_role", options=Role.choices),
        PersonFilter(key="owner", label=_("Owner"), field="owner"),
        TextFilter(key="equipment", label=_("Equipment"), field="stream__equipment__code", more=True),
        DateRange(key="detected", label=_("Detected"), field="at", more=True),
    ),
    links=(Link(label=_("Process library"), url="mes:golden-list", icon="adjustments-horizontal"),),
    acts=(
        Act(
            key="acknowledge", label=_("Acknowledge"), action="deviation.acknowledge", icon="eye-check",
            run=lambda deviation, by, at: commands.acknowledge(deviation=deviation, by=by, at=at),
        ),
        Act(key="assign", label=_("Hand over"), action="deviation.assign", icon="user-share", form=AssignForm,
            run=hand_over),
    ),
    nothing=Nothing(
        title=_("No live value is outside its window"), icon="circle-check",
        text=_("Deviations appear here by themselves, the most pressing first."),
        links=(Link(label=_("Process library"), url="mes:golden-list", icon="adjustments-horizontal"),),
    ),
)
