"""The health page's checks: rooms add their own; each is read when somebody looks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

GOOD, ODD, BAD, PLAIN = "good", "odd", "bad", "plain"
ORDER = {BAD: 0, ODD: 1, GOOD: 2, PLAIN: 3}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the page: what, how it is, and what to do when it is not well."""

    title: Any
    value: Any
    tone: str = PLAIN
    do: Any = ""

    @property
    def word(self) -> Any:
        """The tone in words, for whoever can't tell the colours."""
        return {GOOD: _("Well"), ODD: _("Look at it"), BAD: _("Act now"), PLAIN: ""}[self.tone]


@dataclass(frozen=True, slots=True)
class Check:
    """A card of the page."""

    title: Any
    icon: str
    read: Callable[[datetime], Iterable[Finding]]
    order: int = 50
    is_wide: bool = False


_CHECKS: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Add a check; the same name again replaces it."""
    _CHECKS[name] = check


def everything(at: datetime) -> list[tuple[Check, list[Finding]]]:
    """Every check with what it found now."""
    return [(check, list(check.read(at))) for check in sorted(_CHECKS.values(), key=lambda check: check.order)]


def worst(found: Iterable[tuple[Check, list[Finding]]]) -> str:
    """The worst tone of all findings."""
    tones = [finding.tone for _check, findings in found for finding in findings if finding.tone != PLAIN]
    return min(tones, key=ORDER.__getitem__, default=GOOD)
