"""The ERP's words, checked and turned into ours; nothing of theirs goes further than here."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from integrations.erp.fields import Code, Measured, Number, Quantity, Whole, text
from plant.models import (
    Equipment,
    EquipmentLevel,
    MaterialDefinition,
    MaterialUse,
    Partner,
    PartnerKind,
    Tracking,
    Unit,
)
from plant.models.material import check_gtin
from spc.analyses import asked


class MaterialIn(serializers.Serializer):
    """A material of the ERP."""

    code = Number(40)
    name = text(120)
    unit = Code(Unit.objects.all())
    use = serializers.ChoiceField(MaterialUse.choices, default=MaterialUse.RAW)
    tracking = serializers.ChoiceField(Tracking.choices, default=Tracking.LOT)
    shelf_life_days = Whole(min_value=1, max_value=36500, allow_null=True, default=None)
    gtin = serializers.RegexField(r"^(\d{8}|\d{12,14})?$", allow_blank=True, default="", validators=[check_gtin])
    active = serializers.BooleanField(default=True)


class EquipmentIn(serializers.Serializer):
    """A site, area, line or station."""

    code = Number(40)
    name = text(120)
    level = serializers.ChoiceField(EquipmentLevel.choices)
    parent = Code(Equipment.objects.all(), allow_null=True, default=None)
    active = serializers.BooleanField(default=True)

    def validate(self, words: dict[str, Any]) -> dict[str, Any]:
        """Nothing stands in itself, however far up."""
        here = words["parent"]
        while here is not None:
            if here.code == words["code"]:
                message = _("“%(code)s” would stand in itself. Name another parent.") % {"code": here.code}
                raise serializers.ValidationError({"parent": [message]})
            here = here.parent
        return words


class InOwnUnit(serializers.Serializer):
    """An amount of a material; whoever names a unit must mean the one that the material is counted in."""

    unit = text(12, allow_blank=True, default="")

    def validate(self, words: dict[str, Any]) -> dict[str, Any]:
        """Nobody's boxes become pieces."""
        expected = words["material"].unit_id
        if words.pop("unit") not in {"", expected}:
            raise serializers.ValidationError(
                {"unit": _("This material is counted in “%(unit)s”. Convert the quantity.") % {"unit": expected}}
            )
        return words


class WorkRequestIn(InOwnUnit):
    """A production order of the ERP."""

    number = Number(40)
    material = Code(MaterialDefinition.objects.filter(active=True))
    quantity = Quantity()
    due_at = serializers.DateTimeField()
    priority = Whole(min_value=0, max_value=100, default=50)
    customer = Code(Partner.objects.filter(kind=PartnerKind.CUSTOMER), allow_null=True, default=None)
    site = Code(Equipment.objects.filter(level=EquipmentLevel.SITE), allow_null=True, default=None)
    release = serializers.BooleanField(default=True, help_text=_("Make work orders of it at once."))


class WhatIfIn(serializers.Serializer):
    """Another quantity or start of a work order, only to see what would be missing."""

    quantity = Quantity(required=False)
    start_at = serializers.DateTimeField(required=False)


class ShipmentLineIn(serializers.Serializer):
    """So much of a material."""

    line = Whole(min_value=1, max_value=2**31 - 1)
    material = Code(MaterialDefinition.objects.filter(active=True))
    quantity = Quantity()


class ShipmentIn(serializers.Serializer):
    """What a customer is to get."""

    number = Number(40)
    customer = Code(Partner.objects.filter(kind=PartnerKind.CUSTOMER, active=True))
    due_at = serializers.DateTimeField()
    address = text(200, allow_blank=True, default="")
    site = Code(Equipment.objects.filter(level=EquipmentLevel.SITE), allow_null=True, default=None)
    lines = serializers.ListField(child=ShipmentLineIn(), min_length=1, max_length=500)

    def validate_lines(self, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Each line number once."""
        if len({row["line"] for row in lines}) != len(lines):
            raise serializers.ValidationError(_("Two lines carry one number. Give each line its own."))
        return lines


class LotIn(InOwnUnit):
    """A receipt."""

    number = Number(80, allow_blank=True, default="")
    material = Code(MaterialDefinition.objects.filter(active=True))
    quantity = Quantity()
    supplier = Code(Partner.objects.filter(kind=PartnerKind.SUPPLIER), allow_null=True, default=None)
    supplier_lot = text(80, allow_blank=True, default="")
    expires_at = serializers.DateTimeField(allow_null=True, default=None)
    place = text(40, allow_blank=True, default="")


class HoldIn(serializers.Serializer):
    """A hold on exactly one thing."""

    lot = text(80, required=False)
    equipment = Code(Equipment.objects.all(), required=False)
    job_order = text(40, required=False)
    reason = text(500)
    reference = text(
        40, allow_blank=True, default="", help_text=_("Your own number for the cause; each one holds apart.")
    )

    def validate(self, words: dict[str, Any]) -> dict[str, Any]:
        """Exactly one target."""
        if len({"lot", "equipment", "job_order"} & words.keys()) != 1:
            raise serializers.ValidationError(_("Name one of lot, equipment or job_order."))
        return words


class ReleaseIn(serializers.Serializer):
    """Why a hold may go."""

    reason = text(500)


class ReadingIn(serializers.Serializer):
    """One reading of a stream."""

    stream = text(80)
    at = serializers.DateTimeField()
    value = Measured(allow_null=True)
    seq = Whole(min_value=0, max_value=2**62, default=0)


class ReadingsIn(serializers.Serializer):
    """A batch of readings."""

    readings = serializers.ListField(child=ReadingIn(), min_length=1, max_length=5000)


class ScanIn(serializers.Serializer):
    """A scan at a station; for the documentation, the scan itself is read by hand."""

    station = text(80)
    code = text(4096)
    event_id = serializers.UUIDField()
    job_order = text(80, required=False)
    quantity = Quantity(required=False)


class AnalysisIn(serializers.Serializer):
    """A question to statistics; for the documentation, the body is checked where the analysis lies."""

    analysis = serializers.ChoiceField(list(asked.WHERE), help_text=_("The name of the command that does the same."))
    data = serializers.DictField(
        child=serializers.ListField(), required=False,
        help_text=_("Columns by name: numbers, texts and null, 200,000 values at most."),
    )
    options = serializers.DictField(required=False, help_text=_("The options of the command, by their names."))
