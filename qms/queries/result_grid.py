"""An inspection as a table to fill in: a row for each sample, a column for each characteristic that is measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plant.models import Person
from qms.models import Gauge, GaugeType, InspectionItem
from qms.queries import gauge_register
from qms.queries.inspections import ItemState

MOST = 200  # samples on a page


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: the name of its field, what stands or was typed in it, and whether that is within the limits."""

    name: str
    item: InspectionItem
    sample: int
    text: str
    is_out: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """The table, the gauges that it asks for, what is judged by eye beside it, and from which sample on it shows."""

    items: list[InspectionItem]
    rows: list[tuple[int, list[Cell | None]]]
    gauges: list[tuple[GaugeType, str, list[Gauge]]]
    counted: list[ItemState] = field(default_factory=list)
    has_values: bool = False
    next: int = 0

    @property
    def next_key(self) -> str:
        return str(self.next)


def of(
    states: Sequence[ItemState], person: Person, at: datetime, *, typed: Mapping[str, Any], first: int = 1
) -> Grid:
    """The table as it stands, or as it was sent where that was refused."""
    measured = [state for state in states if not state.item.characteristic.is_counted]
    longest = max((state.item.sample_size for state in measured), default=0)
    values = [dict(state.samples) for state in measured]
    shown = range(first, min(longest, first + MOST - 1) + 1)
    rows = [
        (sample, [_cell(state.item, sample, had, typed) for state, had in zip(measured, values, strict=True)])
        for sample in shown
    ]
    kinds = {state.item.gauge_type for state in states if state.item.gauge_type}
    last = gauge_register.last_used([state.item for state in states], person)
    gauges = []
    for kind in sorted(kinds, key=lambda one: one.code):
        offered = gauge_register.usable(kind.pk, person, at)
        usual = last.get(kind.pk, "") or (offered[0].code if len(offered) == 1 else "")
        usual = usual if any(one.code == usual for one in offered) else ""
        gauges.append((kind, str(typed.get(f"gauge_{kind.pk}", usual)), offered))
    counted = [state for state in states if state.item.characteristic.is_counted and not state.is_complete]
    has_values = any(result is not None for had in values for result in had.values())
    more = shown.stop if shown.stop <= longest else 0
    return Grid([state.item for state in measured], rows, gauges, counted, has_values, more)


def _cell(item: InspectionItem, sample: int, had: Mapping[int, Any], typed: Mapping[str, Any]) -> Cell | None:
    """A cell, or nothing where the sample of this characteristic is smaller."""
    if sample not in had:
        return None
    result, name = had[sample], f"item_{item.pk}_{sample}"
    text = str(typed.get(name, "" if result is None else f"{result.value:.12g}"))
    return Cell(name, item, sample, text, result is not None and not result.passed)
