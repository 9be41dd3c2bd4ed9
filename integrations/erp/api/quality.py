"""What quality found: violations and nonconformances."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import words
from integrations.erp.views import Door
from qms.models import Nonconformance
from spc.models import Violation


class ViolationsDoor(Door):
    """Control chart violations."""

    scopes = {"GET": "quality:read"}

    @extend_schema(responses={200: dict})
    def get(self, request: Request) -> Response:
        return self.page(request, Violation.objects.select_related("chart", "nonconformance"), words.violation)


class NonconformanceDoor(Door):
    """One nonconformance by its number."""

    scopes = {"GET": "quality:read"}

    @extend_schema(responses={200: dict})
    def get(self, request: Request, number: str) -> Response:
        rows = Nonconformance.objects.select_related("equipment")
        rows = rows.prefetch_related("lots__lot", "dispositions__lot", "dispositions__by")
        return Response(words.nonconformance(get_object_or_404(rows, number=number)))
