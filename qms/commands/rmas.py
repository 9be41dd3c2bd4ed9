"""Goods that come back from a customer: expected, received into a hold, analysed by one, decided by another, done."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal, numbering
from plant.locks import lock
from plant.models import Equipment, Person
from plant.transactions import command
from qms import returning
from qms.commands.complaints import ComplaintRefused
from qms.models import Complaint, ComplaintStatus, Rma, RmaDecision, RmaStatus
from qms.queries import complaints as reading
from traceability.models import MaterialLot


@command
def open_rma(
    *, complaint: Complaint, lot: MaterialLot, quantity: Decimal, in_warranty: bool, by: Person, at: datetime
) -> Rma:
    """Let a customer send pieces of a lot back, against the shipment that it left with."""
    policies.check(by, "rma.open", on=complaint.site)
    found = lock(Complaint.objects.filter(pk=complaint.pk))[0]
    if found.status in (ComplaintStatus.CLOSED, ComplaintStatus.DECLINED):
        raise ComplaintRefused(_("This complaint is over. Write a new one down."))
    shipment, there = reading.with_customer(lot)
    if shipment is None or not 0 < quantity <= there:
        message = _("Of lot %(lot)s, %(there)s are with a customer. Check the number on the label.")
        raise ComplaintRefused(message % {"lot": lot.number, "there": f"{there.normalize():f}"}, facts={"field": "lot"})
    standing = Rma.objects.filter(lot=lot, shipment=shipment, status=RmaStatus.OPEN).first()
    if standing is not None:
        message = _("%(rma)s expects this lot already.")
        raise ComplaintRefused(message % {"rma": standing.number})
    made = Rma.objects.create(
        number=numbering.next_number("rma"), complaint=found, site=found.site, lot=lot, shipment=shipment,
        quantity=quantity, in_warranty=in_warranty, opened_by=by, opened_at=at,
    )
    data = {"lot": lot.number, "quantity": quantity, "complaint": found.number}
    journal.record("rma.opened", subject=made, by=by, data=data)
    journal.record("complaint.return-allowed", subject=found, by=by, data={"rma": made.number})
    return made


@command
def receive(*, rma: Rma, store: Equipment, by: Person, at: datetime) -> Rma:
    """It came back: into a store, held until quality has decided, by the same command as every return."""
    policies.check(by, "rma.receive", on=rma.site)
    fresh = _locked(rma)
    if fresh.status != RmaStatus.OPEN:
        raise ComplaintRefused(_("This return came in already, or was called off."))
    returning.take_back(
        shipment=fresh.shipment, code=fresh.lot.number, quantity=fresh.quantity, store=store,
        reason=f"{fresh.number} · {fresh.complaint.number}", by=by, at=at,
    )
    journal.move(fresh, to=RmaStatus.RECEIVED, by=by, data={"store": store.code}, received_at=at)
    return fresh


@command
def analyse(*, rma: Rma, analysis: str, by: Person, at: datetime) -> Rma:
    """Write what was found on the pieces."""
    policies.check(by, "rma.analyse", on=rma.site)
    if not analysis.strip():
        raise ComplaintRefused(_("Say what was found, or that nothing was."), facts={"field": "analysis"})
    fresh = _locked(rma)
    journal.move(fresh, to=RmaStatus.ANALYSED, by=by, reason=analysis, analysis=analysis.strip(), analysed_by=by)
    return fresh


@command
def decide(*, rma: Rma, decision: str, reason: str, by: Person, at: datetime) -> Rma:
    """Repair, replace, credit, or send back as it is; somebody else than who analysed."""
    policies.check(by, "rma.decide", on=rma.site)
    fresh = _locked(rma)
    if fresh.analysed_by_id == by.pk:
        raise ComplaintRefused(_("You analysed it yourself. Somebody else decides."), code="own-work")
    if not reason.strip():
        raise ComplaintRefused(_("Say in a few words why."), facts={"field": "reason"})
    data = {"decision": decision}
    journal.move(
        fresh, to=RmaStatus.DECIDED, by=by, reason=reason, data=data, decision=RmaDecision(decision), decided_by=by
    )
    return fresh


@command
def finish(*, rma: Rma, done: str, by: Person, at: datetime) -> Rma:
    """What was done: which part was repaired, what was sent instead. It stands in the dossier of the serial."""
    policies.check(by, "rma.finish", on=rma.site)
    if not done.strip():
        raise ComplaintRefused(_("Say what was done: it stands in the dossier of the lot."), facts={"field": "done"})
    fresh = _locked(rma)
    journal.move(fresh, to=RmaStatus.CLOSED, by=by, reason=done, done=done.strip(), closed_at=at)
    data = {"rma": fresh.number, "decision": fresh.decision, "in_warranty": fresh.in_warranty}
    journal.record("lot.served", subject=fresh.lot, by=by, reason=done, data=data)
    return fresh


@command
def cancel(*, rma: Rma, reason: str, by: Person, at: datetime) -> Rma:
    """Nothing will come back."""
    policies.check(by, "rma.open", on=rma.site)
    if not reason.strip():
        raise ComplaintRefused(_("Say in a few words why."), facts={"field": "reason"})
    fresh = _locked(rma)
    journal.move(fresh, to=RmaStatus.CANCELLED, by=by, reason=reason)
    return fresh


def _locked(rma: Rma) -> Rma:
    rows = Rma.objects.select_related("complaint", "lot", "shipment__customer", "shipment__site", "site")
    return lock(rows.filter(pk=rma.pk))[0]
