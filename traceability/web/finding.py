"""Found by other names than our own numbers: suppliers' lots, materials by code, name or GTIN, customers."""

from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from plant import policies, scoping, search
from plant.models import MaterialDefinition, Partner, PartnerKind, Person, PersonKind
from traceability.models import MaterialLot
from traceability.queries import scanned

MOST = 5


def supplier_lots(code: str, person: Person) -> list[search.Hit]:
    """What came under a supplier's own number: the lot itself, or where several came, all of them as a scope."""
    if not code or not policies.may(person, "lot.read"):
        return []
    rows = MaterialLot.objects.filter(supplier_lot__in={code, code.upper()}).exclude(supplier_lot="")
    found = scoping.visible(rows, person).select_related("material", "supplier").order_by("-created_at")[:MOST]
    lots = [
        search.Hit(
            lot.number, reverse("traceability:lot-detail", args=[lot.number]), _("Supplier's lot"),
            f"{lot.supplier_lot} · {lot.supplier or lot.material}", lot.status, len(found) == 1, "package-import",
        )
        for lot in found
    ]
    if len(lots) > 1:
        everything = scope("supplier-lot", found[0].supplier_lot)
        lots.insert(0, search.Hit(code, everything, _("Supplier's lot"), _("Everything with this number"), "", True))
    return lots


def materials(code: str, person: Person) -> list[search.Hit]:
    """A material by its code, name or trade item number: its lots."""
    if not code or not policies.may(person, "lot.read"):
        return []
    gtin = scanned.material_of({"01": code.zfill(14)}) if code.isdigit() and len(code) in (8, 12, 13, 14) else None
    near = Q(code__istartswith=code) | Q(name__icontains=code)
    rows = MaterialDefinition.objects.filter(Q(pk=gtin.pk) if gtin else near).order_by("code")[:MOST]
    return [
        search.Hit(
            row.code, f"{reverse('traceability:lot-list')}?{urlencode({'q': row.code})}", _("Material"), row.name, "",
            gtin is not None or row.code.lower() == code.lower(), "box",
        )
        for row in rows
    ]


def customers(code: str, person: Person) -> list[search.Hit]:
    """A customer by code or name: everything that was shipped to them."""
    if not code or not policies.may(person, "shipment.read"):
        return []
    rows = Partner.objects.filter(Q(code__istartswith=code) | Q(name__icontains=code), kind=PartnerKind.CUSTOMER)
    return [
        search.Hit(
            row.code, scope("customer", row.code), _("Customer"), row.name, "", row.code.lower() == code.lower(),
            "building-store",
        )
        for row in scoping.visible(rows, person).order_by("code")[:MOST]
    ]


def people(code: str, person: Person) -> list[search.Hit]:
    """Somebody by their whole staff number, for whoever may trace people: what they worked on. Nobody is browsed."""
    if not code or not policies.may(person, "people.trace"):
        return []
    rows = Person.objects.filter(number__iexact=code, kind=PersonKind.HUMAN, partner__isnull=True)
    told = _("Everything they worked on")
    return [
        search.Hit(row.number, scope("person", row.number), _("Person"), told, "", True, "user")
        for row in scoping.visible(rows, person)
    ]


def scope(kind: str, code: str) -> str:
    """The page of what something reaches."""
    return f"{reverse('traceability:scope')}?{urlencode({'kind': kind, 'code': code})}"
