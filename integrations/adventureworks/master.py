"""The sample's master data: units, products, places, reasons for scrap."""

from pathlib import Path
from typing import NamedTuple

from integrations.adventureworks.files import Record, records
from plant.commands import master
from plant.models import (
    Equipment,
    EquipmentLevel,
    MaterialDefinition,
    MaterialUse,
    Person,
    ReasonCode,
    ReasonUse,
    Unit,
)

SITE, LINE = "AW", "AW-PRODUCTION"
EACH = "EA"
UNITS = {"EA": ("EA", "each"), "OZ": ("ONZ", "ounce"), "IN": ("INH", "inch")}
"""Their codes, and those of UN/ECE Recommendation 20."""


class Ground(NamedTuple):
    """What orders and routings refer to, by the keys of the sample."""

    site: Equipment
    line: Equipment
    stations: dict[str, Equipment]
    products: dict[str, MaterialDefinition]
    reasons: dict[str, ReasonCode]


def load(folder: Path, *, by: Person) -> Ground:
    """Create or bring up to date what the sample's orders need."""
    site = _equipment(SITE, "Adventure Works", EquipmentLevel.SITE, None, by=by)
    line = _equipment(LINE, "Production", EquipmentLevel.WORK_CENTER, site, by=by)
    return Ground(site, line, _stations(folder, line, by=by), _products(folder, by=by), _reasons(folder, by=by))


def _equipment(code: str, name: str, level: EquipmentLevel, parent: Equipment | None, *, by: Person) -> Equipment:
    return master.put(model=Equipment, code=code, fields={"name": name, "level": level, "parent": parent}, by=by)[0]


def _stations(folder: Path, line: Equipment, *, by: Person) -> dict[str, Equipment]:
    rows = records(folder, "Production.Location", "LocationID", "Name")
    return {
        row["LocationID"]: _equipment(f"AW-{row['LocationID']}", row["Name"], EquipmentLevel.WORK_UNIT, line, by=by)
        for row in rows
    }


def _products(folder: Path, *, by: Person) -> dict[str, MaterialDefinition]:
    for code, name in UNITS.values():
        Unit.objects.get_or_create(code=code, defaults={"name": name, "symbol": name})
    lines = records(folder, "Production.BillOfMaterials", "ComponentID", "UnitMeasureCode")
    counted = {line["ComponentID"]: line["UnitMeasureCode"].strip() for line in lines}
    found = {}
    for row in records(folder, "Production.Product", "ProductID", "Name", "ProductNumber", "MakeFlag"):
        unit = UNITS[counted.get(row["ProductID"], EACH)][0]
        fields = {"name": row["Name"], "use": _use(row), "unit_id": unit}
        found[row["ProductID"]] = master.put(
            model=MaterialDefinition, code=row["ProductNumber"], fields=fields, by=by
        )[0]
    return found


def _use(row: Record) -> MaterialUse:
    if row["FinishedGoodsFlag"] == "True":
        return MaterialUse.FINISHED
    return MaterialUse.SEMI_FINISHED if row["MakeFlag"] == "True" else MaterialUse.COMPONENT


def _reasons(folder: Path, *, by: Person) -> dict[str, ReasonCode]:
    """Reasons have a code within their use, so they are kept by hand."""
    found = {}
    for row in records(folder, "Production.ScrapReason", "ScrapReasonID", "Name"):
        found[row["ScrapReasonID"]] = ReasonCode.objects.get_or_create(
            use=ReasonUse.SCRAP, code=f"AW-{row['ScrapReasonID']}", defaults={"name": row["Name"]}
        )[0]
    return found
