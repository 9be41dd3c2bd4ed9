"""The sample's bills of materials and the routings that its orders ran by, in the words of the API."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from integrations.adventureworks.files import Record, moment, records
from integrations.adventureworks.master import Ground, Row
from integrations.adventureworks.sending import Sender

UNTOLD = {"sequence": 1, "code": "MAKE", "name": "Make"}
"""The one operation of what the sample's orders tell no operations of."""

Lines = list[dict[str, Any]]
Steps = dict[str, dict[int, str]]


def load(folder: Path, ground: Ground, to: Sender) -> None:
    """A routing for every product that is made, and the products that are sold as they are."""
    lines, tops = _lines(folder, ground)
    to.all("work-masters", _masters(folder, ground, lines))
    to.all("end-items", tops)


def _masters(folder: Path, ground: Ground, lines: dict[str, Lines]) -> Iterator[Row]:
    steps = _steps(folder, ground)
    names = {row["LocationID"]: row["Name"] for row in records(folder, "Production.Location", "LocationID", "Name")}
    by_code = {ground.stations[key]: name for key, name in names.items()}
    for product in sorted(lines.keys() | steps.keys(), key=int):
        operations = _operations(steps.get(product, {}), lines.get(product, []), by_code)
        yield product, {"code": ground.products[product], "operations": operations}


def _lines(folder: Path, ground: Ground) -> tuple[dict[str, Lines], list[Row]]:
    """Assembly → what it takes; and what no assembly takes: the end items."""
    lines: dict[str, Lines] = defaultdict(list)
    tops: list[Row] = []
    for row in records(folder, "Production.BillOfMaterials", "ProductAssemblyID", "ComponentID", "PerAssemblyQty"):
        words = {"material": ground.products[row["ComponentID"]], **_period(row)}
        if row["ProductAssemblyID"]:
            lines[row["ProductAssemblyID"]].append({**words, "quantity": row["PerAssemblyQty"]})
        else:
            tops.append((f"{row['ComponentID']} {row['StartDate']}", words))
    return lines, tops


def _period(row: Record) -> dict[str, str | None]:
    until = moment(row["EndDate"]).isoformat() if row["EndDate"] else None
    return {"effective_from": moment(row["StartDate"]).isoformat(), "effective_to": until}


def _steps(folder: Path, ground: Ground) -> Steps:
    """Product → sequence → station, as its orders ran."""
    steps: Steps = defaultdict(dict)
    for row in records(folder, "Production.WorkOrderRouting", "ProductID", "OperationSequence", "LocationID"):
        steps[row["ProductID"]][int(row["OperationSequence"])] = ground.stations[row["LocationID"]]
    return steps


def _operations(steps: dict[int, str], takes: Lines, names: dict[str, str]) -> list[dict[str, Any]]:
    """The operations in their order; the sample does not say where material goes in, so the first one takes it."""
    if not steps:
        return [{**UNTOLD, "materials": takes}]
    first = min(steps)
    return [
        {
            "sequence": sequence, "code": station, "name": names[station], "stations": [station],
            "materials": takes if sequence == first else [],
        }
        for sequence, station in sorted(steps.items())
    ]
