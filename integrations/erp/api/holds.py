"""Holds: placed and released by another system, and listed."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import words
from integrations.erp.serializers import HoldIn, ReleaseIn
from integrations.erp.views import Door
from mes.models import JobOrder
from plant.queries import places
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind, Hold
from traceability.queries import lots


def target_of(fields: dict[str, Any]) -> Target:
    """What the caller named."""
    if "lot" in fields:
        return Target.lot(lots.by_number(fields["lot"]))
    if "equipment" in fields:
        return Target.equipment(fields["equipment"], places.site_of(fields["equipment"]))
    job = get_object_or_404(JobOrder.objects.select_related("site"), number=fields["job_order"])
    return Target.job_order(job.number, job.site)


class HoldsDoor(Door):
    """All holds."""

    scopes = {"GET": "holds:read", "POST": "holds:write"}

    @extend_schema(parameters=[OpenApiParameter("open", bool)], responses={200: dict})
    def get(self, request: Request) -> Response:
        rows = Hold.objects.select_related("placed_by")
        if request.query_params.get("open", "").lower() in {"true", "1"}:
            rows = rows.filter(released_at__isnull=True)
        return self.page(request, rows, words.hold)

    @extend_schema(request=HoldIn, responses={201: dict})
    def post(self, request: Request) -> Response:
        """Stop a lot (and what was made of it), a piece of equipment or a work order."""
        fields = self.read(HoldIn, request)

        def act() -> tuple[int, Any]:
            cause = Cause(CauseKind.API, request.auth.prefix)
            hold = holds.place(
                target=target_of(fields), cause=cause, reason=fields["reason"], by=request.user, at=timezone.now()
            )
            return 201, words.hold(hold)

        return self.once(request, act)


class ReleaseDoor(Door):
    """The release of one hold."""

    scopes = {"POST": "holds:write"}

    @extend_schema(request=ReleaseIn, responses={200: dict})
    def post(self, request: Request, pk: int) -> Response:
        """Let go of a hold that a key placed; what quality holds, quality disposes of."""
        reason = self.read(ReleaseIn, request)["reason"]
        hold = get_object_or_404(Hold.objects.select_related("placed_by"), pk=pk)

        def act() -> tuple[int, Any]:
            return 200, words.hold(holds.release(hold=hold, reason=reason, by=request.user, at=timezone.now()))

        return self.once(request, act)
