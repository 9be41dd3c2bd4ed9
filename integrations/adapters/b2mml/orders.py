"""Orders of an operations schedule, in our words."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from integrations.adapters.b2mml.names import MAY_BE_MADE, PRODUCED, TAKEN_BACK
from integrations.formats.rows import Row
from integrations.formats.safe_xml import child, children, text
from plant.spoken import spoken as _

NOUN = "work-requests"
HIGHEST = 100


def requests(schedule: Element, sent_at: str) -> Iterator[Row]:
    """Every request of a schedule; what it leaves open is said by the schedule."""
    for number, one in enumerate(children(schedule, "OperationsRequest"), 1):
        faults: dict[str, str] = {}
        key = text(one, "ID")
        words: dict[str, Any] = {"number": key, **_made(one, faults)}
        words["due_at"] = text(one, "EndTime") or text(schedule, "EndTime")
        if not words["due_at"]:
            faults["due_at"] = _("The request names no EndTime, and neither does its schedule.")
        if priority := text(one, "Priority"):
            words["priority"] = _priority(priority, faults)
        if site := _site(one) or _site(schedule):
            words["site"] = site
        state = text(one, "RequestState") or text(schedule, "ScheduleState")
        if state in TAKEN_BACK:
            faults["release"] = _("The request is cancelled there. Cancel the production order here by hand, after a "
                                  "look at what was made of it.")
        elif state:
            words["release"] = state in MAY_BE_MADE
        yield Row(NOUN, key, words, text(one, "Version") or sent_at, number, faults)


def _made(request: Element, faults: dict[str, str]) -> dict[str, Any]:
    """What is to be made: one material in one amount; the last segment that makes it counts."""
    found: dict[str, dict[str, Any]] = {}
    for segment in _segments(request):
        for need in children(segment, "MaterialRequirement"):
            material = text(need, "MaterialDefinitionID")
            if text(need, "MaterialUse") in PRODUCED and material:
                found[material] = {"material": material, **amount(need)}
    if not found:
        faults["material"] = _("No segment names the material that is produced (MaterialUse “Produced”).")
        return {}
    if len(found) > 1:
        faults["material"] = _("More than one material is produced: %(all)s. Send a request for each.") % {
            "all": ", ".join(found)}
    return found.popitem()[1]


def _segments(one: Element) -> Iterator[Element]:
    for segment in [*children(one, "SegmentRequirement"), *children(one, "SegmentRequirementChild")]:
        yield from _segments(segment)
        yield segment


def amount(one: Element) -> dict[str, str]:
    """A quantity and its unit, as they are written."""
    quantity = child(one, "Quantity")
    said = {"quantity": text(quantity, "QuantityString")}
    if unit := text(quantity, "UnitOfMeasure"):
        said["unit"] = unit
    return said


def _priority(said: str, faults: dict[str, str]) -> str:
    try:
        return str(max(0, min(HIGHEST, round(float(said)))))
    except (ValueError, OverflowError):
        faults["priority"] = _("“%(said)s” is no priority.") % {"said": said[:40]}
        return said


def _site(one: Element) -> str:
    """The site in the scope of an object, if it names one."""
    scope = child(one, "HierarchyScope")
    while scope is not None:
        if "Site" in (text(scope, "EquipmentElementLevel"), text(scope, "EquipmentLevel")):
            return text(scope, "EquipmentID")
        scope = child(scope, "HierarchyScopeChild")
    return ""
