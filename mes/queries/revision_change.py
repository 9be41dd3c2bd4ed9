"""What changes for a work order when it goes to another revision of its routing, operation by operation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from mes.amounts import plain
from mes.models import DataItem, JobOrder, JobSegment, Segment, SegmentGroup, WorkMaster
from mes.queries import bills, wip
from mes.queries.bills import Need
from plant.models import MaterialDefinition, RevisionStatus

LABELS: dict[str, Any] = {
    "sequence": _("Position in the routing"), "name": _("Name"), "stations": _("Stations"), "skill": _("Needs skill"),
    "seconds": _("Seconds per piece"), "rework": _("Rework may enter here"), "group": _("Group"),
    "optional": _("May be passed over"), "instruction": _("Instruction"),
    "materials": _("Materials"), "values": _("Values to enter"), "golden": _("Golden parameters"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that an operation had, and has."""

    what: str
    before: str
    after: str

    @property
    def label(self) -> Any:
        return LABELS[self.what]


@dataclass(frozen=True, slots=True)
class OperationChange:
    """An operation of either revision: ADDED, REMOVED, CHANGED or SAME, and what of the order is there already."""

    code: str
    verdict: str
    differences: tuple[Difference, ...]
    reports: int
    in_process: Decimal

    @property
    def is_in_use(self) -> bool:
        """Work was reported here, or a lot stands here."""
        return self.reports > 0 or self.in_process > 0


@dataclass(frozen=True, slots=True)
class RevisionChange:
    """The whole change of one work order."""

    job: JobOrder
    to: WorkMaster
    operations: list[OperationChange]

    @property
    def lacking(self) -> list[OperationChange]:
        """Operations in use that the new revision lacks: because of them the order can't go there."""
        return [one for one in self.operations if one.verdict == "REMOVED" and one.is_in_use]

    @property
    def seen(self) -> dict[str, Any]:
        """What a person sees and signs; how far the order is changes by the minute and does not belong to it."""
        return {
            "job_order": self.job.number, "from": str(self.job.work_master), "to": str(self.to),
            "operations": [
                [one.code, one.verdict, [[each.what, each.before, each.after] for each in one.differences]]
                for one in self.operations
            ],
        }

    def codes(self, verdict: str) -> list[str]:
        """The operations with a verdict."""
        return [one.code for one in self.operations if one.verdict == verdict]


def candidates(job: JobOrder) -> QuerySet[WorkMaster]:
    """The revisions that a work order may go to, the newest first."""
    rows = WorkMaster.objects.filter(material=job.work_request.material_id, status=RevisionStatus.EFFECTIVE)
    return rows.filter(based_on__isnull=True).exclude(pk=job.work_master_id).order_by("-revision", "code")


def compare(job: JobOrder, to: WorkMaster, at: datetime) -> RevisionChange:
    """Both revisions side by side; materials as the order took them over, and as the bill says at a moment."""
    before = told(job.work_master_id, bills.needs_of(job))
    after = told(to.pk, bills.of_master(to, at))
    rows = JobSegment.objects.filter(job_order=job).annotate(reports=Count("responses"))
    reported = dict(rows.values_list("segment__code", "reports"))
    standing = wip.of_job(job.number)
    codes = [*after, *(code for code in before if code not in after)]
    return RevisionChange(job, to, [
        OperationChange(
            code, *judged(before.get(code), after.get(code)), reported.get(code, 0), standing.get(code, Decimal(0))
        )
        for code in codes
    ])


def judged(before: dict[str, str] | None, after: dict[str, str] | None) -> tuple[str, tuple[Difference, ...]]:
    """The verdict on an operation, and what is different."""
    was, is_now = before or {}, after or {}
    differences = tuple(
        Difference(what, was.get(what, ""), is_now.get(what, ""))
        for what in LABELS if was.get(what, "") != is_now.get(what, "")
    )
    verdict = "ADDED" if before is None else "REMOVED" if after is None else "CHANGED" if differences else "SAME"
    return verdict, differences


Told = dict[str, dict[str, str]]


def told(work_master_id: int, needs: Iterable[Need]) -> Told:
    """Operation → each thing that may change, in words, in the order of the routing."""
    taken: dict[int, list[Need]] = {}
    for need in needs:
        taken.setdefault(need.segment_id, []).append(need)
    ids = {one for found in taken.values() for need in found
           for one in (need.material_id, *(other.material_id for other in need.stand_ins))}
    codes = dict(MaterialDefinition.objects.filter(pk__in=ids).values_list("pk", "code"))
    rows = Segment.objects.filter(work_master=work_master_id).select_related("qualification").order_by("sequence")
    rows = rows.prefetch_related("stations", "data_items__unit", "parameters__parameter", "media")
    groups = SegmentGroup.objects.filter(work_master=work_master_id)
    kinds = {group.code: str(group.get_kind_display()) for group in groups}
    return {row.code: described(row, taken.get(row.pk, []), codes, kinds) for row in rows}


def described(row: Segment, needs: list[Need], codes: dict[int, str], kinds: dict[str, str]) -> dict[str, str]:
    """One operation in words."""
    lines = sorted(
        f"{codes[need.material_id]} × {plain(need.quantity_per)}"
        + "".join(f" / {codes[one.material_id]} × {plain(one.ratio)}" for one in need.stand_ins)
        for need in needs
    )
    return {
        "sequence": str(row.sequence), "name": row.name,
        "stations": ", ".join(sorted(station.code for station in row.stations.all())),
        "skill": row.qualification.code if row.qualification else "", "seconds": plain(row.seconds_per_piece),
        "rework": "✓" if row.rework_entry else "", "optional": "✓" if row.is_optional else "",
        "group": f"{row.group} · {kinds[row.group]}" if row.group else "", "materials": "; ".join(lines),
        "instruction": "; ".join(
            [*filter(None, [row.instruction]), *(f"{one.title} {one.sha256[:8]}" for one in row.media.all())]
        ),
        "values": "; ".join(asked(item) for item in row.data_items.all()),
        "golden": "; ".join(sorted(
            f"{one.parameter.code} {plain_or_dash(one.low)} … {one.target} … {plain_or_dash(one.high)}"
            for one in row.parameters.all()
        )),
    }


def asked(item: DataItem) -> str:
    """A value to enter, with its limits."""
    low, high = (plain(one) if one is not None else "" for one in (item.low, item.high))
    limits = f" {low} … {high} {item.unit.symbol if item.unit else ''}".rstrip() if low or high else ""
    return f"{item.name}{limits}{'' if item.required else ' (–)'}"


def plain_or_dash(value: float | None) -> str:
    return "–" if value is None else str(value)
