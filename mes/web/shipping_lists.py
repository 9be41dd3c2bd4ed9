"""The lists of cartons and pallets, and of shipments."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import DateRange, Flag, Multi, TextFilter
from plant.lists.looks import Moment, Number, State, Text, Who
from plant.lists.row_filters import RowFilter
from traceability.models import HandlingUnit, Shipment, ShipmentStatus, UnitKind, UnitStatus
from traceability.queries import packing, shipments
from traceability.web.list_parts import partners


def unit_url(row: HandlingUnit) -> str:
    return reverse("mes:unit-detail", args=[row.number])


def pallet_url(row: HandlingUnit) -> str:
    return reverse("mes:unit-detail", args=[row.pallet.number]) if row.pallet else ""


def shipment_url(row: Shipment) -> str:
    return reverse("mes:shipment-detail", args=[row.number])


def is_late(row: Shipment) -> bool:
    return row.status == ShipmentStatus.OPEN and row.due_at < timezone.now()


def late(_value: str) -> Q:
    return Q(status=ShipmentStatus.OPEN, due_at__lt=timezone.now())


OPEN = Link(label=_("Open a carton"), url="mes:unit-open", action="unit.pack", icon="package", kind="primary")
STORE = Link(
    label=_("Finished goods into the store"), url="mes:goods-receive", action="goods.receive", icon="home-down"
)
NEW = Link(label=_("New shipment"), url="mes:shipment-create", action="shipment.plan", icon="plus", kind="primary")


def state_word(row: Any) -> Any:
    return row.get_status_display()


UNITS = Listing(
    key="units", title=_("Cartons and pallets"), url="mes:unit-list", action="unit.read",
    subtitle=_("What is packed in what, under which SSCC."), rows=lambda viewer: packing.units(),
    search=("number", "pallet__number", "contents__lot__number"), placeholder=_("SSCC, pallet or lot"),
    order="-opened", href=unit_url,
    columns=(
        Column(key="number", label=_("SSCC"), look=Text(href=unit_url, icon="package"), sort=("number",)),
        Column(key="kind", label=_("Kind"), value="get_kind_display", sort=("kind",)),
        Column(key="status", label=_("State"), look=State(word=state_word), sort=("status",)),
        Column(key="lots", label=_("Lots"), look=Number(), sort=("lots",)),
        Column(key="packed", label=_("Packed"), look=Number(), sort=("packed",)),
        Column(key="pallet", label=_("Pallet"), value="pallet.number", look=Text(href=pallet_url),
               sort=("pallet__number",)),
        Column(key="place", label=_("Store"), sort=("place",)),
        Column(key="opened", label=_("Opened"), value="opened_at", look=Moment(), sort=("opened_at",)),
        Column(key="by", label=_("By"), value="opened_by", look=Who(), sort=("opened_by__name",), hidden=True),
    ),
    filters=(
        Multi(key="status", label=_("State"), options=UnitStatus.choices),
        Multi(key="kind", label=_("Kind"), options=UnitKind.choices),
        TextFilter(key="place", label=_("Store")), DateRange(key="opened", label=_("Opened"), field="opened_at"),
    ),
    links=(OPEN, STORE),
    nothing=Nothing(
        title=_("Nothing is packed yet"), icon="package", links=(OPEN,),
        text=_("Open a carton, scan what goes in, close it, and print its label."),
    ),
)

SHIPMENTS = Listing(
    key="shipments", title=_("Shipments"), url="mes:shipment-list", action="shipment.read",
    subtitle=_("What customers are to get, until when, and what has left."), rows=lambda viewer: shipments.every(),
    search=("number", "customer__code", "customer__name", "vehicle"), placeholder=_("Number, customer or vehicle"),
    order="due", href=shipment_url, tone=lambda row: "warning" if is_late(row) else "",
    columns=(
        Column(key="number", label=_("Number"), look=Text(href=shipment_url, icon="truck-delivery"), sort=("number",)),
        Column(key="customer", label=_("Customer"), sort=("customer__code",)),
        Column(key="status", label=_("State"), look=State(word=state_word), sort=("status",)),
        Column(key="due", label=_("Due"), value="due_at", look=Moment(late=is_late), sort=("due_at",)),
        Column(key="shipped", label=_("Shipped"), value="shipped_at", look=Moment(), sort=("shipped_at",)),
        Column(key="vehicle", label=_("Vehicle"), sort=("vehicle",)),
        Column(key="by", label=_("Shipped by"), value="shipped_by", look=Who(), sort=("shipped_by__name",),
               hidden=True),
    ),
    filters=(
        Multi(key="status", label=_("State"), options=ShipmentStatus.choices),
        RowFilter(key="customer", label=_("Customer"), field="customer__code", rows=partners),
        Flag(key="late", label=_("Late"), query=late),
        DateRange(key="due", label=_("Due"), field="due_at", more=True),
    ),
    links=(NEW,),
    nothing=Nothing(
        title=_("No shipments yet"), icon="truck-delivery", links=(NEW,),
        text=_("The ERP sends them, or enter the first one by hand."),
    ),
)
