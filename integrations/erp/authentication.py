"""Who calls: a key in the Authorization header, checked in this process for a second before it is asked for again."""

from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from plant import keys
from plant.commands import api_keys
from plant.fresh import Fresh
from plant.models import ApiKey, Person
from plant.queries import api_keys as known_keys
from plant.web.sessions import client_address

KEYWORD = "Api-Key"
LONGEST = 200


class Caller(NamedTuple):
    """A key that was found good, and the person as which it acts."""

    key: ApiKey
    person: Person


_seen: Fresh[Caller] = Fresh(seconds=1)


def caller(request: HttpRequest | Request) -> Caller | None:
    """The caller that the header names; None without a header.

    AuthenticationFailed: the key is wrong or over. PermissionDenied: it may not come from there.
    """
    keyword, _space, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if keyword.lower() != KEYWORD.lower():
        return None
    token = token.strip()
    found = _seen.get(keys.fingerprint(token), lambda: look_up(token, timezone.now()))
    if not keys.is_from(client_address(request), found.key.networks):
        raise PermissionDenied(_("This key may not be used from this address. Ask the administrator to allow it."))
    return found


def look_up(token: str, at: datetime) -> Caller:
    """The live key that was sent; wrong, revoked and expired keys look the same from outside."""
    key = known_keys.find(token, at=at) if len(token) <= LONGEST else None
    if key is None:
        raise AuthenticationFailed(_("This API key is wrong, revoked or expired. Ask the administrator for a new one."))
    api_keys.mark_used(key=key, at=at)
    return Caller(key, key.person)


class ApiKeyAuthentication(BaseAuthentication):
    """`Authorization: Api-Key prefix.secret`; cookies count for nothing here."""

    def authenticate(self, request: Request) -> tuple[Person, ApiKey] | None:
        found = caller(request)
        return (found.person, found.key) if found else None

    def authenticate_header(self, request: Request) -> str:
        """What a caller without a key is asked for."""
        return KEYWORD
