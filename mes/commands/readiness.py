"""Why a work order can't be given to places and people: every reason at once, so that one look is enough.

What another part of production knows against a place (maintenance that is due) registers here what it knows.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mes.commands import kitting
from mes.models import JobOrder
from mes.queries import skills, troubles
from mes.queries.kitting import kits
from mes.queries.routings import Step
from plant.errors import Refusal
from plant.models import Equipment, EquipmentState, Person
from traceability.commands import holds

DOWN = (EquipmentState.ALARM, EquipmentState.MAINTENANCE)
Against = Callable[[Sequence[Equipment], datetime], Iterable[Refusal]]
_known: list[Against] = []


class CantDispatch(Refusal):
    """A line, station or person that can't take the work."""

    code = "cant-dispatch"


def register(exists: str) -> Callable[[Against], Against]:
    """Have this asked before every dispatch and start at a station: what it says against some places at a moment.

    `exists` asks the same of the database: is there anything at %(places)s? A start asks further only if there is.
    """
    troubles.register(exists)

    def kept(against: Against) -> Against:
        _known.append(against)
        return against

    return kept


def of_places(job: JobOrder, places: Sequence[Equipment], at: datetime) -> list[Refusal]:
    """What stands against a line and its stations: down, held, or what others know; and holds on the order itself."""
    found = [refusal for place in dict.fromkeys(places) if (refusal := down(place))]
    found += _held(equipment=places)
    found += _held(job_orders=[job.number])
    return [*found, *known(places, at)]


def known(places: Sequence[Equipment], at: datetime) -> list[Refusal]:
    """What other parts of production know against some places at a moment."""
    return [refusal for against in _known for refusal in against(places, at)]


def down(place: Equipment) -> Refusal | None:
    """Say that a line or station is down."""
    if place.state not in DOWN:
        return None
    message = _("%(place)s is down: %(state)s. Have it put right, or choose another one.")
    words = {"place": place.code, "state": place.get_state_display()}
    return CantDispatch(message % words, code="equipment-down", facts={"equipment": place.code, "state": place.state})


def _held(*, equipment: Sequence[Equipment] = (), job_orders: Sequence[str] = ()) -> list[Refusal]:
    try:
        holds.check_free(equipment=equipment, job_orders=job_orders)
    except Refusal as refusal:
        return [refusal]
    return []


def of_person(person: Person, steps: Iterable[Step], at: datetime) -> list[Refusal]:
    """The operations of this revision for which somebody has no valid skill."""
    found = []
    for step in steps:
        try:
            skills.check(person, step, at=at)
        except Refusal as refusal:
            found.append(refusal)
    return found


def of_material(job: JobOrder, at: datetime) -> list[Refusal]:
    """What a work order is short of now that no earlier one needs; held material does not count as there."""
    short = [line for kit in kits([job], at=at) for line in kit.short]
    return [kitting.refusal(job, short)] if short else []


def check(found: Sequence[Refusal]) -> None:
    """Refuse with every reason; a single one is told as it is."""
    if len(found) == 1:
        raise found[0]
    if found:
        reasons = [{"code": one.code, "reason": str(one), **one.facts} for one in found]
        message = _("This can't be dispatched so, for %(count)s reasons: %(reasons)s")
        told = " ".join(f"({number}) {one}" for number, one in enumerate(found, 1))
        raise CantDispatch(message % {"count": len(found), "reasons": told}, facts={"reasons": reasons})
