"""Which B2MML document carries which of our objects."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element

from integrations.adapters.b2mml import writing
from integrations.adapters.b2mml.names import NAMESPACE as NAMESPACE
from integrations.adapters.port import Outgoing
from plant.spoken import spoken

Written = Callable[..., Element]
# Our object → verb and noun of the message, and who writes its body.
DOCUMENTS: dict[str, tuple[str, str, Written]] = {
    "work-requests": ("Sync", "OperationsSchedule", writing.schedule),
    "reports": ("Process", "OperationsPerformance", writing.performance),
    "material-definitions": ("Sync", "MaterialInformation", writing.materials),
    "equipment": ("Sync", "EquipmentInformation", writing.equipment),
}


class NotWritten(Exception):
    """Something that no B2MML document carries."""


def document(noun: str, rows: Iterable[Mapping[str, Any]], *, id: str, at: datetime) -> bytes:
    """A message with these objects."""
    if noun not in DOCUMENTS:
        message = spoken("“%(noun)s” does not go out as B2MML. These do: %(all)s.")
        raise NotWritten(message % {"noun": noun, "all": ", ".join(DOCUMENTS)})
    verb, name, body = DOCUMENTS[noun]
    try:
        return writing.message(verb, name, [body(rows, id=id)], id=id, at=at)
    except KeyError as error:
        raise NotWritten(f"a B2MML document of “{noun}” needs the word {error}") from error


def written(message: Outgoing) -> bytes:
    """One object as a message of its own."""
    return document(message.noun, [message.words], id=message.id, at=datetime.now(UTC))
