"""What was made, of an operations performance: a response for each segment, in our words."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from integrations.adapters.b2mml.names import CONSUMED, PRODUCED
from integrations.adapters.b2mml.orders import amount
from integrations.formats.rows import Row
from integrations.formats.safe_xml import children, text

NOUN = "reports"


def responses(performance: Element, sent_at: str) -> Iterator[Row]:
    """Every segment of every response, the inner ones of a segment after it."""
    number = 0
    for response in children(performance, "OperationsResponse"):
        outer = {"order": text(response, "OperationsRequestID"), "state": text(response, "ResponseState")}
        for segment in _segments(response):
            number += 1
            key = text(segment, "ID")
            order = text(segment, "OperationsRequestID") or outer["order"]
            words = {"id": key, **outer, "order": order, **_segment(segment)}
            yield Row(NOUN, key, words, text(segment, "PublishedDate") or sent_at, number)


def _segments(one: Element) -> Iterator[Element]:
    for segment in [*children(one, "SegmentResponse"), *children(one, "SegmentResponseChild")]:
        yield segment
        yield from _segments(segment)


def _segment(one: Element) -> dict[str, Any]:
    lots: dict[str, list[dict[str, str]]] = {"produced": [], "consumed": []}
    for actual in children(one, "MaterialActual"):
        use = text(actual, "MaterialUse")
        side = "produced" if use in PRODUCED else "consumed" if use in CONSUMED else ""
        if side:
            lot = text(actual, "MaterialSubLotID") or text(actual, "MaterialLotID")
            lots[side].append({"material": text(actual, "MaterialDefinitionID"), "lot": lot, **amount(actual)})
    data = {text(each, "ID"): text(each, "Value", "ValueString") for each in children(one, "SegmentData")}
    return {
        "operation": text(one, "ProcessSegmentID"),
        "station": next((text(each, "EquipmentID") for each in children(one, "EquipmentActual")), ""),
        "person": next((text(each, "PersonID") for each in children(one, "PersonnelActual")), ""),
        "started_at": text(one, "ActualStartTime"), "at": text(one, "ActualEndTime"), **lots, "data": data,
    }
