"""Actions of failure chains: planned with who and until when, carried out, and the chain rated anew."""

from datetime import datetime

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person, ReviewStatus
from plant.transactions import command
from qms import action_priority
from qms.models import Fmea, FmeaAction, FmeaActionKind, FmeaActionStatus, FmeaLine


class ActionRefused(Refusal):
    """An action that can't be planned or ended so."""

    code = "fmea-action-refused"


@command
def plan(
    *, line: FmeaLine, text: str, owner: Person, due_at: datetime, by: Person, at: datetime,
    kind: str = FmeaActionKind.PREVENTION,
) -> FmeaAction:
    """Ask somebody to do something about a chain until a day; how it is rated now is kept."""
    policies.check(by, "fmea.edit", row=str(line))
    fmea = lock(Fmea.objects.filter(pk=line.fmea_id))[0]
    if fmea.status == ReviewStatus.OBSOLETE:
        message = _("%(fmea)s is obsolete. Plan the action in the revision that is in effect.")
        raise ActionRefused(message % {"fmea": fmea})
    if not text.strip():
        raise ActionRefused(_("Say what is to be done."), facts={"field": "text"})
    fresh = FmeaLine.objects.get(pk=line.pk)
    action = FmeaAction.objects.create(
        line=fresh, kind=kind, text=text.strip(), owner=owner, due_at=due_at, severity_before=fresh.severity,
        occurrence_before=fresh.occurrence, detection_before=fresh.detection,
    )
    data = {"line": str(fresh), "action": action.text, "owner": owner.number, "due": due_at, "at": at}
    journal.record("fmea.action-planned", subject=fmea, by=by, data=data)
    return action


@command
def begin(*, action: FmeaAction, by: Person, at: datetime) -> FmeaAction:
    """Say that it is being worked on."""
    found = _mine(action, by)
    if found.status != FmeaActionStatus.OPEN:
        raise ActionRefused(_("This action is begun or over already."))
    found.status = FmeaActionStatus.IN_PROGRESS
    found.save(update_fields=["status"])
    _tell("fmea.action-begun", found, by=by, data={"at": at})
    return found


@command
def finish(
    *, action: FmeaAction, taken: str, severity: int, occurrence: int, detection: int, by: Person, at: datetime
) -> FmeaAction:
    """Say what was done, and how the chain is rated from now on; what it was before stays beside it."""
    found = _mine(action, by)
    ratings = {"severity": severity, "occurrence": occurrence, "detection": detection}
    if wrong := next((name for name, value in ratings.items() if value not in action_priority.RATINGS), None):
        raise ActionRefused(_("Enter a whole number from 1 to 10."), facts={"field": wrong})
    found.severity_after, found.occurrence_after, found.detection_after = severity, occurrence, detection
    return _end(found, FmeaActionStatus.DONE, taken, "fmea.action-done", by=by, at=at)


@command
def drop(*, action: FmeaAction, reason: str, by: Person, at: datetime) -> FmeaAction:
    """Say why it is not carried out."""
    policies.check(by, "fmea.edit", row=str(action))
    found = _open(action)
    return _end(found, FmeaActionStatus.CANCELLED, reason, "fmea.action-dropped", by=by, at=at)


def _mine(action: FmeaAction, by: Person) -> FmeaAction:
    policies.check(by, "fmea.act", row=str(action))
    found = _open(action)
    if by.pk != found.owner_id and not policies.may(by, "fmea.edit"):
        message = _("This action is %(owner)s's. Ask them, or a quality engineer.")
        raise ActionRefused(message % {"owner": found.owner.name})
    return found


def _open(action: FmeaAction) -> FmeaAction:
    found = lock(FmeaAction.objects.filter(pk=action.pk))[0]
    if found.status not in (FmeaActionStatus.OPEN, FmeaActionStatus.IN_PROGRESS):
        raise ActionRefused(_("This action is over already. Reload the page."))
    return found


def _end(action: FmeaAction, status: str, said: str, kind: str, *, by: Person, at: datetime) -> FmeaAction:
    if not said.strip():
        field = "taken" if status == FmeaActionStatus.DONE else "reason"
        raise ActionRefused(_("Say in a sentence what was done, or why not."), facts={"field": field})
    action.status, action.taken, action.ended_by, action.ended_at = status, said.strip(), by, at
    action.save()
    before = [action.severity_before, action.occurrence_before, action.detection_before]
    after = [action.severity_after, action.occurrence_after, action.detection_after]
    _tell(kind, action, by=by, data={"said": said.strip(), "before": before, "after": after})
    return action


def _tell(kind: str, action: FmeaAction, *, by: Person, data: dict[str, object]) -> None:
    line = FmeaLine.objects.select_related("fmea").get(pk=action.line_id)
    told = {"action": action.text, "line": str(line), **data}
    journal.record(kind, subject=line.fmea, by=by, data=told)
