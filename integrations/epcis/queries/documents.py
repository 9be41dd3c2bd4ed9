"""Documents of partners, and one of them as it came."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from integrations.models import EpcisDocument, EpcisEvent
from plant.errors import Refusal


class UnknownDocument(Refusal):
    """A document that nobody sent."""

    code = "unknown-epcis-document"


def listing() -> QuerySet[EpcisDocument]:
    """Every document."""
    return EpcisDocument.objects.select_related("site", "by")


def by_hash(sha256: str) -> EpcisDocument:
    """The document with this content hash."""
    found = listing().filter(sha256=sha256).first()
    if found is None:
        raise UnknownDocument(_("No document with this number was taken. Look for it in the list."))
    return found


def events(document: EpcisDocument) -> "QuerySet[EpcisEvent]":
    """The events of a document in their order."""
    return EpcisEvent.objects.filter(entries__document=document).order_by("entries__position")


def as_it_came(document: EpcisDocument) -> dict[str, Any]:
    """The document with its events in their order."""
    head = dict(document.head)
    entries = document.entries.order_by("position").values_list("body", "event__body")
    bodies = [own if own is not None else first for own, first in entries]
    head["epcisBody"] = {**head["epcisBody"], "eventList": bodies}
    return head
