"""Planning documents that a CAPA may ask to be revised (FMEA, control plan): named by whoever keeps them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plant.models import Person
from qms.models import CorrectiveAction


@dataclass(frozen=True, slots=True)
class Document:
    """A revision of a document, where it is read, and the kind that keeps it."""

    kind: str
    key: str
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who keeps documents of a kind: what it has for a CAPA, and how a draft of the next revision is opened."""

    kind: str
    word: Any
    find: Callable[[CorrectiveAction], list[Document]]
    revise: Callable[[str, CorrectiveAction, str, Person, datetime], Document]  # key, for which, reason, by, at
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
