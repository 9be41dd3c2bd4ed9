"""FMEA documents: begun, handed in, put into effect by another person, revised."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal, reviews
from plant.errors import Refusal
from plant.locks import lock
from plant.models import MaterialDefinition, Person
from plant.transactions import command
from qms import floor
from qms.commands import reopening
from qms.models import Fmea, FmeaAction, FmeaActionStatus, FmeaKind, FmeaLine, ProductFamily
from qms.queries import fmeas as reading

PARTS: dict[str, dict[str, Any]] = {"lines": {}}


class FmeaRefused(Refusal):
    """An FMEA that can't be kept so."""

    code = "fmea-refused"


@command
def create(
    *, kind: str, code: str, name: str, by: Person, at: datetime, material: MaterialDefinition | None = None,
    family: ProductFamily | None = None, routing: str = "", scope: str = "", team: str = "",
) -> Fmea:
    """Begin the FMEA of a product or of a family."""
    policies.check(by, "fmea.edit")
    code, name = code.strip(), name.strip()
    if not code or not name:
        raise FmeaRefused(_("An FMEA needs a code and a name."), facts={"field": "name" if code else "code"})
    if (material is None) == (family is None):
        message = _("Choose either a material or a product family, not both.")
        raise FmeaRefused(message, facts={"field": "material"})
    if Fmea.objects.filter(code=code).exists():
        message = _("There is an FMEA “%(code)s” already. Open it and make a new revision.")
        raise FmeaRefused(message % {"code": code}, facts={"field": "code"})
    check_routing(kind, routing.strip(), material, at)
    fmea = Fmea.objects.create(
        kind=kind, code=code, name=name, material=material, family=family, routing=routing.strip(),
        scope=scope.strip(), team=team.strip(), written_by=by,
    )
    journal.record("fmea.created", subject=fmea, by=by, data={"about": fmea.about, "kind": kind, "at": at})
    return fmea


def check_routing(kind: str, routing: str, material: MaterialDefinition | None, at: datetime) -> None:
    """Refuse a routing of a design, and one by which the material is not made."""
    if not routing:
        return
    if kind != FmeaKind.PROCESS:
        message = _("Only a process FMEA looks at a routing. Leave it empty.")
        raise FmeaRefused(message, facts={"field": "routing"})
    if not floor.operations(material, routing, at):
        message = _("There is no routing “%(code)s” in effect. Leave it empty or choose another one.")
        raise FmeaRefused(message % {"code": routing}, facts={"field": "routing"})


@command
def submit(*, fmea: Fmea, by: Person, at: datetime) -> Fmea:
    """Hand it in for review."""
    done: Fmea = reviews.submit(row=fmea, why_not=reading.why_not_submit(fmea), by=by, at=at, action="fmea.edit")
    return done


@command
def send_back(*, fmea: Fmea, reason: str, by: Person, at: datetime) -> Fmea:
    """Let it be changed again."""
    done: Fmea = reviews.send_back(row=fmea, reason=reason, by=by, at=at, action="fmea.approve")
    return done


@command
def approve(*, fmea: Fmea, reason: str, password: str, seen_hash: str, by: Person, at: datetime) -> Fmea:
    """Put it into effect, signed by somebody who did not write it."""
    done: Fmea = reviews.approve(
        row=fmea, content=reading.seen, seen_hash=seen_hash, password=password, reason=reason, by=by, at=at,
        action="fmea.approve",
    )
    return done


@command
def revise(*, fmea: Fmea, reason: str, by: Person, at: datetime) -> Fmea:
    """Begin the next revision with a copy of every chain; where an action was done, its ratings are the new ones."""
    fresh: Fmea = reviews.revise(row=fmea, parts=PARTS, reason=reason, by=by, noun="fmea", action="fmea.edit")
    take_over(fresh, by=by, at=at)
    return fresh


def take_over(fresh: Fmea, *, by: Person, at: datetime) -> None:
    """Rate each chain as its last finished action left it."""
    lines = {line.key: line for line in fresh.lines.all()}
    done = FmeaAction.objects.filter(
        line__fmea__code=fresh.code, line__key__in=lines, status=FmeaActionStatus.DONE
    ).select_related("line").order_by("ended_at", "pk")
    last = {action.line.key: action for action in done}
    for key, action in last.items():
        line = lines[key]
        if action.ended_at is not None and action.ended_at > line.changed_at:
            FmeaLine.objects.filter(pk=line.pk).update(
                severity=action.severity_after, occurrence=action.occurrence_after, detection=action.detection_after,
                version=line.version + 1, changed_by=by, changed_at=at,
            )


@command
def reopen(
    *, code: str, reason: str, source_kind: str, source_id: str, by: Person, at: datetime
) -> Fmea:
    """Have an FMEA revised because something calls for it: the draft that is begun already, or a new one."""
    policies.check(by, "fmea.edit", row=code)
    rows = lock(Fmea.objects.filter(code=code))
    if not rows:
        raise FmeaRefused(_("There is no FMEA “%(code)s”.") % {"code": code}, facts={"field": "code"})
    return reopening.reopened(
        rows=rows, revise=lambda row: revise(fmea=row, reason=reason, by=by, at=at), link="fmea", noun="fmea",
        reason=reason, source_kind=source_kind, source_id=source_id, by=by, at=at,
    )
