"""Pictures that a room draws for the paper of things that lie below it: it registers, nobody imports upwards."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model

Drawn = Sequence[tuple[str, str]]
Draw = Callable[[Any], Drawn]
_DRAWERS: dict[str, list[Draw]] = {}


def register(kind: str, draw: Draw) -> Draw:
    """Name a function that answers titled SVG drawings for a row of this kind (the model's name in lower case)."""
    drawers = _DRAWERS.setdefault(kind, [])
    if draw not in drawers:
        drawers.append(draw)
    return draw


def of(row: Model) -> list[tuple[str, str]]:
    """Every drawing that somebody makes of this row."""
    return [picture for draw in _DRAWERS.get(row._meta.model_name or "", []) for picture in draw(row)]
