"""Limits that a curve is drawn against: rooms above register what holds for a stay at a machine and an instrument."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from traceability.models import Stream, Visit

LIMIT, CENTRE = "held", "done"  # tones: not to be crossed; where it should be


@dataclass(frozen=True, slots=True)
class Bound:
    """One line across a curve."""

    label: str | Promise
    value: float
    tone: str = LIMIT


Stay = tuple[Visit, Stream]
Bounds = dict[tuple[int, int], list[Bound]]  # by keys of visit and stream
Find = Callable[[Sequence[Stay]], Bounds]
_FINDERS: dict[Find, int] = {}


def register(rank: int) -> Callable[[Find], Find]:
    """Name who knows limits. Of several that know some, the lowest rank counts: many lines tell nothing."""

    def keep(find: Find) -> Find:
        _FINDERS[find] = rank
        return find

    return keep


def of(stays: Sequence[Stay]) -> Bounds:
    """The lines of each stay."""
    found: Bounds = {}
    for find in sorted(_FINDERS, key=lambda one: _FINDERS[one]):
        left = [(visit, stream) for visit, stream in stays if (visit.pk, stream.pk) not in found]
        found |= {key: lines for key, lines in (find(left) if left else {}).items() if lines}
    return found


def ends(low: float | None, centre: float | None, high: float | None, words: Sequence[str | Promise]) -> list[Bound]:
    """Two limits and what lies between them, as far as they are there."""
    told = zip(words, (low, centre, high), (LIMIT, CENTRE, LIMIT), strict=True)
    return [Bound(word, value, tone) for word, value, tone in told if value is not None]
