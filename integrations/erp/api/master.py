"""Materials and equipment."""

from typing import Any

from django.core.exceptions import ValidationError as Invalid
from django.db.models import Model
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import answers, examples, words
from integrations.erp.schema import described
from integrations.erp.serializers import EquipmentIn, MaterialIn
from integrations.erp.views import Door
from plant.commands import master
from plant.models import Equipment, MaterialDefinition


def code_of(model: type[Model], code: str) -> str:
    """The code in the address, if a row can carry it."""
    try:
        return str(model._meta.get_field("code").clean(code, None))
    except Invalid as error:
        raise ValidationError({"code": error.messages}) from error


def check_parent(code: str, parent: Equipment | None) -> None:
    """Nothing stands in itself, however far up."""
    here = parent
    while here is not None:
        if here.code == code:
            message = _("“%(code)s” would stand in itself. Name another parent.") % {"code": code}
            raise ValidationError({"parent": [message]})
        here = here.parent


class MaterialDoor(Door):
    """One material by its code."""

    scopes = {"GET": "master:read", "PUT": "master:write"}

    @described(ok={200: answers.Material}, told=examples.MATERIAL)
    def get(self, request: Request, code: str) -> Response:
        """The material with this code."""
        return Response(words.material(get_object_or_404(MaterialDefinition, code=code)))

    @described(
        takes=MaterialIn, ok={200: answers.Material, 201: answers.Material}, sent=examples.MATERIAL_IN,
        told=examples.MATERIAL,
    )
    def put(self, request: Request, code: str) -> Response:
        """Create the material, or change it; the same words again change nothing."""
        fields: dict[str, Any] = self.read(MaterialIn, request)
        code = code_of(MaterialDefinition, code)
        row, is_new = master.put(model=MaterialDefinition, code=code, fields=fields, by=request.user)
        return Response(words.material(row), status=201 if is_new else 200)


class EquipmentDoor(Door):
    """One piece of equipment by its code."""

    scopes = {"GET": "master:read", "PUT": "master:write"}

    @described(ok={200: answers.Equipment}, told=examples.EQUIPMENT)
    def get(self, request: Request, code: str) -> Response:
        """The equipment with this code."""
        return Response(words.equipment(get_object_or_404(Equipment.objects.select_related("parent"), code=code)))

    @described(
        takes=EquipmentIn, ok={200: answers.Equipment, 201: answers.Equipment}, sent=examples.EQUIPMENT_IN,
        told=examples.EQUIPMENT,
    )
    def put(self, request: Request, code: str) -> Response:
        """Create the equipment, or change it; the same words again change nothing."""
        fields: dict[str, Any] = self.read(EquipmentIn, request)
        code = code_of(Equipment, code)
        check_parent(code, fields["parent"])
        row, is_new = master.put(model=Equipment, code=code, fields=fields, by=request.user)
        return Response(words.equipment(row), status=201 if is_new else 200)
