"""The text of an API key: a public prefix, a dot, and a secret of which only the hash is kept."""

import hashlib
import hmac
import secrets

SECRET_BYTES = 32


def new() -> tuple[str, str]:
    """A fresh prefix and secret."""
    return secrets.token_hex(4), secrets.token_urlsafe(SECRET_BYTES)


def fingerprint(secret: str) -> str:
    """What is stored of a secret; it has 256 bits of chance, so that a fast hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def matches(secret: str, stored: str) -> bool:
    """Whether a secret is the stored one, in constant time."""
    return hmac.compare_digest(fingerprint(secret), stored)
