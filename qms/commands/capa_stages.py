"""The stages of an 8D: begun, written, finished in their order, opened again; every finished revision stays."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import journal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command
from qms.commands.capa_working import CapaRefused, locked, said, working
from qms.models import (
    CapaMember,
    CapaMethod,
    CapaStage,
    CapaStageRevision,
    CapaStatus,
    CorrectiveAction,
    StageCode,
    StageStatus,
    TeamRole,
)
from qms.queries import eight_d

AGAIN = ("D4", "D5", "D6", "D7")  # what begins anew when the actions did not work
NEEDED = tuple(code for code in StageCode.values if code != StageCode.D8)


@command
def begin(*, capa: CorrectiveAction, by: Person, at: datetime) -> CorrectiveAction:
    """Work on it as an 8D from now on."""
    policies.check(by, "capa.edit", capa=capa.number)
    fresh = working(capa)
    if fresh.is_eight_d:
        raise CapaRefused(_("%(number)s is an 8D already.") % {"number": fresh.number})
    CorrectiveAction.objects.filter(pk=fresh.pk).update(method=CapaMethod.EIGHT_D)
    CapaStage.objects.bulk_create(CapaStage(capa=fresh, code=code) for code in StageCode.values)
    journal.record("correctiveaction.eight-d", subject=fresh, by=by)
    capa.method = fresh.method = CapaMethod.EIGHT_D
    return fresh


@command
def write(*, capa: CorrectiveAction, code: str, text: str, by: Person, at: datetime) -> CapaStage:
    """Write down what a stage found or decided; D2 is the problem and D4 the root cause of the CAPA."""
    policies.check(by, "capa.edit", capa=capa.number)
    fresh, stage = _stage(capa, code)
    if stage.status == StageStatus.DONE:
        raise CapaRefused(_("%(stage)s is finished. Open it again to change it.") % {"stage": stage.code})
    text = said(text, _("Write down what was found or decided."), "text")
    own = eight_d.OWN_FIELD.get(code)
    was = getattr(fresh, own) if own else stage.text
    if own:
        CorrectiveAction.objects.filter(pk=fresh.pk).update(**{own: text})
    else:
        CapaStage.objects.filter(pk=stage.pk).update(text=text)
    data = {"stage": code, "from": was, "to": text}
    journal.record("correctiveaction.stage-written", subject=fresh, by=by, data=data)
    stage.refresh_from_db()
    return stage


@command
def finish(*, capa: CorrectiveAction, code: str, by: Person, at: datetime) -> CapaStage:
    """A stage is finished: everything that it asks for is there, and the stages before it are finished."""
    policies.check(by, "capa.edit", capa=capa.number)
    fresh, stage = _stage(capa, code)
    before = [one for one in unfinished(fresh, last=code) if one != code]
    if before:
        message = _("Finish these stages first: %(stages)s.")
        raise CapaRefused(message % {"stages": ", ".join(before)}, code="stages-open", facts={"stages": before})
    missing = eight_d.missing(fresh, code)
    if missing:
        raise CapaRefused(missing, code="stage-incomplete", facts={"stage": code})
    content = eight_d.content(fresh, code)
    number = stage.revision + 1
    done: dict[str, Any] = {"revision": number, "done_by": by, "done_at": at}
    journal.move(stage, to=StageStatus.DONE, by=by, data={"stage": code}, **done)
    CapaStageRevision.objects.create(stage=stage, number=number, content=content, by=by, at=at)
    data = {"stage": code, "revision": number}
    journal.record("correctiveaction.stage-finished", subject=fresh, by=by, data=data)
    return stage


@command
def reopen(*, capa: CorrectiveAction, code: str, reason: str, by: Person, at: datetime) -> list[CapaStage]:
    """Open a finished stage again, with a reason; what followed from it is opened along with it."""
    policies.check(by, "capa.edit", capa=capa.number)
    fresh, stage = _stage(capa, code)
    if stage.status != StageStatus.DONE:
        raise CapaRefused(_("%(stage)s is open already.") % {"stage": stage.code})
    reason = said(reason, _("Say why it is opened again."), "reason")
    return _open_again(fresh, [one for one in StageCode.values if one >= code], reason=reason, by=by)


def begin_again(capa: CorrectiveAction, *, reason: str, by: Person) -> None:
    """The actions did not work: from the root cause on everything is open again."""
    if capa.is_eight_d:
        _open_again(capa, AGAIN, reason=reason, by=by)


def _open_again(
    capa: CorrectiveAction, codes: "tuple[str, ...] | list[str]", *, reason: str, by: Person
) -> list[CapaStage]:
    rows = lock(CapaStage.objects.filter(capa=capa, code__in=codes, status=StageStatus.DONE))
    for stage in rows:
        journal.move(stage, to=StageStatus.OPEN, by=by, reason=reason, done_by=None, done_at=None)
    data = {"stages": [stage.code for stage in rows]}
    journal.record("correctiveaction.stages-reopened", subject=capa, by=by, reason=reason, data=data)
    return rows


def _stage(capa: CorrectiveAction, code: str) -> tuple[CorrectiveAction, CapaStage]:
    """The CAPA and one of its stages under lock; D8 is written once it was found effective."""
    if code == StageCode.D8:
        fresh = locked(capa)
        if fresh.status != CapaStatus.EFFECTIVENESS or not fresh.effective:
            raise CapaRefused(_("D8 comes last: another person must find the actions effective first."))
    else:
        fresh = working(capa)
    rows = lock(CapaStage.objects.filter(capa=fresh, code=code))
    if not rows:
        raise CapaRefused(_("%(number)s is no 8D. Turn it into one first.") % {"number": fresh.number})
    rows[0].capa = fresh
    return fresh, rows[0]


def check_open(capa: CorrectiveAction, code: str) -> None:
    """Refuse to change what belongs to a finished stage."""
    if CapaStage.objects.filter(capa=capa, code=code, status=StageStatus.DONE).exists():
        message = _("%(stage)s is finished. Open it again to change it.")
        raise CapaRefused(message % {"stage": code}, code="stage-finished", facts={"stage": code})


def unfinished(capa: CorrectiveAction, last: str = "D7") -> list[str]:
    """The stages up to one that are still open; nothing for a CAPA that is no 8D."""
    rows = CapaStage.objects.filter(capa=capa, status=StageStatus.OPEN, code__lte=last)
    return list(rows.order_by("code").values_list("code", flat=True))


@command
def join(
    *, capa: CorrectiveAction, person: Person, by: Person, at: datetime, role: str = TeamRole.MEMBER, task: str = ""
) -> CapaMember:
    """Take somebody into the team, or give them another role in it."""
    policies.check(by, "capa.edit", capa=capa.number)
    fresh = working(capa)
    check_open(fresh, StageCode.D1)
    if role == TeamRole.LEADER:
        CapaMember.objects.filter(capa=fresh, role=TeamRole.LEADER).exclude(person=person).update(role=TeamRole.MEMBER)
    fields = {"role": role, "task": task.strip()}
    member = CapaMember.objects.update_or_create(capa=fresh, person=person, defaults=fields)[0]
    data = {"person": person.number, "name": person.name, "role": role, "task": member.task}
    journal.record("correctiveaction.member-joined", subject=fresh, by=by, data=data)
    return member


@command
def leave(*, capa: CorrectiveAction, person: Person, by: Person, at: datetime) -> None:
    """Let somebody out of the team; the leader hands over first."""
    policies.check(by, "capa.edit", capa=capa.number)
    fresh = working(capa)
    check_open(fresh, StageCode.D1)
    member = CapaMember.objects.filter(capa=fresh, person=person).first()
    if member is None or member.role == TeamRole.LEADER:
        raise CapaRefused(_("Name another leader first."))
    member.delete()
    data = {"person": person.number, "name": person.name}
    journal.record("correctiveaction.member-left", subject=fresh, by=by, data=data)
