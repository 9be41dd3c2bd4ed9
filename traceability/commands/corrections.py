"""Changing trace data: proposed by one person, approved by another; the original is kept, and bookings are reversed."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import journal, numbering, signatures
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Meaning, Person
from plant.transactions import command, undoable
from traceability import correcting
from traceability.commands import actuals, moves
from traceability.models import (
    Bucket,
    Certainty,
    Correction,
    CorrectionKind,
    CorrectionStatus,
    LotBalance,
    MaterialActual,
    MaterialLot,
    Visit,
)
from traceability.queries import corrections as reading
from traceability.queries.corrections import Fact
from traceability.spots import Spot

AT_HAND = (Bucket.STOCK, Bucket.ISSUED)


class CorrectionRefused(Refusal):
    """A change of trace data that can't be."""

    code = "correction-refused"


@dataclass(frozen=True, slots=True)
class New:
    """What a fact becomes; the field that its kind needs."""

    text: str = ""
    moment: datetime | None = None
    person: Person | None = None
    equipment: Equipment | None = None
    lot: MaterialLot | None = None
    quantity: Decimal | None = None


@command
def propose(*, lot: MaterialLot, kind: str, key: int, new: New, reason: str, by: Person, at: datetime) -> Correction:
    """Say that a fact was recorded wrongly, what it was in truth, and how one knows. Nothing changes yet."""
    policies.check(by, "correction.propose", on=lot)
    if not reason.strip():
        raise CorrectionRefused(_("Say what happened, and how you know it."), facts={"field": "reason"})
    fact = reading.fact(lot, kind, key)
    said = spelt(fact, new, at)
    if said == fact.old:
        raise CorrectionRefused(_("This is what is recorded already. Nothing is to be changed."))
    used = new.lot or (fact.actual.lot if fact.actual else None)
    try:
        with undoable():
            made = Correction.objects.create(
                number=numbering.next_number("correction"), kind=kind, lot=lot, visit=fact.visit, actual=fact.actual,
                row=fact.row, old=fact.old[:300], new=said[:300], text=new.text.strip(), moment=new.moment,
                person=new.person, equipment=new.equipment, quantity=new.quantity, other_lot=used,
                reason=reason.strip(), asked_by=by, asked_at=at,
            )
    except IntegrityError as error:
        message = _("A change of this is proposed already. Wait until it is decided, or have it withdrawn.")
        raise CorrectionRefused(message, code="proposed-already") from error
    data = {"lot": lot.number, "what": kind, "old": made.old, "new": made.new}
    journal.record("correction.proposed", subject=made, by=by, reason=reason, data=data)
    journal.record("lot.change-proposed", subject=lot, by=by, reason=reason, data={**data, "change": made.number})
    return made


def spelt(fact: Fact, new: New, at: datetime) -> str:
    """The new value in words, or a refusal when it makes no sense."""
    if fact.kind in (CorrectionKind.SUPPLIER_LOT, CorrectionKind.VALUE):
        if not new.text.strip():
            raise CorrectionRefused(_("Enter what it was."), facts={"field": "text"})
        return new.text.strip()
    if fact.kind in (CorrectionKind.EXPIRES, CorrectionKind.MADE):
        if new.moment is None and fact.kind == CorrectionKind.MADE:
            raise CorrectionRefused(_("Enter when it was."), facts={"field": "moment"})
        if new.moment is not None and fact.kind == CorrectionKind.MADE and new.moment > at:
            raise CorrectionRefused(_("This lies in the future."), facts={"field": "moment"})
        return reading.moment(new.moment)
    if fact.kind == CorrectionKind.OPERATOR and new.person is not None:
        return reading.who(new.person)
    if fact.kind == CorrectionKind.EQUIPMENT and new.equipment is not None:
        return str(new.equipment)
    if fact.actual is None or new.quantity is None:
        raise CorrectionRefused(_("Enter what it was."))
    lot = new.lot or fact.actual.lot
    if lot.material_id != fact.actual.lot.material_id:
        message = _("%(lot)s is another material. Only lots of %(material)s can have been taken here.")
        raise CorrectionRefused(
            message % {"lot": lot.number, "material": fact.actual.lot.material}, facts={"field": "lot"}
        )
    if new.quantity:
        moves.positive(new.quantity)
    return reading.amount(new.quantity, lot)


@command
def withdraw(*, correction: Correction, reason: str, by: Person, at: datetime) -> Correction:
    """Take one's own proposal back."""
    policies.check(by, "correction.propose")
    found = _open(correction)
    if found.asked_by_id != by.pk:
        raise CorrectionRefused(_("Only who proposed it can withdraw it. You can refuse it."), code="not-own")
    journal.move(found, to=CorrectionStatus.WITHDRAWN, by=by, reason=_why(reason), decided_by=by, decided_at=at)
    return found


@command
def refuse(*, correction: Correction, reason: str, by: Person, at: datetime) -> Correction:
    """Say no; everything stays as it is recorded."""
    found = _other(correction, by)
    journal.move(found, to=CorrectionStatus.REFUSED, by=by, reason=_why(reason), decided_by=by, decided_at=at)
    return found


@command
def approve(
    *, correction: Correction, reason: str, password: str, seen_hash: str, by: Person, at: datetime
) -> Correction:
    """Let it be so, signed: the record is superseded, and the original stays beside it."""
    lock(MaterialLot.objects.filter(pk__in=[correction.lot_id, correction.other_lot_id or correction.lot_id]))
    found = _other(correction, by)
    fact = reading.of(found)
    if fact.old[:300] != found.old:
        message = _("The record changed since then: it says %(now)s now. Refuse this, and have it proposed anew.")
        raise CorrectionRefused(message % {"now": fact.old}, code="stale")
    signature = signatures.sign(
        subject=found, meaning=Meaning.APPROVED, content=reading.seen(found), seen_hash=seen_hash, password=password,
        reason=reason, by=by, at=at,
    )
    journal.move(
        found, to=CorrectionStatus.APPROVED, by=by, reason=reason, decided_by=by, decided_at=at, signature=signature
    )
    apply(found, fact, by=by, at=at)
    data = {"change": found.number, "what": found.kind, "old": found.old, "new": found.new}
    journal.record("lot.corrected", subject=found.lot, by=by, reason=found.reason, data=data)
    return found


def apply(found: Correction, fact: Fact, *, by: Person, at: datetime) -> None:
    """Write the superseding record."""
    fields = {CorrectionKind.SUPPLIER_LOT: ("supplier_lot", found.text), CorrectionKind.EXPIRES: ("expires_at",
              found.moment), CorrectionKind.MADE: ("created_at", found.moment)}
    if found.kind in fields:
        name, value = fields[CorrectionKind(found.kind)]
        MaterialLot.objects.filter(pk=found.lot_id).update(**{name: value})
    elif fact.visit is not None:
        change = {"person": found.person} if found.kind == CorrectionKind.OPERATOR else {"equipment": found.equipment}
        try:
            with undoable():
                Visit.objects.filter(pk=fact.visit.pk).update(**change)
        except IntegrityError as error:
            message = _("The lot is recorded at %(equipment)s at that time already.")
            raise CorrectionRefused(message % {"equipment": found.equipment}) from error
    elif fact.actual is not None:
        booked = rebook(found, fact.actual, by=by, at=at)
        Correction.objects.filter(pk=found.pk).update(booked=booked)
    else:
        correcting.apply(found.lot, row=found.row or 0, text=found.text, reason=found.reason, by=by, at=at)


def rebook(found: Correction, was: MaterialActual, *, by: Person, at: datetime) -> MaterialActual | None:
    """Reverse a consumption, and book what was consumed in truth: then, there, and by whom the first one was."""
    actuals.undo(actual=was, reason=f"{found.number}: {found.reason}"[:200], by=by, at=at)
    if not found.quantity or was.link is None or found.other_lot is None:
        return None
    return actuals.consume(
        lot=found.other_lot, into=was.link.child, quantity=found.quantity, source=source(found, was),
        job_order=was.job_order, operation=was.operation, equipment=was.equipment, by=was.person, at=was.at,
        certainty=Certainty(was.link.certainty),
    )


def source(found: Correction, was: MaterialActual) -> Spot:
    """Where the lot lies that was taken: at the place of the first booking, else where enough of it is at hand."""
    first = Spot(Bucket(was.move.from_bucket), was.move.from_place)
    rows = LotBalance.objects.filter(lot=found.other_lot, bucket__in=AT_HAND, quantity__gte=found.quantity)
    spots = [Spot(Bucket(row.bucket), row.place) for row in rows.order_by("bucket", "place")]
    if found.other_lot_id == was.lot_id or first in spots:
        return first
    if not spots:
        message = _("Nowhere is as much as %(quantity)s of %(lot)s at hand. Put its stock right first.")
        words = {"quantity": f"{found.quantity.normalize():f}" if found.quantity else "", "lot": found.other_lot}
        raise CorrectionRefused(message % words, code="not-there")
    return spots[0]


def _other(correction: Correction, by: Person) -> Correction:
    """The proposal of somebody else, for whoever may decide."""
    policies.check(by, "correction.approve", on=correction)
    found = _open(correction)
    if found.asked_by_id == by.pk:
        raise CorrectionRefused(_("You proposed it yourself. Somebody else must decide."), code="own-work")
    return found


def _open(correction: Correction) -> Correction:
    found = lock(reading.every().filter(pk=correction.pk))[0]
    if found.status != CorrectionStatus.PROPOSED:
        message = _("%(number)s is “%(status)s” already. Reload the page to see who decided.")
        words = {"number": found.number, "status": found.get_status_display()}
        raise CorrectionRefused(message % words, code="decided")
    return found


def _why(reason: str) -> str:
    if not reason.strip():
        raise CorrectionRefused(_("Say in a few words why."), facts={"field": "reason"})
    return reason.strip()
