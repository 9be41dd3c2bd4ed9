"""Keys for other systems: shown once, kept as a hash, limited to scopes, revocable at once."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from plant import keys, policies
from plant.commands import journal
from plant.errors import Refusal
from plant.models import ApiKey, Person, PersonKind
from plant.transactions import command


class KeyRefused(Refusal):
    """A key that can't be made so."""

    code = "api-key-refused"


@command
def create(*, name: str, scopes: Collection[str], by: Person, expires_at: datetime | None = None) -> tuple[ApiKey, str]:
    """Make a key and the person as which it acts; the text `prefix.secret` is told this once."""
    policies.check(by, "api-key.create", key=name)
    if not scopes:
        raise KeyRefused(_("A key needs at least one scope. Give the scopes that the other system uses, and no more."))
    person, _is_new = Person.objects.get_or_create(
        number=f"api:{name}"[:40], defaults={"name": name, "kind": PersonKind.INTEGRATION, "password": "!"}
    )
    prefix, secret = keys.new()
    key = ApiKey.objects.create(
        name=name, prefix=prefix, secret_hash=keys.fingerprint(secret), scopes=sorted(scopes), person=person,
        expires_at=expires_at,
    )
    journal.record("api-key.created", subject=key, by=by, data={"scopes": sorted(scopes), "expires_at": expires_at})
    return key, f"{prefix}.{secret}"


@command
def mark_used(*, key: ApiKey, at: datetime) -> None:
    """Note that a key is in use, once a minute at most."""
    if key.last_used_at is None or at - key.last_used_at > timedelta(minutes=1):
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=at)


@command
def revoke(*, key: ApiKey, reason: str, by: Person, at: datetime) -> ApiKey:
    """Close a key for good, from the next request on."""
    policies.check(by, "api-key.create", key=key.name)
    if key.revoked_at is None:
        ApiKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=at)
        key.revoked_at = at
        journal.record("api-key.revoked", subject=key, by=by, reason=reason)
    return key
