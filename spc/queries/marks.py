"""What happened at moments of a chart; rooms above register what they know (machine states), nobody imports upwards."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from plant import words
from plant.models import JournalEntry
from spc.models import Annotation, ControlChart

MOST = 200
SHOWN = (
    "limits.frozen", "chart.created", "chart.rules-changed", "chart.retired", "chart.revived",
    "chart.points-left-out", "chart.point-restored",
)


def moment(at: datetime) -> float:
    """Milliseconds since 1970, as scripts count."""
    return round(at.timestamp() * 1000, 3)


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment, what happened in few words, more of it, and who did it."""

    at: datetime
    kind: str
    title: str
    text: str = ""
    by: str = ""

    def drawn(self) -> dict[str, Any]:
        """As the script reads it."""
        return {"at": moment(self.at), "kind": self.kind, "title": self.title, "text": self.text, "by": self.by}


Source = Callable[[ControlChart, datetime, datetime], Iterable[Mark]]
SOURCES: list[Source] = []


def register(source: Source) -> None:
    """Add a source of marks; the same one again counts once."""
    if source not in SOURCES:
        SOURCES.append(source)


def between(chart: ControlChart, from_at: datetime, to_at: datetime) -> list[Mark]:
    """Everything that is marked on a chart in a stretch, in order; the newest of each kind."""
    found = [mark for source in SOURCES for mark in source(chart, from_at, to_at)]
    return sorted(found, key=lambda mark: mark.at)


def of_journal(chart: ControlChart, from_at: datetime, to_at: datetime) -> Iterable[Mark]:
    """Limits frozen, rules changed, and the like."""
    rows = JournalEntry.objects.filter(
        subject_kind="controlchart", subject_id=str(chart.pk), kind__in=SHOWN, at__gte=from_at, at__lte=to_at
    )
    for entry in rows.order_by("-id")[:MOST]:
        version = entry.data.get("version", "") if entry.kind == "limits.frozen" else ""
        title = f"{words.label(entry.kind)} {version}".strip()
        yield Mark(entry.at, "event", title, str(entry.reason), entry.actor_name)


def of_comments(chart: ControlChart, from_at: datetime, to_at: datetime) -> Iterable[Mark]:
    """What people wrote at a moment, without what was withdrawn."""
    rows = Annotation.objects.filter(chart=chart, at__gte=from_at, at__lte=to_at, comment__withdrawn_at__isnull=True)
    for one in rows.select_related("comment__by").order_by("-at")[:MOST]:
        yield Mark(one.at, "comment", one.comment.text[:200], "", one.comment.by.name)


register(of_journal)
register(of_comments)
