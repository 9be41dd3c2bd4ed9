"""A scan at a station: one transaction, one answer, applied once however often it is sent."""

import uuid
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from mes.amounts import plain
from mes.commands import everyday, hints, materials, outputs
from mes.commands.benches import NotHere, check_gate, find_job, open_bench
from mes.models import JobOrder, StationSession
from mes.queries import codes
from plant import policies
from plant.commands.idempotency import request_hash
from plant.errors import Refusal
from plant.models import DeviceEvent, Equipment, Person
from plant.queries import places
from plant.transactions import command
from traceability.commands import holds
from traceability.models import MaterialLot

ACCEPTED, REFUSED, ATTENTION = "accepted", "refused", "attention"
CLAIM = """
INSERT INTO plant_deviceevent (device, event_id, request_hash, outcome, device_at, at) VALUES (%s, %s, %s, '', %s, %s)
ON CONFLICT (device, event_id) DO NOTHING RETURNING id
"""


@dataclass(frozen=True)
class ScanOutcome:
    """What the person is told: the verdict, why, and what to do next."""

    outcome: str
    message: str
    facts: dict[str, Any] = field(default_factory=dict)
    kind: str = ""
    lot: str = ""
    next: str = ""
    code: str = ""
    replayed: bool = False


@dataclass
class Scan:
    """A scan on its way through: who, where, and what was said with it."""

    text: str
    station: Equipment
    session: StationSession | None
    job_order: str
    quantity: Decimal | None
    by: Person
    at: datetime

    @property
    def job_number(self) -> str:
        """The work order that was said, else the one that the station works on."""
        if self.job_order:
            return self.job_order
        return self.session.job_order.number if self.session and self.session.job_order else ""


@command
def accept(
    *, code: str, station: Equipment, event_id: str | uuid.UUID, by: Person, at: datetime, job_order: str = "",
    quantity: Decimal | None = None, device: str = "", device_at: datetime | None = None,
) -> ScanOutcome:
    """Take a scan. A refused one is kept with its reason and changes nothing; a repeated one gets the first answer."""
    policies.check(by, "scan", on=station)
    digest = request_hash([str(code), station.code, job_order, quantity])
    device = device or f"api:{by.number}"
    event = claim(device, event_uuid(event_id), digest, device_at, at)
    if event is None:
        return stored(device, event_uuid(event_id), digest)
    outcome = answer(code, station, job_order, quantity, by=by, at=at)
    DeviceEvent.objects.filter(pk=event).update(outcome=outcome.outcome, answer=asdict(outcome))
    hints.scanned(station, station.parent, {"outcome": outcome.outcome, "message": outcome.message})
    return outcome


def answer(
    code: str, station: Equipment, job_order: str, quantity: Decimal | None, *, by: Person, at: datetime
) -> ScanOutcome:
    """The everyday scan at once; any other one step by step, and a refused one leaves nothing behind."""
    done = everyday.take_component(
        code=code, station=station, job_order=job_order, quantity=quantity, by=by, at=at
    )
    if done is not None:
        number, into, amount, unit = done
        return told_component(number, f"{plain(amount)} {unit}", amount, into, "consumed")
    try:
        with transaction.atomic():
            return apply(code, station, job_order, quantity, by=by, at=at)
    except Refusal as refusal:
        return refused(refusal)


def event_uuid(event_id: str | uuid.UUID) -> uuid.UUID:
    """The event's id, or a refusal when it is no UUID."""
    try:
        return event_id if isinstance(event_id, uuid.UUID) else uuid.UUID(str(event_id))
    except ValueError as error:
        raise Refusal(_("The event id is no UUID. Every scan carries a new one."), code="bad-event-id") from error


def claim(device: str, event_id: uuid.UUID, digest: str, device_at: datetime | None, at: datetime) -> int | None:
    """Insert the event first: another transaction with the same one waits here for the end of this one."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [device[:80], event_id, digest, device_at, at])
        row = cursor.fetchone()
    return row[0] if row else None


def stored(device: str, event_id: uuid.UUID, digest: str) -> ScanOutcome:
    """The first answer, if it is the same scan."""
    event = DeviceEvent.objects.get(device=device[:80], event_id=event_id)
    if event.request_hash != digest:
        message = _("This event id was used for another scan (event id reused). Scan again with a new one.")
        return ScanOutcome(REFUSED, str(message), {"reused": True}, code="event-id-reused")
    return replace(ScanOutcome(**(event.answer or {})), replayed=True)


def refused(refusal: Refusal) -> ScanOutcome:
    """A refusal as an answer; its text already says what to do."""
    facts = {key: value if isinstance(value, (str, int, bool, list, dict, type(None))) else str(value)
             for key, value in refusal.facts.items()}
    return ScanOutcome(REFUSED, str(refusal), facts, lot=str(facts.get("lot", "")), code=refusal.code)


def apply(
    code: str, station: Equipment, job_order: str, quantity: Decimal | None, *, by: Person, at: datetime
) -> ScanOutcome:
    """Find out what the code is, and do what it means here."""
    found = codes.look_up(code)
    if isinstance(found, codes.Hint):
        return ScanOutcome(ATTENTION, str(found.message), kind=found.kind, next=str(found.next))
    here = Equipment.objects.select_related("parent__parent__parent").get(pk=station.pk)
    scan = Scan(code, here, session_at(here), job_order, quantity, by, at)
    return take_job(scan, found) if isinstance(found, JobOrder) else take_lot(scan, found)


def session_at(station: Equipment) -> StationSession | None:
    """Who works at the station now, on which work order."""
    rows = StationSession.objects.filter(station=station, ended_at__isnull=True)
    return rows.select_related("job_order").first()


def take_job(scan: Scan, job: JobOrder) -> ScanOutcome:
    """A work order becomes the one that this station works on."""
    bench = open_bench(station=scan.station, job=job, by=scan.by, at=scan.at)
    check_gate(bench, [])
    remember(scan, job=bench.job, lot=None)
    message = _("Work order %(job)s: %(quantity)s × %(material)s.") % {
        "job": job.number, "quantity": plain(job.quantity), "material": job.work_request.material.code,
    }
    takes = [line.material for step in bench.steps for line in step.bom]
    told: Any = _("Scan the lot or serial.")
    if takes:
        told = _("Scan the material: %(materials)s.") % {"materials": ", ".join(takes)}
    return ScanOutcome(ACCEPTED, str(message), {"job_order": job.number}, kind="job_order", next=str(told))


def take_lot(scan: Scan, lot: MaterialLot) -> ScanOutcome:
    """A lot is either made by the work order here, or goes into what it makes; that it is held, people hear first."""
    if lot.open_holds:
        holds.check_free(lots=[lot])
    if lot.site_id != places.site_of(scan.station).pk:
        message = _("Lot %(lot)s belongs to another site. Put it aside and ask the warehouse.")
        raise NotHere(message % {"lot": lot.number}, code="foreign-lot", facts={"lot": lot.number})
    number = scan.job_number or lot.job_order or codes.job_at(scan.station)
    if not number:
        message = _("Scan the work order first; then the station knows what %(lot)s is for.")
        raise NotHere(message % {"lot": lot.number}, code="no-job", facts={"lot": lot.number})
    if lot.job_order == number:
        return take_output(scan, lot, number)
    bench = open_bench(station=scan.station, job=find_job(number), by=scan.by, at=scan.at)
    if lot.job_order and not any(step.takes(lot.material_id) for step in bench.steps):
        message = _("%(lot)s belongs to work order %(job)s, but %(current)s is open here. Scan %(job)s first.")
        words = {"lot": lot.number, "job": lot.job_order, "current": number}
        raise NotHere(message % words, code="foreign-lot", facts={"lot": lot.number, "job_order": lot.job_order})
    preferred = scan.session.lot_id if scan.session else None
    done, into, amount = materials.scan_component(
        bench, lot, preferred=preferred, quantity=scan.quantity, by=scan.by, at=scan.at
    )
    told = f"{plain(amount)} {lot.material.unit.symbol}"
    return told_component(lot.number, told, amount, into.number if into else "", done)


def told_component(number: str, told_amount: str, amount: Decimal, into: str, done: str) -> ScanOutcome:
    """What was done with a material."""
    words = {"lot": number, "amount": told_amount, "into": into}
    facts = {"quantity": plain(amount), "into": into, "done": done}
    if not into:
        message, told = _("%(lot)s: %(amount)s ready at the station."), _("Scan the lot or serial that you work on.")
    else:
        message, told = _("%(lot)s: %(amount)s went into %(into)s."), _("Go on; when it is done, scan its code again.")
    return ScanOutcome(ACCEPTED, str(message % words), facts, kind="material", lot=number, next=str(told))


def take_output(scan: Scan, lot: MaterialLot, number: str) -> ScanOutcome:
    """The lot that is being made starts or finishes its operation here."""
    bench = open_bench(station=scan.station, job=find_job(number), by=scan.by, at=scan.at)
    done = outputs.scan_output(bench, lot, quantity=scan.quantity, by=scan.by, at=scan.at)
    remember(scan, job=bench.job, lot=lot if done.verb == "started" else None)
    outcome = ATTENTION if done.is_short else ACCEPTED
    facts = {"done": done.verb, "job_order": number, **done.facts}
    return ScanOutcome(outcome, str(done.message), facts, kind="output", lot=lot.number, next=str(done.next))


def remember(scan: Scan, *, job: JobOrder, lot: MaterialLot | None) -> None:
    """The station's session keeps what it works on, for the next scan and the next person."""
    session = scan.session
    if session is not None and (session.job_order_id, session.lot_id) != (job.pk, lot.pk if lot else None):
        StationSession.objects.filter(pk=session.pk).update(job_order=job, lot=lot)
