"""Two revisions of an FMEA beside each other: what was added, changed, dropped."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from qms.models import Fmea, FmeaLine
from qms.queries import fmeas

FIELDS = (
    "element", "function", "effect", "severity", "mode", "cause", "prevention", "occurrence", "detection_control",
    "detection", "special", "characteristic",
)


@dataclass(frozen=True, slots=True)
class Changed:
    """One column of one chain: what it said and says."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A chain that is not the same in both."""

    verb: str  # ADDED, CHANGED, DROPPED
    line: FmeaLine
    changes: list[Changed] = field(default_factory=list)
    before: str = ""  # priority
    after: str = ""


def compare(old: Fmea, new: Fmea) -> list[Difference]:
    """What differs between two revisions, in the order of the newer one; dropped chains last."""
    was = {line.key: line for line in fmeas.lines(old)}
    now = fmeas.lines(new)
    found = []
    for line in now:
        former = was.pop(line.key, None)
        if former is None:
            found.append(Difference("ADDED", line, after=line.priority))
        elif changes := _changes(former, line):
            found.append(Difference("CHANGED", line, changes, former.priority, line.priority))
    return found + [Difference("DROPPED", line, before=line.priority) for line in was.values()]


def _changes(old: FmeaLine, new: FmeaLine) -> list[Changed]:
    return [
        Changed(str(FmeaLine._meta.get_field(name).verbose_name), _told(old, name), _told(new, name))  # type: ignore[union-attr]
        for name in FIELDS if getattr(old, name) != getattr(new, name)
    ]


def _told(line: FmeaLine, name: str) -> str:
    value = getattr(line, name)
    return str(value) if value not in (None, "") else _("empty")
