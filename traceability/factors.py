"""What pieces may have in common (tools, gauges, programs): rooms above register, nobody imports upwards."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from traceability.models import Visit

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Sample:
    """The pieces that are compared: whose ancestors are whose, and where all of them stood."""

    above: Mapping[int, Collection[int]]  # piece → itself and what it was made from
    visits: Collection[Visit]

    def pieces_of(self, lot_ids: Iterable[int]) -> set[int]:
        """The pieces that hold some of these lots."""
        wanted = set(lot_ids)
        return {piece for piece, lots in self.above.items() if not wanted.isdisjoint(lots)}

    @property
    def lots(self) -> set[int]:
        """Every lot in it."""
        return {lot for lots in self.above.values() for lot in lots}


@dataclass(frozen=True, slots=True)
class Shared:
    """Something that some pieces have in common; `start` asks for its scope (kind, code and more, as an address).

    Of what has the same `group` only what tells most is shown, such as the best of many cuts through one value.
    """

    kind: Words
    label: str
    pieces: frozenset[int]
    start: tuple[tuple[str, Any], ...] = ()
    group: str = ""


Find = Callable[[Sample], Iterable[Shared]]
_FINDERS: list[Find] = []


def register(find: Find) -> Find:
    """Name who knows something that pieces may share."""
    if find not in _FINDERS:
        _FINDERS.append(find)
    return find


def every(sample: Sample) -> list[Shared]:
    """All that the rooms know of these pieces."""
    return [one for find in _FINDERS for one in find(sample)]
