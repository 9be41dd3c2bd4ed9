"""EPCIS events, ours and those of partners, in one order: by page for a query, one after the other for an export."""

import base64
import heapq
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Q
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from integrations.epcis.events import Event
from integrations.epcis.queries.sources import SOURCES, Mark, Source, rows
from integrations.models import EpcisEvent
from plant import scoping
from plant.errors import Refusal
from plant.gs1 import digital_link
from plant.gs1.elements import Gs1Error
from plant.models import Person
from traceability.models import HandlingUnit, MaterialLot

CHUNK = 500


class BadQuery(Refusal):
    """A query that can't be answered."""

    code = "bad-filter"


EPCS, CLASSES = ("epcList", "childEPCs"), ("quantityList", "childQuantityList")
ANY_EPCS = (*EPCS, "parentID", "inputEPCList", "outputEPCList")
ANY_CLASSES = (*CLASSES, "inputQuantityList", "outputQuantityList")
MATCHES: dict[str, tuple[str, ...]] = {  # what a query may match → the fields of an event in which it looks
    "MATCH_epc": EPCS, "MATCH_parentID": ("parentID",), "MATCH_inputEPC": ("inputEPCList",),
    "MATCH_outputEPC": ("outputEPCList",), "MATCH_anyEPC": ANY_EPCS, "MATCH_epcClass": CLASSES,
    "MATCH_inputEPCClass": ("inputQuantityList",), "MATCH_outputEPCClass": ("outputQuantityList",),
    "MATCH_anyEPCClass": ANY_CLASSES,
}


LISTED = {  # what a query names with a type behind it → the list in an event, and where in it the value stands
    "EQ_bizTransaction": ("bizTransactionList", "bizTransaction"), "EQ_source": ("sourceList", "source"),
    "EQ_destination": ("destinationList", "destination"),
}
WITHIN = {"WD_readPoint": "readPoint", "WD_bizLocation": "bizLocation"}
DECLARED = {"EQ_errorReason": "reason", "EQ_correctiveEventID": "correctiveEventIDs"}


@dataclass(frozen=True)
class Asked:
    """What a query asks for; an empty choice leaves it open."""

    since: datetime | None = None
    until: datetime | None = None
    equal: dict[str, frozenset[str]] = field(default_factory=dict)  # field of an event → the values that count
    match: dict[str, frozenset[str]] = field(default_factory=dict)  # of MATCHES → addresses of things
    within: dict[str, frozenset[str]] = field(default_factory=dict)  # of WITHIN → places, and what lies in them
    listed: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)  # of LISTED and a type → values
    declared: dict[str, frozenset[str]] = field(default_factory=dict)  # of DECLARED → values
    is_declared_wrong: bool = False
    numbers: tuple[str, ...] = ()  # lots of ours, by their numbers
    is_ours_only: bool = False

    @property
    def things(self) -> frozenset[str]:
        """Addresses of which an event has to name one, whatever else was asked for."""
        return next(iter(self.match.values()), frozenset())

    def fits(self, event: Event) -> bool:
        """Does an event have what was asked for?"""
        return (
            all(value_of(event, name) in values for name, values in self.equal.items())
            and all(wanted & set(named(event, MATCHES[name])) for name, wanted in self.match.items())
            and all(is_within(value_of(event, WITHIN[name]), places) for name, places in self.within.items())
            and all(values & set(papers(event, *key)) for key, values in self.listed.items())
            and all(values & set(declaration(event, DECLARED[name])) for name, values in self.declared.items())
            and (not self.is_declared_wrong or "errorDeclaration" in event)
        )


def is_within(place: str, wanted: frozenset[str]) -> bool:
    """Is a place one of these, or does its address lie under one of theirs?"""
    return any(place == one or place.startswith(f"{one.rstrip('/')}/") for one in wanted)


def papers(event: Event, name: str, kind: str) -> Iterator[str]:
    """The values of one type in a list of an event."""
    among, value = LISTED[name]
    for one in event.get(among, []):
        if str(one.get("type", "")) == kind:
            yield str(one.get(value, ""))


def declaration(event: Event, name: str) -> list[str]:
    """What the error declaration of an event says."""
    found = event.get("errorDeclaration", {}).get(name, [])
    return [str(one) for one in found] if isinstance(found, list) else [str(found)]


def value_of(event: Event, name: str) -> str:
    """A field of an event as a query names it."""
    found = event.get(name, "")
    return str(found.get("id", "")) if isinstance(found, dict) else str(found)


def named(event: Event, fields: Sequence[str]) -> Iterator[str]:
    """The addresses of the things in some fields of an event."""
    for name in fields:
        found = event.get(name, [])
        for one in [found] if isinstance(found, str) else found:
            yield one["epcClass"] if isinstance(one, dict) else one


def _theirs() -> Any:
    return EpcisEvent.objects.all()


THEIRS = Source("theirs", _theirs, "at", (), lambda row: row.body)


def page(asked: Asked, reader: Person, *, limit: int, after: Mark | None = None) -> tuple[list[Event], Mark | None]:
    """So many events after a mark, and the mark at which to go on; none when there are no more."""
    found = list(islice(walk(asked, reader, after), limit + 1))
    events = [event for _mark, event in found[:limit]]
    return events, found[limit - 1][0] if len(found) > limit else None


def walk(asked: Asked, reader: Person, after: Mark | None = None) -> Iterator[tuple[Mark, Event]]:
    """Every event that was asked for, in the order of their time."""
    lots = _lots(asked)
    steps = asked.equal.get("bizStep")
    ours = [one for one in SOURCES if steps is None or not one.step or one.step in steps]
    sources = ours if asked.is_ours_only else [*ours, THEIRS]
    streams = [_stream(source, asked, reader, after, lots) for source in sources]
    for mark, event in heapq.merge(*streams, key=lambda found: found[0]):
        if asked.fits(event):
            yield mark, event


def _stream(
    source: Source, asked: Asked, reader: Person, after: Mark | None, lots: Sequence[int] | None
) -> Iterator[tuple[Mark, Event]]:
    """The events of one source, read in chunks as they are wanted."""
    if source is THEIRS:
        more, lots = Q(things__overlap=list(asked.things)) if lots is not None else Q(), None
    else:
        more = Q()
    while True:
        count = 0
        for mark, row in rows(
            source, reader, after=after, since=asked.since, until=asked.until, lots=lots, most=CHUNK,
            more=more,
        ):
            yield mark, source.tell(row)
            after, count = mark, count + 1
        if count < CHUNK:
            return


def _lots(asked: Asked) -> list[int] | None:
    """The lots of ours that a query names, by number or address; None where it names nothing."""
    if not asked.things and not asked.numbers:
        return None
    named = Q(number__in=[*asked.numbers])
    cartons: list[str] = []
    for address in asked.things:
        kind, number = own_number(address)
        if kind == "00":
            cartons.append(number)
        elif number:
            named |= Q(number=number)
    inside = HandlingUnit.objects.filter(Q(number__in=cartons) | Q(pallet__number__in=cartons))
    named |= Q(packings__unit__in=inside)
    return list(MaterialLot.objects.filter(named).values_list("pk", flat=True).distinct())


def own_number(address: str) -> tuple[str, str]:
    """What an address names: the identifier that says what it is, and its number; nothing for a stranger's address."""
    if address.startswith("urn:zhizao:"):
        return address.split(":")[2], address.split(":", 3)[3] if address.count(":") >= 3 else ""
    try:
        elements = digital_link.read(address)
    except Gs1Error:
        return "", ""
    for code in ("00", "21", "10"):
        if code in elements:
            return code, elements[code]
    return "", ""


def by_identifier(key: str, reader: Person) -> list[Event]:
    """The event under an identifier, and what declares it wrong; nothing where nobody told it."""
    theirs = scoping.visible(EpcisEvent.objects.filter(key=key), reader).order_by("is_declared_wrong")
    found = [row.body for row in theirs]
    row = key.rsplit("-", 1)[-1]
    if key.startswith("urn:zhizao:event:") and row.isdigit() and len(row) < 19:
        for source in SOURCES:
            which = Q(pk=int(row)) | (Q(**{source.also: int(row)}) if source.also else Q(pk__in=[]))
            told = [source.tell(one) for one in scoping.visible(source.rows(), reader).filter(which)]
            found += [event for event in told if event["eventID"] == key]
    return sorted(found, key=lambda event: "errorDeclaration" in event)


def cursor(mark: Mark) -> str:
    """A mark as a text that a caller sends back."""
    told = json.dumps([mark.at.isoformat(), mark.source, mark.row])
    return base64.urlsafe_b64encode(told.encode()).decode()


def mark_of(text: str) -> Mark:
    """The mark in a text. BadQuery: it is none of ours."""
    try:
        at, source, row = json.loads(base64.urlsafe_b64decode(text.encode()))
        moment = parse_datetime(at)
        if moment is None or moment.tzinfo is None:
            raise ValueError(at)
        return Mark(moment, str(source), int(row))
    except (ValueError, TypeError) as error:
        raise BadQuery(_("The page token is none of ours. Begin without it."), facts={"parameter": "nextPageToken"}) \
            from error
