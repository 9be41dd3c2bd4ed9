"""Materials and equipment."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import words
from integrations.erp.serializers import EquipmentIn, MaterialIn
from integrations.erp.views import Door
from plant.commands import master
from plant.models import Equipment, MaterialDefinition

ANY = {200: dict}


class MaterialDoor(Door):
    """One material by its code."""

    scopes = {"GET": "master:read", "PUT": "master:write"}

    @extend_schema(responses=ANY)
    def get(self, request: Request, code: str) -> Response:
        return Response(words.material(get_object_or_404(MaterialDefinition, code=code)))

    @extend_schema(request=MaterialIn, responses=ANY)
    def put(self, request: Request, code: str) -> Response:
        """Create the material, or change it; the same words again change nothing."""
        fields: dict[str, Any] = self.read(MaterialIn, request)
        row, is_new = master.put(model=MaterialDefinition, code=code, fields=fields, by=request.user)
        return Response(words.material(row), status=201 if is_new else 200)


class EquipmentDoor(Door):
    """One piece of equipment by its code."""

    scopes = {"GET": "master:read", "PUT": "master:write"}

    @extend_schema(responses=ANY)
    def get(self, request: Request, code: str) -> Response:
        return Response(words.equipment(get_object_or_404(Equipment.objects.select_related("parent"), code=code)))

    @extend_schema(request=EquipmentIn, responses=ANY)
    def put(self, request: Request, code: str) -> Response:
        """Create the equipment, or change it; the same words again change nothing."""
        fields: dict[str, Any] = self.read(EquipmentIn, request)
        row, is_new = master.put(model=Equipment, code=code, fields=fields, by=request.user)
        return Response(words.equipment(row), status=201 if is_new else 200)
