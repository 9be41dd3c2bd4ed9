"""Master data of other systems: materials, places, partners, people, units, reasons."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from integrations.erp import answers, examples, words
from integrations.erp import master_words as own
from integrations.erp.serializers import EquipmentIn, MaterialIn
from integrations.nouns.noun import Noun, Take, TakeMany, Taken, Words, each
from plant.commands import master, staff
from plant.models import Equipment, MaterialDefinition, Partner, Person, ReasonCode, Unit

READS, WRITES = "master:read", "master:write"
BY_CODE = {"code": "code", "name": "name"}


def put(model: type[Model]) -> Take:
    """Rows that are created and changed by their code."""

    def take(fields: Words, by: Person, at: datetime) -> tuple[Any, bool]:
        code = fields.pop("code")
        return master.put(model=model, code=code, fields=fields, by=by)

    return take


def put_many(model: type[Model]) -> TakeMany:
    """The same for many at once, of what refers to nothing that the same batch may bring."""

    def take_many(rows: Sequence[Words], by: Person, at: datetime) -> list[Taken]:
        return list(master.put_many(model=model, rows=[(one.pop("code"), one) for one in rows], by=by))

    return take_many


def take_reason(fields: Words, by: Person, at: datetime) -> tuple[ReasonCode, bool]:
    """A reason, whose code counts within its use."""
    code, use = fields.pop("code"), fields.pop("use")
    return master.put(model=ReasonCode, code=code, among={"use": use}, fields=fields, by=by)


def reason_by_id(key: str) -> Words:
    """The use and the code that an id is made of."""
    use, _colon, code = key.partition(":")
    return {"use": use, "code": code}


def take_person(fields: Words, by: Person, at: datetime) -> tuple[Person, bool]:
    """Somebody of the company."""
    return staff.take(by=by, **fields)


MATERIALS = Noun(
    code="material-definitions", name=_("Material"), key="code", model=MaterialDefinition, reads=READS, writes=WRITES,
    takes=MaterialIn, take=put(MaterialDefinition), take_many=put_many(MaterialDefinition),
    every=MaterialDefinition.objects.all,
    tell=each(words.material), answer=answers.Material, sent=examples.MATERIAL_IN, example=examples.MATERIAL,
    filters={"use": "use", "tracking": "tracking", "unit": "unit", "gtin": "gtin", "active": "active"}, orders=BY_CODE,
)
EQUIPMENT = Noun(
    code="equipment", name=_("Equipment"), key="code", model=Equipment, reads=READS, writes=WRITES,
    takes=EquipmentIn, take=put(Equipment), every=lambda: Equipment.objects.select_related("parent"),
    tell=each(words.equipment), answer=answers.Equipment, sent=examples.EQUIPMENT_IN, example=examples.EQUIPMENT,
    filters={"level": "level", "parent": "parent__code", "state": "state", "active": "active"}, orders=BY_CODE,
)
UNITS = Noun(
    code="units", name=_("Unit"), key="code", model=Unit, reads=READS, writes=WRITES,
    takes=own.UnitIn, take=put(Unit), take_many=put_many(Unit), every=Unit.objects.all, tell=each(own.unit),
    answer=own.Unit, sent=own.UNIT, example=own.UNIT, orders=BY_CODE,
)
PARTNERS = Noun(
    code="partners", name=_("Partner"), key="code", model=Partner, reads=READS, writes=WRITES,
    takes=own.PartnerIn, take=put(Partner), take_many=put_many(Partner), every=Partner.objects.all,
    tell=each(own.partner), answer=own.Partner,
    sent=own.PARTNER_IN, example=own.PARTNER, filters={"kind": "kind", "active": "active"}, orders=BY_CODE,
)
PEOPLE = Noun(
    code="persons", name=_("Person"), key="number", model=Person, reads="persons:read", writes="persons:write",
    takes=own.PersonIn, take=take_person,
    every=lambda: Person.objects.select_related("site").filter(~Q(kind="SYSTEM")), tell=each(own.person),
    answer=own.Person, sent=own.PERSON_IN, example=own.PERSON,
    filters={"kind": "kind", "site": "site__code", "active": "is_active"},
    orders={"number": "number", "name": "name"},
)
REASONS = Noun(
    code="reason-codes", name=_("Reason code"), key="id", model=ReasonCode, reads=READS, writes=WRITES,
    takes=own.ReasonCodeIn, take=take_reason, every=lambda: ReasonCode.objects.select_related("parent"),
    tell=each(own.reason), answer=own.ReasonCode, sent=own.REASON_IN, example=own.REASON,
    by_key=reason_by_id, key_of_row=own.reason_id,
    filters={"use": "use", "parent": "parent__code", "active": "active"}, orders=BY_CODE,
)
NOUNS = (MATERIALS, EQUIPMENT, UNITS, PARTNERS, PEOPLE, REASONS)
