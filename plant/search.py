"""Search and scan: a room registers how its codes are found, so that any code can be typed or scanned anywhere."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from plant import addresses
from plant.models import Person


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that a code or a word led to; an exact hit is where a scan goes at once."""

    title: str
    url: str
    kind: Any = ""
    detail: str = ""
    state: Any = ""
    exact: bool = False
    icon: str = "search"


Resolver = Callable[[str, Person], list[Hit]]
Reader = Callable[[str], list[str]]
_RESOLVERS: list[Resolver] = []
_READERS: list[Reader] = []


def register(resolver: Resolver) -> None:
    """Add a room's way of finding things."""
    if resolver not in _RESOLVERS:
        _RESOLVERS.append(resolver)


def register_reader(reader: Reader) -> None:
    """Add a way of reading labels: the codes that a scanned text holds, the most telling one first."""
    if reader not in _READERS:
        _READERS.append(reader)


def find(code: str, person: Person) -> list[Hit]:
    """Everything found for a code, exact hits first; where the text itself names nothing, for the codes in it."""
    hits = _found(code, person)
    for name in (name for read in _READERS for name in read(code)):
        if any(hit.exact for hit in hits):
            break
        hits += _found(name, person)
    unique = {hit.url: hit for hit in sorted(hits, key=lambda hit: hit.exact)}
    return sorted(unique.values(), key=lambda hit: not hit.exact)


def _found(code: str, person: Person) -> list[Hit]:
    return [hit for resolver in _RESOLVERS for hit in resolver(code, person) if addresses.leads(hit.url, person)]
