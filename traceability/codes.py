"""The code on a customer's label: it says which lot, only this plant can make one, and nobody can guess the next.

The lot's key is hidden by its own authentication tag (a synthetic IV, as in RFC 5297), so that codes tell no volumes.
The first character names the key: a new key is put in front (PUBLIC_CODE_KEYS), and older labels stay valid.
"""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from functools import cache

from django.conf import settings

TAG, KEY, LENGTH = 16, 6, 31  # bytes of the tag and of the lot's key; characters of a code
FIRST = "0"  # the key that is made from the plant's own secret, where none is set


def code(lot: int) -> str:
    """The code of a lot, with the key that signs now."""
    kid, secret = next(iter(_keys().items()))
    tag = _tag(secret, lot.to_bytes(KEY, "big"))
    return kid + urlsafe_b64encode(tag + _masked(secret, tag, lot.to_bytes(KEY, "big"))).decode().rstrip("=")


def read(word: str) -> int | None:
    """The key of the lot that a code names; None for every text that this plant did not sign."""
    secret = _keys().get(word[:1])
    if len(word) != LENGTH or not word.isascii() or secret is None:
        return None
    try:
        found = urlsafe_b64decode(word[1:] + "==")
    except (Error, ValueError):
        return None
    tag, plain = found[:TAG], _masked(secret, found[:TAG], found[TAG:])
    return int.from_bytes(plain, "big") if hmac.compare_digest(tag, _tag(secret, plain)) else None


def place(word: str) -> str:
    """A coarse place that can be told from others, and not led back to a network."""
    secret = list(_keys().values())[-1]  # the oldest key: places stay the same when a new one is put in front
    return hmac.digest(secret, b"place:" + word.encode(), "sha256").hex()[:6]


def _tag(secret: bytes, plain: bytes) -> bytes:
    return hmac.digest(secret, b"tag:" + plain, "sha256")[:TAG]


def _masked(secret: bytes, tag: bytes, text: bytes) -> bytes:
    mask = hmac.digest(secret, b"mask:" + tag, "sha256")
    return bytes(one ^ other for one, other in zip(text, mask, strict=False))


def _keys() -> dict[str, bytes]:
    return _made(tuple(settings.PUBLIC_CODE_KEYS), settings.SECRET_KEY)


@cache
def _made(said: tuple[str, ...], otherwise: str) -> dict[str, bytes]:
    pairs = [one.partition(":") for one in said] or [(FIRST, ":", otherwise)]
    return {kid: hashlib.sha256(b"public code:" + secret.encode()).digest() for kid, _colon, secret in pairs}
