"""The lists of the stores: what lies where, the places, deliveries and counts."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import Choice, DateRange, Multi, Reference, TextFilter
from plant.lists.looks import Moment, Number, Quantity, State, Text, Who
from plant.lists.row_filters import RowFilter
from plant.models import Equipment
from traceability.models import CountStatus, GoodsReceipt, PlaceKind, StockCount
from traceability.queries import counts, receipts, stock
from traceability.queries.stock import StockRow
from traceability.web.list_parts import materials, partners

STATES = (
    (stock.FREE, _("Available")), (stock.HELD, _("Held")), (stock.EXPIRED, _("Expired")),
    (stock.EXPIRING, _("Expires within 30 days")),
)
MOVE = Link(label=_("Put away or move"), url="traceability:stock-move", action="lot.move", icon="barcode",
            kind="primary")
RECEIVE = Link(label=_("Receive a lot"), url="traceability:lot-receive", action="lot.receive", icon="package-import",
               kind="primary")
COUNT = Link(label=_("Count a place"), url="traceability:count-ask", action="count.ask", icon="list-check",
             kind="primary")


def lot_url(row: StockRow) -> str:
    return reverse("traceability:lot-detail", args=[row.lot.number])


def place_url(row: StockRow) -> str:
    """The page of the place, where it is one that stores."""
    stores = row.place is not None and row.place.stores_material
    return reverse("traceability:storage-detail", args=[row.balance.place]) if stores else ""


def in_state(state: str) -> Q:
    """By the clock of the moment at which somebody looks."""
    return stock.in_state(state, timezone.now())


def stores() -> "QuerySet[Equipment]":
    """The places that can be asked for."""
    return Equipment.objects.filter(stores_material=True).order_by("code")


STOCK = Listing(
    key="stock", title=_("Stock"), url="traceability:stock-list", action="lot.read",
    subtitle=_("What lies where, in the stores and at the line, and whether it may be used."),
    rows=lambda viewer: stock.every(), dress=lambda rows, viewer: stock.dress(rows, viewer.at),
    search=("lot__number", "lot__supplier_lot", "lot__material__code", "lot__material__name", "place"),
    placeholder=_("Lot, material or place"), order="place", href=lot_url,
    tone=lambda row: "held" if row.lot.open_holds else "",
    columns=(
        Column(key="lot", label=_("Lot"), value="lot.number", look=Text(href=lot_url), sort=("lot__number",)),
        Column(key="material", label=_("Material"), value="lot.material", sort=("lot__material__code",)),
        Column(key="quantity", label=_("Quantity"), value="balance.quantity",
               look=Quantity(unit=lambda row: row.lot.material.unit), sort=("quantity",)),
        Column(key="where", label=_("Where"), value="balance.get_bucket_display", sort=("bucket",)),
        Column(key="place", label=_("Place"), value="balance.place", look=Text(href=place_url), sort=("place",)),
        Column(key="place_name", label=_("Name of the place"), hidden=True),
        Column(key="state", label=_("State"), look=State()),
        Column(key="expires", label=_("Expires"), value="lot.expires_at", look=Moment(), sort=("lot__expires_at",)),
        Column(key="received", label=_("Created"), value="lot.created_at", look=Moment(), sort=("lot__created_at",)),
        Column(key="supplier", label=_("Supplier"), value="lot.supplier", sort=("lot__supplier__code",), hidden=True),
        Column(key="supplier_lot", label=_("Supplier's lot"), value="lot.supplier_lot", sort=("lot__supplier_lot",),
               hidden=True),
    ),
    filters=(
        Multi(key="state", label=_("State"), options=STATES, query=in_state),
        Reference(key="material", label=_("Material"), field="lot__material__code", options=materials),
        Choice(key="bucket", label=_("Where"), options=[(one.value, one.label) for one in stock.HERE]),
        RowFilter(key="supplier", label=_("Supplier"), field="lot__supplier__code", rows=partners, more=True),
        TextFilter(key="place", label=_("Place"), more=True),
        DateRange(key="expires", label=_("Expires"), field="lot__expires_at", more=True),
    ),
    links=(MOVE,),
    nothing=Nothing(
        title=_("Nothing lies in the stores"), icon="box-off",
        text=_("Material lies here once it is received."), links=(RECEIVE,),
    ),
)


def storage_url(place: Equipment) -> str:
    return reverse("traceability:storage-detail", args=[place.code])


def kind_word(place: Equipment) -> Any:
    """What the place is for."""
    return PlaceKind(stock.kind_of(place)).label


def of_kind(kind: str) -> Q:
    """The places of a kind; one that says nothing is a store."""
    is_store = kind == PlaceKind.STORE
    return Q(storage__kind=kind) | Q(storage__isnull=True) if is_store else Q(storage__kind=kind)


PLACES = Listing(
    key="storage", title=_("Storage places"), url="traceability:storage-list", action="lot.read",
    subtitle=_("Stores, racks and bins, each with a plate to scan."), rows=lambda viewer: stock.stores(),
    search=("code", "name"), placeholder=_("Code or name"), order="code", href=storage_url,
    columns=(
        Column(key="code", label=_("Code"), look=Text(href=storage_url), sort=("code",)),
        Column(key="name", label=_("Name"), sort=("name",)),
        Column(key="parent", label=_("Part of"), value="parent.code", sort=("parent__code",)),
        Column(key="kind", label=_("Kind"), value=kind_word),
        Column(
            key="material", label=_("Kept for material"), value="storage.material", sort=("storage__material__code",)
        ),
    ),
    filters=(
        Choice(key="kind", label=_("Kind"), options=PlaceKind.choices, query=of_kind),
        RowFilter(key="parent", label=_("Part of"), field="parent__code", rows=stores),
    ),
    links=(MOVE,),
    nothing=Nothing(
        title=_("No storage places yet"), icon="map-pin",
        text=_("An administrator enters places that store material in the console."),
    ),
)


def receipt_url(one: GoodsReceipt) -> str:
    return reverse("traceability:receipt-detail", args=[one.number])


RECEIPTS = Listing(
    key="receipts", title=_("Goods receipts"), url="traceability:receipt-list", action="lot.read",
    subtitle=_("Deliveries with their lots and certificates."), rows=lambda viewer: receipts.every(),
    search=("number", "delivery_note", "supplier__code", "supplier__name", "lines__lot__number"),
    placeholder=_("Number, delivery note, supplier or lot"), order="-at", href=receipt_url,
    columns=(
        Column(key="number", label=_("Number"), look=Text(href=receipt_url), sort=("number",)),
        Column(key="supplier", label=_("Supplier"), sort=("supplier__code",)),
        Column(key="note", label=_("Delivery note"), value="delivery_note", sort=("delivery_note",)),
        Column(key="lots", label=_("Lots"), value="lot_count", look=Number()),
        Column(key="held", label=_("Held"), value="held_count", look=Number()),
        Column(key="by", label=_("Received by"), look=Who(), sort=("by__name",)),
        Column(key="at", label=_("Received"), look=Moment(), sort=("at",)),
    ),
    filters=(
        RowFilter(key="supplier", label=_("Supplier"), field="supplier__code", rows=partners),
        DateRange(key="received", label=_("Received"), field="at"),
    ),
    links=(RECEIVE,),
    nothing=Nothing(
        title=_("No deliveries yet"), icon="truck-delivery",
        text=_("A delivery is kept when a lot is received with the number of its delivery note."), links=(RECEIVE,),
    ),
)


def count_url(one: StockCount) -> str:
    return reverse("traceability:count-detail", args=[one.number])


def differences(one: Any) -> int | None:
    """How many lots differ; nobody is told while it is being counted."""
    return None if one.status == CountStatus.COUNTING else one.difference_count


COUNTS = Listing(
    key="counts", title=_("Stock counts"), url="traceability:count-list", action="count.read",
    subtitle=_("Places that are counted blind, and what differed from the books."), rows=lambda viewer: counts.every(),
    search=("number", "place__code", "place__name"), placeholder=_("Number or place"), order="-asked", href=count_url,
    columns=(
        Column(key="number", label=_("Number"), look=Text(href=count_url), sort=("number",)),
        Column(key="place", label=_("Place"), sort=("place__code",)),
        Column(key="status", label=_("State"), look=State(word=lambda one: one.get_status_display()), sort=("status",)),
        Column(key="lines", label=_("Lots"), value="line_count", look=Number()),
        Column(key="differences", label=_("Differences"), value=differences, look=Number()),
        Column(key="counted_by", label=_("Counted by"), look=Who(), sort=("counted_by__name",)),
        Column(key="settled_by", label=_("Approved by"), look=Who(), sort=("settled_by__name",), hidden=True),
        Column(key="asked", label=_("Asked"), value="asked_at", look=Moment(style="ago"), sort=("asked_at",)),
        Column(key="why", label=_("Reason"), look=Text(most=90), hidden=True),
    ),
    filters=(
        Multi(key="status", label=_("State"), options=CountStatus.choices),
        RowFilter(key="place", label=_("Place"), field="place__code", rows=stores),
        DateRange(key="asked", label=_("Asked"), field="asked_at", more=True),
    ),
    links=(COUNT,),
    nothing=Nothing(
        title=_("Nothing has been counted yet"), icon="list-check",
        text=_("Ask for a place to be counted; whoever counts scans what lies there."), links=(COUNT,),
    ),
)
