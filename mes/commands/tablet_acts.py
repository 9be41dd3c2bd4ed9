"""Acts of a tablet beside the scan of a part: packing, loading, the stores, values. In order, once, never signed."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from mes.amounts import plain
from mes.commands import (
    answers,
    data_values,
    everyday,
    goods_receipts,
    hints,
    leftovers,
    packing,
    picks,
    scans,
    unpacking,
)
from mes.commands.data_values import Entered
from mes.commands.everyday import Sent, Turn
from mes.commands.packing import Scanned
from mes.commands.scan_outcomes import ACCEPTED, REFUSED, ScanOutcome, refused
from mes.models import DataItem
from plant import policies
from plant.commands.idempotency import request_hash
from plant.errors import Refusal
from plant.models import Equipment, Person
from plant.transactions import command, undoable
from qms.commands import entering
from qms.queries import gauge_register
from qms.queries import inspections as reading_inspections
from traceability.commands import labels as label_commands
from traceability.commands import stock
from traceability.models import Bucket, MaterialLot
from traceability.queries import labels, scanned, shipments
from traceability.queries import lots as finding
from traceability.queries import packing as units
from traceability.spots import Spot

SIGNED = {"sign", "release", "dispose", "approve"}


class NoAct(Refusal):
    """An act that a tablet may not keep, or that says too little."""

    code = "no-act"


@dataclass(frozen=True, slots=True)
class Said:
    """What a tablet sent: the code, with how many, and what the page knew."""

    code: str
    quantity: Decimal | None
    words: dict[str, Any]
    by: Person
    at: datetime
    station: Equipment

    def word(self, name: str) -> str:
        """One of the words of the page, or a refusal when it is missing."""
        value = self.words.get(name)
        if not isinstance(value, str) or not value:
            raise NoAct(_("The tablet sent something incomplete. Open the page again."), code="bad-input")
        return value


def pack(said: Said) -> ScanOutcome:
    """A lot into a carton, a carton onto a pallet."""
    unit = units.by_number(said.word("unit"))
    return scanned_out(packing.scan(unit=unit, code=said.code, quantity=said.quantity, by=said.by, at=said.at))


def close(said: Said) -> ScanOutcome:
    """A carton or pallet is full."""
    unit = unpacking.close(unit=units.by_number(said.word("unit")), by=said.by, at=said.at)
    return done(_("%(unit)s is closed.") % {"unit": unit.number}, _("Print its label and scan it back."))


def verify(said: Said) -> ScanOutcome:
    """The label of a carton or pallet, scanned where it sticks."""
    thing = labels.unit(units.by_number(said.word("unit")))
    checked = label_commands.verify(thing=thing, code=said.code, by=said.by, at=said.at)
    if checked.refusal is not None:
        return refused(checked.refusal)
    return done(_("The label is right."), _("Open the next one."))


def load(said: Said) -> ScanOutcome:
    """A carton, pallet or lot for a shipment."""
    shipment = shipments.by_number(said.word("shipment"))
    return scanned_out(picks.scan(shipment=shipment, code=said.code, quantity=said.quantity, by=said.by, at=said.at))


def store(said: Said) -> ScanOutcome:
    """Finished goods into a store."""
    place = scanned.place(said.word("place"), said.by)
    amount = goods_receipts.receive(code=said.code, store=place, by=said.by, at=said.at)
    words = {"code": said.code, "amount": plain(amount), "store": place.code}
    return done(_("%(code)s: %(amount)s received into %(store)s.") % words)


def move(said: Said) -> ScanOutcome:
    """A lot to a storage place or a station: from the store where all of it lies, or where the page says."""
    lot, to = scanned.lot(said.code, said.by), scanned.place(said.word("place"), said.by)
    if lot is None:
        raise unknown_lot(said.code)
    entry = stock.relocate(lot=lot, source=source_of(lot, to), to=to, quantity=said.quantity, by=said.by, at=said.at)
    return lies_now(lot, entry.quantity, to)


def bring_back(said: Said) -> ScanOutcome:
    """What this station did not use of a lot, back into a store."""
    lot, to = scanned.lot(said.code, said.by), scanned.place(said.word("place"), said.by)
    if lot is None:
        raise unknown_lot(said.code)
    entry = leftovers.bring_back(
        station=said.station, lot=lot, store=to, quantity=said.quantity, by=said.by, at=said.at
    )
    return lies_now(lot, entry.quantity, to)


def unknown_lot(code: str) -> NoAct:
    message = _("No lot has the code “%(code)s”. Scan its label, or receive it first.")
    return NoAct(message % {"code": code[:40]}, code="unknown-lot")


def lies_now(lot: MaterialLot, amount: Decimal, to: Equipment) -> ScanOutcome:
    """Say how much of a lot lies where."""
    words = {"lot": lot.number, "quantity": plain(amount), "unit": lot.material.unit.symbol, "place": to.code}
    return done(_("%(lot)s: %(quantity)s %(unit)s now at %(place)s.") % words, lot=lot.number)


def source_of(lot: MaterialLot, to: Equipment) -> Spot:
    """The one place where the lot lies besides the one it goes to; of several somebody has to say which."""
    rows = lot.balances.filter(bucket__in=[Bucket.STOCK, Bucket.ISSUED], quantity__gt=0).exclude(place=to.code)
    found = list(rows.order_by("place")[:2])
    if len(found) != 1:
        words = {"lot": lot.number, "place": to.code}
        message = _("Lot %(lot)s lies at several places, or only at %(place)s. Move it on the page of the stock.")
        raise NoAct(message % words, code="several-places", facts={"lot": lot.number})
    return Spot(Bucket(found[0].bucket), found[0].place)


def data(said: Said) -> ScanOutcome:
    """Typed values of the part in work; pictures and devices need the server at once."""
    lot, given = finding.by_number(said.word("lot")), said.words.get("values")
    if not isinstance(given, dict) or not given:
        raise NoAct(_("No value was entered."), code="bad-input")
    items = {str(item.pk): item for item in DataItem.objects.filter(pk__in=[key for key in given if key.isdigit()])}
    if set(given) - set(items):
        raise NoAct(_("What was entered is not asked for any more. Open the page again."), code="bad-input")
    reason = str(said.words.get("reason") or "")
    scanned = said.words.get("gauges") if isinstance(said.words.get("gauges"), dict) else {}
    codes = {str(kind): str(code) for kind, code in (scanned or {}).items()}
    gauges = {kind: gauge_register.scanned(code) for kind, code in codes.items()}
    entered = [
        Entered(items[key], value, reason, gauges.get(str(items[key].gauge_type_id))) for key, value in given.items()
    ]
    data_values.record(station=said.station, lot=lot, entered=entered, by=said.by, at=said.at)
    return done(_("%(lot)s: the values are kept.") % {"lot": lot.number}, lot=lot.number)


def inspect(said: Said) -> ScanOutcome:
    """Typed values of an inspection; its verdict is given where the server is at hand."""
    task, given = reading_inspections.by_number(said.word("inspection")), said.words.get("values")
    if not isinstance(given, dict) or not given:
        raise NoAct(_("No value was entered."), code="bad-input")
    scanned = said.words.get("gauges")
    entering.enter(
        inspection=task, values=given, gauges=scanned if isinstance(scanned, dict) else {}, by=said.by, at=said.at,
        reason=str(said.words.get("reason") or ""),
    )
    return done(_("%(number)s: the values are kept.") % {"number": task.number}, lot=task.lot.number)


# act → (what somebody must be allowed, what it does)
ACTS: dict[str, tuple[str, Callable[[Said], ScanOutcome]]] = {
    "pack": ("unit.pack", pack), "close": ("unit.pack", close), "verify": ("lot.print", verify),
    "load": ("shipment.pick", load), "store": ("goods.receive", store), "move": ("lot.move", move),
    "return": ("lot.move", bring_back), "data": ("report", data), "inspect": ("inspection.record", inspect),
}

# Packing and loading take a refused scan back themselves and keep its alarm.
OWN = {pack, load}


@command
def accept(
    *, act: str, words: dict[str, Any], code: str, station: Equipment, event_id: str | UUID, by: Person, at: datetime,
    quantity: Decimal | None = None, device: str = "", device_at: datetime | None = None, turn: Turn | None = None,
) -> ScanOutcome:
    """Take an act of a tablet, in the order of its queue; a refused one changes nothing, a repeated one is answered."""
    if act in SIGNED or act not in ACTS:
        message = _("This needs the server: sign it on its page while the tablet is connected.")
        raise NoAct(message, code="never-queued" if act in SIGNED else "bad-input")
    action, carry_out = ACTS[act]
    policies.check(by, action, on=station)
    digest = request_hash([act, words, code, station.code, quantity])
    sent = Sent(
        code, station, scans.event_uuid(event_id), digest, device or f"api:{by.number}", device_at, turn, "", quantity,
        by, at,
    )
    taken = everyday.claim(sent)
    if taken.known_hash is not None:
        return scans.stored(taken, digest)
    if taken.event is None:
        raise scans.too_early(taken)
    outcome = outcome_of(carry_out, Said(code, quantity, words, by, at, station), taken)
    answers.close(sent, taken, asdict(outcome), act)
    hints.scanned(station, station.parent, {"outcome": outcome.outcome, "message": outcome.message, "lot": outcome.lot})
    return outcome


def outcome_of(carry_out: Callable[[Said], ScanOutcome], said: Said, taken: everyday.Taken) -> ScanOutcome:
    """Carry it out, unless acts that were made after it are done already."""
    if taken.verdict == everyday.PASSED:
        message = _("Scans that were made after this one are taken already. Look at the part, then scan it again.")
        return ScanOutcome(REFUSED, str(message), code="scan-passed")
    try:
        with nullcontext() if carry_out in OWN else undoable():
            return carry_out(said)
    except Refusal as refusal:
        return refused(refusal)


def scanned_out(one: Scanned) -> ScanOutcome:
    """The answer of packing and picking; what they refused is kept as an alarm already."""
    return refused(one.refusal) if one.refusal is not None else done(one.message)


def done(message: Any, next_step: Any = "", lot: str = "") -> ScanOutcome:
    return ScanOutcome(ACCEPTED, str(message), kind="act", lot=lot, next=str(next_step))
