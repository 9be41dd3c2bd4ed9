"""What the management's review looks at: whoever keeps such figures names them, and the page collects them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from plant.models import Person

# The inputs that ISO 9001:2015 asks for in 9.3.2, named in our own words.
TOPICS: dict[str, Any] = {
    "a": _("Actions under way"), "b": _("Changes of the system"), "c1": _("Customers"), "c2": _("Quality objectives"),
    "c3": _("Products and processes"), "c4": _("Nonconformances and corrective action"),
    "c5": _("Measuring equipment"), "c6": _("Audits"), "c7": _("Suppliers"), "d": _("People and means"),
    "e": _("Risks"), "f": _("Cost of quality"),
}
LESS, MORE = "less", "more"


@dataclass(frozen=True, slots=True)
class Input:
    """One figure: its topic, its name, where its records are listed, who may see it, how it is counted.

    better    LESS or MORE where a change is good or bad news, empty where it is neither
    """

    topic: str
    word: Any
    url_name: str
    action: str
    count: Callable[[Person, datetime, datetime], float | None]
    better: str = ""
    unit: str = ""


_INPUTS: list[Input] = []


def register(*inputs: Input) -> None:
    """Name figures; the same one again is named once."""
    known = {(one.topic, str(one.url_name), one.count) for one in _INPUTS}
    _INPUTS.extend(one for one in inputs if (one.topic, str(one.url_name), one.count) not in known)


def of(topic: str) -> list[Input]:
    """The figures of a topic, in the order in which rooms named them."""
    return [one for one in _INPUTS if one.topic == topic]
