"""An audit from plan to close: answered question by question, reported under a signature, closed with its findings."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import desks, journal, numbering, signatures
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Meaning, NoticeKind, Partner, Person, RevisionStatus
from plant.transactions import command
from qms.commands import capas, nonconformances
from qms.models import (
    Answer,
    Audit,
    AuditAnswer,
    AuditChecklist,
    AuditQuestion,
    AuditStatus,
    CapaMethod,
    CapaSource,
    CorrectiveAction,
    Nonconformance,
    NonconformanceSource,
    Severity,
)
from qms.queries import audits as reading

GRAVE = {Answer.MAJOR: Severity.MAJOR, Answer.MINOR: Severity.MINOR}


class AuditRefused(Refusal):
    """A step that an audit is not ready for."""

    code = "audit-refused"


@command
def approve(
    *, checklist: AuditChecklist, reason: str, password: str, seen_hash: str, by: Person, at: datetime
) -> AuditChecklist:
    """Put a draft into effect, signed; the revision before it is obsolete, and audits by it keep it."""
    policies.check(by, "audit.plan")
    rows = lock(AuditChecklist.objects.filter(code=checklist.code))
    fresh = next(one for one in rows if one.pk == checklist.pk)
    if fresh.status != RevisionStatus.DRAFT or not fresh.questions.exists():
        raise AuditRefused(_("Only a draft with questions is put into effect."))
    signatures.sign(
        subject=fresh, meaning=Meaning.APPROVED, content=reading.checklist_seen(fresh), seen_hash=seen_hash,
        password=password, reason=reason, by=by, at=at,
    )
    for former in rows:
        if former.status == RevisionStatus.EFFECTIVE:
            AuditChecklist.objects.filter(pk=former.pk).update(status=RevisionStatus.OBSOLETE)
            journal.record("auditchecklist.retired", subject=former, by=by)
    AuditChecklist.objects.filter(pk=fresh.pk).update(status=RevisionStatus.EFFECTIVE, effective_at=at)
    journal.record("auditchecklist.approved", subject=fresh, by=by, reason=reason)
    fresh.refresh_from_db()
    return fresh


@command
def plan(
    *, title: str, checklist: AuditChecklist, site: Equipment, lead: Person, planned_at: datetime, by: Person,
    at: datetime, area: Equipment | None = None, supplier: Partner | None = None, auditee: Person | None = None,
) -> Audit:
    """Put an audit on the programme; its auditor and whoever is audited are told."""
    policies.check(by, "audit.plan", on=site)
    if checklist.status != RevisionStatus.EFFECTIVE:
        message = _("%(checklist)s is not in effect.")
        raise AuditRefused(message % {"checklist": checklist}, facts={"field": "checklist"})
    if not title.strip():
        raise AuditRefused(_("Name the audit."), facts={"field": "title"})
    if auditee is not None and auditee.pk == lead.pk:
        raise AuditRefused(_("Nobody audits themselves. Choose another auditor."), facts={"field": "lead"})
    made = Audit.objects.create(
        number=numbering.next_number("audit"), title=title.strip(), checklist=checklist, site=site, area=area,
        supplier=supplier, lead=lead, auditee=auditee, planned_at=planned_at, planned_by=by,
    )
    data = {"checklist": str(checklist), "lead": lead.number, "planned_at": planned_at}
    journal.record("audit.planned", subject=made, by=by, data=data)
    for person in (lead, auditee):
        if person is not None:
            words = f"{made.number} {made.title}"
            url = reading.url_of(made)
            desks.tell(person=person, kind=NoticeKind.NEWS, title=words, url=url, by=by, at=at)
    return made


@command
def answer(
    *, audit: Audit, question: AuditQuestion, answer: str, by: Person, at: datetime, points: int | None = None,
    evidence: str = "",
) -> AuditAnswer:
    """Answer one question; answered again, the later word counts. The first answer begins the audit."""
    policies.check(by, "audit.conduct")
    found = _locked(audit)
    if question.checklist_id != found.checklist_id:
        raise AuditRefused(_("That question belongs to another checklist."))
    if found.status == AuditStatus.PLANNED:
        journal.move(found, to=AuditStatus.RUNNING, by=by, started_at=at)
    if found.status != AuditStatus.RUNNING:
        raise AuditRefused(_("%(number)s is reported; its answers stay as they were signed.") % {
            "number": found.number
        })
    if answer not in (Answer.GOOD, Answer.NOT_ASKED) and not evidence.strip():
        raise AuditRefused(_("Say what you saw: a finding needs its evidence."), facts={"field": "evidence"})
    fields: dict[str, Any] = {
        "answer": answer, "points": points, "evidence": evidence.strip(), "by": by, "at": at
    }
    row = AuditAnswer.objects.update_or_create(audit=found, question=question, defaults=fields)[0]
    data = {"question": question.position, "clause": question.clause, "answer": answer, "points": points}
    journal.record("audit.answered", subject=found, by=by, reason=evidence, data=data)
    return row


@command
def report(
    *, audit: Audit, summary: str, hours: Decimal, reason: str, password: str, seen_hash: str, by: Person, at: datetime
) -> Audit:
    """Sign the report; what was found leads on from here, and without findings the audit is over."""
    policies.check(by, "audit.conduct")
    found = _locked(audit)
    if found.status != AuditStatus.RUNNING:
        raise AuditRefused(_("%(number)s is not under way.") % {"number": found.number})
    if found.lead_id != by.pk:
        raise AuditRefused(_("The lead auditor signs the report: %(person)s.") % {"person": found.lead})
    left = reading.unanswered(found)
    if left:
        raise AuditRefused(_("%(count)s questions have no answer yet.") % {"count": len(left)}, code="unanswered")
    if not summary.strip():
        raise AuditRefused(_("Sum up in a few sentences what you found."), facts={"field": "summary"})
    content = reading.seen(found)
    if seen_hash != signatures.content_hash(content):
        raise signatures.SignatureRefused(
            _("%(number)s changed after you opened it. Reload the page, read it again, then sign.")
            % {"number": found.number}
        )
    content = {**content, "summary": summary.strip()}
    signature = signatures.sign(
        subject=found, meaning=Meaning.APPROVED, content=content, seen_hash=signatures.content_hash(content),
        password=password, reason=reason, by=by, at=at,
    )
    result = reading.result(found)
    journal.move(
        found, to=AuditStatus.REPORTED, by=by, reason=summary, summary=summary.strip(), hours=hours, reported_at=at,
        signature=signature, score=Decimal(str(result.percent)) if result else None,
        grade=result.grade if result else "",
    )
    return close_if_settled(found, by=by, at=at)


@command
def open_case(*, row: AuditAnswer, by: Person, at: datetime) -> Nonconformance:
    """A finding becomes a nonconformance, once."""
    policies.check(by, "audit.conduct")
    audit = _locked(row.audit)
    row.refresh_from_db()
    _check_finding(row)
    place = audit.area or audit.site
    case = nonconformances.open(
        title=f"{audit.number} {row.question.clause} {row.evidence[:120]}".strip(), equipment=place, by=by, at=at,
        description=f"{row.question.text}\n\n{row.evidence}", source_kind=NonconformanceSource.AUDIT,
        source_id=audit.number, severity=GRAVE[Answer(row.answer)], partner=audit.supplier,
    )
    AuditAnswer.objects.filter(pk=row.pk).update(nonconformance=case)
    _told(audit, row, case.number, by)
    return case


@command
def open_capa(
    *, row: AuditAnswer, owner: Person, due_at: datetime, check_due_at: datetime, by: Person, at: datetime
) -> CorrectiveAction:
    """A finding becomes a CAPA, once."""
    policies.check(by, "audit.conduct")
    audit = _locked(row.audit)
    row.refresh_from_db()
    _check_finding(row)
    capa = capas.open(
        title=f"{audit.number} {row.question.clause} {row.evidence[:120]}".strip()[:200],
        problem=f"{row.question.text}\n\n{row.evidence}", owner=owner, due_at=due_at, check_due_at=check_due_at,
        source_kind=CapaSource.AUDIT, source_id=audit.number, site=audit.site, severity=GRAVE[Answer(row.answer)],
        method=CapaMethod.SIMPLE, by=by, at=at,
    )
    AuditAnswer.objects.filter(pk=row.pk).update(capa=capa)
    _told(audit, row, capa.number, by)
    return capa


@command
def close(*, audit: Audit, by: Person, at: datetime) -> Audit:
    """Close an audit whose findings are all settled."""
    policies.check(by, "audit.plan")
    found = _locked(audit)
    left = [row for row in reading.findings(found) if not row.is_settled]
    if left:
        message = _("%(number)s can't be closed: %(count)s findings are not settled yet.")
        raise AuditRefused(message % {"number": found.number, "count": len(left)}, code="findings-open")
    journal.move(found, to=AuditStatus.CLOSED, by=by, closed_at=at)
    return found


@command
def cancel(*, audit: Audit, reason: str, by: Person, at: datetime) -> Audit:
    """Take a planned audit off the programme."""
    policies.check(by, "audit.plan")
    if not reason.strip():
        raise AuditRefused(_("Say why."), facts={"field": "reason"})
    found = _locked(audit)
    journal.move(found, to=AuditStatus.CANCELLED, by=by, reason=reason.strip())
    return found


def close_if_settled(audit: Audit, *, by: Person, at: datetime) -> Audit:
    """Without findings there is nothing to wait for."""
    if not reading.findings(audit):
        journal.move(audit, to=AuditStatus.CLOSED, by=by, closed_at=at)
    return audit


def _check_finding(row: AuditAnswer) -> None:
    if not row.is_finding:
        raise AuditRefused(_("Only a finding leads on."))
    if row.nonconformance_id or row.capa_id:
        raise AuditRefused(_("This finding led to something already. Open the page again."))


def _told(audit: Audit, row: AuditAnswer, number: str, by: Person) -> None:
    data = {"question": row.question.position, "into": number}
    journal.record("audit.finding-opened", subject=audit, by=by, data=data)


def _locked(audit: Audit) -> Audit:
    return lock(Audit.objects.select_related("checklist", "site", "area", "lead", "supplier").filter(pk=audit.pk))[0]
