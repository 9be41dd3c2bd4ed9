"""The lists of production: production orders and work orders, each with how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mes.commands import job_orders, work_requests
from mes.models import JobOrder, JobOrderStatus, WorkRequest, WorkRequestStatus
from mes.queries import orders
from mes.web.forms import LINES
from plant.lists import looks
from plant.lists.description import Act, Column, Link, Listing, Nothing, Viewer
from plant.lists.filters import DateRange, Flag, Multi, NumberRange, Reference, TextFilter
from plant.lists.looks import Moment, Number, Quantity, State, Text
from plant.lists.row_filters import RowFilter, RowsFilter
from traceability.web.list_parts import ReasonForm, materials, partners

OVER_REQUESTS = (WorkRequestStatus.COMPLETED, WorkRequestStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class Row:
    """An order with how far it is."""

    order: Any
    progress: orders.Progress
    is_late: bool


def dressed_requests(found: Sequence[WorkRequest], viewer: Viewer) -> list[Row]:
    """Production orders with their progress."""
    progress = orders.progress_of_requests(found)
    return [
        Row(one, progress[one.pk], one.status not in OVER_REQUESTS and one.due_at < viewer.at) for one in found
    ]


def dressed_jobs(found: Sequence[JobOrder], viewer: Viewer) -> list[Row]:
    """Work orders with their progress."""
    progress = orders.progress_of_jobs(found)
    return [Row(one, progress[one.pk], orders.is_late(one, viewer.at)) for one in found]


def request_url(row: Row) -> str:
    return reverse("mes:work-request-detail", args=[row.order.number])


def job_url(row: Row) -> str:
    return reverse("mes:job-order-detail", args=[row.order.number])


def late_request(_value: str) -> Q:
    return Q(due_at__lt=timezone.now()) & ~Q(status__in=OVER_REQUESTS)


def late_job(_value: str) -> Q:
    return Q(due_at__lt=timezone.now(), ended_at__isnull=True) & ~Q(status=JobOrderStatus.CANCELLED)


def progress(whole: Any) -> looks.Progress:
    return looks.Progress(whole=whole, scrap=lambda row: row.progress.scrap, label=_("Good"))


NEW = Link(label=_("New order"), url="mes:work-request-create", action="order.receive", icon="plus", kind="primary")
ORDERS = Listing(
    key="production-orders", title=_("Production orders"), url="mes:work-request-list", action="order.read",
    subtitle=_("What has to be made, until when, and how far it is."), rows=lambda viewer: orders.requests(),
    dress=dressed_requests, search=("number", "material__code", "material__name", "customer__name"),
    placeholder=_("Number, material or customer"), order="due", href=request_url,
    tone=lambda row: "warning" if row.is_late else "",
    columns=(
        Column(key="number", label=_("Number"), value="order.number", look=Text(href=request_url), sort=("number",)),
        Column(key="material", label=_("Material"), value="order.material", sort=("material__code",)),
        Column(key="quantity", label=_("Quantity"), value="order.quantity", sort=("quantity",),
               look=Quantity(unit=lambda row: row.order.material.unit)),
        Column(key="progress", label=_("Progress"), value="progress.good",
               look=progress(lambda row: row.order.quantity)),
        Column(key="attainment", label=_("Attainment"), value="progress.attainment", look=Number(places=1, suffix="%")),
        Column(key="priority", label=_("Priority"), value="order.priority", look=Number(), sort=("priority",)),
        Column(key="due", label=_("Due"), value="order.due_at", look=Moment(late=lambda row: row.is_late),
               sort=("due_at",)),
        Column(key="status", label=_("State"), value="order.status", sort=("status",),
               look=State(word=lambda row: row.order.get_status_display())),
        Column(key="customer", label=_("Customer"), value="order.customer", sort=("customer__code",), hidden=True),
        Column(key="created", label=_("Created"), value="order.created_at", look=Moment(), sort=("created_at",),
               hidden=True),
    ),
    filters=(
        Multi(key="status", label=_("State"), options=WorkRequestStatus.choices),
        Reference(key="material", label=_("Material"), field="material__code", options=materials),
        Flag(key="late", label=_("Late"), query=late_request),
        RowFilter(key="customer", label=_("Customer"), field="customer__code", rows=partners, more=True),
        NumberRange(key="priority", label=_("Priority"), more=True),
        DateRange(key="due", label=_("Due"), field="due_at", more=True),
    ),
    links=(NEW,),
    acts=(
        Act(key="release", label=_("Release"), action="order.release", icon="lock-open",
            run=lambda order, by, at: work_requests.release(work_request=order, by=by, at=at)),
        Act(key="cancel", label=_("Cancel the orders"), action="order.cancel", icon="ban", kind="danger",
            form=ReasonForm, trial={"reason": "?"},
            run=lambda order, reason, by, at: work_requests.cancel(work_request=order, reason=reason, by=by, at=at)),
    ),
    nothing=Nothing(
        title=_("No production orders yet"), icon="clipboard-off", links=(NEW,),
        text=_("Enter the first one; the ERP can send them too."),
    ),
)

JOBS = Listing(
    key="work-orders", title=_("Work orders"), url="mes:job-order-list", action="job.read",
    subtitle=_("The parts of production orders that lines work on."), rows=lambda viewer: orders.jobs(),
    dress=dressed_jobs, search=("number", "work_request__number", "work_request__material__code"),
    placeholder=_("Number, production order or material"), order="due", href=job_url,
    tone=lambda row: "warning" if row.is_late else "",
    columns=(
        Column(key="number", label=_("Number"), value="order.number", look=Text(href=job_url), sort=("number",)),
        Column(key="request", label=_("Production order"), value="order.work_request.number", hidden=True,
               sort=("work_request__number",),
               look=Text(href=lambda row: reverse("mes:work-request-detail", args=[row.order.work_request.number]))),
        Column(key="material", label=_("Material"), value="order.work_request.material.code",
               sort=("work_request__material__code",)),
        Column(key="quantity", label=_("Quantity"), value="order.quantity", sort=("quantity",),
               look=Quantity(unit=lambda row: row.order.work_request.material.unit)),
        Column(key="progress", label=_("Progress"), value="progress.good",
               look=progress(lambda row: row.order.quantity)),
        Column(key="attainment", label=_("Attainment"), value="progress.attainment", look=Number(places=1, suffix="%")),
        Column(key="line", label=_("Line"), value="order.line.code", sort=("line__code",)),
        Column(key="start", label=_("Planned start"), value="order.planned_start_at", look=Moment(),
               sort=("planned_start_at",), hidden=True),
        Column(key="due", label=_("Due"), value="order.due_at", look=Moment(late=lambda row: row.is_late),
               sort=("due_at",)),
        Column(key="status", label=_("State"), value="order.status", sort=("status",),
               look=State(word=lambda row: row.order.get_status_display())),
        Column(key="ended", label=_("Ended"), value="order.ended_at", look=Moment(), sort=("ended_at",), hidden=True),
    ),
    filters=(
        Multi(key="status", label=_("State"), options=JobOrderStatus.choices),
        RowsFilter(key="line", label=_("Line"), field="line__code", rows=lambda: LINES),
        Reference(key="material", label=_("Material"), field="work_request__material__code", options=materials),
        Flag(key="late", label=_("Late"), query=late_job),
        TextFilter(key="request", label=_("Production order"), field="work_request__number", more=True),
        DateRange(key="due", label=_("Due"), field="due_at", more=True),
        DateRange(key="ended", label=_("Ended"), field="ended_at", more=True),
    ),
    acts=(
        Act(key="release", label=_("Release"), action="job.release", icon="lock-open",
            run=lambda job, by, at: job_orders.release(job_order=job, by=by, at=at)),
        Act(key="pause", label=_("Pause"), action="job.pause", icon="player-pause", form=ReasonForm,
            trial={"reason": "?"},
            run=lambda job, reason, by, at: job_orders.pause(job_order=job, reason=reason, by=by, at=at)),
        Act(key="cancel", label=_("Cancel the orders"), action="job.cancel", icon="ban", kind="danger",
            form=ReasonForm, trial={"reason": "?"},
            run=lambda job, reason, by, at: job_orders.cancel(job_order=job, reason=reason, by=by, at=at)),
    ),
    nothing=Nothing(
        title=_("No work orders yet"), icon="list", text=_("Release a production order and cut it into work orders."),
        links=(Link(label=_("Production orders"), url="mes:work-request-list"),),
    ),
)
