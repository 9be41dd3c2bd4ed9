"""What the workers do for connections, by the clock."""

import time

from celery import shared_task
from django.utils import timezone

from integrations.links import emptying, reconciling, watching, work
from plant.commands import pulses

ROUND = 20.0  # seconds that one task goes on while there is more


@shared_task(name="integrations.links.pulse")
def pulse() -> None:
    """The process that serves other systems lives."""
    pulses.beat(name="edges", at=timezone.now())


@shared_task(name="integrations.links.fetch")
def fetch() -> int:
    """Ask the connections whose time has come."""
    return work.fetch(clock=timezone.now)


@shared_task(name="integrations.links.carry_in")
def carry_in() -> int:
    """Carry in what came."""
    return work.carry_in(clock=timezone.now)


@shared_task(name="integrations.links.hand_over")
def hand_over() -> int:
    """Make messages of what happened, and hand over what waits."""
    count, until = 0, time.monotonic() + ROUND
    work.spread(clock=timezone.now, is_over=lambda: time.monotonic() > until)
    while (handed := work.hand_over(clock=timezone.now)) and time.monotonic() < until:
        count += handed  # of each object one at a time, so that its messages stay in order
    return count + handed


@shared_task(name="integrations.links.watch")
def watch() -> int:
    """Tell whoever must know that a connection is in trouble."""
    return watching.watch(at=timezone.now())


@shared_task(name="integrations.links.reconcile")
def reconcile() -> int:
    """Compare both books."""
    return reconciling.compare_all(clock=timezone.now)


@shared_task(name="integrations.links.empty")
def empty() -> int:
    """Empty the contents of messages that were kept long enough."""
    return emptying.empty_all(clock=timezone.now)
