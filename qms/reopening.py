"""Planning documents that a CAPA or a complaint may ask to be revised: named by whoever keeps them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from plant.models import Person


class Caller(NamedTuple):
    """What calls for a revision: its kind (CAPA, COMPLAINT) and its number."""

    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class Document:
    """A revision of a document, where it is read, and the kind that keeps it."""

    kind: str
    key: str
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who keeps documents of a kind: what it has for a material, and how a draft of the next revision is opened."""

    kind: str
    word: Any
    find: Callable[[int], list[Document]]
    revise: Callable[[str, Caller, str, Person, datetime], Document]  # key, for what, reason, by, at
    url: Callable[[str], str]


_KEEPERS: dict[str, Keeper] = {}


def register(keeper: Keeper) -> Keeper:
    """Offer documents of a kind; the same kind again replaces it."""
    _KEEPERS[keeper.kind] = keeper
    return keeper


def keepers() -> list[Keeper]:
    """Everybody who keeps documents."""
    return list(_KEEPERS.values())


def of(kind: str) -> Keeper | None:
    """Who keeps documents of a kind."""
    return _KEEPERS.get(kind)


def offered(kind: str, material: int | None) -> list[Document]:
    """The documents of a kind that something about this material may have revised."""
    keeper = of(kind)
    return keeper.find(material) if keeper and material else []
