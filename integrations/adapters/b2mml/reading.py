"""B2MML documents read: orders, reports, materials, lots and equipment as rows in our words."""

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from integrations.adapters.b2mml.master import equipment, materials
from integrations.adapters.b2mml.orders import requests
from integrations.adapters.b2mml.reports import responses
from integrations.bodies import Unreadable
from integrations.formats import safe_xml
from integrations.formats.rows import Row
from integrations.formats.safe_xml import child, children, local, text
from plant.spoken import spoken as _

READERS: dict[str, Callable[[Element, str], Iterator[Row]]] = {
    "OperationsSchedule": requests,
    "OperationsPerformance": responses,
    "MaterialInformation": materials,
    "MaterialDefinition": materials,
    "MaterialLot": materials,
    "EquipmentInformation": equipment,
    "Equipment": equipment,
}
VERBS = ("Sync", "Process", "Show", "Change")


def read(content: bytes) -> list[Row]:
    """The rows of a document: a message with its application area, or an object alone. Unreadable: it is neither."""
    root = safe_xml.parse(content)
    area = child(root, "DataArea")
    verb = next((one for one in VERBS if local(root).startswith(one)), "")
    if area is None and local(root) in READERS:
        return list(READERS[local(root)](root, ""))
    noun = local(root)[len(verb) :]
    if area is None or not verb or noun not in READERS:
        message = _("“%(name)s” is no B2MML document that is taken here. Sent may be: %(known)s, alone or as Sync, "
                    "Process, Change and Show messages.")
        raise Unreadable(message % {"name": local(root)[:80], "known": ", ".join(READERS)})
    sent_at = text(root, "ApplicationArea", "CreationDateTime")
    return [row for one in children(area, noun) for row in READERS[noun](one, sent_at)]


def message_id(content: bytes) -> str:
    """What the sender calls the message, where it says so."""
    return text(safe_xml.parse(content), "ApplicationArea", "BODID")
