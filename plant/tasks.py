"""What the workers do for the ground: hand out news, and show that they live."""

from celery import shared_task
from django.utils import timezone

from plant.commands import deliveries, pulses, sign_ins, talk


@shared_task(name="plant.deliver_journal")
def deliver_journal() -> int:
    """Hand the journal's open deliveries to their subscribers."""
    return deliveries.deliver(at=timezone.now())


@shared_task(name="plant.pulse")
def pulse() -> None:
    """The clock asked and a worker ran: both live. Old counters of wrong passwords go at the same time."""
    at = timezone.now()
    pulses.beat(name="beat", at=at)
    pulses.beat(name="worker", at=at)
    sign_ins.forget_old(at=at)


@shared_task(name="plant.sweep_files")
def sweep_files() -> int:
    """Delete stored files that nobody speaks of any more."""
    return talk.sweep(at=timezone.now())
