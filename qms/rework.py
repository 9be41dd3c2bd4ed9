"""Where rework may enter a routing: asked of whoever keeps the routings, by registration, for quality stands below."""

from collections.abc import Callable
from typing import NamedTuple


class Step(NamedTuple):
    """An operation that rework may enter."""

    code: str
    label: str


Source = Callable[[str, int | None], list[tuple[str, str]]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Name a function that tells, for a work order's number and a lot, the operations that rework may enter."""
    if source not in _sources:
        _sources.append(source)
    return source


def steps(job_order: str, lot: int | None = None) -> list[Step]:
    """The operations that rework of this work order may enter, in their order; of a lot, only those that lie behind it.

    lot    its key; without it, wherever its pieces lie
    """
    if not job_order:
        return []
    return [Step(code, str(label)) for source in _sources for code, label in source(job_order, lot)]
