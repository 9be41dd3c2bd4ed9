"""The lists of quality: nonconformances, inspections, CAPAs."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from plant.lists.description import Act, Column, Link, Listing, Nothing
from plant.lists.filters import Choice, DateRange, Flag, Multi, PersonFilter, Reference, TextFilter
from plant.lists.looks import Moment, Number, State, Text, Who, component
from plant.models import Person
from qms.commands import nonconformances as commands
from qms.models import (
    CapaStatus,
    CorrectiveAction,
    Inspection,
    InspectionKind,
    InspectionStatus,
    Nonconformance,
    NonconformanceLot,
    NonconformanceSource,
    NonconformanceStatus,
    Severity,
    Verdict,
)
from qms.queries import capas, inspections, nonconformances
from traceability.web.list_parts import materials

CAPA_OPEN = (CapaStatus.OPEN, CapaStatus.ACTIONS, CapaStatus.EFFECTIVENESS)
OVERDUE = _("Overdue")


def case_url(case: Nonconformance) -> str:
    return reverse("qms:nonconformance-detail", args=[case.number])


def severity(case: Nonconformance) -> SafeString:
    return SafeString(render_to_string("qms/nonconformance/severity.html", {"case": case}))


def concerns(text: str) -> Q:
    """The nonconformances that concern a lot."""
    rows = NonconformanceLot.objects.filter(lot__number__icontains=text)
    return Q(pk__in=rows.values("nonconformance"))


def take_on(case: Nonconformance, *, by: Person, at: datetime) -> Any:
    """Begin the review."""
    return commands.review(nonconformance=case, by=by, at=at)


class SeverityLook(State):
    """A severity as the rest of the room draws it."""

    def draw(self, value: Any, row: Any, request: Any) -> SafeString:
        """The badge."""
        return severity(row)


REPORT = Link(
    label=_("Report a nonconformance"), url="qms:nonconformance-report", action="nonconformance.open", icon="flag",
    kind="primary",
)
CASES = Listing(
    key="nonconformances", title=_("Nonconformances"), url="qms:nonconformance-list", action="nonconformance.read",
    subtitle=_("What is not as it should be, and what becomes of it."), rows=lambda viewer: nonconformances.listing(),
    search=("number", "title", "equipment__code"), search_also=concerns,
    placeholder=_("Number, title, equipment or lot"), order="-opened", href=case_url,
    dress=lambda records, viewer: nonconformances.marked_late(records, viewer.at),
    columns=(
        Column(
            key="number", label=_("Number"), look=Text(href=case_url, icon="alert-triangle"), sort=("number",)
        ),
        Column(key="title", label=_("What is wrong"), look=Text(most=120)),
        Column(key="status", label=_("State"), look=State(word=lambda case: case.get_status_display()),
               sort=("status",)),
        Column(key="severity", label=_("Severity"), look=SeverityLook(word=lambda case: case.get_severity_display()),
               sort=("severity",)),
        Column(key="source", label=_("Found by"), value="get_source_kind_display", sort=("source_kind",), hidden=True),
        Column(key="equipment", label=_("Equipment"), value="equipment.code", sort=("equipment__code",)),
        Column(key="lots", label=_("Lots"), value="lot_count", look=Number(), sort=("lot_count",)),
        Column(key="left", label=_("Left to decide"), value=lambda case: case.left or 0, look=Number()),
        Column(key="owner", label=_("Owner"), look=Who(otherwise=lambda case: case.get_owner_role_display()),
               sort=("owner__name",)),
        Column(key="opened", label=_("Opened"), value="opened_at", look=Moment(), sort=("opened_at",)),
        Column(key="due", label=_("Answer by"), value="due_at", sort=("due_at",),
               look=Moment(late=lambda case: case.is_late, word=OVERDUE)),
        Column(key="closed", label=_("Closed"), value="closed_at", look=Moment(), sort=("closed_at",), hidden=True),
    ),
    filters=(
        Choice(key="status", label=_("State"), options=NonconformanceStatus.choices, default=nonconformances.OPEN,
               blank=_("Everything open")),
        Multi(key="severity", label=_("Severity"), options=Severity.choices),
        Multi(key="source", label=_("Found by"), field="source_kind", options=NonconformanceSource.choices),
        PersonFilter(key="owner", label=_("Owner"), field="owner"),
        TextFilter(key="equipment", label=_("Equipment"), field="equipment__code", more=True),
        DateRange(key="opened", label=_("Opened"), field="opened_at", more=True),
        DateRange(key="due", label=_("Answer by"), field="due_at", more=True),
    ),
    links=(REPORT,),
    acts=(
        Act(key="review", label=_("Take on"), action="nonconformance.review", icon="eye", run=take_on),
    ),
    nothing=Nothing(
        title=_("Nothing is open"), icon="circle-check", links=(REPORT,),
        text=_("When a control chart, an inspection or a person finds something, it appears here."),
    ),
)


def task_url(task: Inspection) -> str:
    return reverse("qms:inspection-detail", args=[task.number])


def beside(task: Inspection) -> SafeString:
    """The verdict, or that the lot waits."""
    if task.verdict:
        return SafeString(render_to_string("qms/inspection/verdict.html", {"task": task}))
    return component("badge", label=_("Lot is held"), tone="held", icon="hand-stop") if task.blocking else SafeString()


TASKS = Listing(
    key="inspections", title=_("Inspections"), url="qms:inspection-list", action="inspection.read",
    subtitle=_("What is to be measured, the most pressing first."), rows=lambda viewer: inspections.listing(),
    dress=lambda records, viewer: inspections.marked_late(records, viewer.at),
    search=("number", "lot__number", "job_order"), placeholder=_("Number, lot or work order"), order="due",
    href=task_url,
    columns=(
        Column(key="number", label=_("Number"), look=Text(href=task_url, icon="ruler-measure"), sort=("number",)),
        Column(key="kind", label=_("Kind"), value="get_kind_display", sort=("kind",)),
        Column(key="lot", label=_("Lot"), value="lot.number", sort=("lot__number",),
               look=Text(href=lambda task: reverse("traceability:lot-detail", args=[task.lot.number]))),
        Column(key="material", label=_("Material"), value="lot.material", sort=("lot__material__code",)),
        Column(key="job_order", label=_("Work order"), sort=("job_order",), hidden=True),
        Column(key="operation", label=_("Operation"), sort=("operation",)),
        Column(key="status", label=_("State"), sort=("status",),
               look=State(word=lambda task: task.get_status_display(), more=beside)),
        Column(key="verdict", label=_("Verdict"), value="get_verdict_display", sort=("verdict",), hidden=True),
        Column(key="results", label=_("Results"), value="done", look=Number()),
        Column(key="due", label=_("Due"), value="due_at", sort=("due_at",),
               look=Moment(late=lambda task: task.is_late, word=OVERDUE)),
        Column(key="inspector", label=_("Inspector"), look=Who(), sort=("inspector__name",)),
        Column(key="created", label=_("Created"), value="created_at", look=Moment(), sort=("created_at",), hidden=True),
        Column(key="decided", label=_("Decided"), value="decided_at", look=Moment(), sort=("decided_at",), hidden=True),
    ),
    filters=(
        Choice(key="status", label=_("State"), options=InspectionStatus.choices, default=inspections.TO_DO,
               blank=_("To do")),
        Multi(key="kind", label=_("Kind"), options=InspectionKind.choices),
        Reference(key="material", label=_("Material"), field="lot__material__code", options=materials),
        Choice(key="verdict", label=_("Verdict"), options=Verdict.choices, more=True),
        TextFilter(key="operation", label=_("Operation"), more=True),
        PersonFilter(key="inspector", label=_("Inspector"), field="inspector", more=True),
        Flag(key="blocking", label=_("Lot is held"), more=True),
        DateRange(key="due", label=_("Due"), field="due_at", more=True),
    ),
    links=(Link(label=_("Ask for an inspection"), url="qms:inspection-ask", action="inspection.create", icon="plus"),),
    nothing=Nothing(
        title=_("Nothing to inspect"), icon="circle-check",
        text=_("Tasks appear here by themselves when an operation is reported for which the control plan asks an "
               "inspection."),
    ),
)


def capa_url(capa: CorrectiveAction) -> str:
    return reverse("qms:capa-detail", args=[capa.number])


CAPAS = Listing(
    key="capas", title=_("CAPA"), url="qms:capa-list", action="capa.read",
    subtitle=_("Why it happened, what is done so that it stays away, and the proof that it worked."),
    rows=lambda viewer: capas.listing(), dress=lambda records, viewer: capas.marked_late(records, viewer.at),
    search=("number", "title", "nonconformance__number"), placeholder=_("Number, title or nonconformance"),
    order="due", href=capa_url,
    columns=(
        Column(key="number", label=_("Number"), look=Text(href=capa_url, icon="tools"), sort=("number",)),
        Column(key="title", label=_("Title"), look=Text(most=120)),
        Column(key="status", label=_("State"), look=State(word=lambda capa: capa.get_status_display()),
               sort=("status",)),
        Column(key="nonconformance", label=_("Nonconformance"), value="nonconformance.number",
               sort=("nonconformance__number",),
               look=Text(href=lambda capa: case_url(capa.nonconformance) if capa.nonconformance else "")),
        Column(key="owner", label=_("Owner"), look=Who(), sort=("owner__name",)),
        Column(key="actions", label=_("Actions done"), value=lambda capa: f"{capa.done_count} / {capa.action_count}"),
        Column(key="due", label=_("Due"), value="due_at", sort=("due_at",),
               look=Moment(style="date", late=lambda capa: capa.is_late, word=OVERDUE)),
        Column(key="check", label=_("Check not before"), value="check_due_at", look=Moment(style="date"),
               sort=("check_due_at",)),
        Column(key="opened", label=_("Opened"), value="opened_at", look=Moment(), sort=("opened_at",), hidden=True),
        Column(key="closed", label=_("Closed"), value="closed_at", look=Moment(), sort=("closed_at",), hidden=True),
    ),
    filters=(
        Choice(key="status", label=_("State"), options=CapaStatus.choices, default=CAPA_OPEN,
               blank=_("Everything open")),
        PersonFilter(key="owner", label=_("Owner"), field="owner"),
        DateRange(key="due", label=_("Due"), field="due_at"),
    ),
    nothing=Nothing(
        title=_("No CAPA is open"), icon="tools",
        text=_("A CAPA is opened from a nonconformance that must not come again."),
        links=(Link(label=_("Nonconformances"), url="qms:nonconformance-list", icon="alert-triangle"),),
    ),
)
