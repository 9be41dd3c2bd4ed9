"""Moving an open work order to another revision of its routing."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from mes.commands import dispatching, hints, ranking, readiness, requirements
from mes.commands.job_orders import ENDED
from mes.models import JobMaterial, JobOrder, JobSegment, LotWay, Segment, WorkMaster
from mes.queries import bills, revision_change, routings, wip
from mes.queries.bills import Need
from mes.queries.revision_change import RevisionChange
from mes.queries.routings import Step
from plant import policies
from plant.commands import journal, signatures
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Meaning, Person
from plant.transactions import command
from traceability.models import MaterialLot


class CantChange(Refusal):
    """A change that a work order can't take any more, or not so."""

    code = "cant-change"


@command
def move_to_revision(
    *, job_order: JobOrder, work_master: WorkMaster, reason: str, password: str, seen_hash: str, by: Person,
    at: datetime,
) -> JobOrder:
    """Have an open work order made by another effective revision from now on, signed under what changes by it.

    Pieces go on from where they stand. Refused where work was reported, or a lot stands, at an operation that the new
    revision lacks; and with every reason at once where its line can't do what is new.
    """
    policies.check(by, "job.change-revision")
    job, rows = opened(job_order)
    lock(MaterialLot.objects.filter(job_order=job.number))
    change = revision_change.compare(job, work_master, at)
    check_change(change)
    signatures.sign(
        subject=job, meaning=Meaning.APPROVED, content=change.seen, seen_hash=seen_hash, password=password,
        reason=reason, by=by, at=at,
    )
    was = str(job.work_master)
    pin(job, rows, work_master, bills.of_master(work_master, at), at)
    data = {"routing": [was, str(work_master)]}
    data |= {word: change.codes(verdict) for word, verdict in
             (("added", "ADDED"), ("removed", "REMOVED"), ("changed", "CHANGED")) if change.codes(verdict)}
    journal.record("joborder.revised", subject=job, by=by, reason=reason, data=data)
    hints.job_changed(job)
    return job


def opened(job_order: JobOrder) -> tuple[JobOrder, list[JobSegment]]:
    """A work order that has not ended, locked with its operations."""
    ranking.enter(Equipment.objects.filter(pk__in=JobOrder.objects.filter(pk=job_order.pk).values("line")).first())
    job = lock(JobOrder.objects.select_related("line", "work_master", "work_request").filter(pk=job_order.pk))[0]
    if job.status in ENDED:
        message = _("%(job)s is “%(state)s”; how it is made can't be changed any more.")
        words = {"job": job.number, "state": job.get_status_display()}
        raise CantChange(message % words, facts={"job_order": job.number, "status": job.status})
    return job, lock(JobSegment.objects.filter(job_order=job))


def check_change(change: RevisionChange) -> None:
    """The revision is one the order may go to, and has every operation that is in use."""
    job, to = change.job, change.to
    if not revision_change.candidates(job).filter(pk=to.pk).exists():
        message = _("%(job)s can't go to %(revision)s: that is no other effective revision for what it makes.")
        raise CantChange(message % {"job": job.number, "revision": str(to)}, facts={"revision": str(to)})
    if lacking := [one.code for one in change.lacking]:
        raise in_use(job, to, lacking)
    standing = wip.of_job(job.number)
    for group, operations in regrouped(job.work_master_id, to.pk).items():
        if there := sorted(operations & standing.keys()):
            message = _("%(revision)s has other operations beside %(operations)s, where pieces of %(job)s lie. "
                        "Have them done first, or let this order keep its revision.")
            words = {"revision": str(to), "job": job.number, "operations": ", ".join(there)}
            raise CantChange(message % words, code="group-in-use", facts={"group": group, "operations": there})


def regrouped(was: int, to: int) -> dict[str, set[str]]:
    """The groups of operations that two revisions don't have alike, with the operations of both."""
    before, after = (
        {stage.group: (stage.is_alternative, {op.code for op in stage.ops})
         for stage in routings.routing(one).stages if stage.group}
        for one in (was, to)
    )
    nothing: tuple[bool, set[str]] = (False, set())
    return {
        group: before.get(group, nothing)[1] | after.get(group, nothing)[1]
        for group in before.keys() | after.keys() if before.get(group) != after.get(group)
    }


def in_use(job: JobOrder, to: WorkMaster, operations: Sequence[str]) -> CantChange:
    """Say at which operations there is something of the order that another revision has no place for."""
    message = _("%(revision)s has no operation %(operations)s, where work of %(job)s was reported or a lot stands. "
                "Let this order keep its revision, and plan what is left anew.")
    words = {"revision": str(to), "job": job.number, "operations": ", ".join(operations)}
    return CantChange(message % words, code="operation-in-use", facts={"operations": list(operations)})


def pin(job: JobOrder, rows: Sequence[JobSegment], to: WorkMaster, needs: Sequence[Need], at: datetime) -> None:
    """Make a locked order and its locked operations speak of another revision, with these materials.

    An operation that both have keeps its counts; one that nobody needs any more goes. On a line, what is new gets a
    station there.
    """
    steps = {step.code: step for step in routings.routing(to.pk).steps}
    codes = dict(Segment.objects.filter(pk__in=[row.segment_id for row in rows]).values_list("pk", "code"))
    kept = [row for row in rows if codes[row.segment_id] in steps]
    fresh = [JobSegment(job_order=job, segment_id=step.id) for step in steps.values()
             if rows and step.code not in set(codes.values())]
    for row in kept:
        row.segment_id = steps[codes[row.segment_id]].id
    place([*kept, *fresh], job, steps.values(), at)
    changed = regrouped(job.work_master_id, to.pk)
    LotWay.objects.filter(lot__in=MaterialLot.objects.filter(job_order=job.number), group__in=changed).delete()
    job.work_master = to
    job.save(update_fields=["work_master"])
    JobMaterial.objects.filter(job_order=job, stands_for__isnull=False).delete()
    JobMaterial.objects.filter(job_order=job).delete()
    gone = [row for row in rows if row not in kept]
    try:
        JobSegment.objects.filter(pk__in=[row.pk for row in gone]).delete()
    except ProtectedError as error:  # a check that was entered, a stop: they stay with their operation
        raise in_use(job, to, [codes[row.segment_id] for row in gone]) from error
    JobSegment.objects.bulk_update(kept, ["segment", "station", "rank"])
    JobSegment.objects.bulk_create(fresh)
    requirements.copy([job], needs)


def place(rows: Sequence[JobSegment], job: JobOrder, steps: Collection[Step], at: datetime) -> None:
    """Choose a station on the order's line for each operation that has none, or one that can't do it any more.

    There it comes after what waits already.
    """
    if job.line is None or not any(row.station_id for row in rows):
        return
    able = {step.id: step.station_ids for step in steps}
    lost = {row.segment_id: row for row in rows if row.station_id not in able[row.segment_id]}
    homeless = [step for step in steps if step.id in lost]
    chosen, missing = dispatching.stations_for(homeless, job.line, {})
    readiness.check([*missing, *readiness.of_places(job, list(chosen.values()), at)])
    for step in homeless:
        lost[step.id].station = chosen.get(step.code)
    ranking.append(row for row in lost.values() if row.station)
