"""The sample's work orders, with the operations that each ran through, in the words of the API."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from integrations.adventureworks.files import Record, moment, records
from integrations.adventureworks.master import LINE, Ground, Row
from integrations.adventureworks.sending import Sender, Sent


def load(folder: Path, ground: Ground, to: Sender) -> Sent:
    """Send the work orders. What became of them."""
    return to.rows("finished-orders", _orders(folder, ground))


def _orders(folder: Path, ground: Ground) -> Iterator[Row]:
    ran = _operations(folder, ground)
    columns = ("WorkOrderID", "ProductID", "OrderQty", "StockedQty", "ScrappedQty", "ScrapReasonID", "DueDate")
    for row in records(folder, "Production.WorkOrder", *columns):
        yield row["WorkOrderID"], {
            "number": f"AW-{row['WorkOrderID']}", "material": ground.products[row["ProductID"]],
            "quantity": row["OrderQty"], "good": row["StockedQty"], "scrap": row["ScrappedQty"],
            "reason": ground.reasons[row["ScrapReasonID"]] if row["ScrapReasonID"] else None, "line": LINE,
            "started_at": at(row, "StartDate"), "ended_at": at(row, "EndDate"), "due_at": at(row, "DueDate"),
            "operations": ran.get(row["WorkOrderID"], []),
        }


def _operations(folder: Path, ground: Ground) -> dict[str, list[dict[str, Any]]]:
    """Work order → the operations that it ran through."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    columns = ("WorkOrderID", "OperationSequence", "LocationID", "ActualStartDate", "ActualEndDate")
    for row in records(folder, "Production.WorkOrderRouting", *columns):
        found[row["WorkOrderID"]].append({
            "sequence": int(row["OperationSequence"]), "station": ground.stations[row["LocationID"]],
            "started_at": at(row, "ActualStartDate"), "ended_at": at(row, "ActualEndDate"),
        })
    return found


def at(row: Record, column: str) -> str:
    """A time of the sample with the plant's offset."""
    return moment(row[column]).isoformat()
