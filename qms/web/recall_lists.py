"""The list of recalls and drills."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import Choice, DateRange, Multi
from plant.lists.looks import Moment, Number, State, Text, Who
from qms.models import Recall, RecallKind, RecallStatus
from qms.queries import recalls as reading

DRILL = Link(label=_("Begin a drill"), url="qms:recall-drill", action="recall.draft", icon="stopwatch")
SCOPE = Link(label=_("Scope"), url="traceability:scope", action="lot.read", icon="affiliate", kind="primary")


def lots(one: Recall) -> object:
    return one.figures.get("lots")


def accounted(one: Recall) -> object:
    return one.figures.get("percent")


RECALLS = Listing(
    key="recalls", title=_("Recalls"), url="qms:recall-list", action="recall.read", live="news",
    subtitle=_("What was called back, and how quickly a drill found everything."),
    rows=lambda viewer: reading.listing(), order="-opened", href=reading.url,
    search=("number", "title", "reason", "nonconformance__number", "complaint__number"),
    placeholder=_("Number or words"),
    columns=(
        Column(key="number", label=_("Number"), look=Text(href=reading.url, icon="alert-octagon"), sort=("number",)),
        Column(key="title", label=_("What is called back"), value="title", look=Text(most=90)),
        Column(key="kind", label=_("Kind"), value="get_kind_display", sort=("kind",)),
        Column(key="status", label=_("State"), look=State(word=lambda one: one.get_status_display()), sort=("status",)),
        Column(key="lots", label=_("Lots"), value=lots, look=Number()),
        Column(key="accounted", label=_("Accounted for"), value=accounted, look=Number(places=1, suffix=" %")),
        Column(key="opened", label=_("Opened"), value="opened_at", look=Moment(), sort=("opened_at",)),
        Column(key="declared", label=pgettext_lazy("recall", "Declared"), value="declared_at", look=Moment(),
               sort=("declared_at",)),
        Column(key="by", label=_("Opened by"), value="opened_by", look=Who(), sort=("opened_by__name",)),
        Column(key="closed", label=_("Closed"), value="closed_at", look=Moment(), sort=("closed_at",), hidden=True),
    ),
    filters=(
        Choice(key="status", label=_("State"), options=RecallStatus.choices),
        Multi(key="kind", label=_("Kind"), options=RecallKind.choices),
        DateRange(key="opened", label=_("Opened"), field="opened_at", more=True),
    ),
    links=(DRILL, SCOPE),
    nothing=Nothing(
        title=_("Nothing was ever called back"), icon="circle-check", links=(DRILL, SCOPE),
        text=_("A recall opens from a scope. Rehearse it once a year: begin a drill."),
    ),
)
