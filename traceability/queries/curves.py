"""The curves of a visit: what each instrument of the machine read while the lot stood there."""

from dataclasses import dataclass
from datetime import datetime

from plant.models import ParameterKind
from traceability import bounds
from traceability.bounds import Bound
from traceability.models import Visit
from traceability.queries import readings
from traceability.queries.readings import Point
from traceability.queries.surroundings import streams_near

POINTS = 400


@dataclass(frozen=True, slots=True)
class Curve:
    """One stream in the window of a visit; a reading that can't be trusted leaves a hole."""

    name: str
    unit: str
    points: list[Point]
    bounds: list[Bound]


def of_visit(visit: Visit, *, now: datetime, unit: str = "", ambient: bool = False) -> list[Curve]:
    """The machine's own streams, or the ambient ones, of one unit if given, thinned so that a page can draw them."""
    streams = streams_near({visit.equipment_id})[visit.equipment_id]
    chosen = [
        stream for stream in streams
        if unit in ("", stream.parameter.unit_id) and (stream.parameter.kind == ParameterKind.ENVIRONMENT) == ambient
    ]
    found = readings.series(
        [stream.pk for stream in chosen], visit.during.lower, visit.during.upper or now, max_points=POINTS
    )
    lines = bounds.of([(visit, stream) for stream in chosen])
    return [
        Curve(
            stream.parameter.title, stream.parameter.unit.symbol, found.get(stream.pk, []),
            lines.get((visit.pk, stream.pk), []),
        )
        for stream in chosen
    ]
