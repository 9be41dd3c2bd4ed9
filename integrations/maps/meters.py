"""Meters' register maps as mbmd lists them: measurements by name, with the registers and types of each device."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from integrations.maps.lines import Line, MapRefused, slug

TYPES = {
    "RTUIeee754ToFloat64": ("float32", "ABCD"), "RTUIeee754ToFloat64Swapped": ("float32", "CDAB"),
    "RTUIeee754SolaredgeToFloat64": ("float32", "ABCD"), "RTUFloat64ToFloat64": ("float64", "ABCD"),
    "RTUUint16ToFloat64": ("uint16", "ABCD"), "RTUInt16ToFloat64": ("int16", "ABCD"),
    "RTUUint32ToFloat64": ("uint32", "ABCD"), "RTUUint32ToFloat64Swapped": ("uint32", "CDAB"),
    "RTUInt32ToFloat64": ("int32", "ABCD"), "RTUInt32ToFloat64Swapped": ("int32", "CDAB"),
    "RTUUint64ToFloat64": ("uint64", "ABCD"), "RTUInt64ToFloat64": ("int64", "ABCD"),
}
TABLES = {3: "holding", 4: "input"}
# By how a measurement's name begins; the longer beginning counts.
UNITS = {
    "Voltage": "V", "Current": "A", "Power": "W", "ImportPower": "W", "ExportPower": "W", "ReactivePower": "var",
    "ApparentPower": "VA", "Frequency": "Hz", "THD": "%", "PhaseAngle": "°", "Cosphi": "", "Import": "kWh",
    "Export": "kWh", "Sum": "kWh", "ReactiveImport": "kvarh", "ReactiveExport": "kvarh", "ReactiveSum": "kvarh",
}
ENERGY = frozenset({"kWh", "kvarh"})


def is_list(content: Any) -> bool:
    """Does this look like a list of meters?"""
    return isinstance(content, dict) and isinstance(content.get("devices"), dict)


def lines(content: Mapping[str, Any], *, device: str, first: int = 0) -> list[Line]:
    """The measurements of one device; refused where the list does not say how each register is to be read."""
    meter = content["devices"].get(device)
    if meter is None:
        known = ", ".join(sorted(content["devices"]))
        raise MapRefused(_("The list has no “%(name)s”. It has: %(known)s.") % {"name": device, "known": known})
    if not meter["uniform"]:
        message = _(
            "The list does not say which register of “%(name)s” is read how (it has %(types)s). Take the template and "
            "fill in data type and scale from the meter's handbook."
        )
        raise MapRefused(message % {"name": device, "types": ", ".join(meter["transforms_used"])})
    data_type, order = TYPES[meter["transforms_used"][0]]
    table = TABLES[meter["function_codes"][0]]
    return [
        Line(
            name=slug(device, name), label=name, address=first + address, table=table, data_type=data_type,
            word_order=order, unit=unit_of(name), kind="counter" if unit_of(name) in ENERGY else "process",
        )
        for name, address in meter["registers"].items()
    ]


def unit_of(name: str) -> str:
    """The unit of a measurement by its name, as mbmd gives it."""
    return next((UNITS[start] for start in sorted(UNITS, key=len, reverse=True) if name.startswith(start)), "")
