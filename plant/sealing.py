"""Secrets of other systems at rest: sealed with a key that is not in the database, and opened only to be used."""

import base64
import hashlib
import json
from functools import cache

from django.conf import settings
from django.utils.translation import gettext as _
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OctKey

from plant.errors import Refusal

ALGORITHM = {"alg": "dir", "enc": "A256GCM"}


class CannotOpen(Refusal):
    """A secret that was sealed with a key that this plant does not have any more, or that was tampered with."""

    code = "cannot-open"


@cache
def keys(said: tuple[str, ...], otherwise: str) -> KeySet:
    """The keys with their ids, the first of which seals; without any, one made from the plant's own secret."""
    pairs = [one.partition(":") for one in said] or [("plant", ":", otherwise)]
    return KeySet([
        OctKey.import_key(hashlib.sha256(b"sealing:" + secret.encode()).digest(), {"kid": kid})
        for kid, _colon, secret in pairs
    ])


def _keys() -> KeySet:
    return keys(tuple(settings.SEALING_KEYS), settings.SECRET_KEY)


def seal(text: str) -> str:
    """A text that says by its header which key opens it (RFC 7516, A256GCM)."""
    key = _keys().keys[0]
    return jwe.encrypt_compact({**ALGORITHM, "kid": str(key.kid)}, text.encode(), key)


def opened(sealed: str) -> str:
    """What was sealed."""
    message = _("This secret can't be read with the keys of this plant (SEALING_KEYS). Enter it again.")
    try:
        plaintext = jwe.decrypt_compact(sealed, _keys()).plaintext
    except (JoseError, ValueError) as error:
        raise CannotOpen(message) from error
    return (plaintext or b"").decode()


def is_newest(sealed: str) -> bool:
    """Whether a secret is sealed with the key that seals today; else it waits to be sealed anew."""
    head = sealed.partition(".")[0]
    said = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    return bool(said.get("kid") == _keys().keys[0].kid)
