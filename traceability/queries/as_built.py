"""What is in a unit, part by part, now or at a moment; and what was in it before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from traceability.models import ActualKind, Link, MaterialActual, MaterialLot, Replacement

RELATED = (
    "lot__material__unit", "lot__supplier", "person", "equipment", "link__reversed_by", "replacement__by",
    "replacement__part", "replacement__put_in__lot", "replaces__taken_out__lot",
)


Sits = Callable[[MaterialLot, Sequence[MaterialActual]], dict[int, tuple[str, ...]]]
_sits: list[Sits] = []


def register(sits: Sits) -> Sits:
    """Name a function that tells where the parts of a unit sit in it; a room above knows the bill."""
    if sits not in _sits:
        _sits.append(sits)
    return sits


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a unit: since when it is in, and since when not any more."""

    actual: MaterialActual
    out_at: datetime | None
    replacement: Replacement | None
    places: tuple[str, ...] = ()  # its positions in the unit, by the drawing

    @property
    def certainty(self) -> str:
        """Whether it is known that this lot is in the unit."""
        return self.actual.link.certainty if self.actual.link else ""

    @property
    def was(self) -> MaterialLot | None:
        """What it took the place of."""
        before: Replacement | None = getattr(self.actual, "replaces", None)
        return before.taken_out.lot if before else None


def of_unit(unit: MaterialLot, as_of: datetime | None = None) -> tuple[list[Part], list[Part]]:
    """The parts that are in a unit at a moment, now unless said, and those that had come out by then; oldest first."""
    rows = MaterialActual.objects.filter(kind=ActualKind.CONSUMED, link__child=unit).select_related(*RELATED)
    actuals = list(rows.order_by("operation", "at", "pk"))
    places = {key: names for sits in _sits for key, names in sits(unit, actuals).items()}
    parts = [_part(row, as_of, places) for row in actuals if as_of is None or row.at <= as_of]
    return [one for one in parts if one.out_at is None], [one for one in parts if one.out_at is not None]


def _part(row: MaterialActual, as_of: datetime | None, places: dict[int, tuple[str, ...]]) -> Part:
    back = getattr(row.link, "reversed_by", None)
    out_at = back.at if back is not None and (as_of is None or back.at <= as_of) else None
    return Part(row, out_at, getattr(row, "replacement", None) if out_at else None, places.get(row.pk, ()))


def maybe(unit: MaterialLot, as_of: datetime) -> list[Link]:
    """The lots that may be in a unit at a moment, though the books took nothing of them for it."""
    rows = Link.objects.filter(child=unit, quantity=0, reverses__isnull=True, at__lte=as_of)
    rows = rows.exclude(reversed_by__at__lte=as_of).select_related("parent__material__unit", "parent__supplier")
    return list(rows.order_by("operation", "at", "pk"))
