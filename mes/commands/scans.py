"""A scan at a station: one transaction, one answer, applied once however often it is sent."""

import json
import uuid
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from mes.amounts import plain
from mes.barcodes import Code, Kind
from mes.commands import answers, carriers, command_codes, everyday, hints, materials, outputs, setup_scans
from mes.commands.benches import Bench, NotHere, check_gate, find_job, open_bench
from mes.commands.everyday import Sent, Taken, Turn
from mes.commands.scan_outcomes import (
    ACCEPTED,
    ATTENTION,
    REFUSED,
    ScanOutcome,
    as_outcome,
    as_substitute,
    at_place,
    refused,
    told_component,
)
from mes.models import Carrier, FeedPosition, JobOrder, StationSession
from mes.queries import codes, fitted, standing
from plant import policies
from plant.commands.idempotency import request_hash
from plant.errors import Refusal
from plant.models import Equipment, Person, PersonKind
from plant.queries import places
from plant.transactions import command, undoable
from traceability.commands import holds
from traceability.models import CaptureWay, MaterialLot


class TooEarly(Refusal):
    """A scan of a tablet before the one that the tablet made first: nothing is kept, it is sent again in its turn."""

    code = "scan-too-early"


@dataclass
class Scan:
    """A scan on its way through: who, where, and what was said with it."""

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

    def bench(self, number: str) -> Bench:
        """The station with this work order; what the session works on was read along with it."""
        known = self.session.job_order if self.session else None
        job = known if known is not None and known.number == number else find_job(number)
        return open_bench(station=self.station, job=job, by=self.by, at=self.at)


@command
def accept(
    *, code: str, station: Equipment, event_id: str | uuid.UUID, by: Person, at: datetime, job_order: str = "",
    quantity: Decimal | None = None, device: str = "", device_at: datetime | None = None, turn: Turn | None = None,
    way: CaptureWay | None = None,
) -> ScanOutcome:
    """Take a scan. A refused one is kept with its reason and changes nothing; a repeated one gets the first answer."""
    policies.check(by, "scan", on=station)
    digest = request_hash([str(code), station.code, job_order, quantity])
    sent = Sent(
        code, station, event_uuid(event_id), digest, device or f"api:{by.number}", device_at, turn, job_order, quantity,
        by, at, way or way_of(by),
    )
    taken = everyday.take_in(sent)
    if taken.known_hash is not None:
        return stored(taken, digest)
    if taken.event is None:
        raise too_early(taken)
    outcome = answer(sent, taken)
    answers.close(sent, taken, asdict(outcome), "scan")
    hints.scanned(station, station.parent, {"outcome": outcome.outcome, "message": outcome.message, "lot": outcome.lot})
    return outcome


def answer(sent: Sent, taken: Taken) -> ScanOutcome:
    """The everyday scan is done already; any other one goes step by step, and a refused one leaves nothing behind."""
    if taken.verdict == everyday.PASSED:
        message = _("Scans that were made after this one are taken already. Look at the part, then scan it again.")
        return ScanOutcome(REFUSED, str(message), code="scan-passed")
    if taken.into is not None and taken.amount is not None:
        number = everyday.plain_number(sent.code) or ""
        return told_component(number, f"{plain(taken.amount)} {taken.symbol}", taken.amount, taken.into, "consumed")
    try:
        with undoable():
            return apply(sent)
    except Refusal as refusal:
        return refused(refusal)


def way_of(by: Person) -> CaptureWay:
    """A person scans; a reader at the line and another system tell by themselves."""
    ways = {PersonKind.SYSTEM: CaptureWay.AUTO, PersonKind.INTEGRATION: CaptureWay.API}
    return ways.get(PersonKind(by.kind), CaptureWay.SCAN)


def event_uuid(event_id: str | uuid.UUID) -> uuid.UUID:
    """The event's id, or a refusal when it is no UUID."""
    try:
        return event_id if isinstance(event_id, uuid.UUID) else uuid.UUID(str(event_id))
    except ValueError as error:
        raise Refusal(_("The event id is no UUID. Every scan carries a new one."), code="bad-event-id") from error


def stored(taken: Taken, digest: str) -> ScanOutcome:
    """The first answer, if it is the same scan."""
    if taken.known_hash != digest:
        message = _("This event id was used for another scan (event id reused). Scan again with a new one.")
        return ScanOutcome(REFUSED, str(message), {"reused": True}, code="event-id-reused")
    return replace(ScanOutcome(**json.loads(taken.known_answer or "{}")), replayed=True)


def too_early(taken: Taken) -> TooEarly:
    """Say which scan of the tablet is awaited."""
    expected = (taken.last_seq or 0) + 1
    message = _("Scan %(expected)s of this tablet has not arrived yet. The tablet sends it first, then this one again.")
    return TooEarly(message % {"expected": expected}, facts={"expected": expected})


def apply(sent: Sent) -> ScanOutcome:
    """Find out what the code is, and do what it means here."""
    code = codes.read(sent.code)
    found = None if code.kind == Kind.COMMAND else codes.look_up(sent.code, sent.at)
    if isinstance(found, codes.Hint):
        facts = {"equipment": found.equipment} if found.equipment else {}
        return ScanOutcome(ATTENTION, str(found.message), facts, kind=found.kind, next=str(found.next))
    here, session = standing.station(sent.station.pk)
    said = sent.quantity if sent.quantity is not None or session is None else session.quantity
    scan = Scan(here, session, sent.job_order, said, sent.by, sent.at)
    if found is None:
        return obey(scan, code)
    if isinstance(found, FeedPosition):
        return as_outcome(setup_scans.choose(order_of(scan), found), "position")
    outcome = take(scan, found)
    if session is not None:
        command_codes.say(session, None)
        setup_scans.forget(session)
    return outcome


def take(scan: Scan, found: JobOrder | Carrier | MaterialLot) -> ScanOutcome:
    """A work order is opened, a lot is worked on; a carrier stands for the lots in it."""
    if isinstance(found, JobOrder):
        return take_job(scan, found)
    if isinstance(found, Carrier):
        return carriers.scan(found, lambda lot: take_lot(replace(scan, quantity=None), lot))
    return take_lot(scan, found)


def order_of(scan: Scan) -> command_codes.Order:
    """The scan as a command code sees it."""
    number = scan.job_number or codes.job_at(scan.station)
    return command_codes.Order(scan.station, scan.session, number, scan.quantity, scan.by, scan.at)


def obey(scan: Scan, code: Code) -> ScanOutcome:
    """Do what a command code says."""
    order = order_of(scan)
    told = command_codes.do(code, order)
    if told.facts.get("job_order") or told.facts.get("done"):
        remember(scan, job=order.job, lot=told.lot)
    return as_outcome(told, "command")


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
    if scan.session is not None and scan.session.position is not None:
        return as_outcome(setup_scans.mount(order_of(scan), scan.session.position, lot), "mount")
    bench = scan.bench(number)
    if lot.job_order and not any(step.takes(lot.material_id) for step in bench.steps):
        message = _("%(lot)s belongs to work order %(job)s, but %(current)s is open here. Scan %(job)s first.")
        words = {"lot": lot.number, "job": lot.job_order, "current": number}
        raise NotHere(message % words, code="foreign-lot", facts={"lot": lot.number, "job_order": lot.job_order})
    preferred = scan.session.lot_id if scan.session else None
    put = materials.scan_component(bench, lot, preferred=preferred, quantity=scan.quantity, by=scan.by, at=scan.at)
    told = f"{plain(put.amount)} {lot.material.unit.symbol}"
    outcome = told_component(lot.number, told, put.amount, put.into.number if put.into else "", put.done)
    if put.has_place and put.into is not None:
        outcome = at_place(outcome, fitted.newest(put.into, lot))
    return as_substitute(outcome, put.instead_of) if put.instead_of else outcome


def take_output(scan: Scan, lot: MaterialLot, number: str) -> ScanOutcome:
    """The lot that is being made starts or finishes its operation here."""
    bench = scan.bench(number)
    done = outputs.scan_output(bench, lot, quantity=scan.quantity, by=scan.by, at=scan.at)
    remember(scan, job=bench.job, lot=None if done.verb == "finished" else lot)
    outcome = ATTENTION if done.is_short else ACCEPTED
    facts = {"done": done.verb, "job_order": number, **done.facts}
    return ScanOutcome(outcome, str(done.message), facts, kind="output", lot=lot.number, next=str(done.next))


def remember(scan: Scan, *, job: JobOrder, lot: MaterialLot | None) -> None:
    """The station's session keeps what it works on, for the next scan and the next person."""
    session = scan.session
    if session is not None and (session.job_order_id, session.lot_id) != (job.pk, lot.pk if lot else None):
        StationSession.objects.filter(pk=session.pk).update(job_order=job, lot=lot)
