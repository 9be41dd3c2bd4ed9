"""Keeping what another system calls our things, and which version of them was taken last."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils.translation import gettext_lazy as _

from integrations.models import ExternalId
from plant.errors import Refusal
from plant.locks import lock
from plant.transactions import command

CLAIM = """
INSERT INTO integrations_externalid (source, noun, external_id, key, version, digest, at)
VALUES (%s, %s, %s, '', NULL, '', %s) ON CONFLICT (source, noun, external_id) DO NOTHING
"""


class External(NamedTuple):
    """Whose words these are: the other system, its number of the thing, and the version of what it says."""

    source: str
    id: str
    version: int | None = None


class VersionReused(Refusal):
    """One version, two contents."""

    code = "version-reused"


@command
def claim(*, external: External, noun: str, at: datetime) -> ExternalId:
    """The row of this number, locked: whoever brings the same number meanwhile waits here for the outcome."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [external.source, noun, external.id, at])
    return lock(ExternalId.objects.filter(source=external.source, noun=noun, external_id=external.id))[0]


@command
def keep(*, row: ExternalId, external: External, key: str, digest: str, at: datetime) -> None:
    """What was taken under this number."""
    row.key, row.version, row.digest, row.at = key, external.version, digest, at
    row.save(update_fields=["key", "version", "digest", "at"])


def is_older(row: ExternalId, external: External) -> bool:
    """Whether a newer version was taken already, or this one comes without any after one that had one."""
    return row.version is not None and (external.version is None or external.version < row.version)


def is_known(row: ExternalId, external: External, digest: str) -> bool:
    """Whether exactly this version was taken. VersionReused: it was, but it said something else."""
    if row.version is None or row.version != external.version:
        return False
    if row.digest != digest:
        message = _("Version %(version)s of %(id)s was taken with other words. Raise the version when words change.")
        raise VersionReused(message % {"version": external.version, "id": external.id})
    return True


def digest(words: Mapping[str, Any]) -> str:
    """The SHA-256 of what was sent."""
    text = json.dumps(words, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
