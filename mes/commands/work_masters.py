"""How things are made, taken over from another system: routings and bills of materials, many at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from psycopg2.extras import DateTimeTZRange

from mes.models import EndItem, MaterialSpecification, Segment, WorkMaster
from plant import policies
from plant.commands import journal_many
from plant.commands.journal_many import Entry
from plant.errors import Refusal
from plant.models import Equipment, MaterialDefinition, Person, RevisionStatus
from plant.transactions import command

ALWAYS = DateTimeTZRange(None, None)


class Differs(Refusal):
    """A routing that is here already, and is not the same."""

    code = "routing-differs"


class Takes(NamedTuple):
    """One piece takes so much of a material, in orders planned from then to then."""

    material: MaterialDefinition
    quantity: Decimal
    effective: DateTimeTZRange = ALWAYS


@dataclass(frozen=True)
class Operation:
    """One operation, where it is done, and what it takes."""

    sequence: int
    code: str
    name: str
    stations: tuple[Equipment, ...] = ()
    takes: tuple[Takes, ...] = ()


@dataclass(frozen=True)
class Structure:
    """How one material is made; its code is the material's."""

    material: MaterialDefinition
    operations: tuple[Operation, ...]


@command
def take_over(*, structures: Sequence[Structure], by: Person, at: datetime) -> int:
    """Make these routings effective from the beginning; those that are here already must be the same. How many are new.

    Differs: names the first routing that is here with other operations or materials; revise that one in the console.
    """
    policies.check(by, "master.edit")
    here = _here([structure.material.code for structure in structures])
    new = []
    for structure in structures:
        known = here.get(structure.material.code)
        if known is None:
            new.append(structure)
        elif known != _told(structure):
            message = _("%(code)s is made in another way here. Revise its routing in the console, then import again.")
            raise Differs(message % {"code": structure.material.code}, facts={"code": structure.material.code})
    _create(new, by=by)
    return len(new)


@command
def take_over_end_items(*, items: Iterable[tuple[MaterialDefinition, DateTimeTZRange]], by: Person) -> int:
    """Say which materials are products of their own, and when. How many of these are new."""
    policies.check(by, "master.edit")
    known = {(item.material_id, item.effective) for item in EndItem.objects.all()}
    new = [EndItem(material=one, effective=when) for one, when in items if (one.pk, when) not in known]
    made = EndItem.objects.bulk_create(new)
    journal_many.record([Entry("enditem.created", item, {"effective": str(item.effective)}) for item in made], by=by)
    return len(made)


def _create(structures: Sequence[Structure], *, by: Person) -> None:
    masters = WorkMaster.objects.bulk_create(
        WorkMaster(
            code=one.material.code, material=one.material, name=one.material.name, status=RevisionStatus.EFFECTIVE,
            effective=ALWAYS,
        )
        for one in structures
    )
    operations = [(master, step) for master, one in zip(masters, structures, strict=True) for step in one.operations]
    segments = Segment.objects.bulk_create(
        Segment(work_master=master, sequence=step.sequence, code=step.code, name=step.name)
        for master, step in operations
    )
    done = [(segment, step) for segment, (_master, step) in zip(segments, operations, strict=True)]
    at_stations = Segment.stations.through
    at_stations.objects.bulk_create(
        at_stations(segment_id=segment.pk, equipment_id=station.pk)
        for segment, step in done for station in step.stations
    )
    MaterialSpecification.objects.bulk_create(
        MaterialSpecification(
            segment=segment, material=line.material, quantity_per=line.quantity, effective=line.effective
        )
        for segment, step in done for line in step.takes
    )
    journal_many.record(
        [Entry("workmaster.approved", master, {"code": master.code, "taken over": True}) for master in masters], by=by
    )


Told = dict[tuple[int, str], frozenset[tuple[int, Decimal, DateTimeTZRange]]]


def _told(structure: Structure) -> Told:
    """A structure so that two can be compared: operation → what it takes."""
    return {
        (step.sequence, step.code): frozenset((line.material.pk, line.quantity, line.effective) for line in step.takes)
        for step in structure.operations
    }


def _here(codes: Sequence[str]) -> dict[str, Told]:
    """The effective routings with these codes, told in the same way."""
    rows = Segment.objects.filter(work_master__code__in=codes, work_master__status=RevisionStatus.EFFECTIVE)
    found: dict[str, Told] = {}
    for row in rows.select_related("work_master").prefetch_related("materials"):
        lines = frozenset((line.material_id, line.quantity_per, line.effective) for line in row.materials.all())
        found.setdefault(row.work_master.code, {})[row.sequence, row.code] = lines
    return found
