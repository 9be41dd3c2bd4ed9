"""Reporting work: good, scrap and rework of a lot at an operation, in one act."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from mes.amounts import plain
from mes.commands import checks_due, data_values, feeding, hints, inspections_due, reject_rates, setups
from mes.commands.benches import Bench, check_gate, find_job, open_bench
from mes.models import JobResponse, JobSegment
from mes.queries import checks, lot_ways, needs, wip
from mes.queries.routings import Step
from mes.ways import Way
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import enter
from plant.models import Equipment, Person, ReasonCode
from plant.transactions import command
from qms.commands import inspections
from qms.queries import plans
from traceability.commands import actuals, lots, moves, visits
from traceability.commands.moves import NotEnough
from traceability.models import Bucket, MaterialLot
from traceability.spots import Spot

ZERO = Decimal(0)
KEEP = """
WITH counted AS (
  UPDATE mes_jobsegment SET good = good + %(good)s, scrap = scrap + %(scrap)s, rework = rework + %(rework)s,
    ended_at = %(ended_at)s WHERE id = %(row)s)
INSERT INTO mes_jobresponse
  (job_segment_id, lot_id, station_id, person_id, good, scrap, rework, reason_id, nonconformance, started_at, at)
VALUES (%(row)s, %(lot)s, %(station)s, %(person)s, %(good)s, %(scrap)s, %(rework)s, %(reason)s, %(nonconformance)s,
  %(started_at)s, %(at)s)
RETURNING *
"""


class Incomplete(Refusal):
    """A report that lacks something: material, a reason, a place for the rework."""

    code = "report-incomplete"


@dataclass(frozen=True)
class Counts:
    """How many came out how."""

    good: Decimal = ZERO
    scrap: Decimal = ZERO
    rework: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return self.good + self.scrap + self.rework

    @property
    def verdict(self) -> str:
        return "GOOD" if self.good else "REWORK" if self.rework else "SCRAP"


@command
def report(
    *, station: Equipment, lot: MaterialLot, by: Person, at: datetime, good: Decimal = ZERO, scrap: Decimal = ZERO,
    rework: Decimal = ZERO, reason: ReasonCode | None = None, rework_operation: str = "",
) -> JobResponse:
    """Report a lot at a station: good goes on, scrap leaves, rework goes back to an operation where it may enter."""
    policies.check(by, "report", on=station)
    enter([station.pk])
    bench = open_bench(station=station, job=find_job(lot.job_order), by=by, at=at)
    locked = feeding.lock_with_ready(bench, lot)
    check_gate(bench, [locked])
    standing = wip.of_lot(locked)
    step = bench.step_of(locked, standing, begun=True)
    if len(bench.steps) > 1:
        check_gate(bench, [], step)
    counts = Counts(count(good), count(scrap), count(rework))
    response = write(
        bench, step, locked, counts, there=standing[step.code], reason=reason, entry=rework_operation, by=by, at=at
    )
    hints.scanned(bench.station, bench.job.line, {"lot": locked.number, "outcome": "accepted"})
    return response


def count(value: Decimal) -> Decimal:
    """A number of pieces that may be nothing."""
    return ZERO if value == ZERO else moves.positive(value)


def write(
    bench: Bench, step: Step, lot: MaterialLot, counts: Counts, *, there: Decimal, by: Person, at: datetime,
    reason: ReasonCode | None = None, entry: str = "",
) -> JobResponse:
    """Write a report on a locked, free lot that stands at this operation."""
    check_counts(lot, counts, there=there, reason=reason)
    check_covered(bench, step, lot, counts, by=by, at=at)
    if counts.good > 0:
        setups.check_mounted(bench, step, at=at)
        data_values.check_complete(step, lot)
        if step.checks:
            checks_due.check_good(bench.row(step), bench.station)
    visit = visits.depart(lot=lot, equipment=bench.station, at=at, result=counts.verdict)
    move_out(bench, step, lot, counts, reason=reason, entry=entry, by=by, at=at)
    if counts.total < there:
        where = {"job_order": bench.job.number, "operation": step.code}
        visits.stand(lot=lot, equipment=bench.station, by=by, at=at, **where)
    response = keep(bench, step, lot, counts, reason=reason, started_at=visit.during.lower, by=by, at=at)
    ask_for_checks(bench, step, lot, by=by, at=at)
    if step.checks:
        checks_due.bring_due(row=bench.row(step), station=bench.station, at=at)
    inspections_due.bring_due(row=bench.row(step), operation=step.code, station=bench.station, lot=lot, at=at)
    return response


def check_counts(lot: MaterialLot, counts: Counts, *, there: Decimal, reason: ReasonCode | None) -> None:
    """Something, not more than there is, and bad pieces with a reason."""
    if counts.total <= 0:
        raise Incomplete(_("Nothing was reported. Enter how many are good, scrap or rework."))
    if counts.total > there:
        message = _("%(lot)s has %(there)s pieces here, but %(total)s were reported. Count again.")
        words = {"lot": lot.number, "there": plain(there), "total": plain(counts.total)}
        raise NotEnough(message % words, facts={"lot": lot.number, "available": plain(there)})
    if counts.scrap + counts.rework > 0 and reason is None:
        raise Incomplete(_("Choose a reason for the scrap or rework."), code="no-reason")


def check_covered(
    bench: Bench, step: Step, lot: MaterialLot, counts: Counts, *, by: Person, at: datetime
) -> None:
    """What goes on needs its materials: take what is taken with the report, and say what is missing and how much."""
    if not step.bom or counts.good + counts.rework <= 0:
        return
    before = JobResponse.objects.filter(lot=lot, job_segment=bench.row(step)).aggregate(n=Sum(F("good") + F("rework")))
    pieces = (before["n"] or ZERO) + counts.good + counts.rework
    feeding.with_report(bench, step, lot, pieces=pieces, by=by, at=at)
    missing = needs.of_lot(lot, step, pieces=pieces)
    if missing:
        message = _("Material is missing for %(lot)s: %(materials)s. Scan it first, then scan %(lot)s again.")
        words = {"lot": lot.number, "materials": told_missing(step, missing)}
        raise Incomplete(message % words, code="material-missing", facts=facts_missing(step, missing))


def told_missing(step: Step, missing: dict[int, Decimal]) -> str:
    """The missing materials in words: 12 pcs PCB, 3 m WIRE."""
    lines = [line for line in step.bom if line.material_id in missing]
    return ", ".join(f"{plain(missing[line.material_id])} {line.unit} {line.material}" for line in lines)


def facts_missing(step: Step, missing: dict[int, Decimal]) -> dict[str, Any]:
    lines = [line for line in step.bom if line.material_id in missing]
    return {"missing": {line.material: plain(missing[line.material_id]) for line in lines}}


def move_out(
    bench: Bench, step: Step, lot: MaterialLot, counts: Counts, *, reason: ReasonCode | None, entry: str, by: Person,
    at: datetime,
) -> None:
    """Good goes to the next operation or into stock, scrap leaves, rework goes back."""
    source = Spot(Bucket.WIP, step.code)
    where: dict[str, Any] = {"job_order": bench.job.number, "operation": step.code, "by": by, "at": at}
    way = lot_ways.of_lot(bench.routing, lot.pk)
    after = way.after(step.code)
    if counts.good:
        to = Spot(Bucket.WIP, after) if after else Spot(Bucket.STOCK)
        actuals.produce(lot=lot, quantity=counts.good, source=source, to=to, equipment=bench.station, **where)
    word = str(reason) if reason else ""
    if counts.scrap:
        to = Spot(Bucket.SCRAP, step.code)
        moves.move(
            lot=lot, quantity=counts.scrap, source=source, to=to, reason=word, equipment=bench.station, **where
        )
    if counts.rework:
        back = Spot(Bucket.WIP, entry_for(way, step, entry))
        if counts.rework == counts.total and not wip.of_lot(lot).get(step.code, ZERO) - counts.rework:
            moves.move(lot=lot, quantity=counts.rework, source=source, to=back, reason=word, **where)
        else:
            lots.split(lot=lot, quantity=counts.rework, source=source, to=back, reason=word, **where)


def entry_for(way: Way, step: Step, wanted: str) -> str:
    """The operation at which rework enters again: the one asked for, else the last allowed one up to here."""
    allowed = way.entries(step.code)
    chosen = [one for one in allowed if not wanted or one == wanted]
    if not chosen:
        names = ", ".join(allowed) or _("none")
        message = _("Rework may enter this routing only at: %(operations)s. Choose one of these, or report scrap.")
        raise Incomplete(message % {"operations": names}, code="no-rework-entry", facts={"operations": [str(names)]})
    return chosen[-1]


def keep(
    bench: Bench, step: Step, lot: MaterialLot, counts: Counts, *, reason: ReasonCode | None, started_at: datetime,
    by: Person, at: datetime,
) -> JobResponse:
    """Add the report to the operation's counts, and to the journal."""
    row, rows = bench.row(step), bench.rows_of(step)
    done = sum(one.good + one.scrap for one in rows) + counts.good + counts.scrap >= bench.job.quantity
    told = {"good": counts.good, "scrap": counts.scrap, "rework": counts.rework}
    words = {
        **told, "row": row.pk, "lot": lot.pk, "station": bench.station.pk, "person": by.pk, "at": at,
        "reason": reason.pk if reason else None, "nonconformance": "", "started_at": started_at,
        "ended_at": at if done else row.ended_at,
    }
    response = JobResponse.objects.raw(KEEP, words)[0]
    if done and len(rows) > 1:
        JobSegment.objects.filter(pk__in=[one.pk for one in rows], ended_at__isnull=True).update(ended_at=at)
    data = {
        **told, "job_order": bench.job.number, "work_request": bench.job.work_request.number, "operation": step.code,
        "station": bench.station.code,
    }
    journal.record("lot.reported", subject=lot, by=by, reason=str(reason or ""), data=data)
    if row.scrap + row.rework + counts.scrap + counts.rework:
        reject_rates.judge(row=row, lot=lot, operation=step.code, at=at)
    return response


def ask_for_checks(bench: Bench, step: Step, lot: MaterialLot, *, by: Person, at: datetime) -> None:
    """Where the control plan asks for an inspection after this operation, there is one from now on."""
    lines = checks.after(lot.material, step.code, at=at)
    usual = checks.kind_of(is_last=bench.routing.is_last(step.code))
    for kind, mark, group in plans.by_kind(lines, usual):
        inspections.create(
            kind=kind, lot=lot, lines=group, trigger=f"{bench.job.number}:{step.code}:{lot.number}{mark}",
            job_order=bench.job.number, operation=step.code, equipment=bench.station, by=by, at=at,
        )
