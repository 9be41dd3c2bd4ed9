"""Control plans: begun, handed in, and released by another person, which changes what the floor does."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal, reviews
from plant.errors import Refusal
from plant.locks import lock
from plant.models import MaterialDefinition, Person
from plant.transactions import command
from qms.commands import reopening
from qms.models import ControlPlan, PlanStage
from qms.queries import plans as reading
from qms.queries import releases

PARTS: dict[str, Any] = {"lines": {"reactions": {"steps": {}}}}


class PlanRefused(Refusal):
    """A control plan that can't be kept or come into effect so."""

    code = "plan-refused"


@command
def create(
    *, code: str, name: str, material: MaterialDefinition, by: Person, at: datetime,
    stage: str = PlanStage.PRODUCTION, routing: str = "",
) -> ControlPlan:
    """Begin the control plan of a material."""
    policies.check(by, "control-plan.edit")
    code, name = code.strip(), name.strip()
    if not code or not name:
        raise PlanRefused(_("A control plan needs a code and a name."), facts={"field": "name" if code else "code"})
    if ControlPlan.objects.filter(code=code).exists():
        message = _("There is a control plan “%(code)s” already. Open it and make a new revision.")
        raise PlanRefused(message % {"code": code}, facts={"field": "code"})
    plan = ControlPlan.objects.create(
        code=code, name=name, material=material, stage=stage, routing=routing.strip(), written_by=by
    )
    data = {"material": material.code, "stage": stage, "at": at}
    journal.record("controlplan.created", subject=plan, by=by, data=data)
    return plan


@command
def describe(*, plan: ControlPlan, name: str, stage: str, routing: str, by: Person, at: datetime) -> ControlPlan:
    """Give a draft another name, stage or routing."""
    policies.check(by, "control-plan.edit", plan=str(plan))
    fresh = reviews.drafted(plan)
    if not name.strip():
        raise PlanRefused(_("A control plan needs a code and a name."), facts={"field": "name"})
    wanted = {"name": name.strip(), "stage": stage, "routing": routing.strip()}
    changed = {field: [getattr(fresh, field), value] for field, value in wanted.items()
               if getattr(fresh, field) != value}
    ControlPlan.objects.filter(pk=fresh.pk).update(**wanted)
    if changed:
        journal.record("controlplan.changed", subject=fresh, by=by, data={**changed, "at": at})
    fresh.refresh_from_db()
    return fresh  # type: ignore[no-any-return]


@command
def submit(*, plan: ControlPlan, by: Person, at: datetime) -> ControlPlan:
    """Hand it in for review."""
    why = reading.why_not_submit(plan)
    done: ControlPlan = reviews.submit(row=plan, why_not=why, by=by, at=at, action="control-plan.edit")
    return done


@command
def send_back(*, plan: ControlPlan, reason: str, by: Person, at: datetime) -> ControlPlan:
    """Let it be changed again."""
    done: ControlPlan = reviews.send_back(row=plan, reason=reason, by=by, at=at, action="control-plan.approve")
    return done


@command
def approve(
    *, plan: ControlPlan, reason: str, password: str, seen_hash: str, by: Person, at: datetime
) -> ControlPlan:
    """Release it: effective from now on, under a signature over the plan and over what it changes on the floor.

    The revision before it ends now; work that runs keeps what it began with.
    """
    policies.check(by, "control-plan.approve", plan=str(plan))
    lock(ControlPlan.objects.filter(code=plan.code))
    changes = releases.of(plan, at)
    done: ControlPlan = reviews.approve(
        row=plan, content=lambda fresh: releases.seen(fresh, changes), seen_hash=seen_hash, password=password,
        reason=reason, by=by, at=at, action="control-plan.approve",
    )
    for change in changes:
        if change.carry_out is not None:
            change.carry_out(by, at)
    counted = Counter(f"{change.noun.lower()} {change.verb.lower()}" for change in changes)
    journal.record("controlplan.carried-out", subject=done, by=by, data=dict(counted))
    return done


@command
def revise(*, plan: ControlPlan, reason: str, by: Person, at: datetime) -> ControlPlan:
    """Begin the next revision with a copy of every line and its reactions."""
    fresh: ControlPlan = reviews.revise(
        row=plan, parts=PARTS, reason=reason, by=by, noun="controlplan", action="control-plan.edit"
    )
    return fresh


@command
def reopen(
    *, code: str, reason: str, source_kind: str, source_id: str, by: Person, at: datetime
) -> ControlPlan:
    """Have a control plan revised because something calls for it: the draft that is begun already, or a new one."""
    policies.check(by, "control-plan.edit", plan=code)
    rows = lock(ControlPlan.objects.filter(code=code))
    if not rows:
        raise PlanRefused(_("There is no control plan “%(code)s”.") % {"code": code}, facts={"field": "code"})
    return reopening.reopened(
        rows=rows, revise=lambda row: revise(plan=row, reason=reason, by=by, at=at), link="plan", noun="controlplan",
        reason=reason, source_kind=source_kind, source_id=source_id, by=by, at=at,
    )
