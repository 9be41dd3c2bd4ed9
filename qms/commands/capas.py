"""CAPA: opened for what must not come again, its root cause, and the check by another person that it worked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from plant import policies, scoping
from plant.commands import journal, numbering, signatures
from plant.models import Equipment, MaterialDefinition, Meaning, Partner, Person
from plant.transactions import command
from qms.commands import capa_stages
from qms.commands.capa_actions import add_action, finish_action, verify_action
from qms.commands.capa_working import RUNNING, CapaRefused, locked, said, working
from qms.models import (
    CapaCase,
    CapaMethod,
    CapaSource,
    CapaStatus,
    CorrectiveAction,
    Nonconformance,
    Severity,
    TeamRole,
)
from qms.queries import capas as reading

__all__ = [
    "RUNNING", "CapaRefused", "add_action", "add_cases", "check", "close", "finish_action", "open", "set_root_cause",
    "start_check", "verify_action", "working",
]


@command
def open(
    *, title: str, problem: str, owner: Person, due_at: datetime, check_due_at: datetime, by: Person, at: datetime,
    nonconformance: Nonconformance | None = None, others: Sequence[Nonconformance] = (),
    method: str = CapaMethod.SIMPLE, source_kind: str = CapaSource.NONCONFORMANCE, source_id: str = "",
    site: Equipment | None = None, material: MaterialDefinition | None = None, customer: Partner | None = None,
    severity: str = "",
) -> CorrectiveAction:
    """Begin to find out why, so that it stays away: for one nonconformance, for several, or for something else."""
    policies.check(by, "capa.open")
    place = nonconformance.site if nonconformance else site
    if place is None or not title.strip() or not problem.strip():
        raise CapaRefused(_("Say in a sentence what the problem is."))
    if check_due_at < due_at:
        message = _("The effectiveness check can't come before the actions are due. Choose a later day.")
        raise CapaRefused(message, facts={"field": "check_due_at"})
    graver = nonconformance.severity if nonconformance else Severity.MAJOR
    capa = CorrectiveAction.objects.create(
        number=numbering.next_number("capa"), nonconformance=nonconformance, site=place, title=title.strip(),
        problem=problem.strip(), owner=owner, due_at=due_at, check_due_at=check_due_at, opened_at=at,
        source_kind=source_kind, source_id=nonconformance.number if nonconformance else source_id.strip(),
        material=material or (reading.material_of(nonconformance) if nonconformance else None), customer=customer,
        severity=severity or graver,
    )
    data = {"source": f"{source_kind} {capa.source_id}".strip(), "owner": owner.number, "method": method}
    journal.record("correctiveaction.opened", subject=capa, by=by, reason=problem, data=data)
    _take(capa, [one for one in (nonconformance, *others) if one is not None], by=by)
    if method == CapaMethod.EIGHT_D:
        capa_stages.begin(capa=capa, by=by, at=at)
        capa_stages.join(capa=capa, person=owner, role=TeamRole.LEADER, by=by, at=at)
    return capa


def _take(capa: CorrectiveAction, cases: Sequence[Nonconformance], *, by: Person) -> None:
    for case in cases:
        scoping.check(by, case)
        is_new = CapaCase.objects.get_or_create(capa=capa, nonconformance=case)[1]
        if is_new:
            journal.record("nonconformance.capa-opened", subject=case, by=by, data={"capa": capa.number})


@command
def add_cases(
    *, capa: CorrectiveAction, cases: Sequence[Nonconformance], by: Person, at: datetime
) -> CorrectiveAction:
    """More nonconformances of the same kind: this CAPA answers them too."""
    policies.check(by, "capa.edit", capa=capa.number)
    fresh = working(capa)
    _take(fresh, cases, by=by)
    data = {"nonconformances": [case.number for case in cases]}
    journal.record("correctiveaction.cases-added", subject=fresh, by=by, data=data)
    return fresh


@command
def set_root_cause(*, capa: CorrectiveAction, root_cause: str, by: Person, at: datetime) -> CorrectiveAction:
    """Write down why it happened."""
    policies.check(by, "capa.edit", capa=capa.number)
    fresh = working(capa)
    capa_stages.check_open(fresh, "D4")
    cause = said(root_cause, _("Write the root cause: ask why until the answer is something you can change."))
    data = {"from": fresh.root_cause, "to": cause}
    CorrectiveAction.objects.filter(pk=fresh.pk).update(root_cause=cause)
    journal.record("correctiveaction.root-cause", subject=fresh, by=by, data=data)
    fresh.root_cause = cause
    return fresh


@command
def start_check(
    *, capa: CorrectiveAction, by: Person, at: datetime, check_due_at: datetime | None = None
) -> CorrectiveAction:
    """Everything is done: from now on it is watched whether it stays away, for the second time until another day."""
    policies.check(by, "capa.edit", capa=capa.number)
    fresh = working(capa)
    open_actions = fresh.actions.filter(done_at__isnull=True).count()
    if not fresh.root_cause or open_actions or not fresh.actions.exists():
        message = _("%(number)s needs a root cause and at least one action, all of them done. Not done: %(count)s.")
        raise CapaRefused(message % {"number": fresh.number, "count": open_actions})
    left = capa_stages.unfinished(fresh)
    if left:
        message = _("Finish these stages first: %(stages)s.")
        raise CapaRefused(message % {"stages": ", ".join(left)}, code="stages-open", facts={"stages": left})
    again: dict[str, Any] = {"check_due_at": check_due_at} if check_due_at else {}
    if check_due_at and check_due_at <= at:
        raise CapaRefused(_("Choose a moment that is still to come."), facts={"field": "check_due_at"})
    anew: dict[str, Any] = {"effective": None, "checked_by": None, "checked_at": None, "check_finding": ""}
    journal.move(fresh, to=CapaStatus.EFFECTIVENESS, by=by, escalations=0, **anew, **again)
    return fresh


@command
def check(
    *, capa: CorrectiveAction, effective: bool, finding: str, password: str, seen_hash: str, by: Person, at: datetime
) -> CorrectiveAction:
    """Another person finds out, after the set day, whether it worked. If not, actions begin again."""
    policies.check(by, "capa.check", capa=capa.number)
    fresh = locked(capa)
    check_ready(fresh, at)
    check_other(fresh, by)
    seen = reading.seen(fresh)
    if seen_hash != signatures.content_hash(seen):
        message = _("This CAPA changed after you opened it. Reload the page and read it again.")
        raise signatures.SignatureRefused(message)
    content = {**seen, "effective": effective, "finding": finding}
    signatures.sign(
        subject=fresh, meaning=Meaning.VERIFIED, content=content, seen_hash=signatures.content_hash(content),
        password=password, reason=finding, by=by, at=at,
    )
    fields = {"effective": effective, "check_finding": finding, "checked_by": by, "checked_at": at}
    CorrectiveAction.objects.filter(pk=fresh.pk).update(**fields)
    journal.record("correctiveaction.checked", subject=fresh, by=by, reason=finding, data={"effective": effective})
    if not effective:
        journal.move(fresh, to=CapaStatus.ACTIONS, by=by, reason=finding, escalations=0)
        capa_stages.begin_again(fresh, reason=finding, by=by)
    fresh.refresh_from_db()
    return fresh


def check_ready(capa: CorrectiveAction, at: datetime) -> None:
    """Only when everything is done, and not before the set day."""
    if capa.status != CapaStatus.EFFECTIVENESS:
        message = _("%(number)s is “%(status)s”. Finish its actions first, then start the check.")
        raise CapaRefused(message % {"number": capa.number, "status": capa.get_status_display()})
    if capa.effective:
        raise CapaRefused(_("%(number)s was found effective already. Close it.") % {"number": capa.number})
    if at < capa.check_due_at:
        message = _("The effectiveness of %(number)s can't be judged before %(day)s. Wait and look again.")
        raise CapaRefused(message % {"number": capa.number, "day": capa.check_due_at.date()}, code="too-early")


def check_other(capa: CorrectiveAction, by: Person) -> None:
    """Nobody judges their own work."""
    if by.pk in reading.involved(capa):
        message = _("You own %(number)s or one of its actions, or you are of its team. Somebody else must check it.")
        raise CapaRefused(message % {"number": capa.number}, code="own-work")


@command
def close(*, capa: CorrectiveAction, by: Person, at: datetime) -> CorrectiveAction:
    """Close a CAPA that was found effective."""
    policies.check(by, "capa.close", capa=capa.number)
    fresh = locked(capa)
    if fresh.status != CapaStatus.EFFECTIVENESS or not fresh.effective:
        message = _("%(number)s can't be closed before another person has found it effective.")
        raise CapaRefused(message % {"number": fresh.number})
    if capa_stages.unfinished(fresh, last="D8"):
        raise CapaRefused(_("Finish D8 first: thank the team and say what was learned."), code="stages-open")
    held = reading.open_holds(fresh)
    if held:
        message = _("%(number)s can't be closed: %(target)s is still held for it. Let it go first.")
        raise CapaRefused(message % {"number": fresh.number, "target": held[0].target_label}, code="still-held")
    journal.move(fresh, to=CapaStatus.CLOSED, by=by, closed_at=at)
    return fresh
