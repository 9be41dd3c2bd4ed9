"""Master data of other systems: materials and equipment."""

from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from integrations.erp import answers, examples, words
from integrations.erp.serializers import EquipmentIn, MaterialIn
from integrations.nouns.noun import Noun, Take, Words, each
from plant.commands import master
from plant.models import Equipment, MaterialDefinition, Person


def put(model: type[Model]) -> Take:
    """Rows that are created and changed by their code."""

    def take(fields: Words, by: Person, at: datetime) -> tuple[Any, bool]:
        code = fields.pop("code")
        return master.put(model=model, code=code, fields=fields, by=by)

    return take


MATERIALS = Noun(
    code="material-definitions", name=_("Material"), key="code", model=MaterialDefinition,
    reads="master:read", writes="master:write", takes=MaterialIn, take=put(MaterialDefinition),
    every=MaterialDefinition.objects.all, tell=each(words.material), answer=answers.Material,
    sent=examples.MATERIAL_IN, example=examples.MATERIAL,
    filters={"use": "use", "tracking": "tracking", "unit": "unit", "gtin": "gtin", "active": "active"},
    orders={"code": "code", "name": "name"},
)
EQUIPMENT = Noun(
    code="equipment", name=_("Equipment"), key="code", model=Equipment,
    reads="master:read", writes="master:write", takes=EquipmentIn, take=put(Equipment),
    every=lambda: Equipment.objects.select_related("parent"), tell=each(words.equipment), answer=answers.Equipment,
    sent=examples.EQUIPMENT_IN, example=examples.EQUIPMENT,
    filters={"level": "level", "parent": "parent__code", "state": "state", "active": "active"},
    orders={"code": "code", "name": "name"},
)
NOUNS = (MATERIALS, EQUIPMENT)
