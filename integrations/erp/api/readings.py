"""Readings from another system."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import intake
from integrations.erp.serializers import ReadingsIn
from integrations.erp.views import Door
from traceability.commands.readings import ReadingRow
from traceability.models import Quality, Source, Stream


def rows_of(batch: list[dict[str, Any]]) -> list[ReadingRow]:
    """The batch in our words; a stream that is not known refuses the whole batch."""
    streams = dict(Stream.objects.filter(code__in={one["stream"] for one in batch}).values_list("code", "pk"))
    unknown = sorted({one["stream"] for one in batch} - streams.keys())
    if unknown:
        message = _("There is no stream %(codes)s. Nothing of the batch was stored.")
        raise serializers.ValidationError({"readings": message % {"codes": ", ".join(unknown[:10])}})
    return [
        ReadingRow(streams[one["stream"]], one["at"], one["seq"], one["value"], Quality.GOOD, Source.API)
        for one in batch
    ]


class ReadingsDoor(Door):
    """Batches of readings."""

    scopes = {"POST": "readings:write"}

    @extend_schema(request=ReadingsIn, responses={200: dict})
    def post(self, request: Request) -> Response:
        """Store readings and judge the charts on them; what was stored before is left as it is."""
        batch = self.read(ReadingsIn, request)["readings"]

        def act() -> tuple[int, Any]:
            rows = rows_of(batch)
            stored = intake.take_in(rows=rows, by=request.user, at=timezone.now())
            return 200, {"received": len(rows), "stored": stored}

        return self.once(request, act)
