"""Keys for other systems: shown once, kept as a hash, limited to scopes, revocable at once."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from plant import keys, policies
from plant.commands import journal
from plant.errors import Refusal
from plant.key_scopes import SCOPES
from plant.locks import lock
from plant.models import ApiKey, Equipment, Person, PersonKind
from plant.transactions import command

OVERLAP = timedelta(days=7)


class KeyRefused(Refusal):
    """A key that can't be made so."""

    code = "api-key-refused"


@command
def create(
    *, name: str, scopes: Collection[str], by: Person, expires_at: datetime | None = None, networks: Sequence[str] = (),
    site: Equipment | None = None,
) -> tuple[ApiKey, str]:
    """Make a key and the person as which it acts; the text `prefix.secret` is told this once.

    networks    where it may come from; none: anywhere
    site        what a new program sees and does is limited to; none: the whole company
    """
    policies.check(by, "api-key.create", key=name)
    if not scopes:
        raise KeyRefused(_("A key needs at least one scope. Give the scopes that the other system uses, and no more."))
    if unknown := sorted(set(scopes) - set(SCOPES)):
        raise KeyRefused(_("There is no scope “%(scopes)s”.") % {"scopes": ", ".join(unknown)})
    person, _is_new = Person.objects.get_or_create(
        number=f"api:{name}"[:40],
        defaults={"name": name, "kind": PersonKind.INTEGRATION, "password": "!", "site": site},
    )
    return _issued(name, sorted(scopes), person, expires_at, list(networks), by=by)


@command
def rotate(*, key: ApiKey, by: Person, at: datetime, overlap: timedelta = OVERLAP) -> tuple[ApiKey, str]:
    """Make the key that follows a live one: the same program, scopes and networks. Both count until the overlap ends.

    The new key lives as long as the old one was meant to.
    """
    policies.check(by, "api-key.create", key=key.name)
    rows = lock(ApiKey.objects.filter(person=key.person, revoked_at__isnull=True))
    live = [row for row in rows if row.expires_at is None or row.expires_at > at]
    if key.pk not in {row.pk for row in live}:
        raise KeyRefused(_("This key is over, so it can't be followed by another. Make a new key."))
    if len([row for row in live if row.name == key.name]) > 1:
        raise KeyRefused(_("Two keys of %(name)s are live already. Revoke the old one first.") % {"name": key.name})
    old = next(row for row in live if row.pk == key.pk)
    life = old.expires_at - old.created_at if old.expires_at else None
    until = at + overlap
    if old.expires_at is None or old.expires_at > until:
        ApiKey.objects.filter(pk=old.pk).update(expires_at=until)
    journal.record("api-key.rotated", subject=old, by=by, data={"until": until})
    return _issued(old.name, old.scopes, old.person, at + life if life else None, old.networks, by=by)


def _issued(
    name: str, scopes: Sequence[str], person: Person, expires_at: datetime | None, networks: Sequence[str], *,
    by: Person,
) -> tuple[ApiKey, str]:
    prefix, secret = keys.new()
    key = ApiKey.objects.create(
        name=name, prefix=prefix, secret_hash=keys.fingerprint(secret), scopes=list(scopes), person=person,
        expires_at=expires_at, networks=list(networks),
    )
    data = {"scopes": list(scopes), "expires_at": expires_at, "networks": list(networks)}
    journal.record("api-key.created", subject=key, by=by, data=data)
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
