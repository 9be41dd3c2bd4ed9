"""The scan of a component as one writes it plainly: a view, serializers, a token, and one ORM call after the other.

It keeps the same promises on the same tables as `mes.commands.scans`: once for each event id, the lots locked, holds,
routing and need checked, then the move, the genealogy link, the consumption and the stored answer.
"""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone
from rest_framework.exceptions import APIException
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from benchmarks.scan_baseline.authentication import KeyAuthentication
from benchmarks.scan_baseline.serializers import OutcomeSerializer, ScanSerializer
from mes.models import JobOrder, JobSegment, MaterialSpecification, Segment
from plant.models import DeviceEvent, Equipment
from traceability.models import ActualKind, Bucket, Hold, Link, LotBalance, MaterialActual, MaterialLot, Move, Visit


class Refused(APIException):
    """A scan that can't be taken."""

    status_code = 409


class ScanView(APIView):
    """POST {station, code, job_order, event_id, quantity}."""

    authentication_classes = [KeyAuthentication]
    permission_classes = [IsAuthenticated]

    def post(self, request: Request) -> Response:
        serializer = ScanSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        scan = serializer.validated_data
        with transaction.atomic():
            event, is_new = DeviceEvent.objects.get_or_create(
                device=f"base:{request.auth.prefix}", event_id=scan["event_id"], defaults={"at": timezone.now()}
            )
            if not is_new:
                return Response(event.answer)
            answer = OutcomeSerializer(consume(scan, request.user)).data
            event.outcome, event.answer = "accepted", dict(answer)
            event.save()
        return Response(answer)


def consume(scan: dict[str, Any], person: Any) -> dict[str, Any]:
    """Check what a scan has to obey, and write what it does."""
    station, lot, job = scan["station"], scan["code"], scan["job_order"]
    if job.status not in ("DISPATCHED", "RUNNING") or job.line_id not in (station.pk, station.parent_id):
        raise Refused("The work order does not run here.")
    segment = Segment.objects.filter(work_master=job.work_master_id, stations=station).order_by("sequence").first()
    line = MaterialSpecification.objects.filter(segment=segment, material=lot.material).first()
    if segment is None or line is None:
        raise Refused("This material is not taken here.")
    JobSegment.objects.select_for_update().get(job_order=job, segment=segment)
    into = current_lot(station, job)
    locked = MaterialLot.objects.select_for_update().filter(pk__in=[lot.pk, into.pk]).order_by("pk")
    check_holds([row.pk for row in locked], station, job)
    if lot.expires_at and lot.expires_at <= timezone.now():
        raise Refused("The lot has expired.")
    quantity = scan.get("quantity") or Decimal(1)
    if quantity > needed(into, segment, line):
        raise Refused("That is more than is needed.")
    write(lot, into, quantity, job=job, segment=segment, station=station, person=person)
    return {
        "outcome": "accepted", "message": f"{lot.number}: {quantity} went into {into.number}.", "kind": "material",
        "lot": lot.number, "quantity": quantity, "into": into.number, "next": "Go on.", "replayed": False,
    }


def current_lot(station: Equipment, job: JobOrder) -> MaterialLot:
    """The lot that is being worked on here."""
    visits = Visit.objects.filter(equipment=station, job_order=job.number, during__upper_inf=True)
    visit = visits.select_related("lot").order_by("-pk").first()
    if visit is None:
        raise Refused("Scan the lot first.")
    return visit.lot


def check_holds(lots: list[int], station: Equipment, job: JobOrder) -> None:
    """No open hold on the lots, the station or what it is part of, or the work order."""
    codes, here = [], station
    while here is not None:
        codes.append(here.code)
        here = here.parent
    reach = Q(lot__in=lots) | Q(target_kind="EQUIPMENT", target_id__in=codes)
    reach |= Q(target_kind="JOB_ORDER", target_id=job.number)
    if Hold.objects.filter(reach, released_at__isnull=True).exists():
        raise Refused("Held.")


def needed(into: MaterialLot, segment: Segment, line: MaterialSpecification) -> Decimal:
    """What the lot still takes of the material."""
    links = Link.objects.filter(child=into, operation=segment.code, parent__material=line.material_id, reverses=None)
    taken = links.filter(reversed_by=None).aggregate(total=Sum("quantity"))["total"] or Decimal(0)
    pieces = Move.objects.filter(lot=into, from_bucket=Bucket.MADE).aggregate(total=Sum("quantity"))["total"]
    return line.quantity_per * (pieces or Decimal(0)) - taken


def write(
    lot: MaterialLot, into: MaterialLot, quantity: Decimal, *, job: JobOrder, segment: Segment, station: Equipment,
    person: Any,
) -> None:
    """The move, the link and the consumption."""
    balances = LotBalance.objects.filter(lot=lot, bucket__in=[Bucket.ISSUED, Bucket.STOCK], quantity__gte=quantity)
    balance = balances.first()
    if balance is None:
        raise Refused("There is not enough.")
    where = {"job_order": job.number, "operation": segment.code, "at": timezone.now()}
    move = Move.objects.create(
        lot=lot, quantity=quantity, from_bucket=balance.bucket, from_place=balance.place, to_bucket=Bucket.CONSUMED,
        to_place=segment.code, equipment=station, person=person, **where,
    )
    link = Link.objects.create(parent=lot, child=into, quantity=quantity, **where)
    MaterialActual.objects.create(
        kind=ActualKind.CONSUMED, lot=lot, quantity=quantity, move=move, link=link, equipment=station, person=person,
        **where,
    )
