"""What process control does by the clock."""

from celery import shared_task
from django.utils import timezone

from plant.queries import persons
from spc.commands import definitions, measurements, owners, samples, standings
from spc.queries import lagging


@shared_task(name="spc.sweep")
def sweep() -> int:
    """Judge what was stored and not judged: a process died, or a reading came late. How many streams that were."""
    now, by = timezone.now(), persons.system("spc")
    behind = lagging.streams()
    for stream_id in behind:
        measurements.evaluate(stream_ids=[stream_id], by=by, at=now)
    late = lagging.late(now)
    for stream_id, since in late.items():
        measurements.evaluate(stream_ids=[stream_id], by=by, at=now, since=since)
    return len(behind) + len(late)


@shared_task(name="spc.escalate")
def escalate() -> int:
    """Pass on the alarms that nobody answered in time; how many."""
    return len(owners.escalate(at=timezone.now()))


@shared_task(name="spc.spread")
def spread() -> int:
    """Make the charts that definitions ask for of what has turned up; how many."""
    return definitions.spread_all(at=timezone.now())


@shared_task(name="spc.rate")
def rate() -> int:
    """Work out anew how capable and how calm every process is of late; how many charts that were."""
    return standings.rate(at=timezone.now())


@shared_task(name="spc.watch_samples")
def watch_samples() -> int:
    """Look for samples that did not come, and for those that came after all; how many changed."""
    return samples.look(at=timezone.now())
