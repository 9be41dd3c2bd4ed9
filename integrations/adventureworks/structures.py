"""The sample's bills of materials, and the routings that its orders ran by."""

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from psycopg2.extras import DateTimeTZRange

from integrations.adventureworks.files import between, records
from integrations.adventureworks.master import Ground
from mes.commands import work_masters
from mes.commands.work_masters import Operation, Structure, Takes
from plant.models import Equipment, MaterialDefinition, Person

UNTOLD = Operation(1, "MAKE", "Make")
"""The one operation of what the sample's orders tell no operations of."""

Steps = dict[str, dict[int, Equipment]]
EndItem = tuple[MaterialDefinition, DateTimeTZRange]


def load(folder: Path, ground: Ground, *, by: Person, at: datetime) -> None:
    """A routing for every product that is made, and the products that are sold as they are."""
    lines, tops = _lines(folder, ground)
    steps = _steps(folder, ground)
    structures = [
        Structure(ground.products[product], _operations(steps.get(product, {}), lines.get(product, [])))
        for product in sorted(lines.keys() | steps.keys(), key=int)
    ]
    work_masters.take_over(structures=structures, by=by, at=at)
    work_masters.take_over_end_items(items=tops, by=by)


def _lines(folder: Path, ground: Ground) -> tuple[dict[str, list[Takes]], list[EndItem]]:
    """Assembly → what it takes; and what no assembly takes: the end items."""
    lines: dict[str, list[Takes]] = defaultdict(list)
    tops: list[EndItem] = []
    for row in records(folder, "Production.BillOfMaterials", "ProductAssemblyID", "ComponentID", "PerAssemblyQty"):
        material = ground.products[row["ComponentID"]]
        if row["ProductAssemblyID"]:
            takes = Takes(material, Decimal(row["PerAssemblyQty"]), between(row))
            lines[row["ProductAssemblyID"]].append(takes)
        else:
            tops.append((material, between(row)))
    return lines, tops


def _steps(folder: Path, ground: Ground) -> Steps:
    """Product → sequence → station, as its orders ran."""
    steps: Steps = defaultdict(dict)
    for row in records(folder, "Production.WorkOrderRouting", "ProductID", "OperationSequence", "LocationID"):
        steps[row["ProductID"]][int(row["OperationSequence"])] = ground.stations[row["LocationID"]]
    return steps


def _operations(steps: dict[int, Equipment], takes: list[Takes]) -> tuple[Operation, ...]:
    """The operations in their order; the sample does not say where material goes in, so the first one takes it."""
    if not steps:
        return (Operation(UNTOLD.sequence, UNTOLD.code, UNTOLD.name, takes=tuple(takes)),)
    first = min(steps)
    return tuple(
        Operation(sequence, station.code, station.name, (station,), tuple(takes) if sequence == first else ())
        for sequence, station in sorted(steps.items())
    )
