"""Which inspections follow an operation: read from the control plan, kept for five seconds per process."""

import time
from datetime import datetime

from plant.models import MaterialDefinition
from qms.models import CheckMethod, ControlPlanLine, InspectionKind
from qms.queries import plans

FRESH_SECONDS = 5.0
_kept: dict[tuple[int, str], tuple[float, list[ControlPlanLine]]] = {}


def after(material: MaterialDefinition, operation: str, *, at: datetime) -> list[ControlPlanLine]:
    """The lines of the effective control plan that ask for an inspection after an operation."""
    key = (material.pk, operation)
    found = _kept.get(key)
    if found is None or found[0] < time.monotonic():
        lines = plans.lines_for(material=material, operation=operation, method=CheckMethod.INSPECTION, at=at)
        found = (time.monotonic() + FRESH_SECONDS, lines)
        _kept[key] = found
    return found[1]


def forget() -> None:
    """Read every control plan anew, now."""
    _kept.clear()


def kind_of(*, is_last: bool) -> InspectionKind:
    """The last operation is followed by the final inspection, every other one by an in-process inspection."""
    return InspectionKind.FINAL if is_last else InspectionKind.IN_PROCESS
