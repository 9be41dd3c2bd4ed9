"""How whoever pushes onto a connection proves who it is: which key is named, and whether it is theirs. Pure."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

API_KEY, BASIC, HMAC = "API_KEY", "BASIC", "HMAC"
OLDEST = 300.0  # seconds that a signed moment may be off
LONGEST = 400
DIGITS = 12


@dataclass(frozen=True, slots=True)
class Call:
    """A request as far as it is signed."""

    method: str
    path: str
    body: bytes
    headers: Mapping[str, str]
    now: float


@dataclass(frozen=True, slots=True)
class Claim:
    """The key that a request names, and what it offers as proof."""

    key_id: str
    proof: str


def claim(way: str, headers: Mapping[str, str]) -> Claim | None:
    """What a request claims by this way; nothing where it claims nothing that can be read."""
    found: Claim | None = None
    if way == HMAC:
        found = Claim(headers.get("X-Key-Id", ""), headers.get("X-Signature", ""))
    else:
        word, _space, rest = headers.get("Authorization", "").partition(" ")
        if way == API_KEY:
            text = rest.strip() if word.lower() == "api-key" else headers.get("X-Api-Key", "")
            found = Claim(*text.partition(".")[::2])
        elif way == BASIC and word.lower() == "basic":
            found = Claim(*_decoded(rest).partition(":")[::2])
    if found is None or not found.key_id or not found.proof or max(len(found.key_id), len(found.proof)) > LONGEST:
        return None
    return found if found.key_id.isascii() and found.key_id.isalnum() else None


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        return ""


def holds(way: str, said: Claim, secret: str, call: Call) -> bool:
    """Whether the proof is one that only somebody who knows the secret can give, compared in constant time."""
    if way != HMAC:
        return hmac.compare_digest(said.proof.encode(), secret.encode())
    moment = call.headers.get("X-Timestamp", "")
    if not (moment.isascii() and moment.isdecimal() and len(moment) <= DIGITS):
        return False
    if abs(call.now - int(moment)) > OLDEST:
        return False
    return hmac.compare_digest(said.proof.lower().encode(), signature(secret, moment, call).encode())


def signature(secret: str, moment: str, call: Call) -> str:
    """HMAC-SHA256 over time, method, path and body, each on a line of its own; hexadecimal."""
    text = "\n".join((moment, call.method, call.path, "")).encode() + call.body
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
