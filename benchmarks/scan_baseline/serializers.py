"""What comes in and goes out, as serializers."""

from rest_framework import serializers

from mes.models import JobOrder
from plant.models import Equipment
from traceability.models import MaterialLot


class ScanSerializer(serializers.Serializer):
    """A scan; codes become objects."""

    station = serializers.SlugRelatedField(slug_field="code", queryset=Equipment.objects.filter(active=True))
    code = serializers.SlugRelatedField(
        slug_field="number", queryset=MaterialLot.objects.select_related("material__unit")
    )
    job_order = serializers.SlugRelatedField(slug_field="number", queryset=JobOrder.objects.all())
    event_id = serializers.UUIDField()
    quantity = serializers.DecimalField(max_digits=18, decimal_places=6, min_value=0, required=False, allow_null=True)


class OutcomeSerializer(serializers.Serializer):
    """The answer."""

    outcome = serializers.CharField()
    message = serializers.CharField()
    kind = serializers.CharField()
    lot = serializers.CharField()
    quantity = serializers.DecimalField(max_digits=18, decimal_places=6)
    into = serializers.CharField()
    next = serializers.CharField()
    replayed = serializers.BooleanField()
