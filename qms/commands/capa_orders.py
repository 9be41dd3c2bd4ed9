"""What a nonconformance or a CAPA orders of the floor and of planning: a stop, lots set aside, a new revision."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from plant import policies, scoping
from plant.commands import journal
from plant.models import Equipment, Person
from plant.transactions import command
from qms import reopening, stopping
from qms.commands.capa_working import CapaRefused, locked, said, working
from qms.models import (
    CapaAction,
    CapaActionKind,
    CapaChange,
    CapaStatus,
    CorrectiveAction,
    Nonconformance,
    NonconformanceStatus,
)
from qms.queries import capas as reading
from traceability.commands import holds
from traceability.gate import Cause
from traceability.models import CauseKind, Hold, MaterialLot


@command
def stop(
    *, subject: Nonconformance | CorrectiveAction, place: Equipment, reason: str, by: Person, at: datetime
) -> None:
    """Stop a station or a whole line until what is wrong is put right and somebody with the right lets it go on."""
    policies.check(by, "stoppage.stop", on=place)
    reason = said(reason, _("Say in a few words why. The next person at the station will read it."), "reason")
    if subject.status in (CapaStatus.CLOSED, NonconformanceStatus.CLOSED):
        raise CapaRefused(_("%(number)s is closed. Report a new nonconformance.") % {"number": subject.number})
    kind = "CAPA" if isinstance(subject, CorrectiveAction) else "CASE"
    scope = "LINE" if place.level == "WORK_CENTER" else "STATION"
    asked = stopping.Asked(scope, place, "", subject.number, reason, at, kind, by)
    if not stopping.ask(asked, at):
        raise CapaRefused(_("Nothing in this plant can stop %(place)s.") % {"place": place.code})
    data = {"place": place.code, "scope": scope}
    name = subject._meta.model_name
    journal.record(f"{name}.stop-ordered", subject=subject, by=by, reason=reason, data=data)
    if isinstance(subject, CorrectiveAction):
        _note(subject, _("Stopped: %(what)s") % {"what": place}, reason, by=by, at=at)


@command
def quarantine(
    *, capa: CorrectiveAction, lots: Iterable[MaterialLot], reason: str, by: Person, at: datetime
) -> list[Hold]:
    """Set lots aside, and everything made from them, until this CAPA lets them go."""
    policies.check(by, "capa.edit", capa=capa.number)
    fresh = working(capa)
    found = list(lots)
    reason = said(reason, _("Say in a few words why. The next person at the station will read it."), "reason")
    made = holds.contain(lots=found, cause=Cause(CauseKind.CAPA, fresh.number), reason=reason, by=by, at=at)
    numbers = [lot.number for lot in found]
    data = {"lots": numbers[:200], "held": len(made)}
    journal.record("correctiveaction.quarantined", subject=fresh, by=by, reason=reason, data=data)
    _note(fresh, _("Set aside: %(what)s") % {"what": ", ".join(numbers[:20])}, reason, by=by, at=at)
    return made


def _note(capa: CorrectiveAction, what: str, reason: str, *, by: Person, at: datetime) -> None:
    """An order is an action of containment that is carried out at once."""
    CapaAction.objects.create(
        capa=capa, kind=CapaActionKind.CONTAINMENT, description=str(what), owner=by, due_at=at, done_by=by, done_at=at,
        result=reason,
    )
    if capa.status == CapaStatus.OPEN:
        journal.move(capa, to=CapaStatus.ACTIONS, by=by)


@command
def let_go(*, capa: CorrectiveAction, hold: Hold, reason: str, by: Person, at: datetime) -> Hold:
    """Let go what this CAPA set aside, with all that was made from it; other causes stand."""
    policies.check(by, "capa.edit", capa=capa.number)
    fresh = locked(capa)
    if hold.pk not in {one.pk for one in reading.open_holds(fresh)}:
        raise CapaRefused(_("That is not held for %(number)s any more.") % {"number": fresh.number})
    return holds.release(hold=hold, reason=reason, by=by, at=at)


@command
def revise(
    *, capa: CorrectiveAction, kind: str, key: str, reason: str, by: Person, at: datetime
) -> CapaChange:
    """Open a draft of the next revision of a planning document, so that what was learned is planned from now on."""
    policies.check(by, "capa.edit", capa=capa.number)
    fresh = working(capa)
    scoping.check(by, fresh)
    keeper = reopening.of(kind)
    if keeper is None or key not in {one.key for one in reopening.offered(kind, fresh.material_id)}:
        raise CapaRefused(_("That document is not there any more. Open the page again."))
    reason = said(reason, _("Say what is to be changed in it, and why."), "reason")
    made = keeper.revise(key, reopening.Caller("CAPA", fresh.number), reason, by, at)
    change = CapaChange.objects.create(
        capa=fresh, kind=kind, key=made.key, label=made.label[:160], reason=reason, by=by, at=at
    )
    data = {"document": made.label, "kind": kind}
    journal.record("correctiveaction.revision-opened", subject=fresh, by=by, reason=reason, data=data)
    return change
