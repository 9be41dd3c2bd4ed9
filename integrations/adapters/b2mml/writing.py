"""B2MML documents written: orders, reports, materials and equipment, valid against the schemas of V0701."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element

from integrations.adapters.b2mml.names import NAMESPACE, OUR_LEVELS, RELEASE, RESPONSE_STATES
from integrations.formats.safe_xml import add, clean, written

SENDER = "MES"
Words = Mapping[str, Any]


def message(verb: str, noun: str, bodies: Iterable[Element], *, id: str, at: datetime) -> bytes:
    """A message of the verb with its objects."""
    root = Element(f"{verb}{noun}", {"xmlns": NAMESPACE, "releaseID": RELEASE})
    area = add(root, "ApplicationArea")
    add(add(area, "Sender"), "LogicalID", SENDER)
    add(area, "CreationDateTime", at.isoformat())
    add(area, "BODID", id)
    data = add(root, "DataArea")
    add(data, verb)
    data.extend(bodies)
    return written(root)


def quantity(parent: Element, amount: Any, unit: Any) -> None:
    """An amount with its unit."""
    one = add(parent, "Quantity")
    add(one, "QuantityString", amount)
    add(one, "DataType", "decimal")
    if unit:
        add(one, "UnitOfMeasure", unit)


def value(parent: Element, said: Any, kind: str = "string") -> None:
    one = add(parent, "Value")
    add(one, "ValueString", said)
    add(one, "DataType", kind)


def maybe(parent: Element, name: str, said: Any) -> None:
    """An element, unless there is nothing to say."""
    if said not in (None, ""):
        add(parent, name, said)


def schedule(orders: Iterable[Words], *, id: str) -> Element:
    """Production orders in the words of our API."""
    root = Element("OperationsSchedule")
    add(root, "ID", id)
    for order in orders:
        one = add(root, "OperationsRequest")
        add(one, "ID", order["number"])
        maybe(one, "EndTime", order.get("due_at"))
        add(one, "OperationsType", "Production")
        maybe(one, "Priority", order.get("priority"))
        segment = add(one, "SegmentRequirement")
        add(segment, "ID", order["number"])
        add(segment, "ProcessSegmentID", order["material"])
        add(segment, "OperationsDefinitionID", order["material"])
        add(segment, "OperationsSegmentID", order["material"])
        need = add(segment, "MaterialRequirement")
        add(need, "ID", order["material"])
        add(need, "MaterialDefinitionID", order["material"])
        add(need, "MaterialUse", "Produced")
        quantity(need, order["quantity"], order.get("unit"))
    return root


def performance(reports: Iterable[Words], *, id: str) -> Element:
    """Reports of work, a response for each: who, where, when, how many came out how, and what went in."""
    root = Element("OperationsPerformance")
    add(root, "ID", id)
    add(root, "OperationsType", "Production")
    for report in reports:
        one = add(root, "OperationsResponse")
        add(one, "ID", report["id"])
        maybe(one, "StartTime", report.get("started_at"))
        maybe(one, "EndTime", report.get("at"))
        add(one, "OperationsType", "Production")
        maybe(one, "OperationsRequestID", report.get("order"))
        maybe(one, "ResponseState", RESPONSE_STATES.get(str(report.get("state", "")).upper()))
        _segment(one, report)
    return root


def _segment(parent: Element, report: Words) -> None:
    one = add(parent, "SegmentResponse")
    add(one, "ID", report["id"])
    maybe(one, "ActualStartTime", report.get("started_at"))
    maybe(one, "ActualEndTime", report.get("at"))
    maybe(one, "ProcessSegmentID", report.get("operation"))
    maybe(one, "OperationsRequestID", report.get("order"))
    maybe(one, "JobResponseID", report.get("job_order"))
    for name, said in report.get("data", {}).items():
        each = add(one, "SegmentData")
        add(each, "ID", name)
        value(each, said)
    for tag, field in (("Personnel", "person"), ("Equipment", "station")):
        if report.get(field):
            each = add(one, f"{tag}Actual")
            add(each, "ID", report[field])
            add(each, "PersonID" if tag == "Personnel" else "EquipmentID", report[field])
    for side, use in (("produced", "Produced"), ("consumed", "Consumed")):
        for number, lot in enumerate(report.get(side, ()), 1):
            each = add(one, "MaterialActual")
            add(each, "ID", f"{use[0]}{number}")
            maybe(each, "MaterialDefinitionID", lot.get("material"))
            maybe(each, "MaterialLotID", lot.get("lot"))
            add(each, "MaterialUse", use)
            quantity(each, lot["quantity"], lot.get("unit"))


def materials(rows: Iterable[Words], *, id: str) -> Element:
    """Materials; what B2MML has no element for stands in properties."""
    root = Element("MaterialInformation")
    add(root, "ID", id)
    for row in rows:
        one = add(root, "MaterialDefinition")
        add(one, "ID", row["code"])
        maybe(one, "Description", row.get("name"))
        for name in ("unit", "use", "tracking", "shelf_life_days", "gtin", "active"):
            said = row.get(name)
            if said not in (None, ""):
                each = add(one, "MaterialDefinitionProperty")
                add(each, "ID", name)
                value(each, str(said).lower() if isinstance(said, bool) else said)
    return root


def equipment(rows: Iterable[Words], *, id: str) -> Element:
    """Equipment, each with its parent in its scope."""
    root = Element("EquipmentInformation")
    add(root, "ID", id)
    for row in rows:
        one = add(root, "Equipment")
        add(one, "ID", row["code"])
        maybe(one, "Description", clean(row.get("name") or ""))
        if row.get("parent"):
            scope = add(one, "HierarchyScope")
            add(scope, "EquipmentID", row["parent"])
            add(scope, "EquipmentLevel", "Other", {"OtherValue": "parent"})
        add(one, "EquipmentLevel", OUR_LEVELS[row["level"]])
    return root
