"""The lists of APQP: projects, and what they wait for."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import Choice, DateRange, Flag, Multi, PersonFilter, Reference
from plant.lists.looks import Moment, Number, State, Text, Who
from plant.models import Person
from plant.printing import Sheet, Table, facts_of, text
from qms import apqp_template
from qms.models import ApqpDeliverable, ApqpProject, DeliverableStatus, ProjectStatus
from qms.queries import apqp
from traceability.web.list_parts import materials

OPEN = (DeliverableStatus.OPEN, DeliverableStatus.IN_PROGRESS)
OVERDUE = _("Overdue")
FACTS = ("material", "customer", "level", "owner", "opened_at", "due_at")


def project_url(project: ApqpProject) -> str:
    return reverse("qms:apqp-detail", args=[project.number])


def deliverable_url(one: ApqpDeliverable) -> str:
    return reverse("qms:apqp-deliverable", args=[one.pk])


def phase_now(project: Any) -> str:
    """The phase that a project is in."""
    return f"{project.phase_now} / {len(apqp_template.PHASES)}" if project.phase_now else ""


CREATE = Link(label=_("New APQP project"), url="qms:apqp-create", action="apqp.edit", icon="plus", kind="primary")
PROJECTS = Listing(
    key="apqp-projects", title=_("APQP projects"), url="qms:apqp-list", action="apqp.read", order="due",
    subtitle=_("Products on their way into production, gate after gate."), rows=lambda viewer: apqp.listing(),
    dress=lambda records, viewer: apqp.marked_late(records, viewer.at),
    search=("number", "name", "material__code", "customer__name"), href=project_url,
    placeholder=_("Number, name, material or customer"),
    columns=(
        Column(key="number", label=_("Number"), look=Text(href=project_url, icon="rocket"), sort=("number",)),
        Column(key="name", label=_("Name"), sort=("name",)),
        Column(key="material", label=_("Material"), sort=("material__code",)),
        Column(key="customer", label=_("Customer"), value=lambda one: one.customer or "", sort=("customer__name",)),
        Column(key="level", label=_("PPAP level"), look=Number(), sort=("level",)),
        Column(key="phase", label=_("Phase"), value=phase_now, sort=("phase_now",)),
        Column(key="done", label=_("Delivered so far"), value=lambda one: f"{one.done} / {one.wanted}"),
        Column(key="status", label=_("State"), look=State(word=lambda one: one.get_status_display()), sort=("status",)),
        Column(key="owner", label=_("Project leader"), look=Who(), sort=("owner__name",)),
        Column(key="due", label=_("Start of production"), value="due_at", sort=("due_at",),
               look=Moment(style="date", late=lambda one: one.is_late, word=OVERDUE)),
    ),
    filters=(
        Choice(key="status", label=_("State"), options=ProjectStatus.choices, default=(ProjectStatus.RUNNING,),
               blank=_("Running")),
        Reference(key="material", label=_("Material"), field="material__code", options=materials),
        PersonFilter(key="owner", label=_("Project leader"), field="owner"),
    ),
    links=(CREATE, Link(label=_("Deliverables"), url="qms:apqp-deliverables", action="apqp.read", icon="list-check")),
    nothing=Nothing(
        title=_("No APQP project runs"), icon="rocket", links=(CREATE,),
        text=_("A project begins with the five phases and everything that is usually delivered."),
    ),
)
DELIVERABLES = Listing(
    key="apqp-deliverables", title=_("Deliverables"), url="qms:apqp-deliverables", action="apqp.read", order="due",
    subtitle=_("What running projects wait for, the most pressing first."),
    rows=lambda viewer: apqp.deliverables(), href=deliverable_url,
    dress=lambda records, viewer: apqp.marked_late(records, viewer.at),
    search=("name", "name_zh", "phase__project__number", "phase__project__name"),
    placeholder=_("Deliverable or project"),
    columns=(
        Column(key="name", label=_("Deliverable"), value="title", look=Text(href=deliverable_url, icon="list-check"),
               sort=("name",)),
        Column(key="project", label=_("Project"), value="phase.project.number", sort=("phase__project__number",)),
        Column(key="material", label=_("Material"), value="phase.project.material",
               sort=("phase__project__material__code",)),
        Column(key="phase", label=_("Phase"), value="phase.number", look=Number(), sort=("phase__number",)),
        Column(key="element", label=_("PPAP requirement"), value=lambda one: one.element or None, look=Number(),
               sort=("element",)),
        Column(key="status", label=_("State"), look=State(word=lambda one: one.get_status_display()), sort=("status",)),
        Column(key="owner", label=_("Owner"), look=Who(), sort=("owner__name",)),
        Column(key="due", label=_("Due"), value="due_at", sort=("due_at",),
               look=Moment(style="date", late=lambda one: one.is_late, word=OVERDUE)),
    ),
    filters=(
        Choice(key="status", label=_("State"), options=DeliverableStatus.choices, default=OPEN, blank=_("Open")),
        PersonFilter(key="owner", label=_("Owner"), field="owner"),
        Flag(key="is_required", label=_("The gate waits for it")),
        Multi(key="phase", label=_("Phase"), field="phase__number", more=True,
              options=[(number, str(number)) for number in apqp_template.PHASES]),
        DateRange(key="due", label=_("Due"), field="due_at", more=True),
    ),
    nothing=Nothing(
        title=_("Nothing is waited for"), icon="circle-check",
        text=_("Deliverables of running projects stand here until they are delivered."),
    ),
)


def paper(project: ApqpProject, reader: Person) -> Sheet:
    """The project on paper: what was delivered for each gate, and the PPAP submission."""
    rows = [
        (f"{phase.number} {phase.title}", one.title, text(one.owner), text(one.due_at), str(one.get_status_display()),
         text(one.evidence))
        for phase in apqp.phases_of(project) for one in phase.deliverables.all()
    ]
    submission = [
        (str(one.number), one.title, one.asks, "✓" if one.is_there else "") for one in apqp.submission(project)
    ]
    heads = [_("Phase"), _("Deliverable"), _("Owner"), _("Due"), _("State"), _("Evidence")]
    return Sheet(
        kind=str(_("APQP project")), number=project.number, title=project.name,
        state=str(project.get_status_display()), facts=facts_of(project, FACTS),
        tables=[
            Table(str(_("Deliverables")), [str(head) for head in heads], rows),
            Table(str(_("PPAP submission")), ["", str(_("Requirement")), str(_("Level asks")), str(_("In hand"))],
                  submission),
        ],
    )
