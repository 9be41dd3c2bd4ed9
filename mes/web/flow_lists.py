"""The list of lots in process."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mes.queries import in_process
from mes.web.forms import LINES
from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import DateRange, Flag, Reference, TextFilter
from plant.lists.looks import Moment, Quantity, State, Text
from plant.lists.row_filters import RowsFilter
from traceability.web.list_parts import materials


def lot_url(row: Any) -> str:
    return reverse("traceability:lot-detail", args=[row.lot.number])


def job_url(row: Any) -> str:
    return reverse("mes:job-order-detail", args=[row.lot.job_order])


def held(_value: str) -> Q:
    return Q(lot__open_holds__gt=0)


IN_PROCESS = Listing(
    key="in-process", title=_("Lots in process"), url="mes:wip-lots", action="job.read", order="since",
    subtitle=_("Where every lot is, and since when."), rows=lambda viewer: in_process.lots(viewer.person),
    search=("lot__number", "lot__job_order", "lot__material__code"), placeholder=_("Lot, work order or material"),
    href=lot_url, tone=lambda row: "held" if row.lot.open_holds else "",
    columns=(
        Column(key="lot", label=_("Lot"), value="lot.number", look=Text(href=lot_url, icon="box"),
               sort=("lot__number",)),
        Column(key="line", label=_("Line"), sort=("line",)),
        Column(key="operation", label=_("Operation"), value="place", sort=("place",)),
        Column(key="quantity", label=_("Quantity"), look=Quantity(unit=lambda row: row.lot.material.unit),
               sort=("quantity",)),
        Column(key="since", label=_("Since"), look=Moment(style="ago"), sort=("since",)),
        Column(key="material", label=_("Material"), value="lot.material.code", sort=("lot__material__code",)),
        Column(key="job", label=_("Work order"), value="lot.job_order", look=Text(href=job_url),
               sort=("lot__job_order",)),
        Column(key="due", label=_("Due"), value="due_at", look=Moment(), sort=("due_at",)),
        Column(key="status", label=_("State"), value="lot.status", sort=("lot__status",),
               look=State(word=lambda row: row.lot.get_status_display())),
    ),
    filters=(
        RowsFilter(key="line", label=_("Line"), rows=lambda: LINES),
        TextFilter(key="operation", label=_("Operation"), field="place"),
        Flag(key="held", label=_("Held"), query=held),
        TextFilter(key="job", label=_("Work order"), field="lot__job_order"),
        Reference(key="material", label=_("Material"), field="lot__material__code", options=materials),
        DateRange(key="since", label=_("Since"), more=True),
    ),
    nothing=Nothing(
        title=_("Nothing is in process"), icon="stack-2", text=_("Lots appear here when a work order is released."),
        links=(Link(label=_("Work orders"), url="mes:job-order-list"),),
    ),
)
