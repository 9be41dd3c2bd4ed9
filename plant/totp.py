"""One-time codes of an authenticator app: RFC 4226 and RFC 6238 with SHA-1, six digits and 30 seconds. Pure."""

import base64
import hashlib
import hmac
from urllib.parse import quote, urlencode

STEP, DIGITS = 30, 6
SLACK = 1  # a code counts one step early or late: clocks differ, and people type (RFC 6238, 5.2)


def secret(salt: bytes, key: str) -> bytes:
    """The secret that the app shares: made of what the database keeps and a key that it does not."""
    return hmac.new(key.encode(), b"second factor" + salt, hashlib.sha256).digest()[:20]


def code(shared: bytes, step: int, digits: int = DIGITS) -> str:
    """The code of one step (RFC 4226, 5.3)."""
    digest = hmac.new(shared, step.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def step_of(shared: bytes, typed: str, seconds: float) -> int | None:
    """The step whose code was typed, if it is the present one or a neighbour."""
    typed = "".join(typed.split())
    now = int(seconds) // STEP
    found = [
        step for step in range(now - SLACK, now + SLACK + 1)
        if hmac.compare_digest(code(shared, step).encode(), typed.encode())
    ]
    return found[-1] if found else None


def spelled(shared: bytes) -> str:
    """The secret as letters, for typing in."""
    return base64.b32encode(shared).decode()


def uri(shared: bytes, account: str, issuer: str) -> str:
    """What the QR code for the app says."""
    words = {"secret": spelled(shared), "issuer": issuer, "digits": DIGITS, "period": STEP}
    return f"otpauth://totp/{quote(issuer)}:{quote(account)}?{urlencode(words, quote_via=quote)}"
