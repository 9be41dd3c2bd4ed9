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
_RESOLVERS: list[Resolver] = []


def register(resolver: Resolver) -> None:
    """Add a room's way of finding things."""
    if resolver not in _RESOLVERS:
        _RESOLVERS.append(resolver)


def find(code: str, person: Person) -> list[Hit]:
    """Everything found for a code, exact hits first."""
    hits = [hit for resolver in _RESOLVERS for hit in resolver(code, person) if addresses.leads(hit.url, person)]
    return sorted(hits, key=lambda hit: not hit.exact)
