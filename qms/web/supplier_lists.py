"""The lists of suppliers: their cards with the points of the last months, and who may deliver what."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plant.lists.description import Column, Link, Listing, Nothing, Viewer
from plant.lists.filters import Multi, PersonFilter, Reference, TextFilter
from plant.lists.looks import Moment, Number, State, Text, Who
from qms.models import ApprovedSource, SourceStatus, Supplier, SupplierStatus
from qms.queries import scorecard, sources, suppliers
from traceability.web.list_parts import materials

LAST = 3  # months that the points of the list are made from
TONES: dict[str, tuple[str, str]] = {
    "ADMITTED": ("done", "circle-check"), "APPROVED": ("done", "circle-check"),
    "CONDITIONAL": ("warning", "alert-triangle"), "CANDIDATE": ("waiting", "user-question"),
    "BLOCKED": ("failed", "ban"),
}
ENLIST = Link(label=_("New supplier card"), url="qms:supplier-enlist", action="supplier.keep", icon="building-factory",
              kind="primary")
SOURCES_LINK = Link(label=_("Approved sources"), url="qms:source-list", action="supplier.read", icon="list-check")
WORST = Link(label=_("Worst lots and trend"), url="qms:supplier-worst", action="supplier.read", icon="trending-down")
SET = Link(label=_("Approve or block"), url="qms:source-set", action="supplier.decide", icon="gavel", kind="primary")


def tone(one: Any) -> tuple[str, str]:
    return TONES[one.status]


def scored(records: Sequence[Supplier], viewer: Viewer) -> Sequence[Supplier]:
    """The cards of a page with the points of their last months."""
    days, by = scorecard.months(viewer.at, LAST), scorecard.rules()
    found = scorecard.tallies([one.partner_id for one in records], days[-1], days[0], at=viewer.at)
    for one in records:
        one.score = scorecard.score(scorecard.whole(found, one.partner_id), by)  # type: ignore[attr-defined]
    return records


def source_url(one: ApprovedSource) -> str:
    return reverse("qms:source-set") + f"?supplier={one.supplier.code}&material={one.material.code}&status={one.status}"


SUPPLIERS = Listing(
    key="suppliers", title=_("Suppliers"), url="qms:supplier-list", action="supplier.read",
    subtitle=_("Who delivers, whether they were let in, and how well they did in the last three months."),
    rows=lambda viewer: suppliers.listing(), dress=scored,
    search=("partner__code", "partner__name", "contact", "email"), placeholder=_("Code, name or contact"),
    order="code", href=suppliers.url,
    columns=(
        Column(key="code", label=_("Code"), value="partner.code", sort=("partner__code",),
               look=Text(href=suppliers.url, icon="building-factory")),
        Column(key="name", label=_("Name"), value="partner.name", sort=("partner__name",)),
        Column(key="status", label=_("State"), value="get_status_display", sort=("status",),
               look=State(word=lambda one: one.get_status_display(), tone=tone)),
        Column(key="points", label=_("Points"), value=lambda one: one.score.points, look=Number(places=0)),
        Column(key="grade", label=_("Grade"), value=lambda one: one.score.grade),
        Column(key="ppm", label=_("PPM"), value=lambda one: one.score.figures["PPM"], look=Number(places=0)),
        Column(key="accepted", label=_("Lots accepted"), value=lambda one: one.score.figures["ACCEPTED"],
               look=Number(places=1, suffix="%")),
        Column(key="delivery", label=_("On time"), value=lambda one: one.score.figures["DELIVERY"],
               look=Number(places=1, suffix="%")),
        Column(key="materials", label=_("Materials"), look=Number(), sort=("materials",)),
        Column(key="paper", label=_("Next paper runs out"), value="paper_due", look=Moment(style="date"),
               sort=("paper_due",)),
        Column(key="owner", label=_("Looked after by"), look=Who(), sort=("owner__name",)),
    ),
    filters=(
        Multi(key="status", label=_("State"), options=SupplierStatus.choices),
        PersonFilter(key="owner", label=_("Looked after by"), field="owner"),
    ),
    links=(ENLIST, SOURCES_LINK, WORST),
    nothing=Nothing(
        title=_("No supplier has a card yet"), icon="building-factory", links=(ENLIST,),
        text=_("Begin the card of a supplier: questionnaire, papers and scorecard stand there."),
    ),
)
SOURCES = Listing(
    key="sources", title=_("Approved sources"), url="qms:source-list", action="supplier.read",
    subtitle=_("Who may deliver which material. A material with a line here comes from nobody else unasked."),
    rows=lambda viewer: sources.listing(), search=("supplier__code", "supplier__name", "material__code"),
    placeholder=_("Supplier or material"), order="material", href=source_url,
    columns=(
        Column(key="material", label=_("Material"), value="material.code", look=Text(href=source_url, icon="box"),
               sort=("material__code", "supplier__code")),
        Column(key="supplier", label=_("Supplier"), value="supplier", sort=("supplier__code",)),
        Column(key="status", label=_("State"), value="get_status_display", sort=("status",),
               look=State(word=lambda one: one.get_status_display(), tone=tone)),
        Column(key="until", label=_("Until"), look=Moment(style="date"), sort=("until",)),
        Column(key="reason", label=_("Reason"), look=Text(most=80)),
        Column(key="by", label=_("By"), look=Who(), sort=("by__name",)),
        Column(key="at", label=_("At"), look=Moment(), sort=("at",)),
    ),
    filters=(
        Multi(key="status", label=_("State"), options=SourceStatus.choices),
        Reference(key="material", label=_("Material"), field="material__code", options=materials),
        TextFilter(key="supplier", label=_("Supplier"), field="supplier__code"),
    ),
    links=(SET,),
    nothing=Nothing(
        title=_("No material is tied to a supplier"), icon="list-check", links=(SET,),
        text=_("Every lot is let in from anybody. Approve a supplier for a material to change that."),
    ),
)
