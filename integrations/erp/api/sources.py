"""Readings and CFX envelopes that devices and gateways push."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp.fields import Whole, text
from integrations.erp.schema import described
from integrations.erp.views import Door
from integrations.models import Plc
from integrations.plc.tags import Quality
from integrations.sources.cfx import envelopes
from integrations.sources.commands import pushed
from plant import scoping

MOST = 5000
AT = "2026-03-02T08:00:00+08:00"
SENT = {"readings": [
    {"tag": "torque", "at": AT, "value": 0.61}, {"tag": "angle", "at": AT, "value": 721, "quality": "GOOD"},
]}
TOLD = {"received": 2, "stored": 1, "refused": [{"index": 1, "message": "There is no tag angle."}]}
ENVELOPE = {
    "MessageName": "CFX.Production.Processing.UnitsProcessed", "Version": "1.7", "TimeStamp": AT,
    "UniqueID": "2ef6eb9a-1f2c-4d7f-8e38-5d9f4b1ac001", "Source": "ACME.Oven.1",
    "MessageBody": {"CommonProcessData": {"PersonalizedUnitValues": [{"Name": "Zone3", "Value": "245.5"}]}},
}


class Said(serializers.JSONField):
    """What a device says of a tag: a number, a truth or a word; numbers with a point come as exact ones."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict | list):
            self.fail("invalid")
        return data


class PushedIn(serializers.Serializer):
    """One value of one tag."""

    tag = text(80)
    at = serializers.DateTimeField(required=False)
    value = Said(allow_null=True)
    quality = serializers.ChoiceField([one.name for one in Quality], default=Quality.GOOD.name)
    seq = Whole(min_value=0, max_value=2**62, default=0)


class BatchIn(serializers.Serializer):
    """Values of a source, in any order."""

    readings = serializers.ListField(child=PushedIn(), min_length=1, max_length=MOST)


class CfxIn(serializers.Serializer):
    """An envelope of IPC-CFX."""

    MessageName = text(200)
    TimeStamp = serializers.CharField(required=False, allow_null=True)
    UniqueID = serializers.CharField(required=False, allow_null=True)
    Source = serializers.CharField(required=False, allow_null=True)
    MessageBody = serializers.DictField()


class RefusedRow(serializers.Serializer):
    """A row that was not taken."""

    index = serializers.IntegerField()
    message = serializers.CharField()


class Taken(serializers.Serializer):
    """What became of a batch."""

    received, stored = serializers.IntegerField(), serializers.IntegerField()
    refused = RefusedRow(many=True)


def find(request: Request, code: str) -> Plc:
    """A source that the caller reaches."""
    return get_object_or_404(scoping.visible(Plc.objects.select_related("equipment"), request.user), code=code)


def told(received: int, found: tuple[int, list[pushed.Wrong]]) -> tuple[int, dict[str, Any]]:
    """How many came, how many were new, and which could not be taken."""
    stored, wrong = found
    rows = [{"index": one.index, "message": one.message} for one in wrong]
    return 200, {"received": received, "stored": stored, "refused": rows}


class PushDoor(Door):
    """Values of a device or gateway."""

    scopes = {"POST": "readings:write"}

    @described(takes=BatchIn, ok={200: Taken}, sent=SENT, told=TOLD, is_post=True)
    def post(self, request: Request, code: str) -> Response:
        """Store values of a source's tags; a wrong row holds no other up, what was stored before stays as it is."""
        now = timezone.now()
        rows = [
            pushed.Pushed(one["tag"], one.get("at", now), one["value"], Quality[one["quality"]], one["seq"])
            for one in self.read(BatchIn, request)["readings"]
        ]
        plc = find(request, code)
        return self.once(
            request, lambda: told(len(rows), pushed.take_in(plc=plc, rows=rows, by=request.user, at=now))
        )


class CfxDoor(Door):
    """Envelopes of IPC-CFX."""

    scopes = {"POST": "readings:write"}

    @described(takes=CfxIn, ok={200: Taken}, sent=ENVELOPE, told=TOLD, is_post=True)
    def post(self, request: Request, code: str) -> Response:
        """Take one envelope in: its numbers as readings, the units that arrive as scans at the station."""
        self.read(CfxIn, request)
        try:
            one = envelopes.read(request.data)
        except envelopes.NoEnvelope as error:
            raise serializers.ValidationError({"MessageName": _("This is no envelope of IPC-CFX.")}) from error
        plc, now = find(request, code), timezone.now()

        def act() -> tuple[int, dict[str, Any]]:
            found = pushed.take_envelopes(plc=plc, told=[one], by=request.user, at=now)
            return told(len(list(envelopes.facts(one))), found)

        return self.once(request, act)
