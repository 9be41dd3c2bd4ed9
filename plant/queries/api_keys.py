"""Finding the key behind a request."""

from datetime import datetime

from django.utils import timezone

from plant import keys, scoping
from plant.models import ApiKey, Person


def find(text: str, *, at: datetime) -> ApiKey | None:
    """The live key that `prefix.secret` belongs to; none when it is wrong, expired, revoked or its person is off."""
    prefix, _dot, secret = text.partition(".")
    known = ApiKey.objects.select_related("person").filter(prefix=prefix)
    key = known.first() if prefix.isascii() and prefix.isalnum() else None
    is_right = keys.matches(secret, key.secret_hash if key else keys.fingerprint(""))
    if key is None or not is_right or not secret:
        return None
    return key if is_live(key, at) else None


def is_live(key: ApiKey, at: datetime) -> bool:
    """Whether a key opens anything at a moment."""
    return key.revoked_at is None and (key.expires_at is None or key.expires_at > at) and key.person.is_active


def listed(by: Person) -> list[ApiKey]:
    """Every key that somebody may see with whether it is live, the live ones first."""
    rows = list(scoping.visible(ApiKey.objects.select_related("person"), by).order_by("name", "-pk"))
    now = timezone.now()
    for row in rows:
        row.is_live = is_live(row, now)  # type: ignore[attr-defined]
    return sorted(rows, key=lambda row: not row.is_live)  # type: ignore[attr-defined]
