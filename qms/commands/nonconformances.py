"""A nonconformance from report to close."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from plant import live, policies
from plant.commands import journal, numbering, signatures
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, MaterialDefinition, Meaning, Partner, Person, ReasonCode, Role
from plant.queries import places
from plant.statements import for_everyone
from plant.transactions import command
from qms import policies as rules
from qms.commands import boards, classifying, suspects
from qms.commands.dispositions import dispose
from qms.models import (
    Characteristic,
    Nonconformance,
    NonconformanceSource,
    NonconformanceStatus,
    Severity,
)
from qms.queries import nonconformances as reading
from traceability.commands import holds
from traceability.gate import Target
from traceability.models import Hold, MaterialLot

__all__ = [
    "CannotClose", "Incomplete", "add_lots", "assign_owner", "close", "dispose", "open", "restart_equipment", "review",
    "stop_equipment",
]

ANSWER_WITHIN = {Severity.CRITICAL: timedelta(minutes=15), Severity.MAJOR: timedelta(hours=4)}
ANSWER_LATEST = timedelta(hours=24)


class Incomplete(Refusal):
    """A report without what is needed to act on it."""

    code = "incomplete"


class CannotClose(Refusal):
    """A nonconformance with something left to do."""

    code = "cannot-close"


@command
def open(
    *, title: str, by: Person, at: datetime, lots: Iterable[MaterialLot] = (),
    quantities: Mapping[int, Decimal] | None = None, severity: str = Severity.MAJOR, description: str = "",
    source_kind: str = NonconformanceSource.PERSON, source_id: str = "", equipment: Equipment | None = None,
    characteristic: Characteristic | None = None, owner_role: str = Role.QUALITY_ENGINEER,
    material: MaterialDefinition | None = None, defect: ReasonCode | None = None, partner: Partner | None = None,
) -> Nonconformance:
    """Report what is not as it should be. Its lots, and everything made from them, are held at once."""
    policies.check(by, "nonconformance.open")
    suspect = list(lots)
    site = suspect[0].site if suspect else places.site_of(equipment) if equipment else None
    if not title.strip() or site is None:
        raise Incomplete(_("Say what is wrong, and name at least one lot or the equipment."))
    case = Nonconformance.objects.create(
        number=numbering.next_number("nonconformance"), title=title.strip(), description=description,
        severity=severity, source_kind=source_kind, source_id=source_id, equipment=equipment,
        site=site, characteristic=characteristic, material=material, defect=defect, partner=partner,
        owner_role=owner_role, reported_by=by, opened_at=at,
        due_at=at + ANSWER_WITHIN.get(Severity(severity), ANSWER_LATEST),
    )
    data = {"source": f"{source_kind} {source_id}".strip(), "goes_to": owner_role}
    journal.record("nonconformance.opened", subject=case, by=by, reason=title, data=data)
    hold(case, suspect, quantities, by=by, at=at)
    classifying.look_back(case, by=by, at=at)
    boards.bring(case, by=by, at=at)
    news = {"nonconformance": case.number, "equipment": equipment.code if equipment else "", "held": bool(suspect)}
    live.push("news", "nonconformance", {**for_everyone("title", case.title), **news})
    return case


def hold(
    case: Nonconformance, lots: Iterable[MaterialLot], quantities: Mapping[int, Decimal] | None, *, by: Person,
    at: datetime, reason: str = "",
) -> None:
    """Hold the lots and list them, unless there are none."""
    ids = {lot.pk for lot in lots}
    if ids:
        suspects.hold(case, ids, by=by, at=at)
        suspects.enlist(case, ids, by=by, quantities=quantities, reason=reason)


@command
def add_lots(
    *, nonconformance: Nonconformance, lots: Iterable[MaterialLot], reason: str, by: Person, at: datetime,
    quantities: Mapping[int, Decimal] | None = None,
) -> Nonconformance:
    """More lots are suspect: hold and list them too."""
    policies.check(by, "nonconformance.add-lots", nonconformance=nonconformance.number)
    if nonconformance.status == NonconformanceStatus.CLOSED:
        message = _("%(number)s is closed. Report a new nonconformance for these lots.")
        raise Incomplete(message % {"number": nonconformance.number})
    try:
        hold(nonconformance, lots, quantities, by=by, at=at, reason=reason)
    except suspects.ClosedMeanwhile as error:
        raise Incomplete(_("Somebody closed this nonconformance meanwhile. Report a new one.")) from error
    nonconformance.refresh_from_db()
    boards.bring(nonconformance, by=by, at=at)
    return nonconformance


@command
def review(*, nonconformance: Nonconformance, by: Person, at: datetime) -> Nonconformance:
    """Take a nonconformance on: from now on somebody answers for it."""
    policies.check(by, "nonconformance.review", nonconformance=nonconformance.number)
    owner = nonconformance.owner or by
    journal.move(nonconformance, to=NonconformanceStatus.REVIEW, by=by, data={"owner": owner.number}, owner=owner)
    return nonconformance


@command
def assign_owner(*, nonconformance: Nonconformance, owner: Person, by: Person, at: datetime) -> Nonconformance:
    """Give a nonconformance to somebody."""
    policies.check(by, "nonconformance.review", nonconformance=nonconformance.number)
    case = lock(Nonconformance.objects.filter(pk=nonconformance.pk))[0]
    if case.status == NonconformanceStatus.CLOSED:
        raise Incomplete(_("%(number)s is closed and needs no owner.") % {"number": case.number})
    Nonconformance.objects.filter(pk=case.pk).update(owner=owner)
    journal.record("nonconformance.assigned", subject=case, by=by, data={"owner": owner.number, "name": owner.name})
    case.owner = owner
    return case


@command
def close(*, nonconformance: Nonconformance, reason: str, by: Person, at: datetime) -> Nonconformance:
    """Close a nonconformance: every piece is decided, and nothing is held or stopped for it any more."""
    policies.check(by, "nonconformance.close", nonconformance=nonconformance.number)
    case = lock(Nonconformance.objects.filter(pk=nonconformance.pk))[0]
    left = suspects.undecided(case)
    if left:
        message = _("%(number)s can't be closed: %(count)s lots are not decided, such as %(lot)s. Decide about them.")
        words = {"number": case.number, "count": len(left), "lot": left[0].lot.number}
        raise CannotClose(message % words, facts={"lots": [row.lot.number for row in left[:20]]})
    held = reading.open_holds(case)
    if held:
        message = _("%(number)s can't be closed: %(target)s is still held for it. Release or restart it first.")
        raise CannotClose(message % {"number": case.number, "target": held[0].target_label}, facts={"hold": held[0].pk})
    again = reading.rechecks_due(case)
    if again:
        message = _("%(number)s can't be closed: what was reworked of lot %(lot)s must be looked at again first.")
        words = {"number": case.number, "lot": str(again[0].rework_lot)}
        raise CannotClose(message % words, code="recheck-due", facts={"lots": [str(one.rework_lot) for one in again]})
    journal.move(case, to=NonconformanceStatus.CLOSED, by=by, reason=reason, closed_at=at)
    return case


@command
def stop_equipment(
    *, nonconformance: Nonconformance, equipment: Equipment, reason: str, by: Person, at: datetime
) -> Hold:
    """Stop a machine or a whole line until it is restarted under a signature."""
    policies.check(by, "nonconformance.stop-equipment", nonconformance=nonconformance.number)
    case = lock(Nonconformance.objects.filter(pk=nonconformance.pk))[0]
    if case.status == NonconformanceStatus.CLOSED:
        raise Incomplete(_("%(number)s is closed. Report a new one.") % {"number": case.number})
    target = Target.equipment(equipment, places.site_of(equipment))
    stop = holds.place(target=target, cause=reading.cause_of(case), reason=reason, by=by, at=at)
    data = {"equipment": equipment.code, "nonconformance": nonconformance.number, "stopped": True}
    for place in places.within(equipment):
        live.push(f"station.{place.code}", "alarm", {**for_everyone("title", reason), **data})
    return stop


@command
def restart_equipment(
    *, nonconformance: Nonconformance, equipment: Equipment, assignable_cause: str, action_taken: str, reason: str,
    password: str, seen_hash: str, by: Person, at: datetime,
) -> list[Hold]:
    """Let a stopped machine go again: with the cause that was found, what was done about it, and a signature."""
    policies.check(by, "nonconformance.restart-equipment", nonconformance=nonconformance.number)
    if not assignable_cause.strip() or not action_taken.strip():
        raise Incomplete(_("Before the restart, write down the cause that was found and what was done about it."))
    case = lock(Nonconformance.objects.filter(pk=nonconformance.pk))[0]
    stops = [hold for hold in reading.equipment_holds(case) if hold.target_id == equipment.code]
    if not stops:
        message = _("%(equipment)s is not stopped by %(number)s.")
        raise Incomplete(message % {"equipment": equipment.code, "number": case.number})
    rules.check_seen(case, seen_hash)
    found = {"equipment": equipment.code, "assignable_cause": assignable_cause, "action_taken": action_taken}
    content = {**reading.seen(case), **found}
    signature = signatures.sign(
        subject=case, meaning=Meaning.RELEASED, content=content, seen_hash=signatures.content_hash(content),
        password=password, reason=reason, by=by, at=at,
    )
    journal.record("nonconformance.restarted", subject=case, by=by, reason=reason, data=found)
    return [holds.release(hold=stop, reason=reason, by=by, at=at, signature=signature) for stop in stops]
