"""Materials, lots and equipment of a B2MML document, in our words."""

from collections.abc import Iterator
from itertools import count
from typing import Any
from xml.etree.ElementTree import Element

from integrations.adapters.b2mml.names import LEVELS, MATERIAL_PROPERTIES
from integrations.adapters.b2mml.orders import amount
from integrations.formats.rows import Row
from integrations.formats.safe_xml import child, children, local, text
from plant.spoken import spoken as _

MATERIAL, LOT, EQUIPMENT = "material-definitions", "material-lots", "equipment"


def materials(one: Element, sent_at: str) -> Iterator[Row]:
    """The material definitions and lots of a material information, or a single one of them."""
    inside = local(one) == "MaterialInformation"
    number = count(1)
    for each in children(one, "MaterialDefinition") if inside else [one] if local(one) == "MaterialDefinition" else []:
        yield Row(MATERIAL, text(each, "ID"), _material(each), _version(each, sent_at), next(number))
    for each in children(one, "MaterialLot") if inside else [one] if local(one) == "MaterialLot" else []:
        words = {"number": text(each, "ID"), "material": text(each, "MaterialDefinitionID"), **amount(each)}
        words |= _properties(each, "MaterialLotProperty", {name: (name.replace("_", ""),) for name in (
            "supplier", "supplier_lot", "expires_at")})
        if place := text(each, "StorageLocation"):
            words["place"] = place
        yield Row(LOT, words["number"], words, _version(each, sent_at), next(number))


def _version(one: Element, sent_at: str) -> str:
    return text(one, "Version") or text(one, "PublishedDate") or sent_at


def _material(one: Element) -> dict[str, Any]:
    code = text(one, "ID")
    said = _properties(one, "MaterialDefinitionProperty", MATERIAL_PROPERTIES)
    return {"code": code, "name": text(one, "Description") or code, **said}


def _properties(one: Element, tag: str, known: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """The properties that we know, by our names; an empty one is left away."""
    names = {spelt: ours for ours, spellings in known.items() for spelt in spellings}
    found = {}
    for each in children(one, tag):
        ours = names.get(text(each, "ID").replace(" ", "").replace("-", "").lower())
        said = text(each, "Value", "ValueString")
        if ours and said:
            found[ours] = said
    return found


def equipment(one: Element, sent_at: str) -> Iterator[Row]:
    """Equipment and everything in it, parents first."""
    roots = children(one, "Equipment") if local(one) == "EquipmentInformation" else [one]
    number = count(1)
    for root in roots:
        yield from _places(root, _above(root) or _above(one), sent_at, number)


def _places(one: Element, parent: str, sent_at: str, number: Iterator[int]) -> Iterator[Row]:
    code, level = text(one, "ID"), text(one, "EquipmentLevel")
    words: dict[str, Any] = {"code": code, "name": text(one, "Description") or code, "parent": parent or None}
    faults = {}
    if level in LEVELS:
        words["level"] = LEVELS[level]
    else:
        faults["level"] = _("“%(level)s” is no level that is kept here. One of: %(known)s.") % {
            "level": level, "known": ", ".join(LEVELS)}
    yield Row(EQUIPMENT, code, words, _version(one, sent_at), next(number), faults)
    for each in children(one, "EquipmentChild"):
        yield from _places(each, code, sent_at, number)


def _above(one: Element) -> str:
    """The innermost equipment in whose scope this stands, unless it is itself."""
    scope, found = child(one, "HierarchyScope"), ""
    while scope is not None:
        found = text(scope, "EquipmentID") or found
        scope = child(scope, "HierarchyScopeChild")
    return "" if found == text(one, "ID") else found
