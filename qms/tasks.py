"""What quality does by the clock."""

from celery import shared_task
from django.utils import timezone

from plant.queries import persons
from qms.commands import document_release, escalations
from qms.commands import gauges as gauge_commands
from qms.commands import sensors as commands
from qms.queries import documents, gauge_register, overdue, sensors


@shared_task(name="qms.escalate_overdue")
def escalate_overdue() -> int:
    """Escalate overdue nonconformances, inspections, CAPAs and their actions; how many steps were taken."""
    at = timezone.now()
    by = persons.system("qms")
    return sum(escalations.escalate(subject=subject, by=by, at=at) for subject in overdue.all_of(at))


@shared_task(name="qms.watch_sensors")
def watch_sensors() -> int:
    """Tell of sensors and gauges whose calibration runs out, ran out or failed; how many steps were taken."""
    at, by = timezone.now(), persons.system("qms")
    told = sum(commands.watch(sensor=sensor, by=by, at=at) for sensor in sensors.to_tell(at))
    return told + sum(gauge_commands.watch(gauge=gauge, by=by, at=at) for gauge in gauge_register.to_tell(at))


@shared_task(name="qms.turn_documents")
def turn_documents() -> int:
    """Bring revisions into force whose day has come; how many."""
    at = timezone.now()
    return sum(document_release.turn(document=one, at=at) for one in documents.to_turn(at))
