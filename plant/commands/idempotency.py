"""A request that comes twice is done once and answered twice."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils.translation import gettext_lazy as _

from plant.errors import Refusal
from plant.models import IdempotencyRecord
from plant.transactions import command

CLAIM = """
INSERT INTO plant_idempotencyrecord (client, key, request_hash, at) VALUES (%s, %s, %s, clock_timestamp())
ON CONFLICT (client, key) DO NOTHING
"""


class KeyReused(Refusal):
    """The same key with another request."""

    code = "idempotency-key-reused"


@dataclass(frozen=True)
class Answer:
    """What the client is told, now and each time it asks again."""

    status: int
    body: Any
    replayed: bool = False


@command
def once(*, client: str, key: str, request: Any, act: Callable[[], tuple[int, Any]]) -> Answer:
    """Do the act unless this client's key has been answered; then give the stored answer instead."""
    digest = request_hash(request)
    if not claim(client, key, digest):
        return stored_answer(client, key, digest)
    status, body = act()
    body = json.loads(json.dumps(body, cls=DjangoJSONEncoder))
    IdempotencyRecord.objects.filter(client=client, key=key).update(status=status, answer=body)
    return Answer(status, body)


def claim(client: str, key: str, digest: str) -> bool:
    """Insert the key first: a second transaction with the same key waits here for the end of the first."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [client, key, digest])
        return bool(cursor.rowcount == 1)


def stored_answer(client: str, key: str, digest: str) -> Answer:
    """What was answered the first time, if it was the same request."""
    stored = IdempotencyRecord.objects.get(client=client, key=key)
    if stored.request_hash != digest:
        raise KeyReused(_("This Idempotency-Key was used for another request. Send a new key with a new request."))
    return Answer(stored.status or 500, stored.answer, replayed=True)


def request_hash(request: Any) -> str:
    """The SHA-256 of a request in canonical JSON."""
    text = json.dumps(request, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
