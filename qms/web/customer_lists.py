"""The lists of what customers say and send back."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import Choice, DateRange, Flag, Multi, PersonFilter, Reference, TextFilter
from plant.lists.looks import Moment, Number, Quantity, State, Text, Who
from qms.models import Complaint, ComplaintSource, ComplaintStatus, Rma, RmaDecision, RmaStatus, Severity, Topic
from qms.queries import complaints as reading
from traceability.web.list_parts import materials

REPORT = Link(label=_("New complaint"), url="qms:complaint-report", action="complaint.report", icon="message-report",
              kind="primary")
FIELD = Link(label=_("In the field"), url="qms:field-list", action="complaint.read", icon="chart-line")
RECORD = Link(label=_("Record what a customer said"), url="qms:survey-record", action="survey.record",
              icon="mood-smile", kind="primary")


def is_late(one: Complaint) -> bool:
    return one.status in reading.TO_ANSWER and one.due_at <= timezone.now()


def overdue(_word: str) -> Q:
    return Q(status__in=reading.TO_ANSWER, due_at__lte=timezone.now())


def complaint_of(one: Rma) -> str:
    return reading.url(one.complaint)


COMPLAINTS = Listing(
    key="complaints", title=_("Complaints"), url="qms:complaint-list", action="complaint.read", live="news",
    subtitle=_("What customers are not content with, until when it is answered, and what came of it."),
    rows=lambda viewer: reading.listing(), order="due", href=reading.url,
    search=("number", "title", "said_number", "lot__number", "customer__name", "customer__code"),
    placeholder=_("Number, words, lot or customer"), tone=lambda one: "warning" if is_late(one) else "",
    columns=(
        Column(key="number", label=_("Number"), look=Text(href=reading.url, icon="message-report"), sort=("number",)),
        Column(key="title", label=_("What is wrong"), look=Text(most=90)),
        Column(key="status", label=_("State"), look=State(word=lambda one: one.get_status_display()), sort=("status",)),
        Column(key="severity", label=_("Severity"), value="get_severity_display", sort=("severity",)),
        Column(key="customer", label=_("Customer"), value="customer.name", sort=("customer__name",)),
        Column(key="material", label=_("Material"), value="material.code", sort=("material__code",)),
        Column(key="lot", label=_("Lot"), value="lot.number", sort=("lot__number",)),
        Column(key="quantity", label=_("Pieces"), look=Number(), sort=("quantity",)),
        Column(key="due", label=_("Answer by"), value="due_at", look=Moment(late=is_late, word=_("Overdue")),
               sort=("due_at",)),
        Column(key="owner", label=_("Owner"), look=Who(), sort=("owner__name",)),
        Column(key="source", label=_("Told by"), value="get_source_display", sort=("source",), hidden=True),
        Column(key="failed", label=_("Failed"), value="failed_at", look=Moment(style="date"), sort=("failed_at",),
               hidden=True),
    ),
    filters=(
        Choice(key="status", label=_("State"), options=ComplaintStatus.choices, default=reading.OPEN,
               blank=_("Everything open")),
        Multi(key="severity", label=_("Severity"), options=Severity.choices),
        Flag(key="overdue", label=_("Overdue"), query=overdue),
        Reference(key="material", label=_("Material"), field="material__code", options=materials, more=True),
        TextFilter(key="customer", label=_("Customer"), fields=("customer__code", "customer__name"), more=True),
        Multi(key="source", label=_("Told by"), options=ComplaintSource.choices, more=True),
        PersonFilter(key="owner", label=_("Owner"), field="owner", more=True),
        DateRange(key="failed", label=_("Failed"), field="failed_at", more=True),
    ),
    links=(REPORT, FIELD),
    nothing=Nothing(
        title=_("No complaint is open"), icon="circle-check", links=(REPORT,),
        text=_("Write down what a customer says: the lot's number brings its genealogy."),
    ),
)


def unit(one: Rma) -> Any:
    return one.lot.material.unit


RMAS = Listing(
    key="rmas", title=_("Returns of customers"), url="qms:rma-list", action="rma.read", live="news",
    subtitle=_("What customers send back: expected, received into a hold, analysed, decided, done."),
    rows=lambda viewer: reading.rma_listing(), order="-opened", href=reading.rma_url,
    search=("number", "lot__number", "complaint__number", "shipment__number"),
    placeholder=_("Number, lot, complaint or shipment"),
    columns=(
        Column(key="number", label=_("Number"), look=Text(href=reading.rma_url, icon="truck-return"), sort=("number",)),
        Column(key="lot", label=_("Lot"), value="lot.number", sort=("lot__number",)),
        Column(key="material", label=_("Material"), value="lot.material.code", sort=("lot__material__code",)),
        Column(key="quantity", label=_("Quantity"), look=Quantity(unit=unit), sort=("quantity",)),
        Column(key="status", label=_("State"), look=State(word=lambda one: one.get_status_display()), sort=("status",)),
        Column(key="decision", label=_("Decision"), value="get_decision_display", sort=("decision",)),
        Column(key="customer", label=_("Customer"), value="shipment.customer.name", sort=("shipment__customer__name",)),
        Column(key="complaint", label=_("Complaint"), value="complaint.number", look=Text(href=complaint_of),
               sort=("complaint__number",)),
        Column(key="opened", label=_("Opened"), value="opened_at", look=Moment(), sort=("opened_at",)),
        Column(key="received", label=_("Came back"), value="received_at", look=Moment(), sort=("received_at",)),
    ),
    filters=(
        Choice(key="status", label=_("State"), options=RmaStatus.choices, default=reading.RMA_ALIVE,
               blank=_("Everything open")),
        Multi(key="decision", label=_("Decision"), options=RmaDecision.choices),
        TextFilter(
            key="customer", label=_("Customer"), fields=("shipment__customer__code", "shipment__customer__name")
        ),
    ),
    nothing=Nothing(
        title=_("Nothing is on its way back"), icon="truck-return",
        text=_("A return is allowed on the page of a complaint, against the shipment that the lot left with."),
    ),
)
SURVEYS = Listing(
    key="surveys", title=_("Satisfaction"), url="qms:survey-list", action="complaint.read",
    subtitle=_("How content customers say they are, from 0 to 10."),
    rows=lambda viewer: reading.scores(), order="-at", search=("customer__code", "customer__name", "contact", "remark"),
    placeholder=_("Customer, contact or words"), tone=lambda one: "failed" if one.score <= 6 else "",
    columns=(
        Column(key="customer", label=_("Customer"), value="customer.name", sort=("customer__name",)),
        Column(key="topic", label=_("Asked about"), value="get_topic_display", sort=("topic",)),
        Column(key="score", label=_("Score"), look=Number(), sort=("score",)),
        Column(key="remark", label=_("Remark"), look=Text(most=120)),
        Column(key="contact", label=_("Contact"), sort=("contact",)),
        Column(key="by", label=_("By"), look=Who(), sort=("by__name",)),
        Column(key="at", label=_("At"), look=Moment(), sort=("at", "pk")),
    ),
    filters=(
        Multi(key="topic", label=_("Asked about"), options=Topic.choices),
        DateRange(key="at", label=_("At"), field="at"),
    ),
    links=(RECORD,),
    nothing=Nothing(
        title=_("No customer was asked yet"), icon="mood-smile", links=(RECORD,),
        text=_("Record what customers say after a delivery or in a yearly survey."),
    ),
)
