"""What quality found: violations and nonconformances."""

from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import answers, examples, words
from integrations.erp.schema import BEFORE, LIMIT, described
from integrations.erp.views import Door
from qms.models import Nonconformance
from spc.models import Violation


class ViolationsDoor(Door):
    """Control chart violations."""

    scopes = {"GET": "quality:read"}

    @described(
        parameters=[LIMIT, BEFORE], ok={200: answers.Violations}, told={"results": [examples.VIOLATION], "next": None}
    )
    def get(self, request: Request) -> Response:
        """Violations, newest first."""
        return self.page(request, Violation.objects.select_related("chart", "nonconformance", "cause"), words.violation)


class NonconformanceDoor(Door):
    """One nonconformance by its number."""

    scopes = {"GET": "quality:read"}

    @described(ok={200: answers.Nonconformance}, told=examples.NONCONFORMANCE)
    def get(self, request: Request, number: str) -> Response:
        """The nonconformance with its suspect lots and what was decided of them."""
        rows = Nonconformance.objects.select_related("equipment")
        rows = rows.prefetch_related("lots__lot", "dispositions__lot", "dispositions__by")
        return Response(words.nonconformance(get_object_or_404(rows, number=number)))
