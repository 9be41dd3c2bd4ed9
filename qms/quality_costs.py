"""What quality costs, in four buckets: whoever keeps such records names them here, and the report adds them up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from plant.models import Person


class Bucket(TextChoices):
    PREVENTION = "PREVENTION", _("Prevention")
    APPRAISAL = "APPRAISAL", _("Appraisal")
    INTERNAL = "INTERNAL", _("Internal failure")
    EXTERNAL = "EXTERNAL", _("External failure")


@dataclass(frozen=True, slots=True)
class Entry:
    """One record and what it cost: the page that it is read on, its material and line where it has them."""

    bucket: str
    at: datetime
    amount: Decimal
    label: str
    url: str = ""
    source: Any = ""
    material: str = ""
    line: str = ""


Source = Callable[[Person, datetime, datetime], Iterable[Entry]]
_SOURCES: list[Source] = []


def register(source: Source) -> Source:
    """Name a function that tells what was spent between two moments, as far as a person sees it."""
    if source not in _SOURCES:
        _SOURCES.append(source)
    return source


def between(person: Person, since: datetime, until: datetime) -> list[Entry]:
    """Everything that was spent, in order."""
    found = [one for source in _SOURCES for one in source(person, since, until) if one.amount]
    return sorted(found, key=lambda one: one.at)
