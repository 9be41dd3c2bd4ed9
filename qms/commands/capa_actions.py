"""The actions of a CAPA: planned, done with evidence, verified by another person, put off with a reason."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import journal, talk
from plant.models import Equipment, MaterialDefinition, Person
from plant.transactions import command
from qms.commands import capa_stages
from qms.commands.capa_working import CapaRefused, said, working
from qms.models import CapaAction, CapaActionKind, CapaEvidence, CapaStatus, CorrectiveAction
from qms.queries import eight_d


@command
def add_action(
    *, capa: CorrectiveAction, description: str, owner: Person, due_at: datetime, by: Person, at: datetime,
    kind: str = CapaActionKind.CORRECTIVE, place: Equipment | None = None, material: MaterialDefinition | None = None,
) -> CapaAction:
    """Plan something to do, by somebody, until a day. The first action sets the CAPA going."""
    policies.check(by, "capa.edit", capa=capa.number)
    fresh = working(capa)
    capa_stages.check_open(fresh, eight_d.PLANNED_IN[CapaActionKind(kind)])
    action = CapaAction.objects.create(
        capa=fresh, kind=kind, description=said(description, _("Say what is to be done."), "description"), owner=owner,
        due_at=due_at, place=place, material=material,
    )
    data = {"action": action.pk, "kind": kind, "owner": owner.number, "description": action.description}
    journal.record("correctiveaction.action-added", subject=fresh, by=by, data=data)
    if fresh.status == CapaStatus.OPEN:
        journal.move(fresh, to=CapaStatus.ACTIONS, by=by)
    return action


@command
def finish_action(
    *, action: CapaAction, result: str, by: Person, at: datetime, files: Iterable[tuple[str, bytes]] = ()
) -> CapaAction:
    """An action is done, and this came of it; files that show it lie beside the CAPA."""
    policies.check(by, "capa.do")
    capa = working(action.capa)
    result = said(result, _("Say what was done and what came of it."), "result")
    rows = CapaAction.objects.filter(pk=action.pk, done_at__isnull=True)
    if rows.update(done_at=at, done_by=by, result=result) != 1:
        raise CapaRefused(_("This action is done already."))
    action.refresh_from_db()
    for name, content in files:
        file = talk.attach(subject=capa, name=name, data=content, by=by, at=at)
        CapaEvidence.objects.create(action=action, attachment=file)
    data = {"action": action.pk, "description": action.description}
    journal.record("correctiveaction.action-done", subject=capa, by=by, reason=result, data=data)
    return action


@command
def verify_action(*, action: CapaAction, is_good: bool, finding: str, by: Person, at: datetime) -> CapaAction:
    """Another person looks whether it was done and works; if not, it is open again."""
    policies.check(by, "capa.verify")
    capa = working(action.capa)
    action.refresh_from_db()
    if action.done_at is None or action.verified_at is not None:
        raise CapaRefused(_("This action does not wait to be verified. Open the page again."))
    if by.pk in (action.owner_id, action.done_by_id):
        raise CapaRefused(_("Nobody verifies what they did themselves. Ask somebody else."), code="own-work")
    finding = said(finding, _("Say what you looked at and what you found."), "finding")
    rows = CapaAction.objects.filter(pk=action.pk)
    if is_good:
        rows.update(verified_by=by, verified_at=at, verify_finding=finding)
    else:
        rows.update(done_by=None, done_at=None, verify_finding=finding)
    action.refresh_from_db()
    kind = "action-verified" if is_good else "action-sent-back"
    data = {"action": action.pk, "description": action.description}
    journal.record(f"correctiveaction.{kind}", subject=capa, by=by, reason=finding, data=data)
    return action


@command
def put_off(*, action: CapaAction, due_at: datetime, reason: str, by: Person, at: datetime) -> CapaAction:
    """Give an action more time, and say why; it is escalated anew when that has passed too."""
    policies.check(by, "capa.edit", capa=action.capa.number)
    capa = working(action.capa)
    reason = said(reason, _("Say why it takes longer."), "reason")
    if due_at <= at:
        raise CapaRefused(_("Choose a moment that is still to come."), facts={"field": "due_at"})
    was = action.due_at
    if CapaAction.objects.filter(pk=action.pk, done_at__isnull=True).update(due_at=due_at, escalations=0) != 1:
        raise CapaRefused(_("This action is done already."))
    data = {"action": action.pk, "description": action.description, "due": [was, due_at]}
    journal.record("correctiveaction.action-put-off", subject=capa, by=by, reason=reason, data=data)
    action.refresh_from_db()
    return action
