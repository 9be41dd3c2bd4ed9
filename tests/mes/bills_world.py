"""Bills for tests: a line of an operation, what stands in for it, and levels that are passed through."""

from decimal import Decimal
from typing import Any

from psycopg2.extras import DateTimeTZRange

from mes.models import MaterialSpecification, Segment, Substitute, WorkMaster
from plant.models import RevisionStatus
from tests import factories as ground


def line(code: str, operation: str = "MOUNT", master: str = "BOARD") -> MaterialSpecification:
    return MaterialSpecification.objects.get(
        segment__work_master__code=master, segment__code=operation, material__code=code
    )


def allow(code: str, instead_of: str = "SCREW", ratio: str = "1", **more: Any) -> Substitute:
    """A material may be taken instead of a line of the board."""
    return Substitute.objects.create(
        line=line(instead_of), material=ground.material(code), ratio=Decimal(ratio), **more
    )


def kit(code: str, **parts: str) -> WorkMaster:
    """How a pass-through level is made up."""
    made = WorkMaster.objects.create(
        code=code, revision=1, material=ground.material(code), name=code, status=RevisionStatus.EFFECTIVE,
        effective=DateTimeTZRange(None, None),
    )
    segment = Segment.objects.create(work_master=made, sequence=10, code="PACK", name="Pack")
    for part, each in parts.items():
        MaterialSpecification.objects.create(
            segment=segment, material=ground.material(part), quantity_per=Decimal(each)
        )
    return made


def passed_through(code: str, each: str = "1", operation: str = "MOUNT", master: str = "BOARD") -> None:
    """An operation takes a level that is opened in planning."""
    segment = Segment.objects.get(work_master__code=master, code=operation)
    MaterialSpecification.objects.create(
        segment=segment, material=ground.material(code), quantity_per=Decimal(each), is_phantom=True
    )
