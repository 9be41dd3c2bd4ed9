"""Work that another system finished, in the words of the API: what it was, and how it ran."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers as s

from integrations.erp.examples import AT, Example
from integrations.erp.fields import Amount, Code, Number, Quantity, Whole
from integrations.erp.fields import text as said
from plant.models import Equipment, EquipmentLevel, MaterialDefinition, ReasonCode, ReasonUse

LINES = Equipment.objects.filter(level=EquipmentLevel.WORK_CENTER)
STATIONS = Equipment.objects.filter(level=EquipmentLevel.WORK_UNIT)


class RanIn(s.Serializer):
    """One operation as it ran."""

    sequence = Whole(min_value=0, max_value=2**31 - 1)
    station = Code(STATIONS)
    started_at = s.DateTimeField()
    ended_at = s.DateTimeField()


class FinishedOrderIn(s.Serializer):
    """A work order that is finished, with what came of it; its lot carries its number."""

    number = Number(40)
    material = Code(MaterialDefinition.objects.all())
    quantity = Quantity()
    good = Amount()
    scrap = Amount(default=Decimal(0))
    reason = said(60, allow_null=True, default=None, help_text=_("The id of the reason for scrap, like SCRAP:DENT."))
    line = Code(LINES)
    started_at = s.DateTimeField()
    ended_at = s.DateTimeField()
    due_at = s.DateTimeField()
    operations = s.ListField(child=RanIn(), max_length=200, default=list)

    def validate_reason(self, text: str | None) -> ReasonCode | None:
        """A reason for scrap that is known."""
        if text is None:
            return None
        use, _colon, code = text.partition(":")
        kept = self.context.setdefault("reasons", {})
        if text not in kept:
            kept[text] = ReasonCode.objects.filter(use=use, code=code).first() if use == ReasonUse.SCRAP else None
        if kept[text] is None:
            raise s.ValidationError(_("There is no such reason for scrap. Send it first, or correct the id."))
        return kept[text]


FINISHED_IN: Example = {
    "number": "OLD-4711", "material": "CB-100", "quantity": "100", "good": "98", "scrap": "2", "reason": "SCRAP:DENT",
    "line": "L1", "started_at": AT, "ended_at": AT, "due_at": AT,
    "operations": [{"sequence": 10, "station": "L1-PLACE", "started_at": AT, "ended_at": AT}],
}
