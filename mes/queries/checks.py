"""Which inspections follow an operation: read from the control plan, kept for five seconds per process."""

from datetime import datetime

from plant.fresh import Fresh
from plant.models import MaterialDefinition
from qms.models import CheckMethod, ControlPlanLine, InspectionKind
from qms.queries import plans

_kept: Fresh[list[ControlPlanLine]] = Fresh(seconds=5)


def after(material: MaterialDefinition, operation: str, *, at: datetime) -> list[ControlPlanLine]:
    """The lines of the effective control plan that ask for an inspection after an operation."""
    return _kept.get(
        (material.pk, operation),
        lambda: plans.lines_for(material=material, operation=operation, method=CheckMethod.INSPECTION, at=at),
    )


def kind_of(*, is_last: bool) -> InspectionKind:
    """The last operation is followed by the final inspection, every other one by an in-process inspection."""
    return InspectionKind.FINAL if is_last else InspectionKind.IN_PROCESS
