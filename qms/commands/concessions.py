"""Concessions: asked for, agreed with the customer, approved by another person, used up to their limit."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import DatabaseError, IntegrityError
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import journal, numbering, signatures
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, MaterialDefinition, Meaning, Partner, Person
from plant.transactions import command, sqlstate, undoable
from qms.models import (
    Concession,
    ConcessionKind,
    ConcessionLot,
    ConcessionStatus,
    ConcessionUse,
    Disposition,
    Nonconformance,
)
from qms.queries import concessions as reading
from traceability.commands import moves
from traceability.models import MaterialLot

NOT_IN_FORCE, NOT_THIS_LOT = "ZZ407", "ZZ408"


class ConcessionRefused(Refusal):
    """A concession that can't be given or used."""

    code = "concession-refused"


@command
def ask(
    *, title: str, reason: str, material: MaterialDefinition, site: Equipment, quantity: Decimal, valid_from: datetime,
    valid_to: datetime, by: Person, at: datetime, kind: str = ConcessionKind.CONCESSION,
    nonconformance: Nonconformance | None = None, lots: Iterable[MaterialLot] = (), customer: Partner | None = None,
) -> Concession:
    """Ask that so many pieces may be used although they are not as specified."""
    policies.check(by, "concession.ask", on=site)
    if not title.strip() or not reason.strip():
        raise ConcessionRefused(_("Say what is not as specified, and why it may be used all the same."))
    if valid_to <= valid_from:
        raise ConcessionRefused(_("It must end after it begins."), facts={"field": "valid_to"})
    wrong = [lot.number for lot in lots if lot.material_id != material.pk]
    if wrong:
        message = _("Lot %(lot)s is not of %(material)s.")
        raise ConcessionRefused(message % {"lot": wrong[0], "material": material.code}, facts={"field": "lots"})
    made = Concession.objects.create(
        number=numbering.next_number("concession"), kind=kind, title=title.strip(), reason=reason.strip(), site=site,
        material=material, nonconformance=nonconformance, quantity=moves.positive(quantity), valid_from=valid_from,
        valid_to=valid_to, customer=customer, asked_by=by, asked_at=at,
    )
    ConcessionLot.objects.bulk_create(ConcessionLot(concession=made, lot=lot) for lot in lots)
    data = {"material": material.code, "quantity": quantity, "lots": [lot.number for lot in lots][:200]}
    journal.record("concession.asked", subject=made, by=by, reason=reason, data=data)
    return made


@command
def note_customer(
    *, concession: Concession, person: str, document: str, agreed_at: datetime, by: Person, at: datetime
) -> Concession:
    """The customer agrees: who said so, when, and by which document."""
    policies.check(by, "concession.ask")
    found = _open(concession)
    if found.customer_id is None:
        raise ConcessionRefused(_("%(number)s needs no customer's word.") % {"number": found.number})
    if not person.strip() or not document.strip():
        raise ConcessionRefused(_("Name who agreed at the customer, and the document that says so."))
    fields = {"customer_person": person.strip(), "customer_document": document.strip(), "customer_at": agreed_at}
    Concession.objects.filter(pk=found.pk).update(**fields)
    journal.record("concession.customer-agreed", subject=found, by=by, data=fields)
    found.refresh_from_db()
    return found


@command
def approve(
    *, concession: Concession, reason: str, password: str, seen_hash: str, by: Person, at: datetime
) -> Concession:
    """Give it, signed, by another person than asked for it, once the customer agreed where that is needed."""
    policies.check(by, "concession.approve")
    found = _open(concession)
    if found.asked_by_id == by.pk:
        raise ConcessionRefused(_("You asked for it yourself. Somebody else must approve it."), code="own-work")
    if found.customer_id and found.customer_at is None:
        message = _("%(customer)s has not agreed yet. Enter who agreed, and the document.")
        raise ConcessionRefused(message % {"customer": found.customer}, code="customer-silent")
    signature = signatures.sign(
        subject=found, meaning=Meaning.APPROVED, content=reading.seen(found), seen_hash=seen_hash, password=password,
        reason=reason, by=by, at=at,
    )
    journal.move(
        found, to=ConcessionStatus.APPROVED, by=by, reason=reason, approved_by=by, approved_at=at, signature=signature
    )
    return found


@command
def refuse(*, concession: Concession, reason: str, by: Person, at: datetime) -> Concession:
    """Say no."""
    policies.check(by, "concession.approve")
    found = _open(concession)
    journal.move(found, to=ConcessionStatus.REFUSED, by=by, reason=_why(reason))
    return found


@command
def end(*, concession: Concession, reason: str, by: Person, at: datetime) -> Concession:
    """Nothing more is used under it from now on."""
    policies.check(by, "concession.approve")
    found = lock(Concession.objects.filter(pk=concession.pk))[0]
    journal.move(found, to=ConcessionStatus.ENDED, by=by, reason=_why(reason))
    return found


@command
def use(
    *, concession: Concession, lot: MaterialLot, quantity: Decimal, note: str, by: Person, at: datetime
) -> ConcessionUse:
    """Book pieces that were made or let through under it; the last one is given once."""
    policies.check(by, "concession.use")
    check(concession, lot, quantity, at)
    return _use(concession, lot, quantity, None, by, at, note=note.strip()[:200])


def use_for(made: Disposition, *, by: Person, at: datetime) -> ConcessionUse:
    """Book what a decision let through under its concession."""
    if made.concession is None:
        raise ConcessionRefused(_("Choose the concession that it is used under."))
    return _use(made.concession, made.lot, made.quantity, made, by, at)


def _use(
    concession: Concession, lot: MaterialLot, quantity: Decimal, made: Disposition | None, by: Person, at: datetime, *,
    note: str = "",
) -> ConcessionUse:
    """The database counts under the lock of the concession, and refuses one piece too many."""
    row = ConcessionUse(
        concession=concession, lot=lot, quantity=moves.positive(quantity), disposition=made, note=note, by=by, at=at
    )
    try:
        with undoable():
            row.save(force_insert=True)
    except DatabaseError as error:
        raise refusal(error, concession, lot) from error
    data = {"lot": lot.number, "quantity": quantity}
    journal.record("concession.used", subject=concession, by=by, reason=note, data=data)
    return row


def check(concession: Concession | None, lot: MaterialLot, quantity: Decimal, at: datetime) -> None:
    """Refuse early, in words, what the database would refuse."""
    if concession is None:
        message = _("Choose the concession that lot %(lot)s is used under.")
        raise ConcessionRefused(message % {"lot": lot.number}, facts={"lot": lot.number})
    found = lock(Concession.objects.filter(pk=concession.pk))[0]
    why = reading.why_not(found, lot, quantity, at)
    if why:
        raise ConcessionRefused(why, code="concession-limit", facts={"lot": lot.number})


def refusal(error: DatabaseError, concession: Concession, lot: MaterialLot) -> Exception:
    """What the database's own gate means to a person."""
    words = {"number": concession.number, "lot": lot.number}
    if sqlstate(error) == NOT_IN_FORCE:
        return ConcessionRefused(_("%(number)s is not in force at this time.") % words, code="concession-limit")
    if sqlstate(error) == NOT_THIS_LOT:
        return ConcessionRefused(_("%(number)s is not for lot %(lot)s.") % words, code="concession-limit")
    if isinstance(error, IntegrityError):
        message = _("%(number)s is used up: fewer pieces are left than you entered. Ask for another one.")
        return ConcessionRefused(message % words, code="concession-limit")
    return error


def _open(concession: Concession) -> Concession:
    found = lock(Concession.objects.select_related("customer").filter(pk=concession.pk))[0]
    if found.status != ConcessionStatus.ASKED:
        message = _("%(number)s is “%(status)s” already.")
        raise ConcessionRefused(message % {"number": found.number, "status": found.get_status_display()})
    return found


def _why(reason: str) -> str:
    if not reason.strip():
        raise ConcessionRefused(_("Say why."), facts={"field": "reason"})
    return reason.strip()


