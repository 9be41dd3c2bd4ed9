"""A rule fired: follow the reaction plan, at once, on exactly what is suspect."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Q

from plant import live, policies
from plant.commands import journal, numbering
from plant.locks import seal
from plant.models import Equipment, Person
from plant.queries import places
from plant.statements import for_everyone
from plant.transactions import command
from qms import stopping
from qms.commands import boards, classifying, suspects
from qms.models import (
    Characteristic,
    ControlPlanLine,
    Nonconformance,
    NonconformanceLot,
    NonconformanceStatus,
)
from qms.queries import nonconformances, plans
from traceability.commands import holds
from traceability.gate import Target
from traceability.models import Hold, TargetKind
from traceability.queries import visits


class Reaction(Protocol):
    """What is to follow: a reaction plan, or whatever else says the same of a case of its own."""

    @property
    def hold_lots(self) -> bool: ...
    @property
    def stop_equipment(self) -> bool: ...
    @property
    def open_nonconformance(self) -> bool: ...
    @property
    def owner_role(self) -> str: ...
    @property
    def respond_minutes(self) -> int: ...
    @property
    def instruction(self) -> str: ...
    @property
    def instruction_zh(self) -> str: ...


@dataclass(frozen=True)
class Containment:
    """What was done: the nonconformance and the holds, by the reaction plan that asked for them."""

    nonconformance: Nonconformance | None
    holds: list[Hold]
    reaction: Reaction | None


@dataclass(frozen=True)
class Suspicion:
    """What is suspect: where, from when to when, and who says so."""

    source_kind: str
    source_id: str
    characteristic: Characteristic | None
    equipment: Equipment
    suspect_from: datetime
    suspect_to: datetime
    title: str


@command
def contain(
    *, source_kind: str, source_id: str, line: ControlPlanLine, rule: str, equipment: Equipment,
    suspect_from: datetime, suspect_to: datetime, title: str, by: Person, at: datetime,
) -> Containment:
    """Do what the reaction plan says. Called again for the same source, it adds the lots that became suspect since."""
    suspicion = Suspicion(source_kind, source_id, line.characteristic, equipment, suspect_from, suspect_to, title)
    reaction = plans.reaction_for(line=line, rule=rule)
    if reaction is not None and reaction.stops:
        policies.check(by, "containment.contain")
        asked = stopping.Asked(reaction.stops, equipment, line.operation, source_id, title, suspect_from)
        stopping.ask(asked, at)
    return answer(suspicion=suspicion, reaction=reaction, by=by, at=at)


@command
def answer(*, suspicion: Suspicion, reaction: Reaction | None, by: Person, at: datetime) -> Containment:
    """Do what a reaction asks for, whoever keeps it; idempotent like `contain`."""
    policies.check(by, "containment.contain")
    if reaction is None or not asks_for_a_decision(reaction):
        sound(suspicion, reaction, None)
        return Containment(None, [], reaction)
    try:
        with transaction.atomic():
            return follow(suspicion, reaction, by=by, at=at)
    except suspects.ClosedMeanwhile:
        return follow(suspicion, reaction, by=by, at=at)


def asks_for_a_decision(reaction: Reaction) -> bool:
    """A held lot and a stopped machine need somebody who decides about them."""
    return reaction.open_nonconformance or reaction.hold_lots or reaction.stop_equipment


def follow(suspicion: Suspicion, reaction: Reaction, *, by: Person, at: datetime) -> Containment:
    """One nonconformance, its holds on lots and equipment, and one alarm."""
    earlier = cases_of(suspicion)
    known = known_lots(earlier)
    if earlier and earlier[-1].status == NonconformanceStatus.CLOSED and not find(suspicion, known):
        return Containment(earlier[-1], [], reaction)
    case, is_new = case_for(suspicion, reaction, earlier, by=by, at=at)
    placed = hold_suspects(case, suspicion, known, by=by, at=at) if reaction.hold_lots else []
    if reaction.stop_equipment:
        placed += stop(case, suspicion.equipment, by=by, at=at)
    Nonconformance.objects.filter(pk=case.pk, suspect_to__lt=suspicion.suspect_to).update(
        suspect_to=suspicion.suspect_to
    )
    if is_new:
        classifying.look_back(case, by=by, at=at)
        boards.bring(case, by=by, at=at)
        sound(suspicion, reaction, case)
    case.refresh_from_db()
    return Containment(case, placed, reaction)


def cases_of(suspicion: Suspicion) -> list[Nonconformance]:
    """The nonconformances of this source: the first, and those that followed once it was closed."""
    same = Q(source_id=suspicion.source_id) | Q(source_id__startswith=f"{suspicion.source_id}/")
    return list(Nonconformance.objects.filter(same, source_kind=suspicion.source_kind).order_by("pk"))


def known_lots(cases: Iterable[Nonconformance]) -> set[int]:
    """The lots that this source has made suspect already; somebody decides or has decided about them."""
    rows = NonconformanceLot.objects.filter(nonconformance__in=list(cases), direct=True)
    return set(rows.values_list("lot_id", flat=True))


def case_for(
    suspicion: Suspicion, reaction: Reaction, earlier: list[Nonconformance], *, by: Person, at: datetime
) -> tuple[Nonconformance, bool]:
    """The open nonconformance of this source, or a new one; whoever comes second waits for the first and takes its."""
    if earlier and earlier[-1].status != NonconformanceStatus.CLOSED:
        return earlier[-1], False
    source_id = f"{suspicion.source_id}/{len(earlier) + 1}" if earlier else suspicion.source_id
    defaults: dict[str, Any] = {
        "number": lambda: numbering.next_number("nonconformance"), "title": suspicion.title,
        "site": places.site_of(suspicion.equipment), "equipment": suspicion.equipment,
        "characteristic": suspicion.characteristic, "suspect_from": suspicion.suspect_from,
        "suspect_to": suspicion.suspect_to, "owner_role": reaction.owner_role, "reported_by": by,
        "opened_at": at, "due_at": at + timedelta(minutes=reaction.respond_minutes),
    }
    case, is_new = Nonconformance.objects.get_or_create(
        source_kind=suspicion.source_kind, source_id=source_id, defaults=defaults
    )
    if is_new:
        data = {"source": f"{suspicion.source_kind} {source_id}", "goes_to": reaction.owner_role}
        journal.record("nonconformance.opened", subject=case, by=by, reason=suspicion.title, data=data)
    return case, is_new


def find(suspicion: Suspicion, known: set[int]) -> set[int]:
    """The lots that stood at the equipment, or at a part of it, while it was suspect, without those known."""
    parts = [part.pk for part in places.within(suspicion.equipment)]
    found = visits.lots_at(equipment_ids=parts, from_at=suspicion.suspect_from, to_at=suspicion.suspect_to)
    return set(found) - known


def hold_suspects(
    case: Nonconformance, suspicion: Suspicion, known: set[int], *, by: Person, at: datetime
) -> list[Hold]:
    """Seal the place, then hold until a count made under the locks finds nobody new: no late-comer slips by."""
    seal(part.pk for part in places.within(suspicion.equipment))
    placed: list[Hold] = []
    direct: set[int] = set()
    while fresh := find(suspicion, known | direct):
        direct |= fresh
        placed += suspects.hold(case, fresh, by=by, at=at)
    if direct:
        suspects.enlist(case, direct, by=by)
    return placed


def stop(case: Nonconformance, equipment: Equipment, *, by: Person, at: datetime) -> list[Hold]:
    """Stop the equipment once for this nonconformance; after a signed restart it is not stopped again for it."""
    cause = nonconformances.cause_of(case)
    stopped = Hold.objects.filter(
        target_kind=TargetKind.EQUIPMENT, target_id=equipment.code, cause_kind=cause.kind, cause_id=cause.id
    )
    if stopped.exists():
        return []
    target = Target.equipment(equipment, places.site_of(equipment))
    return [holds.place(target=target, cause=cause, reason=case.title, by=by, at=at)]


def sound(suspicion: Suspicion, reaction: Reaction | None, case: Nonconformance | None) -> None:
    """Tell the wall and the stations, once the transaction has committed."""
    data = {
        **for_everyone("title", suspicion.title), "equipment": suspicion.equipment.code,
        "nonconformance": case.number if case else "",
        "instruction": reaction.instruction if reaction else "",
        "instruction_zh": reaction.instruction_zh if reaction else "",
        "stopped": bool(reaction and reaction.stop_equipment), "held": bool(reaction and reaction.hold_lots),
    }
    live.push("news", "nonconformance" if case else "alarm", data)
    for place in places.within(suspicion.equipment):
        live.push(f"station.{place.code}", "alarm", data)
