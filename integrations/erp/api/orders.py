"""Production orders: in from the ERP, progress back to it."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import answers, examples, words
from integrations.erp.schema import described
from integrations.erp.serializers import WhatIfIn, WorkRequestIn
from integrations.erp.views import Door
from mes.commands import work_requests
from mes.models import JobOrder, WorkRequest, WorkRequestStatus
from mes.queries import kitting, orders
from mes.queries.kitting import WhatIf


def told(number: str) -> dict[str, Any]:
    """A production order with its work orders and how far they are."""
    row = get_object_or_404(WorkRequest.objects.select_related("material", "customer"), number=number)
    jobs = list(row.job_orders.select_related("line").order_by("pk"))
    return words.work_request(row, jobs, orders.operations_of(jobs))


class WorkRequestsDoor(Door):
    """The ERP sends production orders."""

    scopes = {"POST": "orders:write"}

    @described(
        takes=WorkRequestIn, ok={201: answers.WorkRequest}, sent=examples.WORK_REQUEST_IN, told=examples.WORK_REQUEST,
        is_post=True,
    )
    def post(self, request: Request) -> Response:
        """Take an order and, unless told otherwise, make work orders of it."""
        fields = self.read(WorkRequestIn, request)
        is_released = fields.pop("release")
        at = timezone.now()

        def act() -> tuple[int, Any]:
            order = work_requests.receive(by=request.user, at=at, **fields)
            if is_released and order.status == WorkRequestStatus.OPEN:
                work_requests.release(work_request=order, by=request.user, at=at)
            return 201, told(order.number)

        return self.once(request, act)


class WorkRequestDoor(Door):
    """One production order by its number."""

    scopes = {"GET": "orders:read"}

    @described(ok={200: answers.WorkRequest}, told=examples.WORK_REQUEST)
    def get(self, request: Request, number: str) -> Response:
        """The order with its work orders, and what came out of each operation."""
        return Response(told(number))


class KittingDoor(Door):
    """Whether everything is there for a work order, as it is planned or as it might be."""

    scopes = {"GET": "orders:read"}

    @described(
        parameters=[OpenApiParameter("quantity", str), OpenApiParameter("start_at", str)],
        ok={200: answers.Kit}, told=examples.KIT,
    )
    def get(self, request: Request, number: str) -> Response:
        """What it needs of each material, what is free for it then, substitutes, and what is short."""
        job = get_object_or_404(JobOrder.objects.select_related("line"), number=number)
        asked = WhatIfIn(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        found = kitting.kits([job], at=timezone.now(), what_if={job.pk: WhatIf(**asked.validated_data)})
        return Response(words.kit(job, found[0] if found else None))
