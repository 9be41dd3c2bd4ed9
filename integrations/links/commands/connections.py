"""Keeping connections: where they lead, their secrets, on and off, and whether the other side answers."""

import ipaddress
import json
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from integrations.adapters.port import Trouble
from integrations.links import opening
from integrations.links.opening import SECRETS, SIGN_IN, adapter_of
from integrations.models import Connection, DoorKey, Rhythm, Sample
from plant import policies, sealing
from plant.commands import journal
from plant.errors import Refusal
from plant.models import Person, PersonKind
from plant.queries import journal as feed
from plant.spoken import cut
from plant.statements import kept as kept_text
from plant.transactions import command

LARGEST_SAMPLE = 1_000_000
RESERVED = frozenset({"new", "messages", "mappings", "dictionary", "reconciliation"})


class ConnectionRefused(Refusal):
    """A connection that can't be kept so."""

    code = "connection-refused"


@command
def put(*, code: str, by: Person, at: datetime, **said: Any) -> Connection:
    """Keep a connection: made new, or changed. Its adapter checks its own settings."""
    policies.check(by, "connection.keep", code=code)
    row = Connection.objects.filter(code=code).first()
    is_new = row is None
    if row is None:
        row = Connection(code=code, site=said["site"], acts_as=actor(code, said["site"]), told_until=feed.now())
    before = {name: getattr(row, name) for name in said}
    for name, value in said.items():
        setattr(row, name, value)
    check(row)
    row.save()
    Person.objects.filter(pk=row.acts_as_id).update(site=row.site)
    changed = {name: [str(old), str(said[name])] for name, old in before.items() if old != said[name]}
    if is_new or changed:
        kind = "connection.created" if is_new else "connection.changed"
        more = {"other_version": row.other_version} if is_new else {}
        journal.record(kind, subject=row, by=by, data={"changed": {} if is_new else changed, **more, "at": at})
    return row


def actor(code: str, site: Any) -> Person:
    """The person as which a connection acts, within its site."""
    person, _is_new = Person.objects.get_or_create(
        number=f"link:{code}"[:40],
        defaults={"name": code, "kind": PersonKind.INTEGRATION, "password": "!", "site": site},
    )
    return person


def check(row: Connection) -> None:
    """Refuse what contradicts itself, naming the field."""
    adapter = adapter_of(row)
    if row.code in RESERVED:
        message = _("“%(code)s” is the name of a page here. Choose another code.")
        raise ConnectionRefused(message % {"code": row.code}, facts={"field": "code"})
    if not row.receives and not row.sends:
        raise ConnectionRefused(_("Say whether it takes in, sends out, or both."), facts={"field": "receives"})
    if row.door and not row.receives:
        message = _("Nobody can push onto a connection that takes nothing in. Let it take in, or nobody push.")
        raise ConnectionRefused(message, facts={"field": "door"})
    if adapter.is_called and not row.endpoint:
        raise ConnectionRefused(_("Enter the address of the other system."), facts={"field": "endpoint"})
    if row.rhythm == Rhythm.DAILY and row.daily_at is None:
        raise ConnectionRefused(_("Say at what time of day."), facts={"field": "daily_at"})
    form = adapter.settings(data=row.settings)
    if not form.is_valid():
        message = _("The settings are not right: %(wrong)s") % {"wrong": told(form.errors)}
        raise ConnectionRefused(message, facts={"field": "settings"})
    row.sign_in = {name: value for name, value in row.sign_in.items() if value and (
        name in SIGN_IN.get(row.auth, ()) or name == "authority")}
    for text in row.allowed_from:
        try:
            ipaddress.ip_network(text, strict=False)
        except ValueError as error:
            message = _("“%(text)s” is no network. Write 10.1.2.0/24, or one address.") % {"text": text[:60]}
            raise ConnectionRefused(message, facts={"field": "allowed_from"}) from error


def told(errors: Any) -> str:
    """The errors of a serializer in one line, each with its place."""
    def joined(place: str, name: Any) -> str:
        return f"{place}[{name}]" if isinstance(name, int) else f"{place}.{name}".strip(".")

    def walk(here: Any, place: str) -> list[str]:
        if isinstance(here, Mapping):
            return [one for name, inner in here.items() for one in walk(inner, joined(place, name))]
        if isinstance(here, list) and any(isinstance(one, Mapping) for one in here):
            return [one for n, inner in enumerate(here) for one in walk(inner, f"{place}[{n}]")]
        return [f"{place}: {' '.join(str(one) for one in here)}" if isinstance(here, list) else f"{place}: {here}"]

    return "; ".join(walk(errors, ""))[:500]


@command
def keep_secrets(*, connection: Connection, secrets: Mapping[str, str], by: Person, at: datetime) -> Connection:
    """Seal what is secret, with the plant's newest key; what is left empty is gone from now on."""
    policies.check(by, "connection.keep", on=connection)
    kept = {name: secrets[name] for name in SECRETS[connection.auth] if secrets.get(name)}
    connection.sealed = sealing.seal(json.dumps(kept)) if kept else ""
    connection.sealed_at = at if kept else None
    connection.rests_until = None
    connection.save(update_fields=["sealed", "sealed_at", "rests_until"])
    data = {"entered": sorted(kept), "at": at}
    journal.record("connection.secrets", subject=connection, by=by, data=data)
    return connection


@command
def rotate(*, by: Person, at: datetime) -> int:
    """Seal every connection's secrets and keys anew with the newest key; how many were sealed with an older one."""
    policies.check(by, "connection.keep")
    count = 0
    for row in Connection.objects.order_by("pk"):
        holders: list[Connection | DoorKey] = [row, *row.door_keys.filter(closed_at__isnull=True)]
        fresh = [one for one in holders if one.sealed and not sealing.is_newest(one.sealed)]
        for one in fresh:
            type(one)._default_manager.filter(pk=one.pk).update(sealed=sealing.seal(sealing.opened(one.sealed)))
        if fresh:
            journal.record("connection.secrets-rotated", subject=row, by=by, data={"sealed": len(fresh), "at": at})
        count += len(fresh)
    return count


def is_sealed_anew(connection: Connection) -> bool:
    """Whether everything that is secret here is sealed with the key that seals today."""
    keys = connection.door_keys.filter(closed_at__isnull=True).values_list("sealed", flat=True)
    return all(sealing.is_newest(one) for one in (connection.sealed, *keys) if one)


@command
def switch(*, connection: Connection, on: bool, by: Person, at: datetime) -> Connection:
    """Put a connection to use, or out of use. What waits stays and goes on when it is on again."""
    policies.check(by, "connection.keep", on=connection)
    if on:
        adapter_of(connection)
        if SECRETS[connection.auth] and not connection.sealed:
            raise ConnectionRefused(_("Enter the secrets first; without them the other side lets nobody in."))
    if connection.enabled != on:
        Connection.objects.filter(pk=connection.pk).update(enabled=on, rests_until=None, next_fetch_at=at)
        connection.enabled = on
        kind = "connection.switched-on" if on else "connection.switched-off"
        journal.record(kind, subject=connection, by=by, data={"at": at})
    return connection


def test(*, connection: Connection, by: Person, at: datetime) -> Connection:
    """Ask the other side something harmless, and keep what it said. No transaction is open while we wait."""
    policies.check(by, "connection.keep", on=connection)
    version, began = "", time.monotonic()
    try:
        found = adapter_of(connection).test(opening.opened(connection))
        works, said, version = found.works, found.said, found.version
    except Trouble as error:
        works, said = False, error.reason
    took = round((time.monotonic() - began) * 1000)
    return tested(connection=connection, works=works, said=said, version=version, took_ms=took, by=by, at=at)


@command
def tested(
    *, connection: Connection, works: bool, said: str, version: str, by: Person, at: datetime,
    took_ms: int | None,
) -> Connection:
    """Write down what a test found; the version of the other system is kept with its connection."""
    policies.check(by, "connection.keep", on=connection)
    found = {"tested_at": at, "test_works": works, "test_said": cut(said, 300)}
    if works:
        found |= {"rests_until": None, "failures": 0}
    if version and version != connection.other_version:
        found["other_version"] = version[:80]
    Connection.objects.filter(pk=connection.pk).update(**found)
    data = {"works": works, "said": kept_text(cut(said, 300)), "version": version, "took_ms": took_ms, "at": at}
    journal.record("connection.tested", subject=connection, by=by, data=data)
    connection.refresh_from_db()
    return connection


@command
def keep_sample(
    *, connection: Connection, noun: str, name: str, body: bytes, content_type: str, by: Person, at: datetime
) -> Sample:
    """Keep a body as the other side writes it, for dry runs and the preview of mappings."""
    policies.check(by, "connection.keep", on=connection)
    if not body or len(body) > LARGEST_SAMPLE:
        raise ConnectionRefused(_("A sample has between 1 byte and 1 MB."), facts={"field": "body"})
    kept = {"body": body, "content_type": content_type, "at": at, "by": by}
    sample, _is_new = Sample.objects.update_or_create(
        connection=connection, noun=noun, name=name.strip()[:120], defaults=kept
    )
    journal.record("connection.sample-kept", subject=connection, by=by, data={"sample": sample.name, "noun": noun})
    return sample
