"""What production knows that pieces share: tools, and revisions of routings with their programs."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from mes.models import JobOrder, ToolMount
from traceability import factors
from traceability.factors import Sample, Shared
from traceability.models import MaterialLot


@factors.register
def tools(sample: Sample) -> Iterator[Shared]:
    """Each tool that was mounted where a piece, or something in it, stood."""
    pieces: dict[str, set[int]] = defaultdict(set)
    names: dict[str, str] = {}
    stations = {visit.equipment_id for visit in sample.visits}
    for mount in ToolMount.objects.filter(station__in=stations).select_related("tool"):
        there = {
            visit.lot_id for visit in sample.visits
            if visit.equipment_id == mount.station_id
            and (mount.to_at is None or visit.during.lower < mount.to_at)
            and (visit.during.upper is None or visit.during.upper > mount.from_at)
        }
        names[mount.tool.code] = mount.tool.title
        pieces[mount.tool.code] |= sample.pieces_of(there)
    for code, found in pieces.items():
        yield Shared(_("Tool"), f"{code} {names[code]}", frozenset(found), (("kind", "tool"), ("code", code)))


@factors.register
def orders(sample: Sample) -> Iterator[Shared]:
    """Each work order and each revision of a routing behind the pieces."""
    by_job: dict[str, set[int]] = defaultdict(set)
    rows = MaterialLot.objects.filter(pk__in=sample.lots).exclude(job_order="")
    for lot, job in rows.values_list("pk", "job_order"):
        by_job[job] |= sample.pieces_of([lot])
    by_revision: dict[str, set[int]] = defaultdict(set)
    for one in JobOrder.objects.filter(number__in=by_job).select_related("work_master"):
        found = by_job[one.number]
        yield Shared(_("Work order"), one.number, frozenset(found), (("kind", "job"), ("code", one.number)))
        by_revision[f"{one.work_master.code}/{one.work_master.revision}"] |= found
    for revision, found in by_revision.items():
        yield Shared(_("Revision of a routing"), revision, frozenset(found), (("kind", "routing"), ("code", revision)))
