"""What the API asks of the floor: a station by its code, and how far work orders are."""

from collections.abc import Collection
from decimal import Decimal

from django.db import connection
from django.utils.translation import gettext_lazy as _

from plant.errors import Refusal
from plant.models import Equipment, EquipmentLevel

PROGRESS = """
SELECT job.id, s.code, station.code, coalesce(js.good, 0), coalesce(js.scrap, 0), coalesce(js.rework, 0),
       coalesce((SELECT sum(b.quantity) FROM traceability_lotbalance b
                 JOIN traceability_materiallot l ON l.id = b.lot_id
                 WHERE l.job_order = job.number AND b.bucket = 'WIP' AND b.place = s.code), 0)
FROM mes_joborder job
JOIN mes_segment s ON s.work_master_id = job.work_master_id
LEFT JOIN mes_jobsegment js ON js.job_order_id = job.id AND js.segment_id = s.id
LEFT JOIN plant_equipment station ON station.id = js.station_id
WHERE job.id = ANY(%s) ORDER BY job.id, s.sequence
"""


class UnknownStation(Refusal):
    """A code that no station carries."""

    code = "unknown-station"


def station(code: str) -> Equipment:
    """The station with this code, with its line."""
    found = Equipment.objects.select_related("parent").filter(code=code, level=EquipmentLevel.WORK_UNIT).first()
    if found is None:
        message = _("There is no station “%(code)s”. Check the code in the list of equipment.")
        raise UnknownStation(message % {"code": code[:80]}, facts={"station": code[:80]})
    return found


def progress(job_ids: Collection[int]) -> dict[int, list[dict[str, str | None]]]:
    """For each work order its operations in sequence, with what came out and what is in process there."""
    found: dict[int, list[dict[str, str | None]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(PROGRESS, [list(job_ids)])
        for job, operation, where, *amounts in cursor.fetchall():
            told = zip(("good", "scrap", "rework", "wip"), map(amount, amounts), strict=True)
            line = {"operation": operation, "station": where, **dict(told)}
            found.setdefault(job, []).append(line)
    return found


def amount(quantity: Decimal) -> str:
    """A quantity without trailing zeros, never in exponent form."""
    return f"{quantity.normalize():f}"
