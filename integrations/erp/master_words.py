"""Partners, people, units and reasons in the words of the API: what is sent, what is answered, an example of each."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers as s

from integrations.erp.answers import maybe, text
from integrations.erp.examples import Example
from integrations.erp.fields import Code, Number
from integrations.erp.fields import text as said
from plant.models import Equipment, EquipmentLevel, PartnerKind, ReasonUse, StopLoss
from plant.models import Partner as PartnerRow
from plant.models import Person as PersonRow
from plant.models import ReasonCode as ReasonRow
from plant.models import Unit as UnitRow


class UnitIn(s.Serializer):
    """A unit of measure, coded after UN/ECE Recommendation 20 where that has one."""

    code = Number(12)
    name = said(60)
    symbol = said(12)


class Unit(s.Serializer):
    code, name, symbol = text(), text(), text()


class PartnerIn(s.Serializer):
    """A supplier or a customer."""

    code = Number(40)
    name = said(120)
    kind = s.ChoiceField(PartnerKind.choices)
    gln = s.RegexField(r"^(\d{13})?$", allow_blank=True, default="", help_text=_("The GS1 location number."))
    active = s.BooleanField(default=True)

    def validate_gln(self, gln: str) -> str:
        """With a right check digit."""
        for check in PartnerRow._meta.get_field("gln").validators if gln else ():
            check(gln)
        return gln


class Partner(s.Serializer):
    code, name, kind, gln = text(), text(), text(), text()
    active = s.BooleanField()


class PersonIn(s.Serializer):
    """Somebody of the company. Roles, passwords and badges are given in the plant, never from outside."""

    number = Number(40)
    name = said(120)
    site = Code(Equipment.objects.filter(level=EquipmentLevel.SITE), allow_null=True, default=None)
    active = s.BooleanField(default=True)


class Person(s.Serializer):
    number, name, kind, site = text(), text(), text(), maybe()
    active = s.BooleanField()


class ReasonCodeIn(s.Serializer):
    """A reason that people choose. Its id is what it is used for, a colon, and its code: SCRAP:DENT."""

    id = Number(60)
    name = said(120)
    name_zh = said(120, allow_blank=True, default="")
    parent = said(40, allow_null=True, default=None, help_text=_("The code of the group that it stands under."))
    loss = s.ChoiceField(StopLoss.choices, allow_blank=True, default="")
    active = s.BooleanField(default=True)

    def validate(self, words: dict[str, Any]) -> dict[str, Any]:
        """The use and the code that the id is made of; a group of the same use; losses only of downtime."""
        use, _colon, code = words.pop("id", "").partition(":")
        if use not in ReasonUse.values or not code or len(code) > ReasonRow._meta.get_field("code").max_length:
            message = _("An id is a use, a colon and a code, like SCRAP:DENT. Uses: %(uses)s.")
            raise s.ValidationError({"id": [message % {"uses": ", ".join(ReasonUse.values)}]})
        if words["loss"] and use != ReasonUse.DOWNTIME:
            raise s.ValidationError({"loss": [_("Only reasons for downtime tell a kind of loss.")]})
        parent = words["parent"]
        if parent is not None:
            words["parent"] = ReasonRow.objects.filter(use=use, code=parent, parent__isnull=True).first()
            if words["parent"] is None or parent == code:
                message = _("There is no group “%(code)s” of this use. Send the group first.")
                raise s.ValidationError({"parent": [message % {"code": parent}]})
        return {"use": use, "code": code, **words}


class ReasonCode(s.Serializer):
    id, use, code, name, name_zh, parent, loss = text(), text(), text(), text(), text(), maybe(), text()
    active = s.BooleanField()


def unit(row: UnitRow) -> dict[str, Any]:
    return {"code": row.code, "name": row.name, "symbol": row.symbol}


def partner(row: PartnerRow) -> dict[str, Any]:
    return {"code": row.code, "name": row.name, "kind": row.kind, "gln": row.gln, "active": row.active}


def person(row: PersonRow) -> dict[str, Any]:
    return {
        "number": row.number, "name": row.name, "kind": row.kind, "site": row.site.code if row.site else None,
        "active": row.is_active,
    }


def reason_id(row: ReasonRow) -> str:
    return f"{row.use}:{row.code}"


def reason(row: ReasonRow) -> dict[str, Any]:
    return {
        "id": reason_id(row), "use": row.use, "code": row.code, "name": row.name, "name_zh": row.name_zh,
        "parent": row.parent.code if row.parent else None, "loss": row.loss, "active": row.active,
    }


UNIT: Example = {"code": "KGM", "name": "kilogram", "symbol": "kg"}
PARTNER_IN: Example = {"code": "C-NORTH", "name": "North Drives", "kind": "CUSTOMER", "gln": "4012345000009"}
PARTNER: Example = {**PARTNER_IN, "active": True}
PERSON_IN: Example = {"number": "100234", "name": "Li Wei", "site": "SITE"}
PERSON: Example = {**PERSON_IN, "kind": "HUMAN", "active": True}
REASON_IN: Example = {"id": "SCRAP:DENT", "name": "Dented", "name_zh": "凹痕", "parent": "HANDLING"}
REASON: Example = {**REASON_IN, "use": "SCRAP", "code": "DENT", "loss": "", "active": True}
