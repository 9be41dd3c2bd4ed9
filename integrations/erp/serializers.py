"""The ERP's words, checked and turned into ours; nothing of theirs goes further than here."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

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


class Code(serializers.SlugRelatedField):
    """A reference by code; the message says which code was not found."""

    default_error_messages = {
        "does_not_exist": _("There is no {slug_name} “{value}”. Create it first, or correct the code."),
    }

    def __init__(self, queryset: Any, slug_field: str = "code", **kwargs: Any) -> None:
        super().__init__(queryset=queryset, slug_field=slug_field, **kwargs)


def quantity(**kwargs: Any) -> serializers.DecimalField:
    """A number above zero with at most six decimals; NaN and Infinity are none."""
    return serializers.DecimalField(max_digits=18, decimal_places=6, min_value=0, **kwargs)


def text(length: int, **kwargs: Any) -> serializers.CharField:
    return serializers.CharField(max_length=length, **kwargs)


class MaterialIn(serializers.Serializer):
    """A material of the ERP."""

    name = text(120)
    unit = Code(Unit.objects.all())
    use = serializers.ChoiceField(MaterialUse.choices, default=MaterialUse.RAW)
    tracking = serializers.ChoiceField(Tracking.choices, default=Tracking.LOT)
    shelf_life_days = serializers.IntegerField(min_value=1, max_value=36500, allow_null=True, default=None)
    gtin = text(14, allow_blank=True, default="")
    active = serializers.BooleanField(default=True)


class EquipmentIn(serializers.Serializer):
    """A site, area, line or station."""

    name = text(120)
    level = serializers.ChoiceField(EquipmentLevel.choices)
    parent = Code(Equipment.objects.all(), allow_null=True, default=None)
    active = serializers.BooleanField(default=True)


class WorkRequestIn(serializers.Serializer):
    """A production order of the ERP."""

    number = text(40)
    material = Code(MaterialDefinition.objects.filter(active=True))
    quantity = quantity()
    due_at = serializers.DateTimeField()
    priority = serializers.IntegerField(min_value=0, max_value=100, default=50)
    customer = Code(Partner.objects.filter(kind=PartnerKind.CUSTOMER), allow_null=True, default=None)
    site = Code(Equipment.objects.filter(level=EquipmentLevel.SITE), allow_null=True, default=None)
    release = serializers.BooleanField(default=True, help_text=str(_("Make work orders of it at once.")))


class LotIn(serializers.Serializer):
    """A receipt."""

    number = text(80, allow_blank=True, default="")
    material = Code(MaterialDefinition.objects.filter(active=True))
    quantity = quantity()
    supplier = Code(Partner.objects.filter(kind=PartnerKind.SUPPLIER), allow_null=True, default=None)
    supplier_lot = text(80, allow_blank=True, default="")
    expires_at = serializers.DateTimeField(allow_null=True, default=None)
    place = text(40, allow_blank=True, default="")
    unit = text(12, allow_blank=True, default="")

    def validate(self, words: dict[str, Any]) -> dict[str, Any]:
        """A receipt counts in the material's own unit."""
        expected = words["material"].unit_id
        if words.pop("unit") not in {"", expected}:
            raise serializers.ValidationError(
                {"unit": _("This material is counted in “%(unit)s”. Convert the quantity.") % {"unit": expected}}
            )
        return words


class HoldIn(serializers.Serializer):
    """A hold on exactly one thing."""

    lot = text(80, required=False)
    equipment = Code(Equipment.objects.all(), required=False)
    job_order = text(40, required=False)
    reason = text(500)

    def validate(self, words: dict[str, Any]) -> dict[str, Any]:
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
    value = serializers.FloatField(allow_null=True)
    seq = serializers.IntegerField(min_value=0, max_value=2**62, default=0)


class ReadingsIn(serializers.Serializer):
    """A batch of readings."""

    readings = serializers.ListField(child=ReadingIn(), min_length=1, max_length=5000)
