"""SunSpec models (the JSON of the SunSpec Alliance's model definitions) as lines of a register map."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from integrations.maps.lines import LONGEST_LABEL, LONGEST_UNIT, Line, MapRefused, slug

# SunSpec Device Information Model Specification 1.1, 4.2: what the types are on the wire.
TYPES = {
    "int16": "int16", "uint16": "uint16", "acc16": "uint16", "enum16": "uint16", "bitfield16": "uint16",
    "count": "uint16", "int32": "int32", "uint32": "uint32", "acc32": "uint32", "enum32": "uint32",
    "bitfield32": "uint32", "int64": "int64", "uint64": "uint64", "acc64": "uint64", "float32": "float32",
    "float64": "float64",
}
COUNTERS = frozenset({"acc16", "acc32", "acc64"})
NO_NUMBERS = frozenset({"string", "pad", "sunssf", "ipaddr", "ipv6addr", "eui48"})
HEADER = frozenset({"ID", "L"})
MOST_REPEATS = 100
Scope = dict[str, int]


def is_model(content: Any) -> bool:
    """Does this look like a SunSpec model?"""
    return isinstance(content, dict) and isinstance(content.get("group"), dict) and "points" in content["group"]


def lines(model: Mapping[str, Any], *, first: int, counts: Mapping[str, int]) -> list[Line]:
    """The points of a model whose ID stands at register `first`; `counts` says how often parts repeat (else once)."""
    found = list(_group(model["group"], [str(model["id"])], first, {}, counts))
    return [line for line, _ in found if line is not None]


def _group(
    group: Mapping[str, Any], path: list[str], at: int, scope: Scope, counts: Mapping[str, int]
) -> Iterator[tuple[Line | None, int]]:
    """Each point as a line (none for what is no number) with the register behind it."""
    places, here = [], at
    for point in group["points"]:
        places.append((point, here))
        here += int(point["size"])
    scope = scope | {point["name"]: place for point, place in places if point["type"] == "sunssf"}
    for point, place in places:
        yield _line(point, path, place, scope), place + int(point["size"])
    for part in group.get("groups", ()):
        times = _times(part, counts)
        for number in range(1, times + 1):
            name = part["name"] if times == 1 else f"{part['name']}{number}"
            for line, behind in _group(part, [*path, name], here, scope, counts):
                yield line, behind
                here = behind


def _times(part: Mapping[str, Any], counts: Mapping[str, int]) -> int:
    """How often a part repeats: a number, or a name that the device answers for."""
    said = part.get("count", 1)
    times = counts.get(str(said), counts.get(part["name"], 1)) if not isinstance(said, int) or said == 0 else said
    if not 0 <= times <= MOST_REPEATS:
        raise MapRefused(_("“%(part)s” can't repeat %(times)s times.") % {"part": part["name"], "times": times})
    return times


def _line(point: Mapping[str, Any], path: list[str], place: int, scope: Scope) -> Line | None:
    kind = point["type"]
    if kind in NO_NUMBERS or point["name"] in HEADER:
        return None
    if kind not in TYPES:
        raise MapRefused(_("“%(type)s” is no type of SunSpec.") % {"type": kind})
    scale, exponent = _scaling(point, scope)
    return Line(
        name=slug(*path, point["name"]), label=point.get("label", point["name"])[:LONGEST_LABEL], address=place,
        table="holding", data_type=TYPES[kind], scale=scale, exponent=exponent,
        unit=str(point.get("units", ""))[:LONGEST_UNIT], sentinel=kind not in COUNTERS,
        kind="counter" if kind in COUNTERS else "process",
    )


def _scaling(point: Mapping[str, Any], scope: Scope) -> tuple[float, int | None]:
    """A power of ten that the model fixes, or the register that holds it."""
    factor = point.get("sf")
    if factor is None:
        return 1.0, None
    if isinstance(factor, int):
        return float(f"1e{factor}"), None
    if factor not in scope:
        raise MapRefused(_("The model names the scale factor “%(name)s”, which it does not have.") % {"name": factor})
    return 1.0, scope[factor]
