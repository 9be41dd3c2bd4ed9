"""Carriers: lots go into slots and come out; a scan of the carrier does what a scan of each of its lots would."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from mes.commands.scan_outcomes import ScanOutcome
from mes.models import CarriedLot, Carrier
from mes.queries import carriers
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command, undoable
from traceability.commands import holds
from traceability.models import MaterialLot


class CarrierRefused(Refusal):
    """A lot that can't go into this carrier, or a carrier that can't be scanned as one."""

    code = "carrier-refused"


@command
def put(*, carrier: Carrier, lot: MaterialLot, by: Person, at: datetime, slot: int | None = None) -> CarriedLot:
    """Put a lot into a slot, the first free one unless said.

    CarrierRefused: full, taken, in another carrier, or mixed where the carrier forbids that. Held: it is put aside.
    """
    policies.check(by, "carrier.load", on=carrier)
    held = lock(Carrier.objects.filter(pk=carrier.pk))[0]
    one = lock(MaterialLot.objects.select_related("material").filter(pk=lot.pk))[0]
    holds.check_free(lots=[one])
    inside = list(carriers.inside(held))
    _check(held, one, inside)
    place = _slot(held, slot, {row.slot for row in inside})
    row = CarriedLot(carrier=held, slot=place, lot=one, put_by=by, put_at=at)
    try:
        with undoable():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise _elsewhere(one) from error
    journal.record("lot.put-into-carrier", subject=one, by=by, data={"carrier": held.code, "slot": place})
    return row


def _check(carrier: Carrier, lot: MaterialLot, inside: list[CarriedLot]) -> None:
    """It is of the same site, in no carrier yet, and like what lies in this one."""
    if lot.site_id != carrier.site_id:
        message = _("Lot %(lot)s belongs to another site. Put it aside and ask the warehouse.")
        raise CarrierRefused(message % {"lot": lot.number}, code="foreign-lot", facts={"field": "lot"})
    if CarriedLot.objects.filter(lot=lot, taken_at__isnull=True).exists():
        raise _elsewhere(lot)
    other = next((row.lot for row in inside if _differs(row.lot, lot)), None)
    if other is not None and not carrier.mixes:
        message = _("%(carrier)s holds %(other)s of %(was)s %(job)s, and may not be mixed with %(lot)s of %(is)s "
                    "%(own)s. Empty it first, or take another carrier.")
        words = {
            "carrier": carrier.code, "other": other.number, "was": other.material.code, "job": other.job_order,
            "lot": lot.number, "is": lot.material.code, "own": lot.job_order,
        }
        raise CarrierRefused(message % words, code="mixed-lots", facts={"field": "lot", "lot": lot.number})


def _differs(one: MaterialLot, other: MaterialLot) -> bool:
    return (one.material_id, one.job_order) != (other.material_id, other.job_order)


def _elsewhere(lot: MaterialLot) -> CarrierRefused:
    row = CarriedLot.objects.filter(lot=lot, taken_at__isnull=True).select_related("carrier").first()
    words = {"lot": lot.number, "carrier": row.carrier.code if row else "—", "slot": row.slot if row else "—"}
    message = _("%(lot)s is in %(carrier)s, slot %(slot)s, already. Take it out there first.")
    return CarrierRefused(message % words, code="in-a-carrier", facts={"field": "lot", **words})


def _slot(carrier: Carrier, wanted: int | None, taken: set[int]) -> int:
    """The slot that was said, if it is there and free; else the first free one."""
    free = [number for number in range(1, carrier.slots + 1) if number not in taken]
    if not free:
        message = _("%(carrier)s is full: it has %(slots)s slots. Take another carrier.")
        words = {"carrier": carrier.code, "slots": carrier.slots}
        raise CarrierRefused(message % words, code="carrier-full", facts={"field": "lot"})
    if wanted is not None and wanted not in free:
        message = _("Slot %(slot)s of %(carrier)s is not free. Choose another one, or leave it to the next free one.")
        words = {"carrier": carrier.code, "slot": wanted}
        raise CarrierRefused(message % words, code="slot-taken", facts={"field": "slot"})
    return wanted if wanted is not None else free[0]


@command
def take_out(*, carrier: Carrier, lots: Iterable[MaterialLot] | None = None, by: Person, at: datetime) -> int:
    """Take these lots out of a carrier, all of them unless said; how many came out."""
    policies.check(by, "carrier.load", on=carrier)
    held = lock(Carrier.objects.filter(pk=carrier.pk))[0]
    wanted = None if lots is None else {one.pk for one in lots}
    rows = [row for row in carriers.inside(held) if wanted is None or row.lot_id in wanted]
    if not rows:
        message = _("That does not lie in %(carrier)s. Look at what does.")
        raise CarrierRefused(message % {"carrier": held.code}, code="not-in-it", facts={"field": "lot"})
    for row in rows:
        CarriedLot.objects.filter(pk=row.pk, taken_at__isnull=True).update(taken_by=by, taken_at=max(at, row.put_at))
        journal.record("lot.taken-from-carrier", subject=row.lot, by=by, data={"carrier": held.code, "slot": row.slot})
    return len(rows)


def scan(carrier: Carrier, each: Callable[[MaterialLot], ScanOutcome]) -> ScanOutcome:
    """Do for every lot in a carrier what its own scan would do, all of them or none: one start, one end.

    They start and end at one moment, so they share that time; each has its own visit and readings.
    """
    rows = sorted(carriers.inside(carrier), key=lambda row: row.lot_id)
    if not rows:
        message = _("%(carrier)s is empty. Put lots into it on its page, or scan them one by one.")
        raise CarrierRefused(message % {"carrier": carrier.code}, code="carrier-empty")
    outcomes = [_one(row, each) for row in rows]
    done = {str(outcome.facts.get("done", "")) for outcome in outcomes}
    if len(done) > 1:
        message = _("Some lots in %(carrier)s have started and some have not. Scan them one by one.")
        raise CarrierRefused(message % {"carrier": carrier.code}, code="carrier-uneven")
    facts: dict[str, Any] = {"carrier": carrier.code, "lots": [row.lot.number for row in rows], "done": min(done)}
    worst = next((outcome for outcome in outcomes if outcome.outcome != "accepted"), outcomes[-1])
    words = {"carrier": carrier.code, "count": len(rows), "told": worst.message}
    told = str(_("%(carrier)s, %(count)s lots. %(told)s") % words)
    return ScanOutcome(worst.outcome, told, facts, kind="carrier", lot=worst.lot, next=worst.next)


def _one(row: CarriedLot, each: Callable[[MaterialLot], ScanOutcome]) -> ScanOutcome:
    try:
        return each(row.lot)
    except Refusal as refusal:
        words = {"slot": row.slot, "carrier": row.carrier.code, "told": refusal}
        message = _("Slot %(slot)s of %(carrier)s: %(told)s") % words
        raise CarrierRefused(message, code=refusal.code, facts={"lot": row.lot.number, **refusal.facts}) from refusal
