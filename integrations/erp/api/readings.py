"""Readings from another system."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import answers, examples, intake
from integrations.erp.schema import described
from integrations.erp.serializers import ReadingsIn
from integrations.erp.views import Door
from traceability.commands.readings import ReadingRow
from traceability.models import Quality, Source, Stream

OLDEST, AHEAD = timedelta(days=366), timedelta(minutes=5)


def rows_of(batch: list[dict[str, Any]]) -> list[ReadingRow]:
    """The batch in our words; a stream that is not known refuses the whole batch."""
    streams = dict(Stream.objects.filter(code__in={one["stream"] for one in batch}).values_list("code", "pk"))
    unknown = sorted({one["stream"] for one in batch} - streams.keys())
    if unknown:
        message = _("There is no stream %(codes)s. Nothing of the batch was stored.")
        raise serializers.ValidationError({"readings": message % {"codes": ", ".join(unknown[:10])}})
    now = timezone.now()
    if any(not now - OLDEST <= one["at"] <= now + AHEAD for one in batch):
        message = _("A reading is of the future or older than a year. Check the clock. Nothing was stored.")
        raise serializers.ValidationError({"readings": message})
    return [
        ReadingRow(streams[one["stream"]], one["at"], one["seq"], one["value"], Quality.GOOD, Source.API)
        for one in batch
    ]


class ReadingsDoor(Door):
    """Batches of readings."""

    scopes = {"POST": "readings:write"}

    @described(
        takes=ReadingsIn, ok={200: answers.Readings}, sent=examples.READINGS_IN, told=examples.READINGS, is_post=True
    )
    def post(self, request: Request) -> Response:
        """Store readings and judge the charts on them; what was stored before is left as it is."""
        batch = self.read(ReadingsIn, request)["readings"]

        def act() -> tuple[int, Any]:
            rows = rows_of(batch)
            stored = intake.take_in(rows=rows, by=request.user, at=timezone.now())
            return 200, {"received": len(rows), "stored": stored}

        return self.once(request, act)
