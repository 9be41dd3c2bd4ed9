"""PINs are short: so they are peppered with the plant's key, and hashed as slowly as a shift change can bear."""

import base64
import hashlib
import hmac
import secrets
from itertools import pairwise

from django.conf import settings

SHORTEST, LONGEST = 6, 12
# About 25 ms on the study's machine; the pepper and five tries protect a short PIN more than time could.
COST, BLOCK, LANES = 2**13, 8, 1


def is_well_formed(pin: str) -> bool:
    """Six to twelve ASCII digits, not all the same and not a run."""
    if not (SHORTEST <= len(pin) <= LONGEST and pin.isascii() and pin.isdigit()):
        return False
    return not _is_run(pin)


def _is_run(pin: str) -> bool:
    step = (int(pin[1]) - int(pin[0])) % 10
    return step in (0, 1, 9) and all((int(b) - int(a)) % 10 == step for a, b in pairwise(pin))


def hashed(pin: str, salt: bytes | None = None) -> str:
    """What is stored of a PIN."""
    salt = salt or secrets.token_bytes(16)
    peppered = hmac.new(settings.PIN_PEPPER.encode(), pin.encode(), hashlib.sha256).digest()
    digest = hashlib.scrypt(peppered, salt=salt, n=COST, r=BLOCK, p=LANES)
    return f"pin1${base64.b64encode(salt).decode()}${base64.b64encode(digest).decode()}"


def matches(pin: str, stored: str) -> bool:
    """Whether a PIN is the one that was stored; takes as long when nothing was stored."""
    parts = stored.split("$")
    salt = base64.b64decode(parts[1]) if len(parts) == 3 else b"\0" * 16
    return hmac.compare_digest(hashed(pin, salt), stored)
