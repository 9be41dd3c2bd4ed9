"""Who pushes onto a connection: whoever has its own key, from where it may be called; nobody else's key opens it."""

import time
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from integrations import bodies
from integrations.links import proofs
from integrations.links.commands import doors
from integrations.models import Connection, DoorKey
from plant import keys, sealing
from plant.models import Person
from plant.web.sessions import client_address

LARGEST = bodies.LARGEST_TABLE


class Admitted(NamedTuple):
    """A caller that proved itself, and what it sent."""

    connection: Connection
    key: DoorKey
    body: bytes


class DoorAuthentication(BaseAuthentication):
    """The key of the connection itself, in the way that the connection asks for."""

    def authenticate(self, request: Request) -> tuple[Person, Admitted] | None:
        """The person as which the connection acts. AuthenticationFailed, PermissionDenied: it does not come in."""
        connection = find(request)
        way = connection.door if connection else ""
        said = proofs.claim(way, request.headers)
        if said is None:
            return None
        body = read(request)
        key = connection and doors.live(connection, timezone.now()).filter(key_id=said.key_id).first()
        call = proofs.Call(request.method or "", request.get_full_path(), body, request.headers, time.time())
        if not connection or not key or not proofs.holds(way, said, opened(key), call):
            raise AuthenticationFailed(_("This connection knows no such key, or the signature does not fit."))
        if not keys.is_from(client_address(request), connection.allowed_from):
            message = _("This connection may not be called from this address. Ask its keeper to allow it.")
            raise PermissionDenied(message)
        doors.mark_used(key=key, at=timezone.now())
        return connection.acts_as, Admitted(connection, key, body)

    def authenticate_header(self, request: Request) -> str:
        """What a caller without a key is asked for."""
        return "Api-Key"


def find(request: Request) -> Connection | None:
    """The connection whose address is called."""
    code = str(request.parser_context["kwargs"]["code"])
    rows = Connection.objects.select_related("acts_as", "site")
    return None if "\0" in code else rows.filter(code=code).first()


def read(request: Request) -> bytes:
    """The body as it came, up to a limit."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    bodies.check_size(int(length) if length.isdecimal() else 0, LARGEST)
    body: bytes = request._request.read(LARGEST + 1)
    bodies.check_size(len(body), LARGEST)
    return body


def opened(key: DoorKey) -> str:
    """The secret of a key; one that can't be opened any more fits nothing."""
    try:
        return sealing.opened(key.sealed)
    except sealing.CannotOpen as error:
        raise AuthenticationFailed(str(error)) from error


class IsAdmitted(BasePermission):
    """Only whoever has a key of this connection."""

    def has_permission(self, request: Request, view: object) -> bool:
        """Deny by default."""
        return isinstance(request.auth, Admitted)


class DoorScheme(OpenApiAuthenticationExtension):
    """The three ways, of which a connection asks for one."""

    target_class = "integrations.erp.pushing.DoorAuthentication"
    name = ["ConnectionKey", "ConnectionUser", "ConnectionSignature"]  # type: ignore[assignment]

    def get_security_requirement(self, auto_schema: object) -> list[dict[str, list[str]]]:
        """One of them is enough."""
        return [{name: []} for name in self.name]

    def get_security_definition(self, auto_schema: object) -> list[dict[str, str]]:  # type: ignore[override]
        """What is sent in each of them."""
        return [
            {"type": "apiKey", "in": "header", "name": "X-Api-Key",
             "description": "`key-id.secret` of the connection."},
            {"type": "http", "scheme": "basic", "description": "The key id as user, its secret as password."},
            {"type": "apiKey", "in": "header", "name": "X-Signature",
             "description": "HMAC-SHA256, hexadecimal, under the secret, over X-Timestamp (seconds), method, path with "
                            "query and body, each on a line of its own; X-Key-Id names the key."},
        ]  # fmt: skip
