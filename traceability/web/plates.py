"""Labels of anything that carries a code: machines and places, materials, people's badges, lots; one or many."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from plant import policies, scoping
from plant.console import labels as register
from plant.models import Equipment, MaterialDefinition, Person
from plant.web.access import needs
from traceability import labels
from traceability.labels import Label
from traceability.models import MaterialLot
from traceability.web.labels import of as lot_label

MOST = register.MOST


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record with labels: how a label is made (none where there is no code), and who may print it."""

    model: type[Model]
    make: Callable[[HttpRequest, Any], Label | None]
    action: str
    related: tuple[str, ...] = ()


def equipment(request: HttpRequest, row: Equipment) -> Label:
    """The plate of a machine, line or store; its QR code opens what happened there."""
    url = request.build_absolute_uri(reverse("traceability:equipment-history", args=[row.code]))
    above = row.parent.name if row.parent else ""
    what = _("Storage place") if row.stores_material else str(row.get_level_display())
    return Label(row.code, url, tuple(filter(None, (row.name, what, above))))


def material(request: HttpRequest, row: MaterialDefinition) -> Label:
    """The label of a shelf or bin for a material."""
    url = request.build_absolute_uri(f"{reverse('plant:search')}?q={row.code}")
    return Label(row.code, url, (row.name, str(row.get_use_display()), row.unit.symbol))


def badge(request: HttpRequest, row: Person) -> Label | None:
    """A badge: its QR code and bars carry the badge code, so that a tablet reads either."""
    if not row.badge:
        return None
    return Label(row.badge, row.badge, tuple(filter(None, (row.name, row.number, row.site.name if row.site else ""))))


KINDS: dict[str, Kind] = {
    "equipment": Kind(Equipment, equipment, "label.print", ("parent",)),
    "material": Kind(MaterialDefinition, material, "label.print", ("unit",)),
    "badge": Kind(Person, badge, "people.edit", ("site",)),
    "lot": Kind(MaterialLot, lot_label, "label.print", ("material",)),
}


@needs("label.print")
def page(request: HttpRequest, kind: str) -> HttpResponse:
    """The labels of the records named in the address, ready to print; as ZPL for a label printer."""
    found = KINDS.get(kind)
    if found is None:
        raise Http404
    policies.check(request.user, found.action)
    keys = [key for key in request.GET.get("ids", "").split(",") if key.isascii() and key.isdigit() and len(key) < 19]
    near = scoping.visible(found.model._default_manager.select_related(*found.related), request.user)
    rows = list(near.filter(pk__in=keys[:MOST]).order_by("pk"))
    made = [(row, found.make(request, row)) for row in rows]
    ready = [label for _row, label in made if label]
    if request.GET.get("format") == "zpl":
        response = HttpResponse("".join(map(labels.zpl, ready)), content_type="text/plain; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="labels-{kind}.zpl"'
        return response
    # The drawing escapes every text itself.
    drawings = [(label.number, mark_safe(labels.svg(label))) for label in ready]  # noqa: S308
    zpl_url = f"?{request.GET.urlencode()}&format=zpl"
    without = [str(row) for row, label in made if label is None]
    context = {"drawings": drawings, "without": without, "title": _("Labels"), "zpl_url": zpl_url}
    return render(request, "traceability/label/page.html", context)


def address(kind: str) -> Callable[[Any], str]:
    """Where the labels of these records are printed."""
    return lambda rows: f"{reverse('traceability:labels', args=[kind])}?ids={','.join(str(row.pk) for row in rows)}"


for _kind, _found in KINDS.items():
    register.register(_found.model._meta.label, register.LabelPage(address(_kind), _found.action))
