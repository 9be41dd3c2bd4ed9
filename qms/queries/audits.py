"""Audits: the programme, one with its answers, what is left to answer, how it scores, what a person signs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from plant import subjects
from plant.errors import Refusal
from plant.models import Person
from qms import scoring
from qms.models import Answer, Audit, AuditAnswer, AuditChecklist, AuditQuestion, AuditStatus, Scheme

ALIVE = (AuditStatus.PLANNED, AuditStatus.RUNNING, AuditStatus.REPORTED)
FINDINGS = (Answer.MINOR, Answer.MAJOR)
POINTS_OF = {Answer.GOOD: 10, Answer.OBSERVATION: 8, Answer.MINOR: 4, Answer.MAJOR: 0}


class UnknownAudit(Refusal):
    """A number that no audit carries."""

    code = "unknown-audit"


@dataclass
class Asked:
    """One question with its answer, if there is one."""

    question: AuditQuestion
    row: AuditAnswer | None

    @property
    def pk(self) -> int:
        """What stands for it in an address."""
        return self.question.pk


def by_number(number: str) -> Audit:
    """The audit with this number."""
    found = listing().filter(number=number).first()
    if found is None:
        raise UnknownAudit(_("There is no audit “%(number)s”.") % {"number": number[:40]})
    return found


def listing() -> "QuerySet[Audit]":
    """Every audit with its number of findings."""
    rows = Audit.objects.select_related("checklist", "site", "area", "supplier", "lead", "auditee", "signature")
    return rows.annotate(finding_count=Count("answers", filter=Q(answers__answer__in=FINDINGS)))


def asked(audit: Audit) -> list[Asked]:
    """The questions in their order, each with its answer."""
    rows = {row.question_id: row for row in answers(audit)}
    questions = AuditQuestion.objects.filter(checklist=audit.checklist_id).order_by("position")
    return [Asked(one, rows.get(one.pk)) for one in questions]


def answers(audit: Audit) -> list[AuditAnswer]:
    """What was answered, by question."""
    rows = audit.answers.select_related("question", "nonconformance", "capa", "by")
    return list(rows.order_by("question__position"))


def findings(audit: Audit) -> list[AuditAnswer]:
    """The answers that something follows from."""
    return [row for row in answers(audit) if row.is_finding]


def unanswered(audit: Audit) -> list[AuditQuestion]:
    """The questions without an answer."""
    rows = AuditQuestion.objects.filter(checklist=audit.checklist_id)
    return list(rows.exclude(pk__in=audit.answers.values("question")).order_by("position"))


def answer_of(audit: Audit, pk: int) -> AuditAnswer:
    """One answer by its key."""
    row = audit.answers.select_related("question", "audit").filter(pk=pk).first()
    if row is None:
        raise UnknownAudit(_("That is not there any more. Open the page again."))
    return row


def result(audit: Audit) -> scoring.Result | None:
    """How it scores so far: by points where they are given, else by conformity."""
    counted = [row for row in answers(audit) if row.answer != Answer.NOT_ASKED]
    return scoring.result([
        scoring.Scored(row.points if row.points is not None else POINTS_OF[Answer(row.answer)], row.question.critical)
        for row in counted
    ])


def by_points(points: int) -> str:
    """What an answer says that was given in points."""
    if points == 10:
        return Answer.GOOD
    return Answer.OBSERVATION if points == 8 else Answer.MINOR if points >= 4 else Answer.MAJOR


def gives_points(audit: Audit) -> bool:
    """Whether its scheme gives points."""
    return audit.checklist.scheme == Scheme.PROCESS


def waiting(person: Person, at: datetime) -> list[Audit]:
    """Audits that somebody leads and that are not reported yet."""
    rows = Audit.objects.filter(lead=person, status__in=[AuditStatus.PLANNED, AuditStatus.RUNNING])
    return list(rows.order_by("planned_at")[:50])


def seen(audit: Audit) -> dict[str, Any]:
    """What the lead auditor has read and signs."""
    return {
        "number": audit.number, "checklist": str(audit.checklist), "status": audit.status,
        "answers": [[row.question.position, row.answer, row.points, row.evidence] for row in answers(audit)],
    }


def checklist(pk: int) -> AuditChecklist:
    """One revision of a checklist."""
    found = AuditChecklist.objects.filter(pk=pk).first()
    if found is None:
        raise UnknownAudit(_("That is not there any more. Open the page again."))
    return found


def checklist_seen(row: AuditChecklist) -> dict[str, Any]:
    """What somebody who puts a checklist into effect has read."""
    return {
        "code": row.code, "revision": row.revision, "name": row.name, "scheme": row.scheme,
        "questions": [[one.position, one.clause, one.text, one.critical] for one in row.questions.all()],
    }


def url_of(audit: Audit) -> str:
    """Its page."""
    return subjects.of_row(audit).url(audit)
