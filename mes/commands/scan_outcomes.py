"""What the person at the station is told of a scan: the verdict, why, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from mes.amounts import plain
from mes.commands.command_codes import Told
from plant.errors import Refusal

ACCEPTED, REFUSED, ATTENTION = "accepted", "refused", "attention"


@dataclass(frozen=True)
class ScanOutcome:
    """What the person is told: the verdict, why, and what to do next."""

    outcome: str
    message: str
    facts: dict[str, Any] = field(default_factory=dict)
    kind: str = ""
    lot: str = ""
    next: str = ""
    code: str = ""
    replayed: bool = False


def refused(refusal: Refusal) -> ScanOutcome:
    """A refusal as an answer; its text already says what to do."""
    facts = {key: value if isinstance(value, (str, int, bool, list, dict, type(None))) else str(value)
             for key, value in refusal.facts.items()}
    return ScanOutcome(REFUSED, str(refusal), facts, lot=str(facts.get("lot", "")), code=refusal.code)


def as_outcome(told: Told, kind: str) -> ScanOutcome:
    """What was told, as an answer."""
    outcome, lot = ATTENTION if told.is_short else ACCEPTED, str(told.facts.get("lot", ""))
    return ScanOutcome(outcome, str(told.message), told.facts, kind=kind, lot=lot, next=str(told.next))


def as_substitute(outcome: ScanOutcome, listed: str) -> ScanOutcome:
    """Say that a material was taken as a substitute, and for which one."""
    told = _("%(message)s A substitute, taken instead of %(listed)s.") % {"message": outcome.message, "listed": listed}
    return replace(outcome, message=str(told), facts={**outcome.facts, "instead_of": listed})


def at_place(outcome: ScanOutcome, places: Sequence[str]) -> ScanOutcome:
    """Say where in the serial a part belongs."""
    if not places:
        return outcome
    told = _("%(message)s It belongs at %(places)s.") % {"message": outcome.message, "places": ", ".join(places)}
    return replace(outcome, message=str(told), facts={**outcome.facts, "places": list(places)})


def told_component(number: str, told_amount: str, amount: Decimal, into: str, done: str) -> ScanOutcome:
    """What was done with a material."""
    words = {"lot": number, "amount": told_amount, "into": into}
    facts = {"quantity": plain(amount), "into": into, "done": done}
    if not into:
        message, told = _("%(lot)s: %(amount)s ready at the station."), _("Scan the lot or serial that you work on.")
    else:
        message, told = _("%(lot)s: %(amount)s went into %(into)s."), _("Go on; when it is done, scan its code again.")
    return ScanOutcome(ACCEPTED, str(message % words), facts, kind="material", lot=number, next=str(told))
