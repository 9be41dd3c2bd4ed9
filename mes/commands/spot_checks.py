"""Carrying out spot checks: draw finished lots, walk each down to raw material, file what is missing."""

import secrets
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from mes import drawing_lots
from mes.commands.spot_plans import SpotRefused
from mes.models import SpotCheck, SpotCheckPlan, SpotCheckStatus, SpotFinding, SpotLot
from mes.queries import spot_walks
from plant import policies
from plant.commands import journal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command
from traceability.models import MaterialLot


@command
def draw(*, plan: SpotCheckPlan, week: date, by: Person, at: datetime) -> SpotCheck | None:
    """Draw for one week of a plan, once: who comes second finds it drawn. The seed is made only now, after the week."""
    policies.check(by, "spot-check.judge")
    found = locked(plan)
    if not found.is_active or SpotCheck.objects.filter(plan=found, week=week).exists():
        return None
    period = spot_walks.period(found, week)
    if period.to_at > at:
        raise SpotRefused(_("This week is not over yet. Lots are drawn once its moment has come."), code="too-early")
    known = spot_walks.finished(found, period)
    made = SpotCheck.objects.create(
        plan=found, week=week, seed=secrets.token_hex(16), candidates=len(known),
        fingerprint=drawing_lots.fingerprint(known), from_at=period.from_at, to_at=period.to_at, drawn_at=at,
    )
    lots = MaterialLot.objects.in_bulk(known.values())
    chosen = [lots[known[number]] for number in drawing_lots.draw(made.seed, known, found.lots)]
    for position, lot in enumerate(chosen, 1):
        file(walk(made, lot, position, at), by=by, at=at)
    data = {
        "seed": made.seed, "candidates": made.candidates, "fingerprint": made.fingerprint,
        "lots": [lot.number for lot in chosen], "findings": made.findings.count(),
    }
    journal.record("spotcheck.drawn", subject=made, by=by, data=data)
    close_if_done(made, by=by, at=at)
    return made


def walk(made: SpotCheck, lot: MaterialLot, position: int, at: datetime) -> SpotLot:
    """Walk one lot down to raw material, and keep the walk."""
    found = spot_walks.walk(lot, now=at)
    return SpotLot.objects.create(
        spot_check=made, lot=lot, position=position, met=len(found.lots), ends=found.ends, expected=found.expected,
        lacking=found.lacking, is_cut=found.is_cut, walk=found.kept,
    )


def file(row: SpotLot, *, by: Person, at: datetime) -> None:
    """A finding for whatever the walk missed; what is open already, of this draw or an earlier one, is not filed twice.

    The database knows which are open, so two draws at the same moment file one between them.
    """
    plan = row.spot_check.plan
    due_at = at + timedelta(days=plan.due_days)
    SpotFinding.objects.bulk_create([
        SpotFinding(
            spot_check=row.spot_check, drawn=row, lot_id=lot, kind=kind, operation=operation[:40], what=what[:200],
            place=place[:40], weight=weight, owner_role=plan.owner_role, owner=plan.owner, due_at=due_at,
        )
        for lot, kind, operation, what, place, weight in sorted(row.walk["gaps"])
    ], ignore_conflicts=True)


def close_if_done(one: SpotCheck, *, by: Person, at: datetime) -> None:
    """A check is over once nothing of what it found is open."""
    left = one.findings.exclude(status="CLOSED").exists()
    if one.status == SpotCheckStatus.OPEN and not left:
        journal.move(one, to=SpotCheckStatus.CLOSED, by=by, closed_at=at)


def sweep(*, by: Person, at: datetime) -> list[SpotCheck]:
    """Draw for every plan and week whose moment has come; what was drawn."""
    plans = SpotCheckPlan.objects.filter(is_active=True).order_by("pk")
    due = [(plan, period.week) for plan in plans for period in spot_walks.due(plan, at)]
    made = [draw(plan=plan, week=week, by=by, at=at) for plan, week in due]
    return [one for one in made if one is not None]


def locked(plan: SpotCheckPlan) -> SpotCheckPlan:
    """The plan as it is now, held against whoever draws or changes it meanwhile."""
    rows = SpotCheckPlan.objects.select_related("site", "line", "family", "owner")
    return lock(rows.filter(pk=plan.pk))[0]
