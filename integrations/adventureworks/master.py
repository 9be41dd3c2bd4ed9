"""The sample's master data in the words of the API: units, products, places, reasons for scrap."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from integrations.adventureworks.files import Record, records
from integrations.adventureworks.sending import Sender

SITE, LINE = "AW", "AW-PRODUCTION"
EACH = "EA"
UNITS = {"EA": ("EA", "each"), "OZ": ("ONZ", "ounce"), "IN": ("INH", "inch")}
"""Their codes, and those of UN/ECE Recommendation 20."""
Row = tuple[str, dict[str, Any]]


class Ground(NamedTuple):
    """What orders and routings refer to: our codes by the keys of the sample."""

    stations: dict[str, str]
    products: dict[str, str]
    reasons: dict[str, str]


def load(folder: Path, to: Sender) -> Ground:
    """Send what the sample's orders need; their keys are the ids under which they are known from now on."""
    places = records(folder, "Production.Location", "LocationID")
    stations = {row["LocationID"]: f"AW-{row['LocationID']}" for row in places}
    reasons = dict(_reason_ids(folder))
    to.all("units", ((code, {"code": code, "name": name, "symbol": name}) for code, name in UNITS.values()))
    to.all("equipment", _places(folder, stations))
    to.all("material-definitions", _products(folder))
    to.all("reason-codes", _reasons(folder, reasons))
    columns = ("ProductID", "ProductNumber")
    products = {row["ProductID"]: row["ProductNumber"] for row in records(folder, "Production.Product", *columns)}
    return Ground(stations, products, reasons)


def _places(folder: Path, stations: dict[str, str]) -> Iterator[Row]:
    yield SITE, {"code": SITE, "name": "Adventure Works", "level": "SITE"}
    yield LINE, {"code": LINE, "name": "Production", "level": "WORK_CENTER", "parent": SITE}
    for row in records(folder, "Production.Location", "LocationID", "Name"):
        code = stations[row["LocationID"]]
        yield code, {"code": code, "name": row["Name"], "level": "WORK_UNIT", "parent": LINE}


def _products(folder: Path) -> Iterator[Row]:
    lines = records(folder, "Production.BillOfMaterials", "ComponentID", "UnitMeasureCode")
    counted = {line["ComponentID"]: line["UnitMeasureCode"].strip() for line in lines}
    for row in records(folder, "Production.Product", "ProductID", "Name", "ProductNumber", "MakeFlag"):
        unit = UNITS[counted.get(row["ProductID"], EACH)][0]
        words = {"code": row["ProductNumber"], "name": row["Name"], "use": _use(row), "unit": unit}
        yield row["ProductID"], words


def _use(row: Record) -> str:
    if row["FinishedGoodsFlag"] == "True":
        return "FINISHED"
    return "SEMI_FINISHED" if row["MakeFlag"] == "True" else "COMPONENT"


def _reason_ids(folder: Path) -> Iterator[tuple[str, str]]:
    for row in records(folder, "Production.ScrapReason", "ScrapReasonID"):
        yield row["ScrapReasonID"], f"SCRAP:AW-{row['ScrapReasonID']}"


def _reasons(folder: Path, ids: dict[str, str]) -> Iterator[Row]:
    for row in records(folder, "Production.ScrapReason", "ScrapReasonID", "Name"):
        number = ids[row["ScrapReasonID"]]
        yield number, {"id": number, "name": row["Name"]}
