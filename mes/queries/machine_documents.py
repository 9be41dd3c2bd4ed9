"""Which documents hold at a machine: the instructions and files of the operations that are done there now."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from mes.models import InstructionMedia, Segment
from mes.queries import instructions
from plant.models import Equipment, RevisionStatus

MOST = 60


@dataclass(frozen=True, slots=True)
class Documents:
    """An operation that the machine does, with what is shown and told of it."""

    segment: Segment
    text: str
    media: list[InstructionMedia]


def of_machine(equipment: Equipment, at: datetime) -> list[Documents]:
    """The operations with instructions whose revision is in effect, at the machine or at what stands in it."""
    there = Q(stations=equipment) | Q(stations__parent=equipment) | Q(stations__parent__parent=equipment)
    shown = Exists(InstructionMedia.objects.filter(segment=OuterRef("pk")))
    rows = Segment.objects.filter(
        ~Q(instruction="") | ~Q(instruction_zh="") | shown, pk__in=Segment.objects.filter(there).values("pk"),
        work_master__status=RevisionStatus.EFFECTIVE, work_master__effective__contains=at,
        work_master__based_on__isnull=True,
    )
    rows = rows.select_related("work_master__material").prefetch_related("media")
    found = [(one, instructions.of(one)) for one in rows.order_by("work_master__code", "sequence")[:MOST]]
    return [Documents(one, told.text, told.media) for one, told in found]
