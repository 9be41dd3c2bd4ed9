"""Places that store material, as another system names them: a store, or a bin of one, and what it is for."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import journal, master
from plant.errors import Refusal
from plant.models import Equipment, EquipmentLevel, MaterialDefinition, Person
from plant.transactions import command
from traceability.models import PlaceKind, StoragePlace


class NoStore(Refusal):
    """A place that can't store material so."""

    code = "no-store"


@command
def put(
    *, code: str, name: str, parent: Equipment, kind: str, by: Person, material: MaterialDefinition | None = None,
    gln: str = "", active: bool = True,
) -> tuple[Equipment, bool]:
    """Make a place that stores material be so; the same again changes nothing. The place, and whether it is new."""
    policies.check(by, "master.edit")
    words = {"code": code, "parent": parent.code}
    there = Equipment.objects.filter(code=code).first()
    if there is not None and not there.stores_material:
        raise NoStore(_("%(code)s is a machine or a line, not a place that stores material.") % words)
    if material is not None and kind != PlaceKind.STORE:
        raise NoStore(_("%(code)s is no store, so it can't be kept for one material.") % words)
    level = level_below(parent, words)
    if there is not None and there.children.exists() and level == EquipmentLevel.WORK_UNIT:
        raise NoStore(_("%(code)s has bins of its own, so it can't stand in a store.") % words)
    fields = {
        "name": name, "parent": parent, "level": level, "gln": gln, "active": active, "stores_material": True,
    }
    row, is_new = master.put(model=Equipment, code=code, fields=fields, by=by)
    keep(row, {"kind": kind, "material": material}, by)
    return row, is_new


def level_below(parent: Equipment, words: dict[str, str]) -> str:
    """A bin in a store, a store anywhere above."""
    if parent.level == EquipmentLevel.WORK_UNIT or (
        parent.level == EquipmentLevel.WORK_CENTER and not parent.stores_material
    ):
        message = _("%(code)s can't stand in %(parent)s. Name a site, an area or a store.")
        raise NoStore(message % words, facts={"field": "parent"})
    return str(EquipmentLevel.WORK_UNIT if parent.stores_material else EquipmentLevel.WORK_CENTER)


def keep(place: Equipment, wanted: dict[str, Any], by: Person) -> None:
    """What a place is for; a place without a row is a store for anything."""
    row = StoragePlace.objects.filter(equipment=place).first()
    if row is None and wanted == {"kind": PlaceKind.STORE, "material": None}:
        return
    row = row or StoragePlace(equipment=place)
    changed = {name: (getattr(row, name), value) for name, value in wanted.items() if getattr(row, name) != value}
    if not changed and row.pk:
        return
    for name, (_was, value) in changed.items():
        setattr(row, name, value)
    row.save()
    data = {name: [str(was), str(value)] for name, (was, value) in changed.items()}
    journal.record("equipment.changed", subject=place, by=by, data=data)
