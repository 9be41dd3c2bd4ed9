"""What quality says by itself: an inspection is waited for, passed or failed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plant import statements
from qms.models import Characteristic, Verdict

UNAPPROVED = "qms.source-not-approved"
AWAITING, DECIDED, FAILED = "qms.awaiting-inspection", "qms.inspection-decided", "qms.inspection-failed"
FOUND_OUT = "qms.gauge-found-out"


def awaiting(number: str) -> str:
    """A lot waits for its inspection."""
    return statements.say(AWAITING, number=number)


def decided(number: str, verdict: str) -> str:
    """An inspection is decided."""
    return statements.say(DECIDED, number=number, verdict=verdict)


def failed(number: str, characteristics: Iterable[Characteristic]) -> str:
    """These characteristics failed at an inspection."""
    return statements.say(FAILED, number=number, names=[[one.name, one.name_zh] for one in characteristics])


def found_out(gauge: str, review: str) -> str:
    """Lots were measured with a gauge that turned out to be wrong."""
    return statements.say(FOUND_OUT, gauge=gauge, review=review)


@statements.register(FOUND_OUT)
def _found_out(facts: Mapping[str, Any]) -> str:
    return _("Measured with %(gauge)s before it was found wrong (%(review)s)") % facts


def unapproved(supplier: str, material: str, status: str) -> str:
    """A lot came from a supplier who is not approved for it, or only with conditions."""
    return statements.say(UNAPPROVED, supplier=supplier, material=material, status=status)


@statements.register(UNAPPROVED)
def _unapproved(facts: Mapping[str, Any]) -> str:
    if facts["status"]:
        return _("%(supplier)s delivers %(material)s only with conditions: quality lets the lot go") % facts
    return _("%(supplier)s is not approved to deliver %(material)s") % facts


@statements.register(AWAITING)
def _awaiting(facts: Mapping[str, Any]) -> str:
    return _("Awaiting inspection %(number)s") % facts


@statements.register(DECIDED)
def _decided(facts: Mapping[str, Any]) -> str:
    return _("Inspection %(number)s: %(verdict)s") % {**facts, "verdict": Verdict(facts["verdict"]).label}


@statements.register(FAILED)
def _failed(facts: Mapping[str, Any]) -> str:
    is_chinese = (get_language() or "").startswith("zh")
    names = [(is_chinese and chinese) or name for name, chinese in facts["names"]]
    return _("%(names)s failed at %(number)s") % {"names": ", ".join(names), "number": facts["number"]}
