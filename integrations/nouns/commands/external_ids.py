"""Keeping what another system calls our things, and which version of them was taken last."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.utils import DatabaseErrorWrapper
from django.utils.translation import gettext_lazy as _
from psycopg2.extras import execute_values

from integrations.models import ExternalId
from plant.errors import Refusal
from plant.locks import lock
from plant.transactions import command

CLAIM = """
INSERT INTO integrations_externalid (source, noun, external_id, key, version, digest, at)
VALUES (%s, %s, %s, '', NULL, '', %s) ON CONFLICT (source, noun, external_id) DO NOTHING
"""
CLAIM_MANY = """
INSERT INTO integrations_externalid (source, noun, external_id, key, version, digest, at)
SELECT source, %s, id, '', NULL, '', %s FROM unnest(%s::text[], %s::text[]) AS told (source, id) ORDER BY source, id
ON CONFLICT (source, noun, external_id) DO NOTHING
"""
KEEP_MANY = """
UPDATE integrations_externalid AS e SET key = v.key, version = v.version::bigint, digest = v.digest, at = v.at
FROM (VALUES %s) AS v (id, key, version, digest, at) WHERE e.id = v.id
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


@command
def claim_many(*, externals: Collection[External], noun: str, at: datetime) -> dict[tuple[str, str], ExternalId]:
    """The same for many numbers, in one order everywhere, so that two batches never wait for one another."""
    told = sorted({(one.source, one.id) for one in externals})
    if not told:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(CLAIM_MANY, [noun, at, [source for source, _id in told], [one for _source, one in told]])
    sources = {source for source, _id in told}
    found: dict[tuple[str, str], ExternalId] = {}
    for source in sorted(sources):
        numbers = [one for here, one in told if here == source]
        rows = lock(ExternalId.objects.filter(source=source, noun=noun, external_id__in=numbers))
        found |= {(source, row.external_id): row for row in rows}
    return found


@command
def keep_many(*, kept: Sequence[tuple[ExternalId, External, str, str]], at: datetime) -> None:
    """What was taken under these numbers: row, version, our number, digest."""
    values = [(row.pk, key, external.version, digest, at) for row, external, key, digest in kept]
    if values:
        with connection.cursor() as cursor, DatabaseErrorWrapper(connection):
            execute_values(cursor.cursor, KEEP_MANY, values, page_size=1000)


@command
def let_go(*, rows: Collection[ExternalId]) -> None:
    """Forget claims that led to nothing."""
    ExternalId.objects.filter(pk__in=[row.pk for row in rows], key="").delete()


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
