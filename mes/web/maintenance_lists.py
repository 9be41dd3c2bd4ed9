"""The lists of maintenance: work orders, what is coming, spare parts."""

from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mes.commands import maintenance as commands
from mes.models import DueBy, MaintenanceKind, MaintenanceOrder, MaintenanceStatus, SparePart
from mes.queries import maintenance
from mes.web.maintenance_forms import HandOverForm
from plant.lists.description import Act, Column, Link, Listing, Nothing
from plant.lists.filters import Choice, DateRange, Flag, Multi, PersonFilter, TextFilter
from plant.lists.looks import Moment, Number, State, Text, Who
from plant.models import Person

OPEN = Link(label=_("New maintenance order"), url="mes:maintenance-open", action="maintenance.open", icon="tool",
            kind="primary")
COMING = Link(label=_("What is coming"), url="mes:maintenance-due-list", action="maintenance.read",
              icon="calendar-event")
PARTS = Link(label=_("Spare parts"), url="mes:part-list", action="part.read", icon="settings")


def machine_url(one: Any) -> str:
    return reverse("traceability:equipment-history", args=[one.equipment.code])


def part_url(one: SparePart) -> str:
    return reverse("mes:part-detail", args=[one.code])


def hand_over(order: MaintenanceOrder, *, by: Person, at: datetime, to: Person) -> Any:
    """Give a work order to somebody."""
    return commands.assign(order=order, to=to, by=by, at=at)


ORDERS = Listing(
    key="maintenance", title=_("Maintenance"), url="mes:maintenance-list", action="maintenance.read",
    subtitle=_("Work on machines: by plan, for breakdowns, by hand; who does it, and what was found."),
    rows=lambda viewer: maintenance.listing(), search=("number", "equipment__code", "title", "plan__code", "findings"),
    placeholder=_("Number, machine or words"), order="status", href=maintenance.url, live="news",
    columns=(
        Column(key="number", label=_("Number"), look=Text(href=maintenance.url, icon="tool"), sort=("number",)),
        Column(key="equipment", label=_("Equipment"), value="equipment.code", look=Text(href=machine_url),
               sort=("equipment__code",)),
        Column(key="title", label=_("What is to be done"), look=Text(most=60)),
        Column(key="kind", label=_("Kind"), value=lambda one: one.get_kind_display(), sort=("kind",)),
        Column(key="status", label=_("State"), look=State(word=lambda one: one.get_status_display()),
               sort=("urgency", "-opened_at")),
        Column(key="owner", label=_("Owner"), look=Who(otherwise=lambda one: one.get_owner_role_display()),
               sort=("owner__name",)),
        Column(key="due", label=_("Due"), value="due_at", look=Moment(), sort=("due_at",)),
        Column(key="opened", label=_("Opened"), value="opened_at", look=Moment(style="ago"), sort=("opened_at",)),
        Column(key="hours", label=_("Hours worked"), look=Number(places=2), sort=("hours",), hidden=True),
        Column(key="done", label=pgettext_lazy("maintenance", "Done"), value="done_at", look=Moment(),
               sort=("done_at",), hidden=True),
        Column(key="findings", label=_("Findings"), look=Text(most=90), hidden=True),
    ),
    filters=(
        Choice(key="status", label=_("State"), options=MaintenanceStatus.choices, default=maintenance.ALIVE,
               blank=_("Open and begun")),
        Multi(key="kind", label=_("Kind"), options=MaintenanceKind.choices),
        TextFilter(key="equipment", label=_("Equipment"), field="equipment__code"),
        PersonFilter(key="owner", label=_("Owner"), field="owner", more=True),
        DateRange(key="opened", label=_("Opened"), field="opened_at", more=True),
    ),
    links=(OPEN, COMING, PARTS),
    acts=(Act(key="assign", label=_("Hand over"), action="maintenance.assign", icon="user-share", form=HandOverForm,
              run=hand_over),),
    nothing=Nothing(
        title=_("No machine is to be worked on"), icon="circle-check",
        text=_("Plans open work orders by themselves when they come due."), links=(OPEN, COMING),
    ),
)


DUES = Listing(
    key="maintenance-due", title=_("Maintenance that is coming"), url="mes:maintenance-due-list",
    action="maintenance.read", rows=lambda viewer: maintenance.dues(),
    subtitle=_("How much of its interval every plan has used up at every machine; at 100 % it is overdue."),
    search=("plan__code", "plan__name", "equipment__code"), placeholder=_("Plan or machine"), order="-used",
    href=machine_url, tone=lambda one: "failed" if one.is_overdue else "",
    columns=(
        Column(key="equipment", label=_("Equipment"), value="equipment.code", look=Text(href=machine_url, icon="tool"),
               sort=("equipment__code",)),
        Column(key="plan", label=_("Maintenance plan"), value="plan.title", sort=("plan__code",)),
        Column(key="used", label=_("Used up (percent)"), value="percent", look=Number(), sort=("used",)),
        Column(key="by", label=_("Nearest interval"), value=lambda one: one.get_by_display(), sort=("by",)),
        Column(key="last", label=_("Last done"), value="last_at", look=Moment(), sort=("last_at",)),
        Column(key="when", label=_("Once overdue"), value=lambda one: one.plan.get_when_due_display(),
               sort=("plan__when_due",)),
    ),
    filters=(
        Flag(key="overdue", label=_("Overdue"), query=lambda _word: Q(used__gte=1)),
        Multi(key="by", label=_("Nearest interval"), options=DueBy.choices, more=True),
        TextFilter(key="equipment", label=_("Equipment"), field="equipment__code"),
    ),
    links=(PARTS,),
    nothing=Nothing(
        title=_("No maintenance plan is in use"), icon="calendar-event",
        text=_("An administrator adds plans for machines and classes of machines in the console."),
    ),
)


SPARES = Listing(
    key="parts", title=_("Spare parts"), url="mes:part-list", action="part.read",
    subtitle=_("What lies ready for repairs, how few there may be, and where they are used."),
    rows=lambda viewer: SparePart.objects.all(), search=("code", "name", "name_zh", "place"),
    placeholder=_("Code, name or place"), order="code", href=part_url,
    tone=lambda one: "failed" if one.is_short else "",
    columns=(
        Column(key="code", label=_("Code"), look=Text(href=part_url, icon="settings"), sort=("code",)),
        Column(key="name", label=_("Name"), value="title", sort=("name",)),
        Column(key="stock", label=_("In stock"), look=Number(), sort=("stock",)),
        Column(key="minimum", label=_("At least"), look=Number(), sort=("minimum",)),
        Column(key="place", label=_("Place"), sort=("place",)),
    ),
    filters=(Flag(key="short", label=_("Too few"), query=lambda _word: Q(stock__lt=F("minimum"))),),
    nothing=Nothing(
        title=_("No spare parts yet"), icon="settings", text=_("An administrator adds them in the console."),
    ),
)
