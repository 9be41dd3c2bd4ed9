"""What is being made: a lot or serial comes to a station with its first scan and goes on with its second."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from mes.amounts import plain
from mes.commands import checks_due, data_values, feeding, inspections_due, materials, reports, setups, taking
from mes.commands.benches import Bench, NotHere, check_able, check_gate
from mes.models import JobSegment
from mes.queries import lot_ways, standing
from mes.queries.routings import Step
from plant.models import Person
from traceability.commands import visits
from traceability.commands.visits import Elsewhere
from traceability.models import MaterialLot

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Done:
    """What a scan of an output lot did: the word for it, and what the person is told."""

    verb: str
    message: Any
    next: Any
    facts: dict[str, Any] = field(default_factory=dict)
    is_short: bool = False


def scan_output(bench: Bench, lot: MaterialLot, *, quantity: Decimal | None, by: Person, at: datetime) -> Done:
    """The first scan of a lot at a station starts it there; the second reports it as done."""
    lot = feeding.lock_with_ready(bench, lot)
    if lot.job_order != bench.job.number:
        message = _("%(lot)s went to work order %(job)s just now. Scan that work order first.")
        words = {"lot": lot.number, "job": lot.job_order}
        raise NotHere(message % words, code="foreign-lot", facts=words)
    found = standing.of_lot(lot, station=bench.station, job=bench.job.number)
    if lot.open_holds or found.is_stopped:
        check_gate(bench, [lot])
    step = bench.step_of(lot, found.wip)
    if found.is_stopped:
        check_gate(bench, [lot], step)
    if found.visited_id is None or found.left_at is not None:
        check_able(bench, step, is_troubled=found.is_troubled, by=by, at=at)
        return start(bench, step, lot, by=by, at=max(at, found.left_at + INSTANT) if found.left_at else at)
    if found.visited_id != bench.station.pk:
        message = _("%(lot)s is being worked on at %(station)s. Finish it there first.")
        words = {"lot": lot.number, "station": found.visited}
        raise Elsewhere(message % words, facts=words)
    step = bench.step_of(lot, found.wip, begun=True)
    return finish(bench, step, lot, quantity=quantity, there=found.wip[step.code], by=by, at=at)


def start(bench: Bench, step: Step, lot: MaterialLot, *, by: Person, at: datetime) -> Done:
    """The lot arrives, and what lies ready for it goes in."""
    setups.check_ready(bench, step, at=at)
    if step.checks:
        others = materials.current_lot(bench, preferred=None) is not None
        checks_due.check_start(bench.row(step), bench.station, others=others)
    taking.take(bench.job.number, bench.routing, lot, step, by=by, at=at)
    visits.stand(lot=lot, equipment=bench.station, by=by, at=at, job_order=bench.job.number, operation=step.code)
    row = bench.row(step)
    if row.started_at is None:
        JobSegment.objects.filter(pk=row.pk, started_at__isnull=True).update(started_at=at)
    if step.checks:
        checks_due.bring_due(row=row, station=bench.station, at=at)
    inspections_due.bring_due(row=row, operation=step.code, station=bench.station, lot=lot, at=at)
    missing = feeding.at_start(bench, step, lot, by=by, at=at) if step.bom else {}
    words = {"lot": lot.number, "operation": step.code}
    if missing:
        words["materials"] = reports.told_missing(step, missing)
        return Done(
            "started", _("%(lot)s has started at %(operation)s, but material is missing: %(materials)s.") % words,
            _("Scan the material now."), reports.facts_missing(step, missing), is_short=True,
        )
    return Done(
        "started", _("%(lot)s has started at %(operation)s.") % words, _("Do the work, then scan the same code again.")
    )


def finish(
    bench: Bench, step: Step, lot: MaterialLot, *, quantity: Decimal | None, there: Decimal, by: Person, at: datetime
) -> Done:
    """Report all of the lot (or so many of it) as good."""
    if step.asks and (bad := data_values.read_devices(bench, step, lot, by=by, at=at)):
        return Done(
            "stopped", data_values.out_of_limits(lot, bad), "", {"data": [value.item.title for value in bad]},
            is_short=True,
        )
    good = there if quantity is None else quantity
    counts = reports.Counts(good=reports.count(good))
    reports.write(bench, step, lot, counts, there=there, by=by, at=at)
    after = lot_ways.of_lot(bench.routing, lot.pk).after(step.code)
    words = {"lot": lot.number, "operation": step.code, "good": plain(good), "next": after}
    if not after:
        return Done(
            "finished", _("%(lot)s: %(good)s good. That was the last operation.") % words, _("Bring it to the store."),
            {"good": plain(good), "next": ""},
        )
    return Done(
        "finished", _("%(lot)s: %(good)s good at %(operation)s.") % words, _("Bring it to %(next)s.") % words,
        {"good": plain(good), "next": after},
    )
