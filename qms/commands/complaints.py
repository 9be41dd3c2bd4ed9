"""A complaint from its report to its close: taken on or declined, answered by one, closed by another."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from plant import live, policies
from plant.commands import desks, journal, numbering
from plant.commands.answering import coded
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, NoticeKind, Partner, PartnerKind, Person, ReasonCode, ReasonUse
from plant.transactions import command
from qms import reopening
from qms.commands import nonconformances
from qms.models import Complaint, ComplaintStatus, Nonconformance, NonconformanceSource, Satisfaction, Severity
from qms.queries import complaints as reading
from qms.reopening import Document

ANSWER_WITHIN = {
    Severity.CRITICAL: timedelta(days=1), Severity.MAJOR: timedelta(days=5), Severity.MINOR: timedelta(days=14),
}


class ComplaintRefused(Refusal):
    """A step that a complaint is not ready for."""

    code = "complaint-refused"


@command
def report(
    *, title: str, site: Equipment, by: Person, at: datetime, owner: Person | None = None, number: str = "",
    failed_at: datetime | None = None, severity: str = Severity.MAJOR, **facts: Any,
) -> Complaint:
    """Write a complaint down. A lot or serial number is looked up: the customer, material and lot follow from it."""
    policies.check(by, "complaint.report", on=site)
    if not title.strip():
        raise ComplaintRefused(_("Say in a sentence what the customer complains about."), facts={"field": "title"})
    found = reading.meant(number) if number.strip() else None
    facts |= {"said_number": number.strip()[:80], "lot": found}
    if found is not None:
        facts["material"] = found.material
        facts["customer"] = facts.get("customer") or reading.customer_of(found)
    made = Complaint.objects.create(
        number=numbering.next_number("complaint"), title=title.strip()[:200], site=found.site if found else site,
        owner=owner or by, severity=severity, due_at=at + ANSWER_WITHIN[Severity(severity)],
        failed_at=min(failed_at or at, at), opened_by=by, opened_at=at, **facts,
    )
    data = {"lot": found.number if found else number, "severity": severity}
    journal.record("complaint.opened", subject=made, by=by, reason=made.title, data=data)
    url, told = reading.url(made), f"{made.number} · {made.title}"
    desks.tell(person=made.owner, kind=NoticeKind.NEWS, title=told, url=url, by=by, at=at)
    live.push("news", "complaint", {"number": made.number})
    return made


@command
def accept(*, complaint: Complaint, owner: Person, by: Person, at: datetime) -> Complaint:
    """Take a complaint on: somebody answers for it now."""
    policies.check(by, "complaint.triage", on=complaint.site)
    fresh = _locked(complaint)
    journal.move(fresh, to=ComplaintStatus.ACCEPTED, by=by, data={"owner": owner.number}, owner=owner)
    url, told = reading.url(fresh), f"{fresh.number} · {fresh.title}"
    desks.tell(person=owner, kind=NoticeKind.NEWS, title=told, url=url, by=by, at=at)
    return fresh


@command
def decline(*, complaint: Complaint, reason: str, by: Person, at: datetime) -> Complaint:
    """Decline what is none of ours, and say why."""
    policies.check(by, "complaint.triage", on=complaint.site)
    if not reason.strip():
        raise ComplaintRefused(_("Say why it is declined: the customer is told."), facts={"field": "reason"})
    fresh = _locked(complaint)
    journal.move(fresh, to=ComplaintStatus.DECLINED, by=by, reason=reason)
    return fresh


@command
def open_case(*, complaint: Complaint, by: Person, at: datetime) -> Nonconformance:
    """Open a nonconformance about the complaint's lot: it and all that was made from it are held."""
    policies.check(by, "complaint.triage", on=complaint.site)
    fresh = _locked(complaint)
    if fresh.nonconformance is not None:
        return fresh.nonconformance
    if fresh.lot is None:
        raise ComplaintRefused(_("The complaint names no lot that we know. Report the nonconformance by hand."))
    case = nonconformances.open(
        title=fresh.title, lots=[fresh.lot], severity=fresh.severity, description=fresh.description,
        source_kind=NonconformanceSource.CUSTOMER, source_id=fresh.number, partner=fresh.customer,
        material=fresh.material, by=by, at=at,
    )
    Complaint.objects.filter(pk=fresh.pk).update(nonconformance=case)
    journal.record("complaint.case-opened", subject=fresh, by=by, data={"nonconformance": case.number})
    return case


@command
def answer(
    *, complaint: Complaint, text: str, by: Person, at: datetime, cause: ReasonCode | None = None
) -> Complaint:
    """Answer the customer: what it was, and what is done so that it stays away."""
    policies.check(by, "complaint.answer", on=complaint.site)
    if not text.strip():
        raise ComplaintRefused(_("Write what the customer is answered."), facts={"field": "text"})
    fresh = _locked(complaint)
    code = coded(cause, ReasonUse.CAUSE) if cause else None
    fields: dict[str, Any] = {"answer": text.strip(), "answered_by": by, "answered_at": at, "cause": code}
    journal.move(fresh, to=ComplaintStatus.ANSWERED, by=by, reason=text[:2000], **fields)
    return fresh


@command
def reopen(*, complaint: Complaint, reason: str, by: Person, at: datetime) -> Complaint:
    """The customer is not content with the answer: work goes on, with a new day."""
    policies.check(by, "complaint.triage", on=complaint.site)
    if not reason.strip():
        raise ComplaintRefused(_("Say what the customer misses."), facts={"field": "reason"})
    fresh = _locked(complaint)
    due = at + ANSWER_WITHIN[Severity(fresh.severity)]
    journal.move(fresh, to=ComplaintStatus.ACCEPTED, by=by, reason=reason, due_at=due, escalations=0)
    return fresh


@command
def close(*, complaint: Complaint, reason: str, by: Person, at: datetime) -> Complaint:
    """Close what is answered, once nothing is expected back; somebody else than who answered."""
    policies.check(by, "complaint.close", on=complaint.site)
    fresh = _locked(complaint)
    if fresh.status == ComplaintStatus.ANSWERED and fresh.answered_by_id == by.pk:
        raise ComplaintRefused(_("You answered it yourself. Somebody else closes it."), code="own-work")
    open_returns = fresh.rmas.exclude(status__in=["CLOSED", "CANCELLED"]).first()
    if open_returns is not None:
        message = _("%(rma)s is not finished. Finish or cancel it first.")
        raise ComplaintRefused(message % {"rma": open_returns.number})
    journal.move(fresh, to=ComplaintStatus.CLOSED, by=by, reason=reason, closed_by=by, closed_at=at)
    return fresh


@command
def revise(*, complaint: Complaint, kind: str, key: str, reason: str, by: Person, at: datetime) -> Document:
    """Open a draft of the next revision of an FMEA or a control plan, so that what customers met is planned for."""
    policies.check(by, "complaint.triage", on=complaint.site)
    fresh, keeper = _locked(complaint), reopening.of(kind)
    if fresh.status == ComplaintStatus.DECLINED:
        raise ComplaintRefused(_("This complaint is over."))
    if keeper is None or key not in {one.key for one in reopening.offered(kind, fresh.material_id)}:
        raise ComplaintRefused(_("That document is not there any more. Open the page again."))
    if not reason.strip():
        raise ComplaintRefused(_("Say what is to be changed in it, and why."), facts={"field": "reason"})
    made = keeper.revise(key, reopening.Caller("COMPLAINT", fresh.number), reason, by, at)
    data = {"document": made.label, "kind": kind}
    journal.record("complaint.revision-opened", subject=fresh, by=by, reason=reason, data=data)
    return made


@command
def record_satisfaction(
    *, customer: Partner, topic: str, score: int, by: Person, at: datetime, contact: str = "", remark: str = ""
) -> Satisfaction:
    """Write down what a customer said how content they are."""
    policies.check(by, "survey.record")
    if customer.kind != PartnerKind.CUSTOMER or not 0 <= score <= 10:
        raise ComplaintRefused(_("Choose a customer and a score from 0 to 10."), facts={"field": "score"})
    made = Satisfaction.objects.create(
        customer=customer, topic=topic, score=score, contact=contact, remark=remark, by=by, at=at
    )
    data = {"customer": customer.code, "topic": topic, "score": score}
    journal.record("satisfaction.recorded", subject=made, by=by, reason=remark, data=data)
    return made


def _locked(complaint: Complaint) -> Complaint:
    rows = Complaint.objects.select_related("site", "lot__site", "lot__material", "nonconformance", "owner")
    return lock(rows.filter(pk=complaint.pk))[0]
