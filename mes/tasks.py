"""What production hears of the others' news, and what it does by the clock."""

from celery import shared_task
from django.utils import timezone

from mes.commands import (
    andon,
    approvals,
    capture,
    checks_due,
    completeness,
    counting,
    decisions,
    deviations,
    golden,
    inspections_due,
    maintenance_plans,
    rectifications,
    reject_rates,
    spot_checks,
    spot_findings,
    tools,
)
from mes.models import WorkMaster
from mes.queries import engineering_changes, uncompared
from plant.commands import deliveries
from plant.models import JournalEntry
from plant.queries import persons
from qms.commands import plan_floor


@shared_task(name="mes.count_decision")
def count_decision(delivery_id: int, entry_id: int) -> int:
    """Quality scrapped pieces of a lot or sent them back: count them at their operation."""
    at = timezone.now()
    try:
        made = decisions.count(entry=JournalEntry.objects.get(pk=entry_id), at=at)
    except Exception as error:
        deliveries.failed(delivery_id=delivery_id, error=repr(error))
        raise
    deliveries.done(delivery_id=delivery_id, at=at)
    return made


@shared_task(name="mes.follow_plans")
def follow_plans(delivery_id: int, entry_id: int) -> int:
    """A routing came into effect: tell who answers for a control plan what the floor lacks of it now."""
    at = timezone.now()
    try:
        master = WorkMaster.objects.get(pk=JournalEntry.objects.get(pk=entry_id).subject_id)
        found = [] if master.based_on_id else plan_floor.routing_came(
            material=master.material, routing=master.code, by=persons.system("mes"), at=at
        )
    except Exception as error:
        deliveries.failed(delivery_id=delivery_id, error=repr(error))
        raise
    deliveries.done(delivery_id=delivery_id, at=at)
    return len(found)


@shared_task(name="mes.sweep_golden")
def sweep_golden() -> int:
    """Compare what was stored and not compared: a process died, or a reading came late. How many streams that were."""
    now, by = timezone.now(), persons.system("mes")
    behind, late = uncompared.streams(), uncompared.late(now)
    for stream_id in behind:
        golden.compare(stream_ids=[stream_id], by=by, at=now)
    for stream_id, since in late.items():
        golden.compare(stream_ids=[stream_id], by=by, at=now, since=since)
    return len(behind) + len(late)


@shared_task(name="mes.turn_routings")
def turn_routings() -> int:
    """Bring approved drafts of engineering changes into effect whose day has come; how many."""
    at = timezone.now()
    return sum(approvals.turn(due=one, at=at) for one in engineering_changes.due(at))


@shared_task(name="mes.escalate")
def escalate() -> int:
    """Pass on what nobody answered in time: deviations, andon calls, rectifications, findings; how many."""
    at = timezone.now()
    return sum(len(of.escalate(at=at)) for of in (deviations, andon, rectifications, spot_findings))


@shared_task(name="mes.judge_maintenance")
def judge_maintenance() -> int:
    """Judge how far tools and maintenance plans are used up; how many work orders that opened."""
    by, now = persons.system("mes"), timezone.now()
    tools.judge(by=by, at=now)
    return maintenance_plans.judge(by=by, at=now)


@shared_task(name="mes.judge_completeness")
def judge_completeness() -> int:
    """Judge the records of lots that have news; how many."""
    return completeness.sweep(by=persons.system("mes"), at=timezone.now())


@shared_task(name="mes.count_capture")
def count_capture() -> int:
    """Count how the values of the last days came in; how many rows that makes."""
    return capture.sweep(by=persons.system("mes"), at=timezone.now())


@shared_task(name="mes.draw_spot_checks")
def draw_spot_checks() -> int:
    """Draw and walk the lots of every plan whose day and time have come; how many checks that made."""
    return len(spot_checks.sweep(by=persons.system("mes"), at=timezone.now()))


@shared_task(name="mes.judge_incoming")
def judge_incoming() -> int:
    """Remind people of suppliers whose lots are rejected too often; how many reminders that made."""
    return reject_rates.judge_incoming(by=persons.system("mes"), at=timezone.now())


@shared_task(name="mes.count_samples")
def count_samples() -> int:
    """Count what was reported and inspected, for the charts of counts; how many samples that made."""
    return counting.count_all(by=persons.system("spc"), at=timezone.now())


@shared_task(name="mes.bring_checks_due")
def bring_checks_due() -> int:
    """Make due what time, shifts and machines made due at the stations; how many checks and inspections."""
    at = timezone.now()
    return checks_due.sweep(at=at) + inspections_due.sweep(at=at)
