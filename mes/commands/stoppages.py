"""Stopping an operation of a work order, a station or a line, and letting it go on."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mes import statements
from mes.commands import hints
from mes.models import (
    JobSegment,
    Rectification,
    RectificationStatus,
    Stoppage,
    StoppageSource,
    StoppageStatus,
    StopScope,
)
from mes.queries import stoppages
from plant import live, policies
from plant.commands import journal, signatures
from plant.errors import Refusal
from plant.locks import lock, seal
from plant.models import Equipment, EquipmentLevel, Meaning, Person
from plant.queries import places
from plant.statements import kept
from plant.transactions import command
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind

LEVELS = {StopScope.STATION: EquipmentLevel.WORK_UNIT, StopScope.LINE: EquipmentLevel.WORK_CENTER}


class StoppageRefused(Refusal):
    """A stop, or its end, that can't be."""

    code = "stoppage-refused"


@command
def stop(
    *, scope: str, equipment: Equipment, reason: str, by: Person, at: datetime, job_segment: JobSegment | None = None,
    source_kind: str = StoppageSource.PERSON, source_id: str = "",
) -> Stoppage:
    """Stop an operation, a station or a line; nobody goes on there until it is resumed.

    A rule stops once for what it found. Whatever is being scanned there ends first: the place is sealed, the operation
    locked. What puts it right is asked for at once, within the plant's time for rectifications.
    """
    policies.check(by, "stoppage.stop", on=equipment)
    if not kept(reason).strip():
        message = _("Say in a few words why. The next person at the station will read it.")
        raise StoppageRefused(message, code="no-reason", facts={"field": "reason"})
    target, row = targeted(scope, equipment, job_segment)
    known = stoppages.of_source(source_kind, source_id)
    if known is not None:
        return known
    made = Stoppage.objects.create(
        scope=scope, equipment=equipment, job_segment=row, source_kind=source_kind, source_id=source_id, reason=reason,
        stopped_by=by, stopped_at=at,
    )
    cause = Cause(CauseKind.STOPPAGE, str(made.pk))
    made.hold = holds.place(target=target, cause=cause, reason=kept(made.reason), by=by, at=at)
    made.save(update_fields=["hold"])
    Rectification.objects.create(
        stoppage=made, what=statements.rectify(), due_at=at + timedelta(hours=settings.RECTIFICATION_HOURS), at=at
    )
    data = {"scope": scope, "target": made.label, "source": f"{source_kind} {source_id}".strip()}
    journal.record("stoppage.stopped", subject=made, by=by, reason=kept(made.reason), data=data)
    return told(made)


def targeted(scope: str, equipment: Equipment, job_segment: JobSegment | None) -> tuple[Target, JobSegment | None]:
    """What the hold of a stop points at; from here on nobody is in the middle of a scan there."""
    site = places.site_of(equipment)
    if scope == StopScope.OPERATION:
        if job_segment is None:
            raise StoppageRefused(_("Say which operation of which work order stands still."), facts={"field": "job"})
        row = lock(JobSegment.objects.select_related("job_order", "segment").filter(pk=job_segment.pk))[0]
        return Target.operation(row.job_order.number, row.segment.code, site), row
    if equipment.level != LEVELS[StopScope(scope)]:
        message = _("%(place)s is no such place. Choose a station, or the line that it stands in.")
        raise StoppageRefused(message % {"place": equipment.code}, facts={"field": "place"})
    seal(part.pk for part in places.within(equipment))
    return Target.equipment(equipment, site), None


@command
def resume(
    *, stoppage: Stoppage, reason: str, by: Person, at: datetime, password: str = "", seen_hash: str = ""
) -> Stoppage:
    """Let it go on: with the reason, for a station or a line under a signature, once what is needed before is done."""
    policies.check(by, "stoppage.resume", on=stoppage.equipment)
    found = locked(stoppage)
    if found.status != StoppageStatus.STOPPED:
        raise StoppageRefused(_("It goes on already. Open the page again to see who let it."))
    if not reason.strip():
        message = _("Say why it may go on.")
        raise StoppageRefused(message, code="no-reason", facts={"field": "reason"})
    check_needed(found)
    signature = None
    if found.is_signed:
        signature = signatures.sign(
            subject=found, meaning=Meaning.RELEASED, content=stoppages.content(found), seen_hash=seen_hash,
            password=password, reason=reason, by=by, at=at,
        )
    if found.hold is not None:
        holds.lift_stop(hold=found.hold, reason=reason, by=by, at=at, signature=signature)
    fields: dict[str, Any] = {"resumed_by": by, "resumed_at": at, "resume_reason": reason.strip()}
    journal.move(found, to=StoppageStatus.RESUMED, by=by, reason=reason, signature=signature, **fields)
    return told(close_if_done(found, by=by))


def check_needed(stoppage: Stoppage) -> None:
    """Refuse to go on while something that is needed before is not verified."""
    left = [str(one) for one in stoppage.rectifications.filter(before_resume=True) if one.status != "VERIFIED"]
    if left:
        message = _("Needed before it goes on, and not verified yet: %(left)s.")
        raise StoppageRefused(message % {"left": "; ".join(left)}, code="rectification-open", facts={"left": left})


def close_if_done(stoppage: Stoppage, *, by: Person) -> Stoppage:
    """A stop that goes on is closed with the last thing that puts it right."""
    is_open = stoppage.rectifications.exclude(status=RectificationStatus.VERIFIED).exists()
    if stoppage.status == StoppageStatus.RESUMED and not is_open:
        journal.move(stoppage, to=StoppageStatus.CLOSED, by=by)
    return stoppage


def locked(stoppage: Stoppage) -> Stoppage:
    """The stoppage as it is now, locked."""
    return lock(stoppages.listing().filter(pk=stoppage.pk))[0]


def told(stoppage: Stoppage) -> Stoppage:
    """Tell the stations, the wall and the news that something stopped or goes on."""
    place = stoppage.equipment
    data = {"stoppage": stoppage.pk, "status": stoppage.status, "equipment": place.code}
    for part in places.within(place):
        hints.station_changed(part.code)
    for above in (place, place.parent):
        if above is not None:
            live.push(f"wall.{above.code}", "stoppage", data)
    live.push("news", "stoppage", data)
    return stoppage
