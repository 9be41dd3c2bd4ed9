"""What other systems send about the shop floor: calls for help, and work on machines."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from integrations.erp.fields import Code, Hours, Whole, text
from mes.models import AndonKind, JobOrder
from plant.models import Equipment, EquipmentLevel, ReasonCode, ReasonUse


def cause() -> Code:
    """What it was, from the plant's own list."""
    return Code(ReasonCode.objects.filter(use=ReasonUse.CAUSE, active=True), allow_null=True, default=None)


class AndonIn(serializers.Serializer):
    """A call for help from a station."""

    station = Code(Equipment.objects.filter(level=EquipmentLevel.WORK_UNIT, active=True))
    kind = Code(AndonKind.objects.filter(active=True))
    note = text(200, allow_blank=True, default="")
    job_order = Code(JobOrder.objects.all(), slug_field="number", allow_null=True, default=None)


class SettleIn(serializers.Serializer):
    """What it was, and what was done about it."""

    kind_of_cause = cause()
    cause = text(2000)
    action_taken = text(2000)


class MaintenanceIn(serializers.Serializer):
    """Work on a machine that is to be done."""

    equipment = Code(Equipment.objects.filter(active=True, stores_material=False))
    title = text(200)
    due_at = serializers.DateTimeField(allow_null=True, default=None)


class StepIn(serializers.Serializer):
    """A step of the checklist that was done, or left out and why."""

    step = Whole(min_value=0, max_value=32767)
    done = serializers.BooleanField(default=True)
    remark = text(2000, allow_blank=True, default="")


class FinishIn(serializers.Serializer):
    """What was found, how long it took, and what was done of the checklist."""

    findings = text(2000)
    hours = Hours()
    kind_of_cause = cause()
    steps = serializers.ListField(child=StepIn(), max_length=200, default=list)

    def validate_steps(self, steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Each step once."""
        if len({row["step"] for row in steps}) != len(steps):
            raise serializers.ValidationError(_("A step is named twice. Name each step once."))
        return steps
