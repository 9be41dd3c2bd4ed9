"""Our events as one document, written piece by piece so that a year of them needs no more memory than a day."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from integrations.epcis import events
from integrations.epcis.queries.events import Asked, walk
from plant.models import Person

MARK = "]}}"  # the end of a document without events


def days(first: date | None, last: date | None) -> tuple[datetime | None, datetime | None]:
    """From the beginning of a day to the end of another one, in the plant's time."""
    return _midnight(first), _midnight(last + timedelta(days=1) if last else None)


def _midnight(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None


def written(asked: Asked, reader: Person, *, at: datetime, counted: Counter[str] | None = None) -> Iterator[str]:
    """The document as text; `counted` learns how many events of each kind went out."""
    yield json.dumps(events.document([], at=at)).removesuffix(MARK)
    for place, (_mark, event) in enumerate(walk(asked, reader)):
        if counted is not None:
            counted[event["type"]] += 1
        yield (",\n" if place else "\n") + json.dumps(event, ensure_ascii=False)
    yield MARK
