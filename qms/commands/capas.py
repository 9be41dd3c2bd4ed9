"""CAPA: root cause, actions, and the check by another person that they worked."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import journal, numbering, signatures
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Meaning, Person
from plant.transactions import command
from qms.models import CapaAction, CapaActionKind, CapaStatus, CorrectiveAction, Nonconformance
from qms.queries import capas as reading


class CapaRefused(Refusal):
    """A step that a CAPA is not ready for."""

    code = "capa-refused"


@command
def open(
    *, nonconformance: Nonconformance, title: str, problem: str, owner: Person, due_at: datetime,
    check_due_at: datetime, by: Person, at: datetime,
) -> CorrectiveAction:
    """Begin to find out why, so that it stays away."""
    policies.check(by, "capa.open")
    if not title.strip() or not problem.strip():
        raise CapaRefused(_("Say in a sentence what the problem is."))
    if check_due_at < due_at:
        raise CapaRefused(_("The effectiveness check can't come before the actions are due. Choose a later day."))
    capa = CorrectiveAction.objects.create(
        number=numbering.next_number("capa"), nonconformance=nonconformance, site_id=nonconformance.site_id,
        title=title.strip(), problem=problem.strip(), owner=owner, due_at=due_at, check_due_at=check_due_at,
        opened_at=at,
    )
    data = {"nonconformance": nonconformance.number, "owner": owner.number}
    journal.record("correctiveaction.opened", subject=capa, by=by, reason=problem, data=data)
    journal.record("nonconformance.capa-opened", subject=nonconformance, by=by, data={"capa": capa.number})
    return capa


@command
def set_root_cause(*, capa: CorrectiveAction, root_cause: str, by: Person, at: datetime) -> CorrectiveAction:
    """Write down why it happened."""
    policies.check(by, "capa.edit", capa=capa.number)
    fresh = working(capa)
    if not root_cause.strip():
        raise CapaRefused(_("Write the root cause: ask why until the answer is something you can change."))
    data = {"from": fresh.root_cause, "to": root_cause.strip()}
    CorrectiveAction.objects.filter(pk=fresh.pk).update(root_cause=root_cause.strip())
    journal.record("correctiveaction.root-cause", subject=fresh, by=by, data=data)
    fresh.root_cause = root_cause.strip()
    return fresh


@command
def add_action(
    *, capa: CorrectiveAction, description: str, owner: Person, due_at: datetime, by: Person, at: datetime,
    kind: str = CapaActionKind.CORRECTIVE,
) -> CapaAction:
    """Plan something to do, by somebody, until a day. The first action sets the CAPA going."""
    policies.check(by, "capa.edit", capa=capa.number)
    fresh = working(capa)
    if not description.strip():
        raise CapaRefused(_("Say what is to be done."))
    action = CapaAction.objects.create(
        capa=fresh, kind=kind, description=description.strip(), owner=owner, due_at=due_at
    )
    data = {"action": action.pk, "kind": kind, "owner": owner.number, "description": action.description}
    journal.record("correctiveaction.action-added", subject=fresh, by=by, data=data)
    if fresh.status == CapaStatus.OPEN:
        journal.move(fresh, to=CapaStatus.ACTIONS, by=by)
    return action


def working(capa: CorrectiveAction) -> CorrectiveAction:
    """The CAPA under lock, while it may still be worked on."""
    fresh = lock(CorrectiveAction.objects.filter(pk=capa.pk))[0]
    if fresh.status not in (CapaStatus.OPEN, CapaStatus.ACTIONS):
        message = _("%(number)s is “%(status)s” and is no longer changed.")
        raise CapaRefused(message % {"number": fresh.number, "status": fresh.get_status_display()})
    return fresh


@command
def finish_action(*, action: CapaAction, result: str, by: Person, at: datetime) -> CapaAction:
    """An action is done, and this came of it."""
    policies.check(by, "capa.do")
    capa = working(action.capa)
    if not result.strip():
        raise CapaRefused(_("Say what was done and what came of it."))
    rows = CapaAction.objects.filter(pk=action.pk, done_at__isnull=True)
    if rows.update(done_at=at, done_by=by, result=result.strip()) != 1:
        raise CapaRefused(_("This action is done already."))
    action.refresh_from_db()
    data = {"action": action.pk, "description": action.description}
    journal.record("correctiveaction.action-done", subject=capa, by=by, reason=result, data=data)
    return action


@command
def start_check(*, capa: CorrectiveAction, by: Person, at: datetime) -> CorrectiveAction:
    """Everything is done: from now on it is watched whether it stays away."""
    policies.check(by, "capa.edit", capa=capa.number)
    fresh = working(capa)
    open_actions = fresh.actions.filter(done_at__isnull=True).count()
    if not fresh.root_cause or open_actions or not fresh.actions.exists():
        message = _("%(number)s needs a root cause and at least one action, all of them done. Not done: %(count)s.")
        raise CapaRefused(message % {"number": fresh.number, "count": open_actions})
    journal.move(fresh, to=CapaStatus.EFFECTIVENESS, by=by, escalations=0)
    return fresh


@command
def check(
    *, capa: CorrectiveAction, effective: bool, finding: str, password: str, seen_hash: str, by: Person, at: datetime
) -> CorrectiveAction:
    """Another person finds out, after the set day, whether it worked. If not, actions begin again."""
    policies.check(by, "capa.check", capa=capa.number)
    fresh = lock(CorrectiveAction.objects.filter(pk=capa.pk))[0]
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
    involved = {capa.owner_id}
    for owner, done_by in capa.actions.values_list("owner", "done_by"):
        involved |= {owner, done_by}
    if by.pk in involved:
        message = _("You own %(number)s or one of its actions. Somebody else must check whether it worked.")
        raise CapaRefused(message % {"number": capa.number}, code="own-work")


@command
def close(*, capa: CorrectiveAction, by: Person, at: datetime) -> CorrectiveAction:
    """Close a CAPA that was found effective."""
    policies.check(by, "capa.close", capa=capa.number)
    fresh = lock(CorrectiveAction.objects.filter(pk=capa.pk))[0]
    if fresh.status != CapaStatus.EFFECTIVENESS or not fresh.effective:
        message = _("%(number)s can't be closed before another person has found it effective.")
        raise CapaRefused(message % {"number": fresh.number})
    journal.move(fresh, to=CapaStatus.CLOSED, by=by, closed_at=at)
    return fresh
