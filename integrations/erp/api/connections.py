"""The door of a connection: another system pushes a message onto it, and asks later what became of it."""

from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import Throttled, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from integrations.adapters.port import Incoming
from integrations.erp.pushing import DoorAuthentication, IsAdmitted
from integrations.erp.schema import described
from integrations.erp.views import Door, check_key
from integrations.links import carrying
from integrations.links.commands import inbox
from integrations.links.queries import rates
from integrations.models import Connection, Direction, Exchange, ExchangeStatus
from integrations.nouns.registry import NOUNS
from plant.errors import Refusal

KEY = OpenApiParameter("key", str, description="What the object is called there; without it, the word of our key.")
VERSION = OpenApiParameter("version", str, description="Orders versions of one object: a number or a moment.")
SENT = {"code": "PCB-100", "name": "Circuit board", "unit": "C62"}
TOLD = {
    "number": 4711, "status": "WAITING", "repeated": False, "result": "", "key": "", "error": "",
    "url": "https://plant.example/api/v1/connections/erp/messages/4711/",
}
BECAME = {**TOLD, "status": "DONE", "result": "created", "key": "PCB-100"}


class MessageTold(serializers.Serializer):
    """A message as it stands: `key` and `result` once it was carried out, `error` when it could not be."""

    number = serializers.IntegerField()
    status = serializers.ChoiceField(ExchangeStatus.choices)
    repeated = serializers.BooleanField(help_text="It was here before, and nothing was kept twice.")
    result, key, error = (serializers.CharField(allow_blank=True) for _n in range(3))
    url = serializers.URLField()


class Closed(Refusal):
    """A connection that takes nothing at the moment."""

    code = "connection-off"


class ConnectionDoor(Door):
    """What both have in common."""

    authentication_classes = [DoorAuthentication]
    permission_classes = [IsAdmitted]

    def told(self, request: Request, row: Exchange, *, repeated: bool = False) -> dict[str, Any]:
        """A message in words."""
        return {
            "number": row.seq, "status": row.status, "repeated": repeated, "key": str(row.result.get("key") or ""),
            "result": str(row.result.get("status") or ""), "error": row.last_error,
            "url": reverse("api:connection-message", [row.connection.code, row.seq], request=request),
        }


class PushDoor(ConnectionDoor):
    """Messages that another system pushes."""

    @described(takes=OpenApiTypes.OBJECT, ok={202: MessageTold}, sent=SENT, told=TOLD, is_post=True,
               parameters=[KEY, VERSION], name="connection_message_push",
               says="Keep a message as it came, in whatever format the connection's mapping reads; it is carried out "
                    "within seconds. The same Idempotency-Key is the same message.")
    def post(self, request: Request, code: str, noun: str) -> Response:
        """Keep one message, and tell its number."""
        connection, body, at = request.auth.connection, request.auth.body, timezone.now()
        check_open(connection, noun)
        if not body.strip():
            raise ValidationError({"body": [_("The message is empty. Send one object.")]})
        if wait := rates.wait(connection, at):
            raise Throttled(wait=wait)
        incoming = message(request, connection, noun, body, at)
        received = inbox.receive(connection=connection, incoming=incoming, by=connection.acts_as, at=at)
        return Response(self.told(request, received.exchange, repeated=not received.is_new), status=202)


def check_open(connection: Connection, noun: str) -> None:
    """It is in use and takes in, and such objects come in at all."""
    if not connection.enabled or not connection.receives:
        raise Closed(_("This connection is switched off. What you send is not kept; send it again later."))
    if noun not in NOUNS or NOUNS[noun].takes is None:
        raise Http404


def message(request: Request, connection: Connection, noun: str, body: bytes, at: datetime) -> Incoming:
    """What was sent, as a message: its id, and which object it is about."""
    said = request.headers.get("Idempotency-Key", "")
    if said:
        check_key(said)
    key = request.query_params.get("key", "") or named(connection, noun, body, at)
    version = request.query_params.get("version", "")
    for name, text, most in (("key", key, 120), ("version", version, 80)):
        if len(text) > most:
            raise ValidationError({name: [_("At most %(most)s letters.") % {"most": most}]})
    kind = (request.content_type or "")[:80]
    return Incoming(noun, key, version, body, kind, id=f"push:{said}" if said else "")


def named(connection: Connection, noun: str, body: bytes, at: datetime) -> str:
    """The key that stands in the body itself, by the mapping; nothing where it can't be read."""
    found = carrying.read(connection, noun, body, at).words.get(NOUNS[noun].key)
    return str(found)[:120].replace("\0", "") if isinstance(found, str | int) else ""


class MessageDoor(ConnectionDoor):
    """What became of a message that was pushed."""

    @described(ok={200: MessageTold}, told=BECAME, name="connection_message_read")
    def get(self, request: Request, code: str, number: int) -> Response:
        """One message that came over this connection, by its number."""
        rows = Exchange.objects.filter(connection=request.auth.connection, direction=Direction.IN)
        row = rows.select_related("connection").filter(seq=min(number, 2**62)).first()
        if row is None:
            raise Http404
        return Response(self.told(request, row))
