"""A maker's register map as lines of the plant's own: what a tag needs, before it belongs to a controller."""

import re
from dataclasses import asdict, dataclass, fields

from django.utils.translation import gettext as _

from plant.errors import Refusal

LONGEST_NAME, LONGEST_LABEL, LONGEST_UNIT, LAST_REGISTER = 80, 200, 20, 65535


class MapRefused(Refusal):
    """A register map that can't be read as it is."""

    code = "map-refused"


@dataclass(frozen=True, slots=True)
class Line:
    """One register of a map; the names are those of PlcTag's fields."""

    name: str
    label: str
    address: int
    table: str
    data_type: str
    word_order: str = "ABCD"
    scale: float = 1.0
    exponent: int | None = None
    unit: str = ""
    sentinel: bool = False
    kind: str = "process"


def slug(*parts: str) -> str:
    """A name that an address can carry."""
    return re.sub(r"[^A-Za-z0-9_-]+", "_", "_".join(part for part in parts if part))[:LONGEST_NAME]


def table_of(plc: str, lines: list[Line]) -> list[list[str]]:
    """Headings and cells of the file that brings these lines in; refused when a register lies beyond the last one."""
    if not lines:
        raise MapRefused(_("The map has no register that holds a number."))
    if beyond := [line for line in lines if not 0 <= line.address <= LAST_REGISTER]:
        message = _("%(name)s would lie at register %(address)s; registers end at %(last)s. Check the first register.")
        raise MapRefused(message % {"name": beyond[0].name, "address": beyond[0].address, "last": LAST_REGISTER})
    names = [field.name for field in fields(Line)]
    return [["plc", *names], *([plc, *(_cell(value) for value in asdict(line).values())] for line in lines)]


def _cell(value: object) -> str:
    if value is None:
        return ""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
