"""Who calls: a key in the Authorization header, checked in this process for a second before it is asked for again."""

import time
from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from plant import keys
from plant.commands import api_keys
from plant.models import ApiKey, Person

KEYWORD = "Api-Key"
FRESH_SECONDS = 1.0
LARGEST = 10_000


class Caller(NamedTuple):
    """A key that was found good, and the person as which it acts."""

    key: ApiKey
    person: Person


_seen: dict[str, tuple[float, Caller]] = {}


def caller(request: HttpRequest | Request) -> Caller | None:
    """The caller that the header names; None without a header; AuthenticationFailed with a bad one."""
    keyword, _space, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if keyword.lower() != KEYWORD.lower():
        return None
    digest = keys.fingerprint(token)
    known = _seen.get(digest)
    if known and known[0] > time.monotonic():
        return known[1]
    found = look_up(token.strip(), timezone.now())
    if len(_seen) > LARGEST:
        _seen.clear()
    _seen[digest] = (time.monotonic() + FRESH_SECONDS, found)
    return found


def look_up(token: str, at: datetime) -> Caller:
    """The live key with this prefix and secret."""
    prefix, _dot, secret = token.partition(".")
    key = ApiKey.objects.select_related("person").filter(prefix=prefix, revoked_at__isnull=True).first()
    if key is None or not keys.matches(secret, key.secret_hash) or not key.person.is_active:
        raise AuthenticationFailed(_("This API key is not valid. Ask the administrator for a new one."))
    if key.expires_at is not None and key.expires_at <= at:
        raise AuthenticationFailed(_("This API key has expired. Ask the administrator for a new one."))
    api_keys.mark_used(key=key, at=at)
    return Caller(key, key.person)


class ApiKeyAuthentication(BaseAuthentication):
    """`Authorization: Api-Key prefix.secret`; cookies count for nothing here."""

    def authenticate(self, request: Request) -> tuple[Person, ApiKey] | None:
        found = caller(request)
        return (found.person, found.key) if found else None

    def authenticate_header(self, request: Request) -> str:
        return KEYWORD
