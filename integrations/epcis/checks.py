"""What an EPCIS document must be before it is taken: each fault with a pointer to its place (RFC 6901).

The fields that each kind of event needs are those of EPCIS 2.0, 7.4; times are RFC 3339 with an offset.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

Fault = tuple[str, str]
HEAD = ("@context", "schemaVersion", "creationDate")
ACTIONS = ("OBSERVE", "ADD", "DELETE")
KINDS: dict[str, tuple[str, ...]] = {
    "ObjectEvent": ("action",), "AggregationEvent": ("action",), "AssociationEvent": ("action", "parentID"),
    "TransactionEvent": ("action", "bizTransactionList"), "TransformationEvent": (),
}
NEEDS_ONE: dict[str, tuple[str, ...]] = {
    "ObjectEvent": ("epcList", "quantityList", "sensorElementList"),
    "TransformationEvent": ("inputEPCList", "inputQuantityList", "outputEPCList", "outputQuantityList"),
}
LISTS = ("epcList", "childEPCs", "inputEPCList", "outputEPCList")
AMOUNTS = ("quantityList", "childQuantityList", "inputQuantityList", "outputQuantityList")
OFFSET = re.compile(r"[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00")
UNIT = re.compile(r"[A-Z0-9]{2,3}")


def faults(found: Any) -> list[Fault]:
    """Everything that is wrong with a document, or nothing."""
    if not isinstance(found, dict) or found.get("type") != "EPCISDocument":
        return [("", _("It is no EPCIS document: “type” is not EPCISDocument."))]
    wrong = [(f"/{name}", _("is missing")) for name in HEAD if name not in found]
    body = found.get("epcisBody")
    events = body.get("eventList") if isinstance(body, dict) else None
    if not isinstance(events, list):
        return [*wrong, ("/epcisBody/eventList", _("is no list of events"))]
    for place, event in enumerate(events):
        where = f"/epcisBody/eventList/{place}"
        wrong += [(where + pointer, words) for pointer, words in _of_event(event)]
    return wrong


def _of_event(event: Any) -> Iterator[Fault]:
    if not isinstance(event, dict):
        yield "", _("is no event")
        return
    kind = event.get("type")
    if kind not in KINDS:
        yield "/type", _("is no kind of event that EPCIS 2.0 knows")
        return
    for name in (*KINDS[kind], "eventTime", "eventTimeZoneOffset"):
        if name not in event:
            yield f"/{name}", _("is missing")
    yield from _of_times(event)
    if "action" in event and event["action"] not in ACTIONS:
        yield "/action", _("is not OBSERVE, ADD or DELETE")
    if kind in NEEDS_ONE and not any(name in event for name in NEEDS_ONE[kind]):
        yield "", _("names nothing that it happened to")
    if kind == "AggregationEvent" and event.get("action") in ("ADD", "DELETE") and "parentID" not in event:
        yield "/parentID", _("is missing")
    yield from _of_things(event)


def _of_times(event: Mapping[str, Any]) -> Iterator[Fault]:
    for name in ("eventTime", "recordTime"):
        if name in event and moment(event[name]) is None:
            yield f"/{name}", _("is no time with an offset, like 2026-11-23T08:00:00+08:00")
    declaration = event.get("errorDeclaration")
    if declaration is not None:
        told = declaration.get("declarationTime") if isinstance(declaration, dict) else None
        if moment(told) is None:
            yield "/errorDeclaration/declarationTime", _("is no time with an offset, like 2026-11-23T08:00:00+08:00")
    if "eventTimeZoneOffset" in event and not OFFSET.fullmatch(str(event["eventTimeZoneOffset"])):
        yield "/eventTimeZoneOffset", _("is no offset like +08:00")


def _of_things(event: Mapping[str, Any]) -> Iterator[Fault]:
    for name in ("eventID", "parentID", "transformationID"):
        if name in event and not is_uri(event[name]):
            yield f"/{name}", _("is no URI")
    for name in LISTS:
        found = event.get(name, [])
        if not isinstance(found, list):
            yield f"/{name}", _("is no list")
            continue
        yield from ((f"/{name}/{at}", _("is no URI")) for at, one in enumerate(found) if not is_uri(one))
    for name in AMOUNTS:
        found = event.get(name, [])
        if not isinstance(found, list):
            yield f"/{name}", _("is no list")
            continue
        for at, one in enumerate(found):
            yield from ((f"/{name}/{at}{pointer}", words) for pointer, words in _of_amount(one))


def _of_amount(one: Any) -> Iterator[Fault]:
    if not isinstance(one, dict) or not is_uri(one.get("epcClass")):
        yield "/epcClass", _("is no URI")
        return
    quantity = one.get("quantity", 0)
    if isinstance(quantity, bool) or not isinstance(quantity, int | float) or quantity < 0:
        yield "/quantity", _("is no quantity")
    if "uom" in one and not UNIT.fullmatch(str(one["uom"])):
        yield "/uom", _("is no code of UN/ECE Recommendation 20")


def moment(text: Any) -> datetime | None:
    """A time with an offset, or nothing."""
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def is_uri(text: Any) -> bool:
    """An absolute URI without blanks."""
    if not isinstance(text, str) or not text or any(one.isspace() for one in text):
        return False
    try:
        return bool(urlsplit(text).scheme)
    except ValueError:
        return False
