"""What production says it found, in words for whoever reads it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from mes.models import ParameterSpecification, Side
from plant import statements

DEVIATES = "mes.deviates"
CAME_BACK = "mes.came-back"
CHECK_FAILED = "mes.check-failed"
TOO_MANY_BAD = "mes.too-many-bad"
RECTIFY = "mes.rectify"


def deviates(*, equipment: str, standard: ParameterSpecification, side: str, value: float) -> str:
    """A live value left its golden window: kept with the window as it was then."""
    segment = standard.segment
    return statements.say(
        DEVIATES, equipment=equipment, parameter=standard.parameter.code, side=side, value=value, low=standard.low,
        high=standard.high, ramp=standard.ramp, unit=standard.parameter.unit.symbol, operation=segment.code,
        product=segment.work_master.material.code,
    )


@statements.register(DEVIATES)
def _deviates(facts: Mapping[str, Any]) -> str:
    words = dict(facts) | {name: f"{facts[name]:.6g}" for name in ("value", "low", "high", "ramp") if facts[name]}
    if facts["side"] == Side.RAMP:
        return _("%(equipment)s: %(parameter)s changes by more than %(ramp)s %(unit)s within a minute, now %(value)s "
                 "(%(product)s, %(operation)s)") % words
    if facts["side"] == Side.LOW:
        return _("%(equipment)s: %(parameter)s is %(value)s %(unit)s, below its golden window from %(low)s on "
                 "(%(product)s, %(operation)s)") % words
    return _("%(equipment)s: %(parameter)s is %(value)s %(unit)s, above its golden window up to %(high)s "
             "(%(product)s, %(operation)s)") % words


def check_failed(*, check: str, station: str, remark: str) -> str:
    """A check by rule failed: what it stopped stands still for it."""
    return statements.say(CHECK_FAILED, check=check, station=station, remark=remark)


@statements.register(CHECK_FAILED)
def _check_failed(facts: Mapping[str, Any]) -> str:
    told = _("The check “%(check)s” failed at %(station)s. %(remark)s") % dict(facts)
    return told.strip()


def too_many_bad(*, lot: str, operation: str, share: float, limit: float) -> str:
    """More pieces are bad than the limit allows: what it stopped stands still for it."""
    return statements.say(TOO_MANY_BAD, lot=lot, operation=operation, share=f"{share:.1f}", limit=f"{limit:.1f}")


@statements.register(TOO_MANY_BAD)
def _too_many_bad(facts: Mapping[str, Any]) -> str:
    return _("%(lot)s: %(share)s %% bad at %(operation)s, more than %(limit)s %%") % dict(facts)


def rectify() -> str:
    """What every stop asks for at once."""
    return statements.say(RECTIFY)


@statements.register(RECTIFY)
def _rectify(facts: Mapping[str, Any]) -> str:
    return _("Find the cause, put it right, and see to it that it stays away")


def came_back(*, customer: str, reason: str) -> str:
    """A customer sent something back: why it is held."""
    return statements.say(CAME_BACK, customer=customer, reason=reason)


@statements.register(CAME_BACK)
def _came_back(facts: Mapping[str, Any]) -> str:
    return _("Came back from %(customer)s: %(reason)s") % dict(facts)
