"""What lets a gate of an APQP project be passed: reports of tests, and the signature."""

from datetime import datetime

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal, signatures
from plant.locks import lock
from plant.models import Meaning, Person
from plant.transactions import command
from qms import apqp_template
from qms.commands.apqp import ApqpRefused, check_mine, in_work, running
from qms.models import (
    ApqpDeliverable,
    ApqpPhase,
    PhaseStatus,
    ProjectStatus,
    ReportResult,
    ValidationReport,
)
from qms.queries import apqp as reading


@command
def report(
    *, deliverable: ApqpDeliverable, number: str, title: str, requirement: str, samples: int, result: str,
    finding: str, by: Person, at: datetime, replaces: ValidationReport | None = None,
) -> ValidationReport:
    """Keep a test of the design or of the product; one that failed stays, and is replaced by the one that passed."""
    policies.check(by, "apqp.work", deliverable=str(deliverable))
    project, found = in_work(deliverable)
    check_mine(found, by)
    if not found.proof:
        raise ApqpRefused(_("This deliverable is not proved by reports. Say what proves it instead."))
    said = {"number": number.strip(), "title": title.strip(), "requirement": requirement.strip(),
            "finding": finding.strip()}
    if empty := next((name for name, value in said.items() if not value), None):
        raise ApqpRefused(_("A report needs its number, test, requirement and finding."), facts={"field": empty})
    if found.reports.filter(number=said["number"]).exists():
        message = _("There is a report “%(number)s” of this deliverable already.")
        raise ApqpRefused(message % {"number": said["number"]}, facts={"field": "number"})
    if replaces is not None and (replaces.result == ReportResult.PASS or hasattr(replaces, "replaced_by")):
        raise ApqpRefused(_("Only a failed report that nothing replaces yet can be replaced."),
                          facts={"field": "replaces"})
    made = ValidationReport.objects.create(
        deliverable=found, kind=found.proof, samples=samples, result=result, replaces=replaces, by=by, at=at, **said
    )
    data = {"deliverable": found.name, "report": made.number, "result": result}
    journal.record("apqpproject.tested", subject=project, by=by, data=data)
    return made


@command
def pass_gate(
    *, phase: ApqpPhase, reason: str, password: str, seen_hash: str, by: Person, at: datetime
) -> ApqpPhase:
    """Sign the gate at the end of a phase; the last one closes the project."""
    policies.check(by, "apqp.sign", phase=str(phase))
    project = running(phase.project)
    found = lock(ApqpPhase.objects.filter(pk=phase.pk))[0]
    if why := reading.why_not_pass(found, by):
        raise ApqpRefused(why, code="gate-waits")
    signatures.sign(
        subject=found, meaning=Meaning.APPROVED, content=reading.seen(found), seen_hash=seen_hash, password=password,
        reason=reason, by=by, at=at,
    )
    journal.move(found, to=PhaseStatus.PASSED, by=by, reason=reason, passed_by=by, passed_at=at)
    journal.record("apqpproject.gate-passed", subject=project, by=by, reason=reason, data={"phase": found.number})
    if found.number == len(apqp_template.PHASES):
        journal.move(project, to=ProjectStatus.CLOSED, by=by)
    return found
