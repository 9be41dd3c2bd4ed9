"""The lists of this room: lots and serials, holds, machines."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plant.lists.description import Act, Column, Link, Listing, Nothing, Viewer
from plant.lists.filters import Choice, DateRange, Flag, Multi, PersonFilter, Reference, TextFilter
from plant.lists.looks import Moment, Number, Quantity, State, Text, Who
from plant.lists.row_filters import RowFilter
from plant.models import Equipment, EquipmentLevel, EquipmentState, Person
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind, Hold, LotKind, LotStatus, MaterialLot, TargetKind
from traceability.queries import holds_list, lots_list
from traceability.web.forms import ReleaseForm
from traceability.web.holds import content, release_one
from traceability.web.list_parts import ReasonForm, Spot, materials, partners


def hold_lot(lot: MaterialLot, *, reason: str, by: Person, at: datetime) -> Hold:
    """Stop a lot and everything made from it."""
    cause = Cause(CauseKind.PERSON, f"{by.number}-{at:%y%m%d%H%M}")
    return holds.place(target=Target.lot(lot), cause=cause, reason=reason, by=by, at=at)


def lot_url(row: lots_list.LotRow) -> str:
    return reverse("traceability:lot-detail", args=[row.lot.number])


def spots(row: lots_list.LotRow) -> str:
    """Where it is, in words."""
    return ", ".join(" · ".join(filter(None, (str(one.get_bucket_display()), one.place))) for one in row.where)


LOTS = Listing(
    key="lots", title=_("Lots and serials"), url="traceability:lot-list", action="lot.read",
    subtitle=_("Everything that exists or existed in the plant, each under its own number."),
    rows=lambda viewer: lots_list.every(), dress=lambda records, viewer: [lots_list.row(lot) for lot in records],
    search=("number", "supplier_lot", "material__code", "material__name"),
    placeholder=_("Number, material or supplier's lot"), order="-created", href=lot_url,
    tone=lambda row: "held" if row.lot.open_holds else "",
    columns=(
        Column(key="number", label=_("Number"), value="lot.number", look=Text(href=lot_url), sort=("number",)),
        Column(key="kind", label=_("Kind"), value="lot.get_kind_display", hidden=True),
        Column(key="material", label=_("Material"), value="lot.material", sort=("material__code",)),
        Column(key="status", label=_("State"), value="state", look=State(), sort=("status",)),
        Column(
            key="at_hand", label=_("At hand"), value="at_hand", look=Quantity(unit=lambda row: row.lot.material.unit)
        ),
        Column(key="where", label=_("Where"), value=spots),
        Column(key="supplier", label=_("Supplier"), value="lot.supplier", sort=("supplier__code",), hidden=True),
        Column(key="supplier_lot", label=_("Supplier's lot"), value="lot.supplier_lot", sort=("supplier_lot",)),
        Column(key="job_order", label=_("Work order"), value="lot.job_order", sort=("job_order",), hidden=True),
        Column(key="holds", label=_("Open holds"), value="lot.open_holds", look=Number(), hidden=True),
        Column(
            key="expires", label=_("Expires"), value="lot.expires_at", look=Moment(), sort=("expires_at",), hidden=True
        ),
        Column(key="created", label=_("Created"), value="lot.created_at", look=Moment(), sort=("created_at",)),
    ),
    filters=(
        Choice(key="status", label=_("State"), options=LotStatus.choices),
        Choice(key="kind", label=_("Kind"), options=LotKind.choices),
        Reference(key="material", label=_("Material"), field="material__code", options=materials),
        Spot(key="spot", label=_("Where")),
        RowFilter(key="supplier", label=_("Supplier"), field="supplier__code", rows=partners, more=True),
        TextFilter(key="job_order", label=_("Work order"), more=True),
        DateRange(key="created", label=_("Created"), field="created_at", more=True),
        DateRange(key="expires", label=_("Expires"), field="expires_at", more=True),
    ),
    links=(
        Link(label=_("Receive a lot"), url="traceability:lot-receive", action="lot.receive", icon="package-import",
             kind="primary"),
    ),
    acts=(
        Act(key="hold", label=_("Place a hold"), action="hold.place", icon="hand-stop", kind="danger", run=hold_lot,
            form=ReasonForm, trial={"reason": "?"}),
    ),
    nothing=Nothing(
        title=_("No lots yet"), icon="box-off",
        text=_("A lot comes into being when material is received or a work order reports output."),
        links=(Link(label=_("Receive a lot"), url="traceability:lot-receive", action="lot.receive",
                    icon="package-import", kind="primary"),),
    ),
)


def hold_url(hold: Hold) -> str:
    return reverse("traceability:hold-detail", args=[hold.pk])


HOLDS = Listing(
    key="holds", title=_("Holds"), url="traceability:hold-list", action="hold.read",
    subtitle=_("What stands still, who stopped it, why and since when."), rows=lambda viewer: holds_list.every(),
    search=("target_label", "cause_id", "reason"), placeholder=_("Target, cause or reason"), order="-since",
    href=hold_url, above="traceability/hold/counts.html",
    around=lambda viewer: {"counts": holds_list.counts(viewer.person)},
    columns=(
        Column(key="target", label=_("Target"), value="target_label", look=Text(href=hold_url), sort=("target_label",)),
        Column(key="kind", label=_("Kind"), value="get_target_kind_display", sort=("target_kind",)),
        Column(key="material", label=_("Material"), value="lot.material.code", sort=("lot__material__code",)),
        Column(
            key="state", label=_("State"), value=lambda hold: "RELEASED" if hold.released_at else "HELD", look=State()
        ),
        Column(key="cause", label=_("Cause"), value=lambda hold: f"{hold.get_cause_kind_display()} {hold.cause_id}",
               sort=("cause_kind", "cause_id")),
        Column(key="reason", label=_("Reason"), look=Text(most=90)),
        Column(key="by", label=_("Placed by"), value="placed_by", look=Who(), sort=("placed_by__name",)),
        Column(key="since", label=_("Since"), value="placed_at", look=Moment(style="ago"), sort=("placed_at",)),
        Column(key="released_by", label=_("Released by"), look=Who(), hidden=True),
        Column(
            key="released", label=_("Released"), value="released_at", look=Moment(), sort=("released_at",), hidden=True
        ),
        Column(key="why", label=_("Why released"), value="release_reason", look=Text(most=90), hidden=True),
    ),
    filters=(
        Choice(key="state", label=_("State"), options=[("open", _("Held")), ("released", _("Released"))],
               default=("open",), blank=_("Held"), query=holds_list.in_state),
        Multi(key="target", label=_("Target"), field="target_kind", options=TargetKind.choices),
        Multi(key="cause", label=_("Cause"), field="cause_kind", options=CauseKind.choices),
        PersonFilter(key="by", label=_("Placed by"), field="placed_by", more=True),
        DateRange(key="since", label=_("Since"), field="placed_at", more=True),
    ),
    acts=(
        Act(key="release", label=_("Release"), action="hold.release", icon="lock-open", run=release_one,
            form=ReleaseForm, trial={"reason": "?", "password": None}, sees=content, most=50),
    ),
    links=(
        Link(label=_("Place a hold"), url="traceability:hold-place", action="hold.place", icon="hand-stop",
             kind="danger"),
    ),
    nothing=Nothing(
        title=_("Nothing is held"), icon="circle-check",
        text=_("Everything may go on. A hold appears here when a chart, an inspection or a person stops something."),
    ),
)


def machine_url(one: Equipment) -> str:
    return reverse("traceability:equipment-history", args=[one.code])


def machines(viewer: Viewer) -> "QuerySet[Equipment]":
    """Every machine and place in use."""
    return Equipment.objects.filter(active=True).select_related("parent")


EQUIPMENT = Listing(
    key="equipment", title=_("Equipment history"), url="traceability:equipment-list", action="lot.read",
    subtitle=_("Scan the number on a machine to see which lots ran on it."), rows=machines,
    search=("code", "name"), placeholder=_("Equipment number or name"), order="code", href=machine_url,
    columns=(
        Column(key="code", label=_("Code"), look=Text(href=machine_url), sort=("code",)),
        Column(key="name", label=_("Name"), sort=("name",)),
        Column(key="level", label=_("Level"), value="get_level_display", sort=("level",)),
        Column(key="parent", label=_("Part of"), value="parent.code", sort=("parent__code",)),
        Column(key="state", label=_("State"), look=State(word=lambda one: one.get_state_display()), sort=("state",)),
        Column(key="since", label=_("State since"), value="state_at", look=Moment(), sort=("state_at",), hidden=True),
    ),
    filters=(
        Multi(key="level", label=_("Level"), options=EquipmentLevel.choices),
        Multi(key="state", label=_("State"), options=EquipmentState.choices),
        TextFilter(key="parent", label=_("Part of"), fields=("parent__code", "parent__name"), more=True),
        Flag(key="stores", label=_("Stores material"), field="stores_material", more=True),
    ),
    nothing=Nothing(
        title=_("No equipment yet"), icon="engine-off",
        text=_("An administrator enters lines and stations in the console."),
    ),
)
