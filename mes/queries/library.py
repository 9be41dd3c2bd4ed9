"""The standard process library: golden parameters by product, operation and revision, and how live values stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from mes.models import Deviation, InstructionMedia, ParameterSpecification, Segment, WorkMaster
from mes.queries import bills, engineering_changes, groups, standards
from plant.errors import Refusal
from traceability.models import Stream
from traceability.queries import readings
from traceability.queries.readings import Point


class UnknownOperation(Refusal):
    """An operation that has no page in the library."""

    code = "unknown-operation"


@dataclass(frozen=True, slots=True)
class Live:
    """A golden parameter beside one stream that reads it: its newest value, and the last deviation."""

    standard: ParameterSpecification
    stream: Stream | None
    last: Point | None
    deviation: Deviation | None

    @property
    def state(self) -> str:
        """How the newest value stands to its window."""
        if self.stream is None or self.last is None:
            return "UNKNOWN"
        if not self.last.good or self.last.value is None:
            return "BAD"
        low, high = self.standard.low, self.standard.high
        is_out = (low is not None and self.last.value < low) or (high is not None and self.last.value > high)
        return "OUT_OF_WINDOW" if is_out else "IN_WINDOW"


def listing() -> QuerySet[Segment]:
    """Every operation with golden parameters or instruction media: how many parameters, when one last deviated."""
    last = Deviation.objects.filter(standard__segment=OuterRef("pk")).order_by("-at").values("at")[:1]
    rows = Segment.objects.select_related("work_master__material").annotate(many=Count("parameters", distinct=True))
    shown = Exists(InstructionMedia.objects.filter(segment=OuterRef("pk")))
    return rows.filter(Q(many__gt=0) | shown).annotate(last_deviation_at=Subquery(last))


def by_id(pk: int) -> Segment:
    """One operation with its routing and product."""
    found = Segment.objects.select_related("work_master__material").filter(pk=pk).first()
    if found is None:
        raise UnknownOperation(_("There is no operation %(number)s in any routing.") % {"number": pk})
    return found


def lives(segment: Segment) -> list[Live]:
    """Each golden parameter of an operation with every stream that reads it at one of its stations."""
    related = segment.parameters.select_related("parameter__unit", "segment__work_master")
    rows = list(related.order_by("parameter__code"))
    streams = _streams(segment, rows)
    latest = readings.latest(one.pk for one in streams)
    newest = _newest(rows)
    found = []
    for row in rows:
        here: Iterable[Stream | None] = [one for one in streams if one.parameter_id == row.parameter_id] or [None]
        for stream in here:
            key = (row.pk, stream.pk if stream else 0)
            found.append(Live(row, stream, latest.get(key[1]), newest.get(key)))
    return found


def _streams(segment: Segment, rows: Sequence[ParameterSpecification]) -> list[Stream]:
    """The streams that read these parameters where the operation can run."""
    stations = set(segment.stations.values_list("pk", flat=True))
    asked = Stream.objects.filter(parameter__in=[row.parameter_id for row in rows], active=True)
    asked = asked.select_related("equipment").order_by("code")
    watched = standards.watched(one.pk for one in asked)
    return [one for one in asked if one.pk in watched and stations & set(watched[one.pk].places)]


def _newest(rows: Sequence[ParameterSpecification]) -> dict[tuple[int, int], Deviation]:
    """The last deviation of each golden parameter on each stream."""
    newest = Deviation.objects.filter(standard__in=rows).values("standard", "stream").annotate(newest=Max("pk"))
    found = Deviation.objects.filter(pk__in=[row["newest"] for row in newest])
    return {(one.standard_id, one.stream_id): one for one in found}


def seen(work_master: WorkMaster) -> dict[str, Any]:
    """What a person sees and signs when putting a routing with its golden parameters into effect."""
    operations = work_master.segments.order_by("sequence")
    operations = operations.prefetch_related("parameters__parameter", "parameters__steps", "media")
    return {
        "routing": str(work_master), "name": work_master.name, "material": work_master.material.code,
        "operations": [_operation(one) for one in operations], **engineering_changes.seen(work_master),
    }


def _operation(segment: Segment) -> list[Any]:
    told: list[Any] = [segment.sequence, segment.code, [_line(row) for row in _in_order(segment)]]
    media = [[one.position, one.title, one.language, one.sha256] for one in segment.media.all()]
    return [*told, media] if media else told


def _in_order(segment: Segment) -> list[ParameterSpecification]:
    return sorted(segment.parameters.all(), key=lambda row: row.parameter.code)


def _line(row: ParameterSpecification) -> list[Any]:
    return [
        row.parameter.code, row.low, row.target, row.high, row.ramp, row.good_readings, row.reaction, row.pauses,
        *([row.stops] if row.stops else []), row.owner_role, row.respond_minutes, row.close_minutes,
        [[step.position, step.text, step.text_zh, step.required] for step in row.steps.all()],
    ]


def why_not_effective(work_master: WorkMaster, at: datetime) -> str:
    """Why a draft can't come into effect at a moment, or nothing."""
    return engineering_changes.not_before(work_master, at) or why_not_fit(work_master, at)


def why_not_fit(work_master: WorkMaster, at: datetime) -> str:
    """What is wrong with a draft itself, whatever its day."""
    if work_master.segments.exists():
        return groups.why_not(work_master) or bills.why_not(work_master, at)
    return _("The routing has no operation yet. Add one first.")


def needs_signature(work_master: WorkMaster) -> bool:
    """Golden parameters come into effect under a signature."""
    return ParameterSpecification.objects.filter(segment__work_master=work_master).exists()


def effective_at(work_master: WorkMaster) -> datetime | None:
    """Since when a revision counts."""
    return work_master.effective.lower if work_master.effective else None
