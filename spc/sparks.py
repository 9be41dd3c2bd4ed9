"""A control chart as small as a thumb: a line, the band between its limits, and the points outside. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

WIDTH, HEIGHT, ROOM = 100.0, 40.0, 0.12


@dataclass(frozen=True)
class Spark:
    """SVG path data in a box of 100 by 40."""

    line: str
    outside: str
    band_top: str
    band_height: str
    has_band: bool


def draw(values: Sequence[float], band: tuple[float, float] | None) -> Spark | None:
    """Scale the values (NaN leaves a hole) and the limits into the box; None where nothing can be drawn."""
    known = [value for value in values if not isnan(value)]
    if not known:
        return None
    low, high = min([*known, *(band or ())]), max([*known, *(band or ())])
    room = (high - low) * ROOM or abs(high) * ROOM or 1.0
    low, high = low - room, high + room

    def y(value: float) -> float:
        return float(HEIGHT * (high - value) / (high - low))

    step = WIDTH / max(len(values) - 1, 1)
    spots = [(index * step, value) for index, value in enumerate(values)]
    outside = [(x, v) for x, v in spots if band and not isnan(v) and not band[0] <= v <= band[1]]
    top, bottom = (y(band[1]), y(band[0])) if band else (0.0, 0.0)
    return Spark(
        line=_line([(x, None if isnan(v) else y(v)) for x, v in spots]),
        outside="".join(f"M{x:.1f} {y(v):.1f}h0" for x, v in outside),
        band_top=f"{top:.1f}", band_height=f"{bottom - top:.1f}", has_band=band is not None,
    )


def _line(spots: Sequence[tuple[float, float | None]]) -> str:
    """Path data; a hole lifts the pen."""
    path, is_down = "", False
    for x, y in spots:
        if y is not None:
            path += f"{'L' if is_down else 'M'}{x:.1f} {y:.1f}"
        is_down = y is not None
    return path
