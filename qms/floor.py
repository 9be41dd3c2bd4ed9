"""What a control plan means on the shop floor: asked of those above, by registration, for quality stands below.

Production tells the operations of routings and where they are done. Whatever follows a control plan (charts, operator
checks) tells what it would change for a new revision, each change with the act that carries it out: the page shows the
same list that the release goes through.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from plant.models import MaterialDefinition, Person
from qms.models import ControlPlan, ControlPlanLine


class Operation(NamedTuple):
    """An operation of a routing: its code, its name, and the places that can do it (their keys)."""

    code: str
    name: str
    places: tuple[int, ...] = ()


class Made(NamedTuple):
    """Something on the floor that comes from a line of a control plan."""

    noun: str
    name: str
    url: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a release changes: what (INSPECTION, CHART, CHECK, REACTION), how (ADDED, CHANGED, DROPPED, KEPT,
    MISSING), of which operation and characteristic, field by field from what to what, and how to do it."""

    noun: str
    verb: str
    operation: str
    about: str
    details: tuple[tuple[str, str, str], ...] = ()
    carry_out: Callable[[Person, datetime], Any] | None = field(default=None, compare=False)

    @property
    def told(self) -> list[Any]:
        """As it is signed."""
        return [self.noun, self.verb, self.operation, self.about, [list(one) for one in self.details]]


Operations = Callable[[MaterialDefinition | None, str, datetime], list[Operation]]
Changes = Callable[[ControlPlan, ControlPlan | None, datetime], Iterable[Change]]
Makes = Callable[[ControlPlanLine], Iterable[Made]]
_operations: list[Operations] = []
_changes: list[Changes] = []
_makes: list[Makes] = []


def register_operations(source: Operations) -> Operations:
    """Name a function that tells the operations of a routing by its code, or of whatever makes a material now."""
    _operations.append(source)
    return source


def register_changes(source: Changes) -> Changes:
    """Name a function that tells what a new revision (against the one in effect) changes, ready to be carried out."""
    _changes.append(source)
    return source


def register_made(source: Makes) -> Makes:
    """Name a function that tells what stands on the floor because of a line."""
    _makes.append(source)
    return source


def operations(material: MaterialDefinition | None, routing: str, at: datetime) -> list[Operation]:
    """The operations in their order; empty where nobody knows any."""
    return [one for source in _operations for one in source(material, routing, at)]


def changes(fresh: ControlPlan, former: ControlPlan | None, at: datetime) -> list[Change]:
    """What those above would change, in an order that does not depend on who registered first."""
    found = [one for source in _changes for one in source(fresh, former, at)]
    return sorted(found, key=lambda one: one.noun)


def made(line: ControlPlanLine) -> list[Made]:
    """What stands on the floor because of a line."""
    return [one for source in _makes for one in source(line)]
