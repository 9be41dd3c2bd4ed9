"""Work orders of maintenance: opened by a plan, for a breakdown or by hand; started, ticked off, done, signed off."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mes.commands import hints, machines
from mes.models import (
    Andon,
    MaintenanceDue,
    MaintenanceKind,
    MaintenanceOrder,
    MaintenancePlan,
    MaintenanceStatus,
    MaintenanceStep,
    MaintenanceTick,
)
from mes.queries import maintenance
from plant import policies
from plant.commands import desks, journal, numbering, signatures
from plant.commands.answering import coded
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, EquipmentState, Meaning, NoticeKind, Person, ReasonCode, ReasonUse
from plant.transactions import command


class MaintenanceRefused(Refusal):
    """Work on a machine that can't be opened, begun or finished so."""

    code = "maintenance-refused"


@command
def open_order(
    *, equipment: Equipment, title: str, by: Person, at: datetime, plan: MaintenancePlan | None = None,
    andon: Andon | None = None, due_at: datetime | None = None,
) -> MaintenanceOrder:
    """Open a work order. While one of a plan is alive at the machine, that one stands; so does the one of a call."""
    policies.check(by, "maintenance.open", on=equipment)
    if not title.strip():
        raise MaintenanceRefused(_("Say in a few words what is to be done."), facts={"field": "title"})
    lock(Equipment.objects.filter(pk=equipment.pk))
    alive = _rows().filter(equipment=equipment, status__in=maintenance.ALIVE)
    known = alive.filter(plan=plan) if plan else alive.filter(andon=andon) if andon else alive.none()
    if (found := known.first()) is not None:
        return found
    kind = MaintenanceKind.PLANNED if plan else MaintenanceKind.BREAKDOWN if andon else MaintenanceKind.OTHER
    made = MaintenanceOrder.objects.create(
        number=numbering.next_number("maintenance_order"), equipment=equipment, kind=kind, plan=plan, andon=andon,
        title=title.strip()[:200], opened_by=by, opened_at=at, due_at=due_at,
        **({"owner_role": plan.owner_role} if plan else {}),
    )
    data = {"equipment": equipment.code, "kind": kind, "plan": plan.code if plan else ""}
    journal.record("maintenanceorder.opened", subject=made, by=by, reason=made.title, data=data)
    return _told(made, "opened")


@command
def assign(*, order: MaintenanceOrder, to: Person, by: Person, at: datetime) -> MaintenanceOrder:
    """Give a work order to somebody, and tell them."""
    policies.check(by, "maintenance.assign", on=order.equipment)
    if not policies.may(to, "maintenance.work"):
        message = _("%(person)s has no role that works on machines. Choose somebody else.")
        raise MaintenanceRefused(message % {"person": to}, facts={"field": "to"})
    found = _locked(order)
    if found.status not in maintenance.ALIVE:
        raise MaintenanceRefused(_("The work is done already, so nobody needs to do it."))
    found.owner = to
    found.save(update_fields=["owner"])
    journal.record("maintenanceorder.assigned", subject=found, by=by, data={"to": to.number})
    url, title = maintenance.url(found), f"{found.number} · {found.equipment.code} · {found.title}"
    desks.tell(person=to, kind=NoticeKind.NEWS, title=title, url=url, by=by, at=at)
    return _told(found)


@command
def start(*, order: MaintenanceOrder, by: Person, at: datetime) -> MaintenanceOrder:
    """Begin: the machine is in maintenance now, and takes no work until this is done."""
    policies.check(by, "maintenance.work", on=order.equipment)
    found = _locked(order)
    owner = found.owner or by
    journal.move(found, to=MaintenanceStatus.STARTED, by=by, started_at=at, owner=owner)
    _put(found.equipment, EquipmentState.MAINTENANCE, at)
    return _told(found)


@command
def tick(
    *, order: MaintenanceOrder, step: MaintenanceStep, by: Person, at: datetime, remark: str = "", is_done: bool = True
) -> MaintenanceTick:
    """Say that a step of the checklist is done, or left out and why."""
    policies.check(by, "maintenance.work", on=order.equipment)
    found = _locked(order)
    if found.status != MaintenanceStatus.STARTED:
        raise MaintenanceRefused(_("Begin the work first: then its steps can be ticked off."))
    if step.plan_id != found.plan_id or found.ticks.filter(step=step).exists():
        raise MaintenanceRefused(_("This step is done already, or of another plan. Look at the list again."))
    if not is_done and not remark.strip():
        raise MaintenanceRefused(_("Say why this step is left out."), facts={"field": "remark"})
    data = {"step": step.position, "text": step.text}
    word = "step-done" if is_done else "step-left-out"
    journal.record(f"maintenanceorder.{word}", subject=found, by=by, reason=remark, data=data)
    return MaintenanceTick.objects.create(
        order=found, step=step, is_done=is_done, remark=remark.strip(), by=by, at=at
    )


@command
def finish(
    *, order: MaintenanceOrder, findings: str, hours: Decimal, by: Person, at: datetime,
    cause: ReasonCode | None = None,
) -> MaintenanceOrder:
    """Finish: what was found and how long it took. The machine is idle again, and the plan's interval begins anew."""
    policies.check(by, "maintenance.work", on=order.equipment)
    if not findings.strip():
        raise MaintenanceRefused(_("Say what was found, or that nothing was."), facts={"field": "findings"})
    found = _locked(order)
    left = [line for line in maintenance.steps(found) if line.taken is None and line.step.required]
    if left:
        message = _("%(count)s steps of the checklist are still open. Tick them off, or leave each out and say why.")
        raise MaintenanceRefused(message % {"count": len(left)})
    code = coded(cause, ReasonUse.CAUSE) if found.kind == MaintenanceKind.BREAKDOWN else None
    fields: dict[str, Any] = {
        "done_by": by, "done_at": at, "hours": hours, "findings": findings.strip(), "cause_kind": code,
    }
    journal.move(found, to=MaintenanceStatus.DONE, by=by, reason=findings, data={"hours": hours}, **fields)
    MaintenanceDue.objects.filter(plan=found.plan, equipment=found.equipment).update(used=0, last_at=at)
    if not maintenance.worked_on([found.equipment]).exists():
        _put(found.equipment, EquipmentState.IDLE, at)
    return _told(found)


@command
def sign_off(
    *, order: MaintenanceOrder, reason: str, password: str, seen_hash: str, by: Person, at: datetime
) -> MaintenanceOrder:
    """Sign that the work was looked at and is good; somebody else than whoever did it."""
    policies.check(by, "maintenance.sign", on=order.equipment)
    found = _locked(order)
    if found.done_by_id == by.pk:
        raise MaintenanceRefused(_("You did this work yourself. Somebody else signs it off."))
    signatures.sign(
        subject=found, meaning=Meaning.REVIEWED, content=maintenance.seen(found), seen_hash=seen_hash,
        password=password, reason=reason, by=by, at=at,
    )
    journal.move(found, to=MaintenanceStatus.CLOSED, by=by, reason=reason, closed_by=by, closed_at=at)
    return _told(found)


@command
def cancel(*, order: MaintenanceOrder, reason: str, by: Person, at: datetime) -> MaintenanceOrder:
    """Call off a work order that nobody began; its plan opens another one when it is judged again."""
    policies.check(by, "maintenance.assign", on=order.equipment)
    if not reason.strip():
        raise MaintenanceRefused(_("Say in a few words why."), facts={"field": "reason"})
    found = _locked(order)
    journal.move(found, to=MaintenanceStatus.CANCELLED, by=by, reason=reason)
    return _told(found)


def _put(equipment: Equipment, state: str, at: datetime) -> None:
    """Say of a machine what maintenance knows; a controller that speaks later is believed."""
    now = Equipment.objects.get(pk=equipment.pk)
    if state == EquipmentState.MAINTENANCE or now.state in (EquipmentState.MAINTENANCE, EquipmentState.ALARM):
        machines.people_say(equipment=now, state=state, at=at)


def _rows() -> "QuerySet[MaintenanceOrder]":
    return MaintenanceOrder.objects.select_related("equipment__parent", "plan")


def _locked(order: MaintenanceOrder) -> MaintenanceOrder:
    return lock(_rows().filter(pk=order.pk))[0]


def _told(order: MaintenanceOrder, event: str = "changed") -> MaintenanceOrder:
    hints.maintenance(order, event)
    return order
