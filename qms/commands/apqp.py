"""APQP projects: begun from the template, and delivered piece by piece."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal, numbering
from plant.errors import Refusal
from plant.locks import lock
from plant.models import MaterialDefinition, Partner, Person
from plant.transactions import command
from qms import apqp_template
from qms.models import (
    ApqpDeliverable,
    ApqpPhase,
    ApqpProject,
    DeliverableStatus,
    PhaseStatus,
    ProjectStatus,
)
from qms.queries import apqp as reading

STEP = 10


class ApqpRefused(Refusal):
    """A step that a project is not ready for."""

    code = "apqp-refused"


@command
def create(
    *, name: str, material: MaterialDefinition, owner: Person, gates: Sequence[datetime], by: Person, at: datetime,
    customer: Partner | None = None, level: int = 3,
) -> ApqpProject:
    """Begin a project with the five phases, each with its planned gate, and everything that is usually delivered."""
    policies.check(by, "apqp.edit")
    if not name.strip():
        raise ApqpRefused(_("Say what the project is called."), facts={"field": "name"})
    if len(gates) != len(apqp_template.PHASES) or list(gates) != sorted(gates):
        message = _("The five gates come one after the other. Correct their days.")
        raise ApqpRefused(message, facts={"field": "gate_5"})
    project = ApqpProject.objects.create(
        number=numbering.next_number("apqp"), name=name.strip(), material=material, customer=customer, level=level,
        owner=owner, opened_at=at, due_at=gates[-1],
    )
    phases = ApqpPhase.objects.bulk_create(
        ApqpPhase(project=project, number=number, due_at=due) for number, due in enumerate(gates, start=1)
    )
    ApqpDeliverable.objects.bulk_create(
        ApqpDeliverable(
            phase=phases[item.phase - 1], position=STEP * place, name=item.name, name_zh=item.name_zh,
            element=item.element, is_required=is_required(item, level), proof=item.proof,
            due_at=phases[item.phase - 1].due_at,
        )
        for place, item in enumerate(apqp_template.DELIVERABLES, start=1)
    )
    data = {"material": material.code, "level": level, "owner": owner.number}
    journal.record("apqpproject.opened", subject=project, by=by, data=data)
    return project


def is_required(item: apqp_template.Item, level: int) -> bool:
    """Whether a gate waits for it: always, or because the submission level has it submitted."""
    return item.is_required or apqp_template.asks(item.element, level) == "S"


def running(project: ApqpProject) -> ApqpProject:
    """The project under lock, while it runs."""
    found = lock(ApqpProject.objects.filter(pk=project.pk))[0]
    if found.status != ProjectStatus.RUNNING:
        message = _("%(number)s is “%(state)s” and stays as it is.")
        raise ApqpRefused(message % {"number": found.number, "state": found.get_status_display()})
    return found


def in_work(deliverable: ApqpDeliverable) -> tuple[ApqpProject, ApqpDeliverable]:
    """A running project under lock, and one of its deliverables as it stands."""
    project = running(deliverable.phase.project)
    return project, ApqpDeliverable.objects.select_related("phase").get(pk=deliverable.pk)


@command
def add(
    *, phase: ApqpPhase, name: str, due_at: datetime, by: Person, at: datetime, owner: Person | None = None,
    is_required: bool = True,
) -> ApqpDeliverable:
    """Ask for something that the template does not have."""
    policies.check(by, "apqp.edit", project=str(phase.project))
    project = running(phase.project)
    if ApqpPhase.objects.get(pk=phase.pk).status == PhaseStatus.PASSED:
        raise ApqpRefused(_("The gate of this phase is passed. Ask for it in a later phase."))
    if not name.strip() or phase.deliverables.filter(name=name.strip()).exists():
        message = _("Give it a name that no other deliverable of this phase has.")
        raise ApqpRefused(message, facts={"field": "name"})
    last = phase.deliverables.order_by("-position").first()
    made = ApqpDeliverable.objects.create(
        phase=phase, position=(last.position if last else 0) + STEP, name=name.strip(), owner=owner, due_at=due_at,
        is_required=is_required,
    )
    journal.record("apqpproject.deliverable-added", subject=project, by=by, data={"deliverable": made.name, "at": at})
    return made


@command
def assign(
    *, deliverable: ApqpDeliverable, owner: Person, due_at: datetime, by: Person, at: datetime
) -> ApqpDeliverable:
    """Say whose it is, and until when."""
    policies.check(by, "apqp.edit", deliverable=str(deliverable))
    project, found = in_work(deliverable)
    found.owner, found.due_at, found.escalations = owner, due_at, 0
    found.save(update_fields=["owner", "due_at", "escalations"])
    data = {"deliverable": found.name, "owner": owner.number, "due": due_at, "at": at}
    journal.record("apqpproject.deliverable-assigned", subject=project, by=by, data=data)
    return found


@command
def deliver(*, deliverable: ApqpDeliverable, evidence: str, by: Person, at: datetime) -> ApqpDeliverable:
    """Say what proves that it is done: a document, an address, a record here."""
    policies.check(by, "apqp.work", deliverable=str(deliverable))
    project, found = in_work(deliverable)
    check_mine(found, by)
    if not evidence.strip():
        message = _("Say what proves it: a number, an address, or the name of an attached file.")
        raise ApqpRefused(message, facts={"field": "evidence"})
    if found.proof and (why := reading.why_not_proved(found)):
        raise ApqpRefused(why)
    return _end(project, found, DeliverableStatus.DONE, evidence, by=by, at=at)


@command
def waive(*, deliverable: ApqpDeliverable, reason: str, by: Person, at: datetime) -> ApqpDeliverable:
    """Say why it does not apply to this project."""
    policies.check(by, "apqp.edit", deliverable=str(deliverable))
    project, found = in_work(deliverable)
    if not reason.strip():
        raise ApqpRefused(_("Say why it does not apply."), facts={"field": "reason"})
    return _end(project, found, DeliverableStatus.WAIVED, reason, by=by, at=at)


@command
def reopen(*, deliverable: ApqpDeliverable, reason: str, by: Person, at: datetime) -> ApqpDeliverable:
    """Have it done once more; not once the gate that rests on it is passed."""
    policies.check(by, "apqp.edit", deliverable=str(deliverable))
    project, found = in_work(deliverable)
    if found.phase.status == PhaseStatus.PASSED:
        raise ApqpRefused(_("The gate that rests on it is passed. Ask for something new in a later phase."))
    if not reason.strip():
        raise ApqpRefused(_("Say what is to be changed."), facts={"field": "reason"})
    data = {"deliverable": found.name, "at": at}
    _move(project, found, DeliverableStatus.OPEN, by=by, reason=reason, data=data)
    return found


def check_mine(deliverable: ApqpDeliverable, by: Person) -> None:
    """Only its owner, or whoever keeps the project."""
    if by.pk != deliverable.owner_id and not policies.may(by, "apqp.edit"):
        who = deliverable.owner.name if deliverable.owner else _("nobody yet")
        message = _("“%(name)s” is %(owner)s's. Ask them, or the project's leader.")
        raise ApqpRefused(message % {"name": deliverable.title, "owner": who})


def _end(
    project: ApqpProject, deliverable: ApqpDeliverable, status: str, said: str, *, by: Person, at: datetime
) -> ApqpDeliverable:
    data = {"deliverable": deliverable.name, "said": said.strip()}
    fields: dict[str, Any] = {"evidence": said.strip(), "ended_by": by, "ended_at": at}
    _move(project, deliverable, status, by=by, data=data, **fields)
    return deliverable


def _move(
    project: ApqpProject, deliverable: ApqpDeliverable, status: str, *, by: Person, data: dict[str, Any],
    reason: str = "", **fields: Any,
) -> None:
    if status not in deliverable.LIFECYCLE[DeliverableStatus(deliverable.status)]:
        raise ApqpRefused(journal.illegal(deliverable, status))
    gone = {} if fields else {"ended_by": None, "ended_at": None, "escalations": 0}
    for name, value in {"status": status, **gone, **fields}.items():
        setattr(deliverable, name, value)
    deliverable.save()
    kind = f"apqpproject.deliverable-{status.lower().replace('_', '-')}"
    journal.record(kind, subject=project, by=by, reason=reason.strip(), data=data)


@command
def cancel(*, project: ApqpProject, reason: str, by: Person, at: datetime) -> ApqpProject:
    """Give a project up, saying why."""
    policies.check(by, "apqp.edit", project=str(project))
    found = running(project)
    if not reason.strip():
        raise ApqpRefused(_("Say why the project is given up."), facts={"field": "reason"})
    journal.move(found, to=ProjectStatus.CANCELLED, by=by, reason=reason.strip(), data={"at": at})
    return found
