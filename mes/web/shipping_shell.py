"""What packing and shipping add to every page's frame: the rail, words, ways of finding."""

from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from mes.web import shipping_sheets
from plant import navigation, policies, scoping, search, subjects, words
from plant.models import Person
from traceability.models import HandlingUnit, Shipment

navigation.register(
    navigation.Page("material", _("Cartons and pallets"), "mes:unit-list", "unit.read", "package", 50),
    navigation.Page("material", _("Shipments"), "mes:shipment-list", "shipment.read", "truck-delivery", 60),
    navigation.Act(_("Open a carton…"), "mes:unit-open", "unit.pack", "package", "mes:unit-list"),
    navigation.Act(
        _("Finished goods into the store…"), "mes:goods-receive", "goods.receive", "home-down", "mes:unit-list"
    ),
    navigation.Act(
        _("New shipment…"), "mes:shipment-create", "shipment.plan", "truck-delivery", "mes:shipment-list"
    ),
)
subjects.register(
    subjects.Subject(HandlingUnit, "unit.read", "mes:unit-detail", sheet=shipping_sheets.unit),
    subjects.Subject(Shipment, "shipment.read", "mes:shipment-detail", sheet=shipping_sheets.shipment),
)
words.register({
    "handlingunit.opened": _("Carton or pallet opened"),
    "handlingunit.closed": _("Carton or pallet closed"),
    "handlingunit.open": _("Opened again"),
    "handlingunit.dissolved": _("Carton or pallet dissolved"),
    "handlingunit.shipped": _("Carton or pallet shipped"),
    "handlingunit.loaded": _("Put onto a pallet"),
    "handlingunit.taken-down": _("Taken off its pallet"),
    "handlingunit.alarmed": _("Alarm: may not be packed here"),
    "lot.packed": _("Packed"),
    "lot.unpacked": _("Taken out of its carton"),
    "lot.stored": _("Finished goods received"),
    "lot.picked": _("Picked for a shipment"),
    "lot.put-back": _("Put back"),
    "lot.shipped": _("Shipped"),
    "lot.returned": _("Came back from the customer"),
    "workrequest.goods-received": _("Finished goods received"),
    "shipment.planned": _("Shipment planned"),
    "shipment.changed": _("Shipment changed"),
    "shipment.cancelled": _("Shipment cancelled"),
    "shipment.shipped": _("Shipment left"),
    "shipment.alarmed": _("Alarm: does not belong on this truck"),
    "shipment.returned": _("Goods came back"),
})


def find_units(code: str, person: Person) -> list[search.Hit]:
    """A carton or pallet by its SSCC."""
    if not code or not policies.may(person, "unit.read"):
        return []
    rows = HandlingUnit.objects.filter(number__startswith=code)
    return [
        search.Hit(
            unit.number, reverse("mes:unit-detail", args=[unit.number]), unit.get_kind_display(), unit.place,
            unit.status, unit.number == code, "package",
        )
        for unit in scoping.visible(rows, person)[:8]
    ]


def find_shipments(code: str, person: Person) -> list[search.Hit]:
    """A shipment by its number."""
    if not code or not policies.may(person, "shipment.read"):
        return []
    rows = Shipment.objects.filter(number__istartswith=code).select_related("customer")
    return [
        search.Hit(
            one.number, reverse("mes:shipment-detail", args=[one.number]), now("Shipment"), str(one.customer),
            one.status, one.number == code, "truck-delivery",
        )
        for one in scoping.visible(rows, person)[:8]
    ]


search.register(find_units)
search.register(find_shipments)
