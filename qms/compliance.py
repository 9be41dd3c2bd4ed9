"""Which records show that a clause is lived: whoever keeps such records names them, and the matrix counts them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from plant.models import Person

# The clauses of ISO 9001:2015 that a plant shows records for, named in our own words.
CLAUSES: dict[str, Any] = {
    "4.4": _("Processes and how they hang together"), "5.3": _("Who may decide what"),
    "6.1": _("Risks and what is done about them"), "6.2": _("Goals and how far they are reached"),
    "7.1.5": _("Measuring equipment that can be trusted"), "7.2": _("People who are able to do it"),
    "7.5": _("Documents and records under control"), "8.2": _("What customers ask for and say"),
    "8.4": _("What suppliers deliver"), "8.5.1": _("Production under control"), "8.5.2": _("Tracing where parts went"),
    "8.5.6": _("Changes under control"), "8.6": _("Release by inspection"),
    "8.7": _("What does not conform, and what became of it"), "9.1": _("Measuring and judging how it goes"),
    "9.2": _("Internal audits"), "9.3": _("Review by the management"), "10.2": _("Corrective action"),
    "10.3": _("Getting better"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Records that speak for some clauses: what they are called, where they are listed, how many there are."""

    clauses: tuple[str, ...]
    word: Any
    url_name: str
    action: str
    count: Callable[[Person, datetime, datetime], int]


_EVIDENCE: list[Evidence] = []


def register(*evidence: Evidence) -> None:
    """Name records; the same page again is named once."""
    _EVIDENCE.extend(one for one in evidence if one not in _EVIDENCE)


def of(clause: str) -> list[Evidence]:
    """What speaks for a clause."""
    return [one for one in _EVIDENCE if clause in one.clauses]
