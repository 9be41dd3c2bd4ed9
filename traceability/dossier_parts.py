"""What rooms above add to a lot's dossier (inspections, violations, orders): they register, nobody imports upwards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from traceability.models import MaterialLot

Fill = Callable[[Sequence[MaterialLot]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the dossier: its title, the template that draws it, and who fills the template's context."""

    title: str | Promise
    template: str
    fill: Fill
    tab: str = "measurements"


PARTS: dict[str, Part] = {}


def register(title: str | Promise, template: str, fill: Fill, *, tab: str = "measurements") -> None:
    """Add a section to a tab of the lot page. `fill` gets the lot first, then the lots it was made from."""
    PARTS[template] = Part(title, template, fill, tab)


def fill_all(lots: Sequence[MaterialLot], tab: str = "") -> list[tuple[Part, dict[str, Any]]]:
    """Every section, or those of one tab, with its context; an empty one has nothing to say about these lots."""
    filled = [(part, part.fill(lots)) for part in PARTS.values() if tab in ("", part.tab)]
    return [(part, context) for part, context in filled if context]
