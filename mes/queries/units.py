"""What a scan at packing and shipping stands for: a carton or pallet, or a lot; and of which batch a lot is."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from mes import barcodes
from mes.models import JobOrder
from mes.queries import codes
from plant.errors import Refusal
from plant.models import Partner
from traceability import labelling
from traceability.models import Bucket, HandlingUnit, LotKind, MaterialLot, Move
from traceability.queries import packing


class NoGoods(Refusal):
    """A code that is no lot, carton or pallet."""

    code = "no-goods"


def found(text: str, at: datetime) -> HandlingUnit | MaterialLot:
    """The carton, pallet or lot that a scanned code names."""
    code = codes.read(text)
    unit = unit_for(code)
    if unit is not None:
        return unit
    thing = codes.look_up(text, at)
    if isinstance(thing, MaterialLot):
        return thing
    raise NoGoods(_("This is no lot, carton or pallet. Scan the label of what you pack or ship."))


def unit_for(code: barcodes.Code) -> HandlingUnit | None:
    """The carton or pallet whose SSCC a code carries, with or without the scanner's identifier."""
    again = barcodes.as_gs1(code, codes.profile())
    numbers = [code.number, code.elements.get("00", ""), again.elements.get("00", "") if again else ""]
    rows = HandlingUnit.objects.select_related("site", "pallet", "opened_by")
    return rows.filter(number__in=[number for number in numbers if number]).first()


def batches(lots: Iterable[MaterialLot]) -> dict[int, str]:
    """The batch of each lot: serials of one work order are one, and so are the parts of a lot that was split."""
    known = list(lots)
    origins = packing.origins(known)
    return {
        lot.pk: lot.job_order if lot.kind == LotKind.SERIAL and lot.job_order else f"lot {origins[lot.pk]}"
        for lot in known
    }


def revisions(lots: Iterable[MaterialLot]) -> dict[int, str]:
    """By which routing revision each lot was made; empty for what was bought."""
    known = list(lots)
    jobs = JobOrder.objects.filter(number__in={lot.job_order for lot in known}).select_related("work_master")
    made = {job.number: f"{job.work_master.code}/{job.work_master.revision}" for job in jobs}
    return {lot.pk: made.get(lot.job_order, "") for lot in known}


@labelling.register
def made_for(lots: Iterable[MaterialLot]) -> dict[int, Partner]:
    """For whom a lot was made, where its production order names a customer."""
    known = list(lots)
    rows = JobOrder.objects.filter(
        number__in={lot.job_order for lot in known}, work_request__customer__isnull=False
    ).select_related("work_request__customer")
    whom = {job.number: job.work_request.customer for job in rows}
    return {lot.pk: customer for lot in known if (customer := whom.get(lot.job_order)) is not None}


def received(job_orders: Iterable[str]) -> Decimal:
    """How much of these work orders the store took in: what went from the line's end to a storage place, less what
    went back."""
    rows = Move.objects.filter(
        job_order__in=list(job_orders), operation="", from_bucket=Bucket.STOCK, to_bucket=Bucket.STOCK
    )
    taken = rows.filter(from_place="").exclude(to_place="").aggregate(total=Sum("quantity"))["total"] or Decimal(0)
    back = rows.filter(to_place="").exclude(from_place="").aggregate(total=Sum("quantity"))["total"] or Decimal(0)
    return taken - back
