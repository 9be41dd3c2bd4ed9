"""What the command codes of a station do: start, done, pass, fail, pause, how many, undo, and call for help."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from mes.amounts import plain
from mes.barcodes import Code
from mes.commands import andon, job_orders, materials, outputs, reports, setups, undoing
from mes.commands.benches import Bench, find_job, open_bench
from mes.models import JobOrder, JobOrderStatus, StationSession
from mes.queries import andon as andon_calls
from mes.queries import stations, wip
from mes.queries.command_codes import BAD
from plant.errors import Refusal
from plant.models import Equipment, Person, ReasonCode, ReasonUse
from traceability.models import MaterialLot


class CommandRefused(Refusal):
    """A command that can't be done now at this station."""

    code = "command-refused"


@dataclass(frozen=True, slots=True)
class Order:
    """A command on its way: who scanned it where, on which work order, and how many were said."""

    station: Equipment
    session: StationSession | None
    job_number: str
    quantity: Decimal | None
    by: Person
    at: datetime

    @property
    def job(self) -> JobOrder:
        """The work order of the station, or a refusal."""
        if not self.job_number:
            raise CommandRefused(_("No work order is open here. Scan the work order first."), code="no-job")
        return find_job(self.job_number)

    def bench(self) -> Bench:
        return open_bench(station=self.station, job=self.job, by=self.by, at=self.at)


@dataclass(frozen=True, slots=True)
class Told:
    """What was done and what to do next; `lot` is what the station works on from now on, None when it says nothing."""

    message: Any
    next: Any = ""
    facts: dict[str, Any] = field(default_factory=dict)
    lot: MaterialLot | None = None
    is_short: bool = False
    keeps_quantity: bool = False


def do(code: Code, order: Order) -> Told:
    """Do what a command code says, and forget how many were said once that counted."""
    told = DOES[code.number](order, code.argument)
    if order.session is not None and not told.keeps_quantity:
        say(order.session, None)
    return told


def say(session: StationSession, quantity: Decimal | None) -> None:
    """Keep how many the next scan counts for, or forget it."""
    if session.quantity != quantity:
        StationSession.objects.filter(pk=session.pk).update(quantity=quantity)


def in_work(order: Order, bench: Bench) -> MaterialLot:
    """The part in work here, or a refusal."""
    lot = materials.current_lot(bench, preferred=order.session.lot_id if order.session else None)
    if lot is None:
        raise CommandRefused(_("Nothing is in work here. Scan a part, or the code START."), code="nothing-in-work")
    return lot


def start(order: Order, argument: str) -> Told:
    """Go on with a paused order, else begin the next part that waits."""
    job = order.job
    if job.status == JobOrderStatus.PAUSED:
        job_orders.resume(job_order=job, by=order.by, at=order.at)
        return Told(_("Work order %(job)s goes on.") % {"job": job.number}, _("Scan a part, or the code START."))
    bench = order.bench()
    if (lot := materials.current_lot(bench, preferred=None)) is not None:
        message = _("%(lot)s is in work here already. Scan DONE when it is done.")
        raise CommandRefused(message % {"lot": lot.number}, facts={"lot": lot.number})
    waiting = stations.queue(job, [step.code for step in bench.steps])
    free = next((row.lot for row in waiting if not row.lot.open_holds), None)
    if free is None:
        raise CommandRefused(_("Nothing of %(job)s waits here. Scan another work order.") % {"job": job.number})
    return output(order, bench, free, quantity=None)


def done(order: Order, argument: str) -> Told:
    """Report the part in work as good, all of it or so many."""
    bench = order.bench()
    return output(order, bench, in_work(order, bench), quantity=order.quantity)


def output(order: Order, bench: Bench, lot: MaterialLot, *, quantity: Decimal | None) -> Told:
    """What a scan of the part itself would do."""
    made = outputs.scan_output(bench, lot, quantity=quantity, by=order.by, at=order.at)
    facts = {"done": made.verb, "job_order": bench.job.number, "lot": lot.number, **made.facts}
    return Told(made.message, made.next, facts, None if made.verb == "finished" else lot, made.is_short)


def fail(order: Order, argument: str) -> Told:
    """Report the part in work as bad, all of it or so many: scrap, or rework where the reason allows that."""
    reason = reason_of(argument, BAD)
    bench = order.bench()
    lot = in_work(order, bench)
    standing = wip.of_lot(lot)
    step = bench.step_of(lot, standing)
    amount = order.quantity if order.quantity is not None else standing[step.code]
    kind = "scrap" if reason.use == ReasonUse.SCRAP else "rework"
    counts = {"scrap": Decimal(0), "rework": Decimal(0), kind: amount}
    reports.report(
        station=order.station, lot=lot, scrap=counts["scrap"], rework=counts["rework"], reason=reason, by=order.by,
        at=order.at,
    )
    words = {"lot": lot.number, "amount": plain(amount), "reason": reason.title}
    message = {
        "scrap": _("%(lot)s: %(amount)s scrap, %(reason)s.") % words,
        "rework": _("%(lot)s: %(amount)s for rework, %(reason)s.") % words,
    }[kind]
    facts = {"done": kind, "lot": lot.number, "quantity": plain(amount)}
    left = amount < standing[step.code]
    return Told(message, _("Put it into the box for bad parts."), facts, lot if left else None)


def pause(order: Order, argument: str) -> Told:
    """Pause the work order with the reason on the code."""
    reason, job = reason_of(argument, (ReasonUse.DOWNTIME,)), order.job
    job_orders.pause(job_order=job, reason=str(reason), by=order.by, at=order.at)
    words = {"job": job.number, "reason": reason.title}
    return Told(_("Work order %(job)s is paused: %(reason)s.") % words, _("To go on, scan the code START."))


def reason_of(argument: str, uses: tuple[ReasonUse, ...]) -> ReasonCode:
    """The reason on a code, or a refusal when it names none."""
    use, _slash, code = argument.partition("/")
    found = ReasonCode.objects.filter(use=use, code=code, use__in=uses, active=True).first()
    if found is None:
        message = _("This code names no reason that is in use. Scan a code with its reason from the station's sheet.")
        raise CommandRefused(message, code="no-reason")
    return found


def quantity(order: Order, argument: str) -> Told:
    """Say how many the next scan counts for."""
    if not argument.isascii() or not argument.isdigit() or not 0 < int(argument) < 10**6:
        raise CommandRefused(_("“%(text)s” is no number of pieces. Scan another code.") % {"text": argument[:20]})
    if order.session is None:
        raise CommandRefused(_("Sign on with badge and PIN first; then the station keeps the number."))
    say(order.session, Decimal(argument))
    message = _("%(amount)s pieces: this counts for the next scan.") % {"amount": argument}
    return Told(message, _("Scan what it is for, or CLEAR."), keeps_quantity=True)


def clear(order: Order, argument: str) -> Told:
    """Forget how many were said, and which position was scanned."""
    if order.session is not None:
        StationSession.objects.filter(pk=order.session.pk).update(position=None)
    return Told(_("The number is forgotten. The next scan counts for all of it."))


def unmount(order: Order, argument: str) -> Told:
    """Take the lot off the position that was scanned before."""
    place = order.session.position if order.session is not None else None
    if order.session is None or place is None:
        raise CommandRefused(_("Scan the position first, then this code."), code="no-position")
    one = setups.take_off(position=place, by=order.by, at=order.at)
    StationSession.objects.filter(pk=order.session.pk).update(position=None)
    message = _("%(lot)s is off %(position)s.") % {"lot": one.lot.number, "position": place.code}
    return Told(message, _("Bring back what is left of it, or leave it at the line."), {"lot": one.lot.number})


def undo(order: Order, argument: str) -> Told:
    """Take the person's own last act here back."""
    undone = undoing.undo(station=order.station, by=order.by, at=order.at)
    return Told(undone.message, _("Scan again what is right."), undone.facts)


def call(order: Order, argument: str) -> Told:
    """Call for help, of the kind on the code."""
    kind = andon_calls.button(argument)
    job = order.job if order.job_number else None
    andon.call(station=order.station, kind=kind, job_order=job, by=order.by, at=order.at)
    return Told(_("Called: %(kind)s.") % {"kind": kind.title}, _("Whoever must come is told."), keeps_quantity=True)


DOES = {
    "START": start, "RESUME": start, "DONE": done, "PASS": done, "FAIL": fail, "PAUSE": pause, "QTY": quantity,
    "CLEAR": clear, "UNDO": undo, "CALL": call, "UNMOUNT": unmount,
}
