"""The lists of audits: the programme, and the checklists by revision."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import Choice, DateRange, Multi, PersonFilter
from plant.lists.looks import Moment, Number, State, Text, Who
from plant.models import RevisionStatus
from qms.models import Audit, AuditChecklist, AuditStatus, Scheme
from qms.queries import audits as reading


def url(row: Audit) -> str:
    return reverse("qms:audit-detail", args=[row.number])


PLAN = Link(label=_("Plan an audit"), url="qms:audit-plan", action="audit.plan", icon="calendar-plus", kind="primary")
MATRIX = Link(label=_("Compliance matrix"), url="qms:compliance", action="audit.read", icon="table-options")
REVIEW = Link(
    label=_("Management review"), url="qms:management-review", action="audit.pack", icon="report-analytics"
)
CHECKLISTS = Link(label=_("Checklists"), url="qms:audit-checklists", action="audit.read", icon="list-check")
AUDITS = Listing(
    key="audits", title=_("Audits"), url="qms:audit-list", action="audit.read", rows=lambda viewer: reading.listing(),
    subtitle=_("The programme: what is audited when, what was found, what of it is settled."),
    search=("number", "title", "checklist__code", "area__code", "supplier__name"),
    placeholder=_("Number, title, area or supplier"), order="planned", href=url,
    columns=(
        Column(key="number", label=_("Number"), look=Text(href=url, icon="clipboard-check"), sort=("number",)),
        Column(key="title", label=_("Title"), look=Text(most=90)),
        Column(key="checklist", label=_("Checklist"), value="checklist.title", sort=("checklist__code",)),
        Column(key="where", label=_("Where"), value=lambda one: str(one.supplier or one.area or one.site)),
        Column(key="status", label=_("State"), look=State(word=lambda one: one.get_status_display()),
               sort=("status",)),
        Column(key="planned", label=_("Planned for"), value="planned_at", sort=("planned_at",),
               look=Moment(style="date", late=lambda one: one.status == "PLANNED" and one.planned_at < timezone.now(),
                           word=_("Overdue"))),
        Column(key="lead", label=_("Lead auditor"), look=Who(), sort=("lead__name",)),
        Column(key="findings", label=_("Findings"), value="finding_count", look=Number(), sort=("finding_count",)),
        Column(key="score", label=_("Fulfilled (percent)"), value="score", look=Number(places=1), sort=("score",)),
        Column(key="grade", label=_("Grade"), sort=("grade",), hidden=True),
    ),
    filters=(
        Choice(key="status", label=_("State"), options=AuditStatus.choices, default=reading.ALIVE,
               blank=_("Everything open")),
        Multi(key="scheme", label=_("Scheme"), field="checklist__scheme", options=Scheme.choices),
        PersonFilter(key="lead", label=_("Lead auditor"), field="lead"),
        DateRange(key="planned", label=_("Planned for"), field="planned_at", more=True),
    ),
    links=(PLAN, MATRIX, REVIEW, CHECKLISTS),
    nothing=Nothing(title=_("No audit is planned"), icon="clipboard-check", links=(PLAN,),
                    text=_("Plan the audits of the year, and the layered ones of the week.")),
)

LISTS = Listing(
    key="audit-checklists", title=_("Audit checklists"), url="qms:audit-checklists", action="audit.read",
    subtitle=_("What is asked in audits, revision by revision."), rows=lambda viewer: AuditChecklist.objects.all(),
    search=("code", "name", "name_zh", "standard"), placeholder=_("Code or name"), order="code",
    href=lambda row: reverse("qms:audit-checklist", args=[row.pk]),
    columns=(
        Column(key="code", label=_("Code"), value=lambda row: f"{row.code}/{row.revision}", sort=("code", "-revision"),
               look=Text(href=lambda row: reverse("qms:audit-checklist", args=[row.pk]), icon="list-check")),
        Column(key="name", label=_("Name"), value="title", sort=("name",)),
        Column(key="scheme", label=_("Scheme"), value="get_scheme_display", sort=("scheme",)),
        Column(key="standard", label=_("Standard"), sort=("standard",)),
        Column(key="status", label=_("State"), look=State(word=lambda row: row.get_status_display()),
               sort=("status",)),
    ),
    filters=(Multi(key="status", label=_("State"), options=RevisionStatus.choices),),
    nothing=Nothing(title=_("No checklist yet"), icon="list-check",
                    text=_("An administrator writes them in the console; quality puts them into effect here.")),
)
