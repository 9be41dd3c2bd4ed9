"""What a work order needs."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import answers, examples, words
from integrations.erp.schema import described
from integrations.erp.serializers import WhatIfIn
from integrations.erp.views import Door
from mes.models import JobOrder
from mes.queries import kitting
from mes.queries.kitting import WhatIf


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
