"""For whom a lot was made, which decides how its label looks: a room above names who knows it, by registration."""

from collections.abc import Callable, Iterable

from plant.models import Partner
from traceability.models import MaterialLot

Source = Callable[[Iterable[MaterialLot]], dict[int, Partner]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Name a function that tells the customers of lots, by their keys."""
    if source not in _sources:
        _sources.append(source)
    return source


def customer(lots: Iterable[MaterialLot]) -> Partner | None:
    """The one customer for whom all these lots were made, if there is one."""
    known = list(lots)
    found: dict[int, Partner] = {}
    for source in _sources:
        found |= source(known)
    whom = {found.get(lot.pk) for lot in known}
    return whom.pop() if len(whom) == 1 else None
