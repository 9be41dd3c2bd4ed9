"""What is in a unit, part by part, now or at a moment; and what was in it before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from traceability.models import ActualKind, Link, MaterialActual, MaterialLot, Replacement

RELATED = (
    "lot__material__unit", "lot__supplier", "person", "equipment", "link__reversed_by", "replacement__by",
    "replacement__part", "replacement__put_in__lot", "replaces__taken_out__lot",
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a unit: since when it is in, and since when not any more."""

    actual: MaterialActual
    out_at: datetime | None
    replacement: Replacement | None

    @property
    def certainty(self) -> str:
        """Whether it is known that this lot is in the unit."""
        return self.actual.link.certainty if self.actual.link else ""

    @property
    def was(self) -> MaterialLot | None:
        """What it took the place of."""
        before: Replacement | None = getattr(self.actual, "replaces", None)
        return before.taken_out.lot if before else None


def of_unit(unit: MaterialLot, as_of: datetime) -> tuple[list[Part], list[Part]]:
    """The parts that are in a unit at a moment, and those that had come out by then; oldest first."""
    rows = MaterialActual.objects.filter(kind=ActualKind.CONSUMED, link__child=unit, at__lte=as_of)
    parts = list(_parts(rows.select_related(*RELATED).order_by("operation", "at", "pk"), as_of))
    return [one for one in parts if one.out_at is None], [one for one in parts if one.out_at is not None]


def _parts(rows: Iterable[MaterialActual], as_of: datetime) -> Iterable[Part]:
    for row in rows:
        back = getattr(row.link, "reversed_by", None)
        out_at = back.at if back is not None and back.at <= as_of else None
        yield Part(row, out_at, getattr(row, "replacement", None) if out_at else None)


def maybe(unit: MaterialLot, as_of: datetime) -> list[Link]:
    """The lots that may be in a unit at a moment, though the books took nothing of them for it."""
    rows = Link.objects.filter(child=unit, quantity=0, reverses__isnull=True, at__lte=as_of)
    rows = rows.exclude(reversed_by__at__lte=as_of).select_related("parent__material__unit", "parent__supplier")
    return list(rows.order_by("operation", "at", "pk"))
