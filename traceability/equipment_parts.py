"""What rooms above add to the page of a machine (maintenance, calls, tools): they register, nobody imports upwards."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from plant.models import Equipment, Person

Fill = Callable[[Equipment, Person], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page: the template that draws it, and who fills the template's context."""

    template: str
    fill: Fill


PARTS: dict[str, Part] = {}


def register(template: str, fill: Fill) -> None:
    """Add a section; the same template again replaces it."""
    PARTS[template] = Part(template, fill)


def fill_all(equipment: Equipment, person: Person) -> list[tuple[str, dict[str, Any]]]:
    """Every section with its context; one with an empty context has nothing to say about this machine."""
    filled = [(part.template, part.fill(equipment, person)) for part in PARTS.values()]
    return [(template, context) for template, context in filled if context]
