"""Pieces take another operation of their group than the one at which they stand, and choose between alternatives."""

from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from mes.commands.benches import SAYS, WrongOperation
from mes.models import GroupKind, JobOrder, LotWay, RouteStep, SegmentGroup, StepKind
from mes.queries import lot_ways, wip
from mes.queries.routings import Routing, Step
from plant.models import Person
from traceability.commands import moves, visits
from traceability.models import ActualKind, Bucket, MaterialActual, MaterialLot, Move, Visit
from traceability.spots import Spot


def take(job: str, routing: Routing, lot: MaterialLot, step: Step, *, by: Person, at: datetime) -> None:
    """Bring a locked lot to an operation of its group that is open to it; of alternatives, this one is chosen.

    WrongOperation: it is not open to it.    visits.Elsewhere: work on it has begun at another operation of the group.
    """
    if not step.group:
        return
    standing = wip.of_lot(lot)
    way = lot_ways.of_lot(routing, lot.pk)
    source = way.source(step.code, standing)
    missing = way.missing(step.code, standing)
    if missing:
        words = {"lot": lot.number, "here": step.code, "there": missing.operation}
        raise WrongOperation(SAYS[missing.lack] % words, facts={"lot": lot.number, "at": sorted(standing)})
    turns = way.turned(step.code, source)
    if turns is None:
        return
    move = None
    if source != step.code:
        check_unbegun(lot, source)
        move = moves.move(
            lot=lot, quantity=standing[source], source=Spot(Bucket.WIP, source), to=Spot(Bucket.WIP, step.code),
            by=by, at=at, job_order=job, operation=step.code,
        )
    newest = Move.objects.filter(lot=lot).aggregate(newest=Max("pk"))["newest"]
    LotWay.objects.update_or_create(lot=lot, group=step.group, defaults={"turns": turns, "since": newest})
    if move is not None:
        RouteStep.objects.create(kind=StepKind.TAKEN, move=move)


def check_unbegun(lot: MaterialLot, operation: str) -> None:
    """Nobody is at work on a lot at an operation."""
    rows = Visit.objects.filter(lot=lot, operation=operation, during__upper_inf=True)
    visit = rows.select_related("equipment").first()
    if visit is not None:
        message = _("%(lot)s is being worked on at %(station)s. Finish it there first.")
        words = {"lot": lot.number, "station": visit.equipment.code}
        raise visits.Elsewhere(message % words, facts=words)


def let_go(lot: MaterialLot, operation: str) -> None:
    """A start was taken back: the alternative is not chosen any more, unless some of the lot was done there."""
    job = JobOrder.objects.filter(number=lot.job_order).first()
    groups = SegmentGroup.objects.filter(work_master=job.work_master_id if job else None, kind=GroupKind.ALTERNATIVE)
    for way in LotWay.objects.filter(lot=lot, group__in=groups.values("code")):
        done = MaterialActual.objects.filter(
            lot=lot, kind=ActualKind.PRODUCED, operation=operation, move_id__gt=way.since
        )
        if way.turns[:1] == [operation] and not done.exists():
            way.delete()
