"""Finding the key behind a request."""

from datetime import datetime

from plant import keys
from plant.models import ApiKey


def find(text: str, *, at: datetime) -> ApiKey | None:
    """The live key that `prefix.secret` belongs to; none when it is wrong, expired, revoked or its person is off."""
    prefix, _dot, secret = text.partition(".")
    known = ApiKey.objects.select_related("person").filter(prefix=prefix)
    key = known.first() if prefix.isascii() and prefix.isalnum() else None
    is_right = keys.matches(secret, key.secret_hash if key else keys.fingerprint(""))
    if key is None or not is_right or not secret:
        return None
    is_live = key.revoked_at is None and (key.expires_at is None or key.expires_at > at) and key.person.is_active
    return key if is_live else None
