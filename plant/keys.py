"""The text of an API key: a public prefix, a dot, and a secret of which only the hash is kept."""

import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Collection

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


def networks(text: str) -> list[str]:
    """The networks that a text names, each address or range on its own. ValueError: one of them is none."""
    return [str(ipaddress.ip_network(word, strict=False)) for word in text.replace(",", " ").split()]


def is_from(address: str, allowed: Collection[str]) -> bool:
    """Whether an address lies in one of these networks; without any, it may be anywhere."""
    if not allowed:
        return True
    try:
        here = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(here, ipaddress.IPv6Address) and here.ipv4_mapped:
        here = here.ipv4_mapped
    return any(here in ipaddress.ip_network(one) for one in allowed)
