"""Inspections: what is to be measured, results from instruments and laboratories, and the verdict that they give."""

from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import quality_words as words
from integrations.erp.schema import described
from integrations.erp.views import Door
from qms.commands import inspections as commands
from qms.commands import instruments, results
from qms.commands.results import Row
from qms.queries import gauge_register
from qms.queries import inspections as reading
from traceability.models import Source


def told(number: str) -> dict[str, Any]:
    """An inspection with its characteristics as it stands."""
    task = reading.by_number(number)
    return words.whole(task, reading.items(task))


class ResultsDoor(Door):
    """Measured values of one inspection."""

    scopes = {"POST": "quality:write"}

    @described(takes=words.ResultsIn, ok={200: words.Whole}, sent=words.RESULTS_IN, told=words.MEASURED, is_post=True)
    def post(self, request: Request, number: str) -> Response:
        """Record values, all or none. A value without a sample fills the next one that has none."""
        said = self.read(words.ResultsIn, request)

        def act() -> tuple[int, Any]:
            gauge = gauge_register.by_code(said["gauge"]) if said["gauge"] else None
            rows = [Row(one["characteristic"], one["value"], one["sample"]) for one in said["results"]]
            results.take(
                inspection=reading.by_number(number), rows=rows, gauge=gauge, source=Source.API, reason=said["reason"],
                by=request.user, at=timezone.now(),
            )
            return 200, told(number)

        return self.once(request, act)


class VerdictDoor(Door):
    """The verdict of one inspection."""

    scopes = {"POST": "quality:write"}

    @described(ok={200: words.Whole}, told=words.DECIDED, is_post=True)
    def post(self, request: Request, number: str) -> Response:
        """Decide by the results: the lot is free, or held under a nonconformance. Otherwise only a person decides."""

        def act() -> tuple[int, Any]:
            commands.decide(inspection=reading.by_number(number), by=request.user, at=timezone.now())
            return 200, told(number)

        return self.once(request, act)


class InstrumentDoor(Door):
    """What an instrument measures, by its own code."""

    scopes = {"POST": "quality:write"}

    @described(
        takes=words.HeardIn, ok={200: words.Whole}, sent={"value": 1.604}, told=words.MEASURED, is_post=True,
        name="gauges_values_create",
    )
    def post(self, request: Request, code: str) -> Response:
        """Record a value in the open sample of the inspection in hand that asks for this gauge."""
        said = self.read(words.HeardIn, request)

        def act() -> tuple[int, Any]:
            gauge = gauge_register.by_code(code)
            made = instruments.hear(gauge=gauge, value=said["value"], by=request.user, at=timezone.now())
            return 200, told(made.item.inspection.number)

        return self.once(request, act)
