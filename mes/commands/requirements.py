"""The list of materials that a work order keeps: copied from the bill when it is planned, its own from then on."""

from collections.abc import Sequence

from mes.models import JobMaterial, JobOrder
from mes.queries.bills import Need


def copy(jobs: Sequence[JobOrder], needs: Sequence[Need]) -> None:
    """Write these needs down for each of these new work orders, in two statements."""
    pairs = [(job, need) for job in jobs for need in needs]
    listed = JobMaterial.objects.bulk_create(
        JobMaterial(
            job_order=job, segment_id=need.segment_id, material_id=need.material_id, quantity_per=need.quantity_per,
            is_backflushed=need.is_backflushed, positions=need.positions,
        )
        for job, need in pairs
    )
    JobMaterial.objects.bulk_create(
        JobMaterial(
            job_order=job, segment_id=need.segment_id, material_id=one.material_id, quantity_per=need.quantity_per,
            stands_for=row, ratio=one.ratio, priority=one.priority, is_backflushed=need.is_backflushed,
        )
        for (job, need), row in zip(pairs, listed, strict=True)
        for one in need.stand_ins
    )
