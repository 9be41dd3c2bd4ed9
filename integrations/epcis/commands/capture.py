"""Taking a partner's EPCIS document: whole or not at all, once however often it comes."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from integrations import bodies
from integrations.epcis import checks
from integrations.models import EpcisDocument, EpcisEntry, EpcisEvent
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.models import Equipment, Person
from plant.transactions import command, undoable

SHOWN = 20
HASHED = "ni:///"  # an identifier made from the content (CBV 2.0, 8.9): other words with the same one say the same


class NotTaken(Refusal):
    """A document that can't be taken."""

    code = "epcis-refused"


def digest(found: Any) -> str:
    """The content of a JSON value, whatever its order and blanks."""
    told = json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def parsed(content: bytes) -> Any:
    """The document in some bytes. Unreadable, TooLarge: it is none that can be kept."""
    return bodies.parse(content, largest=bodies.LARGEST_DOCUMENT, number=float)


@command
def capture(*, found: Any, name: str, site: Equipment, by: Person, at: datetime) -> EpcisDocument:
    """Keep a document with its events as they are. The same document comes back as it was kept the first time.

    NotTaken: something in it is wrong, or an event that is known under its identifier says something else now.
    """
    policies.check(by, "epcis.capture", on=site)
    content = digest(found)
    known = EpcisDocument.objects.filter(sha256=content).first()
    if known is not None:
        return known
    wrong = checks.faults(found)
    if wrong:
        told = "; ".join(f"{pointer or '/'} {words}" for pointer, words in wrong[:SHOWN])
        message = _("The document is not taken, %(count)s faults: %(told)s.")
        raise NotTaken(message % {"count": len(wrong), "told": told}, facts={"faults": wrong[:SHOWN]})
    events = found["epcisBody"]["eventList"]
    head = {**found, "epcisBody": {**found["epcisBody"], "eventList": []}}
    try:
        with undoable():
            document = EpcisDocument.objects.create(
                sha256=content, name=name[:200], site=site, head=head, events=len(events), new=0, by=by, at=at
            )
    except IntegrityError:  # somebody else took it in this moment
        return EpcisDocument.objects.get(sha256=content)
    new = sum(_keep(one, place, document) for place, one in enumerate(events))
    EpcisDocument.objects.filter(pk=document.pk).update(new=new)
    document.new = new
    journal.record("epcisdocument.captured", subject=document, by=by, data={"events": len(events), "new": new})
    return document


def _keep(found: Mapping[str, Any], place: int, document: EpcisDocument) -> bool:
    """Keep an event unless it is known; is it new?"""
    content = digest(found)
    key = found.get("eventID") or f"urn:zhizao:content:{content}"
    row, is_new = EpcisEvent.objects.get_or_create(
        key=key, is_declared_wrong="errorDeclaration" in found,
        defaults={
            "kind": found["type"], "at": checks.moment(found["eventTime"]), "action": found.get("action", ""),
            "biz_step": found.get("bizStep", ""), "disposition": found.get("disposition", ""),
            "read_point": _id(found.get("readPoint")), "biz_location": _id(found.get("bizLocation")),
            "things": things(found), "body": found, "sha256": content, "document": document, "at_site": document.site,
        },
    )
    differs = row.sha256 != content
    if differs and not key.startswith(HASHED):
        message = _("Event %(key)s is known already and says something else. A correction is an error declaration and "
                    "a new event; nothing was taken.")
        raise NotTaken(message % {"key": key}, code="epcis-event-differs", facts={"event": key, "position": place})
    EpcisEntry.objects.create(document=document, position=place, event=row, body=found if differs else None)
    return is_new


def _id(found: Any) -> str:
    return str(found.get("id", "")) if isinstance(found, dict) else ""


def things(found: Mapping[str, Any]) -> list[str]:
    """Everything that an event names: instances, classes, and what holds them."""
    named = [found["parentID"]] if "parentID" in found else []
    named += [one for name in checks.LISTS for one in found.get(name, [])]
    named += [one["epcClass"] for name in checks.AMOUNTS for one in found.get(name, [])]
    return list(dict.fromkeys(named))
