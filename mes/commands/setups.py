"""The set-up of a station: the right lot on the right position, seen by scan; nothing starts before that."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mes.commands import hints
from mes.commands.benches import Bench, NotHere
from mes.commands.materials import bring, check_usable
from mes.models import FeedPosition, JobOrder, Mount, SetupLine
from mes.queries import setups
from mes.queries.routings import Step
from mes.queries.setups import Place
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import enter, lock
from plant.models import MaterialDefinition, Person
from plant.queries import places
from plant.transactions import command, undoable
from traceability.commands import actuals, holds
from traceability.models import Bucket, LotBalance, MaterialLot, Visit


class NotSetUp(Refusal):
    """A station whose positions do not hold what the set-up list says."""

    code = "setup-not-verified"


class MountRefused(Refusal):
    """A lot that does not belong on this position."""

    code = "mount-refused"


def check_ready(bench: Bench, step: Step, *, at: datetime) -> None:
    """Refuse a start while a position of the operation is empty, wrong, held, expired or used up."""
    if step.fed_at(bench.station.pk):
        _check(bench, setups.of_station(bench.station, bench.job, at, [step.id]))


def check_mounted(bench: Bench, step: Step, *, at: datetime) -> None:
    """Refuse good pieces while a position of the operation is empty or wrong; what ran out fed the piece before."""
    if step.fed_at(bench.station.pk):
        places_now = setups.of_station(bench.station, bench.job, at, [step.id])
        _check(bench, [one for one in places_now if one.trouble in (setups.EMPTY, setups.WRONG)])


def _check(bench: Bench, found: Iterable[Place]) -> None:
    wrong = [one for one in found if one.trouble]
    if not wrong:
        return
    told = "; ".join(
        str(_("%(position)s takes %(material)s, %(trouble)s"))
        % {"position": one.position.code, "material": one.takes, "trouble": one.told}
        for one in wrong
    )
    message = _("The set-up of %(station)s is not right for %(job)s: %(told)s. Scan the position, then the right lot.")
    words = {"station": bench.station.code, "job": bench.job.number, "told": told}
    raise NotSetUp(message % words, facts={"positions": [one.position.code for one in wrong]})


@command
def mount(
    *, position: FeedPosition, lot: MaterialLot, job_order: JobOrder, by: Person, at: datetime, reason: str = ""
) -> Mount:
    """Put a lot on a position, where the work order's set-up list wants its material.

    What lies in the store is taken out of it by the picking rule; another lot than the one that is due needs a reason.
    The lot before comes off; a position whose lots are joined lets it run out first. The same lot again changes
    nothing. A piece in work meanwhile may hold some of the new lot, and is linked so.
    MountRefused, Held, Expired, NotItsTurn, NotEnough: it is the wrong one.
    """
    station = position.station
    policies.check(by, "setup.mount", on=station)
    enter([station.pk])
    line = _line(position, job_order)
    before = Mount.objects.filter(position=position, taken_at__isnull=True).select_related("lot").first()
    in_work = list(Visit.objects.filter(equipment=station, during__upper_inf=True, operation=line.segment.code))
    touched = {lot.pk, *(visit.lot_id for visit in in_work)}
    rows = {row.pk: row for row in lock(MaterialLot.objects.select_related("material__unit").filter(pk__in=touched))}
    one = rows[lot.pk]
    _check_lot(one, line, job_order, at)
    if before is not None and before.lot_id == one.pk:
        return before
    _check_elsewhere(one)
    bring(lot=one, station=station, reason=reason, by=by, at=at)
    made = _change(position, one, job_order, before, by, at)
    if not _looks_back(line, job_order):
        for visit in in_work:
            where = {"job_order": visit.job_order, "operation": visit.operation}
            actuals.may_hold(parent=one, child=rows[visit.lot_id], at=at, **where)
    data = {
        "position": position.code, "station": station.code, "job_order": job_order.number,
        "instead of": before.lot.number if before else "", "joined": made.follows_id is not None,
    }
    journal.record("lot.mounted", subject=one, by=by, reason=reason, data=data)
    hints.scanned(station, station.parent, {"outcome": "accepted", "lot": one.number})
    return made


def _line(position: FeedPosition, job: JobOrder) -> SetupLine:
    line = setups.line_of(position, job)
    if line is None:
        message = _("Work order %(job)s feeds nothing from %(position)s. Look at its set-up list.")
        words = {"job": job.number, "position": position.code}
        raise MountRefused(message % words, code="position-not-used", facts={"field": "position"})
    return line


def _check_lot(lot: MaterialLot, line: SetupLine, job: JobOrder, at: datetime) -> None:
    """The right material, free, in its shelf life, and of this site."""
    station = line.position.station
    allowed = [line.material, *setups.stand_ins(job, [line]).get((line.segment_id, line.material_id), [])]
    if lot.material_id not in {one.pk for one in allowed}:
        raise _wrong(lot, line, job, allowed)
    if lot.site_id != places.site_of(station).pk:
        message = _("Lot %(lot)s belongs to another site. Put it aside and ask the warehouse.")
        raise NotHere(message % {"lot": lot.number}, code="foreign-lot", facts={"field": "lot"})
    holds.check_free(lots=[lot], equipment=[station], job_orders=[job.number])
    check_usable(lot, at=at)


def _wrong(lot: MaterialLot, line: SetupLine, job: JobOrder, allowed: list[MaterialDefinition]) -> MountRefused:
    """Say what the position takes, and whether the material is the one of another revision of the product."""
    words = {
        "lot": lot.number, "material": lot.material.code, "position": line.position.code,
        "takes": " / ".join(one.code for one in allowed), "job": job.number,
    }
    facts = {"field": "lot", "lot": lot.number, "takes": words["takes"]}
    master = job.work_master
    other = SetupLine.objects.filter(
        position=line.position, material=lot.material_id, segment__work_master__code=master.code
    ).exclude(segment__work_master=master)
    revision = other.order_by("-pk").values_list("segment__work_master__revision", flat=True).first()
    if revision is not None:
        message = _("%(lot)s is %(material)s, which %(position)s takes in revision %(other)s, but %(job)s is made by "
                    "revision %(revision)s: %(takes)s. Take that off the shelf.")
        return MountRefused(
            message % {**words, "other": revision, "revision": master.revision}, code="wrong-revision", facts=facts
        )
    message = _("%(lot)s is %(material)s, but %(position)s takes %(takes)s for %(job)s. Take the right one.")
    return MountRefused(message % words, code="wrong-material", facts=facts)


def _check_elsewhere(lot: MaterialLot) -> None:
    """A lot is on one position at a time, also one that still runs out there."""
    runs_out = Q(
        follows__lot=lot, follows__lot__balances__bucket=Bucket.ISSUED, follows__lot__balances__quantity__gt=0
    )
    there = setups.mounts(Q(lot=lot) | runs_out).select_related("position__station").first()
    if there is None:
        return
    message = _("Lot %(lot)s is on %(position)s of %(station)s. Take it off there first, or take another lot.")
    words = {"lot": lot.number, "position": there.position.code, "station": there.position.station.code}
    raise MountRefused(message % words, code="mounted-elsewhere", facts={"field": "lot", **words})


def _change(
    position: FeedPosition, lot: MaterialLot, job: JobOrder, before: Mount | None, by: Person, at: datetime
) -> Mount:
    """The lot before comes off and this one goes on; of two people who do it at once one is told to look again."""
    runs_out = before is not None and position.joins and _left(before) > 0
    made = Mount(
        position=position, lot=lot, job_order=job, follows=before if runs_out else None, mounted_by=by, mounted_at=at
    )
    try:
        with undoable():
            if before is not None:
                _close(before, by, at)
            made.save(force_insert=True)
    except IntegrityError as error:
        message = _("Somebody has just mounted another lot on %(position)s, or this one elsewhere. Look at the set-up.")
        raise MountRefused(message % {"position": position.code}, code="mount-changed") from error
    return made


def _left(one: Mount) -> int:
    rows = LotBalance.objects.filter(lot=one.lot_id, bucket=Bucket.ISSUED, place=one.position.station.code)
    return rows.filter(quantity__gt=0).count()


def _close(one: Mount, by: Person, at: datetime) -> None:
    Mount.objects.filter(pk=one.pk, taken_at__isnull=True).update(taken_by=by, taken_at=max(at, one.mounted_at))


def _looks_back(line: SetupLine, job: JobOrder) -> bool:
    """Whether the material is taken with the report, which looks for itself what fed the piece meanwhile."""
    rows = job.materials.filter(segment=line.segment_id, material=line.material_id, is_backflushed=True)
    return rows.exists()


@command
def take_off(*, position: FeedPosition, by: Person, at: datetime) -> Mount:
    """Take the lot off a position; what is left of it stays at the line until somebody brings it back."""
    policies.check(by, "setup.mount", on=position.station)
    mounted = lock(Mount.objects.filter(position=position, taken_at__isnull=True).select_related("lot"))
    if not mounted:
        message = _("Nothing is mounted on %(position)s. Look at the set-up.")
        raise MountRefused(message % {"position": position.code}, code="nothing-mounted", facts={"field": "position"})
    one = mounted[0]
    _close(one, by, at)
    journal.record("lot.taken-off", subject=one.lot, by=by, data={"position": position.code})
    station = position.station
    hints.scanned(station, station.parent, {"outcome": "accepted", "lot": one.lot.number})
    return one
