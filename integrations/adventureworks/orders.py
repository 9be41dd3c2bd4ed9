"""The sample's work orders, with the operations that each ran through."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path

from django.db import connection

from integrations.adventureworks.files import Record, moment, records
from integrations.adventureworks.master import Ground
from mes.commands import history
from mes.commands.history import PastOperation, PastOrder, Taken
from plant.models import Person

AT_ONCE = 500


def load(folder: Path, ground: Ground, *, by: Person, at: datetime) -> Taken:
    """Take the work orders over, some hundred in a transaction. What became of them."""
    whole = Taken()
    told = _orders(folder, ground)
    while orders := list(islice(told, AT_ONCE)):
        _plan_anew()
        taken = history.take_over(orders=orders, line=ground.line, site=ground.site, by=by, at=at)
        whole.new += taken.new
        whole.same += taken.same
        whole.refused |= taken.refused
    return whole


def _plan_anew() -> None:
    """Statements were planned when the tables held less; what was right then would read ever longer tables through."""
    with connection.cursor() as cursor:
        cursor.execute("DISCARD PLANS")


def _orders(folder: Path, ground: Ground) -> Iterator[PastOrder]:
    ran = _operations(folder, ground)
    columns = ("WorkOrderID", "ProductID", "OrderQty", "StockedQty", "ScrappedQty", "ScrapReasonID", "DueDate")
    for row in records(folder, "Production.WorkOrder", *columns):
        yield PastOrder(
            number=f"AW-{row['WorkOrderID']}", material=ground.products[row["ProductID"]],
            quantity=Decimal(row["OrderQty"]), good=Decimal(row["StockedQty"]), scrap=Decimal(row["ScrappedQty"]),
            reason=ground.reasons[row["ScrapReasonID"]] if row["ScrapReasonID"] else None,
            started_at=moment(row["StartDate"]), ended_at=moment(row["EndDate"]), due_at=moment(row["DueDate"]),
            operations=tuple(ran.get(row["WorkOrderID"], ())),
        )


def _operations(folder: Path, ground: Ground) -> dict[str, list[PastOperation]]:
    """Work order → the operations that it ran through."""
    found: dict[str, list[PastOperation]] = defaultdict(list)
    columns = ("WorkOrderID", "OperationSequence", "LocationID", "ActualStartDate", "ActualEndDate")
    for row in records(folder, "Production.WorkOrderRouting", *columns):
        found[row["WorkOrderID"]].append(_operation(row, ground))
    return found


def _operation(row: Record, ground: Ground) -> PastOperation:
    started_at, ended_at = moment(row["ActualStartDate"]), moment(row["ActualEndDate"])
    return PastOperation(int(row["OperationSequence"]), ground.stations[row["LocationID"]], started_at, ended_at)
