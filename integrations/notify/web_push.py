"""Web Push: payloads encrypted for one browser (RFC 8291), requests signed by the plant (RFC 8292)."""

import base64
import json
import os
import struct
from collections.abc import Sequence
from functools import cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the group of P-256 (SEC 2, 2.4.2)
RECORD = 4096  # bytes of one record; a push message is one record (RFC 8291, 4)
MOST = RECORD - 16 - 1 - 86  # left for the text: without tag, delimiter and header
# The push services of Chrome, Firefox, Safari and Edge: a host, or a .domain with all its hosts.
USUAL = ("fcm.googleapis.com", ".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com")
HOURS = 12 * 3600  # a token holds no longer than a day (RFC 8292, 2)


def to_text(raw: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def to_bytes(text: str) -> bytes:
    """The bytes of base64url with or without padding; ValueError for anything else."""
    return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)


def is_key(p256dh: str, auth: str) -> bool:
    """Whether a browser's keys are a point of the curve and sixteen secret bytes."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, to_bytes(p256dh))
        return len(to_bytes(auth)) == 16
    except ValueError:
        return False


def encrypt(
    text: bytes, p256dh: str, auth: str, *, key: ec.EllipticCurvePrivateKey | None = None, salt: bytes | None = None
) -> bytes:
    """A message that only this browser reads, in the coding aes128gcm (RFC 8188); `key` and `salt` are random."""
    if len(text) > MOST:
        raise ValueError(f"a push message holds at most {MOST} bytes")
    key, salt = key or ec.generate_private_key(CURVE), salt or os.urandom(16)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, to_bytes(p256dh))
    mine, whose = point(key.public_key()), point(theirs)
    shared = extract(to_bytes(auth), key.exchange(ec.ECDH(), theirs))
    secret = extract(salt, expand(shared, b"WebPush: info\0" + whose + mine, 32))
    content = AESGCM(expand(secret, b"Content-Encoding: aes128gcm\0", 16))
    sealed = content.encrypt(expand(secret, b"Content-Encoding: nonce\0", 12), text + b"\2", None)
    return salt + struct.pack(">IB", RECORD, len(mine)) + mine + sealed


def extract(salt: bytes, material: bytes) -> bytes:
    """HKDF-Extract with SHA-256 (RFC 5869)."""
    made = hmac.HMAC(salt, hashes.SHA256())
    made.update(material)
    return made.finalize()


def expand(key: bytes, info: bytes, length: int) -> bytes:
    """HKDF-Expand with SHA-256."""
    return HKDFExpand(hashes.SHA256(), length, info).derive(key)


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as 65 bytes."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@cache
def own_key(secret: str) -> ec.EllipticCurvePrivateKey:
    """The plant's key toward push services, always the same for one secret."""
    seed = int.from_bytes(expand(extract(b"web push", secret.encode()), b"vapid", 48))
    return ec.derive_private_key(1 + seed % (ORDER - 1), CURVE)


def public_key(secret: str) -> str:
    """What a browser is told when it subscribes (`applicationServerKey`)."""
    return to_text(point(own_key(secret).public_key()))


def authorization(endpoint: str, *, secret: str, subject: str, now: float) -> str:
    """The header by which a push service knows the plant: a token for this service's origin, signed with ES256."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int(now) + HOURS, "sub": subject}
    said = ".".join(to_text(json.dumps(one).encode()) for one in ({"typ": "JWT", "alg": "ES256"}, claims))
    r, s = decode_dss_signature(own_key(secret).sign(said.encode(), ec.ECDSA(hashes.SHA256())))
    return f"vapid t={said}.{to_text(r.to_bytes(32) + s.to_bytes(32))}, k={public_key(secret)}"


def is_allowed(endpoint: str, named: Sequence[str]) -> bool:
    """Whether an address is of one of these push services (hosts, `.domain`, origins) or of a usual one, over https."""
    services = named or USUAL
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    if "@" in parts.netloc or not parts.hostname or any(letter <= " " for letter in endpoint):
        return False
    if f"{parts.scheme}://{parts.netloc}" in services:
        return True
    host = parts.hostname
    known = any(host == one or (one.startswith(".") and host.endswith(one)) for one in services)
    return known and parts.scheme == "https" and port in (None, 443)
