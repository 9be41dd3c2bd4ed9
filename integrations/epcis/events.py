"""EPCIS events as JSON-LD values, built from plain values; everything that is empty is left out.

The identifier of an event is made from the row that it tells, so it is the same each time it is told; a mistake is told
as the same event with an error declaration (EPCIS 2.0, 7.4.1.2), never by silence.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

Event = dict[str, Any]
CONTEXT = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"
OUR_WORDS = {"zhizao": "urn:zhizao:epcis:"}
EACH = "C62"


def moment(at: datetime) -> str:
    """A moment as EPCIS writes it, to the millisecond and with its offset."""
    return at.isoformat(timespec="milliseconds")


def offset(at: datetime) -> str:
    """The offset of a moment, ±hh:mm."""
    return at.isoformat()[-6:]


def identifier(site: str, key: str) -> str:
    """The lasting identifier of the event that tells a row of a site; the row can be read from it."""
    return f"urn:zhizao:event:{quote(site, safe='')}:{quote(key, safe='')}"


def event(kind: str, *, site: str, key: str, at: datetime, **fields: Any) -> Event:
    """One event; `at` carries the plant's offset."""
    head = {"type": kind, "eventID": identifier(site, key), "eventTime": moment(at), "eventTimeZoneOffset": offset(at)}
    return head | {name: value for name, value in fields.items() if value not in ("", None, [], {})}


def amount(address: str, quantity: Decimal, unit: str) -> dict[str, Any]:
    """So much of a lot; pieces have no unit."""
    number = int(quantity) if quantity == int(quantity) else float(quantity)
    return {"epcClass": address, **({"quantity": number} if number else {}), **({} if unit == EACH else {"uom": unit})}


def location(address: str) -> dict[str, str]:
    return {"id": address} if address else {}


def transactions(found: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """The papers behind an event, as (kind, address)."""
    return [{"type": kind, "bizTransaction": address} for kind, address in found if address]


def declared_wrong(original: Mapping[str, Any], *, at: datetime, reason: str) -> Event:
    """The same event, declared wrong."""
    declaration = {"declarationTime": moment(at), "reason": "incorrect_data", "zhizao:reason": reason}
    return {**original, "errorDeclaration": {name: value for name, value in declaration.items() if value}}


def document(found: Sequence[Event], *, at: datetime, context: Sequence[Any] = (), **head: Any) -> dict[str, Any]:
    """Events as a document to send."""
    return {
        "@context": list(context) or [CONTEXT, OUR_WORDS], "type": "EPCISDocument", "schemaVersion": "2.0",
        "creationDate": moment(at), **head, "epcisBody": {"eventList": list(found)},
    }


def answer(found: Sequence[Event], *, at: datetime, context: Sequence[Any] = ()) -> dict[str, Any]:
    """Events as the answer to a query."""
    results = {"queryName": "SimpleEventQuery", "resultsBody": {"eventList": list(found)}}
    return {
        "@context": [CONTEXT, OUR_WORDS, *context], "type": "EPCISQueryDocument", "schemaVersion": "2.0",
        "creationDate": moment(at), "epcisBody": {"queryResults": results},
    }
