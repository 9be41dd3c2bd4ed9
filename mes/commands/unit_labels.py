"""Labels of cartons and pallets: each print is in the journal, a second one with its reason, and scanned back."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mes.commands.packing import NotPacked
from mes.queries import units
from plant import policies
from plant.commands import journal
from plant.locks import lock
from plant.models import JournalEntry, Person
from plant.transactions import command
from traceability.models import HandlingUnit, UnitStatus

PRINTED, VERIFIED = "handlingunit.printed", "handlingunit.verified"


def prints(unit: HandlingUnit) -> int:
    """How often its label was printed."""
    return JournalEntry.objects.filter(kind=PRINTED, stream=f"handlingunit:{unit.pk}").count()


@command
def record_print(*, unit: HandlingUnit, by: Person, reason: str = "") -> int:
    """Write that a label is printed, and the how-manieth it is; from the second on with a reason."""
    policies.check(by, "lot.print", on=unit)
    found = lock(HandlingUnit.objects.filter(pk=unit.pk))[0]
    if found.status not in (UnitStatus.CLOSED, UnitStatus.SHIPPED):
        message = _("%(unit)s is not closed, so what its label says may still change. Close it first.")
        raise NotPacked(message % {"unit": found.number}, code="unit-open")
    count = prints(found) + 1
    if count > 1 and not reason.strip():
        message = _("This label was printed before. Say why it is printed again: two labels make two cartons of one.")
        raise NotPacked(message, code="no-reason", facts={"field": "reason"})
    journal.record(PRINTED, subject=found, by=by, reason=reason.strip(), data={"copy": count})
    return count


@command
def verify(*, unit: HandlingUnit, code: str, by: Person, at: datetime) -> HandlingUnit:
    """Write that the label was scanned where it sticks, and names this unit; another one is refused."""
    policies.check(by, "lot.print", on=unit)
    thing = units.found(code, at)
    if not isinstance(thing, HandlingUnit) or thing.pk != unit.pk:
        message = _("This label names %(found)s, not %(unit)s. Take it off, and scan the right one.")
        words = {"found": thing.number, "unit": unit.number}
        raise NotPacked(message % words, code="wrong-label", facts=words)
    journal.record(VERIFIED, subject=unit, by=by)
    return thing
