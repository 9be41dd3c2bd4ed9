"""The signed link by which a supplier answers a request without an account. Pure: it knows no request."""

from django.core import signing

SALT = "supplier-request"


def sign(key: int, nonce: str) -> str:
    """The word of a link: which request, and the secret of that request's present link."""
    return signing.dumps([key, nonce], salt=SALT)


def read(word: str) -> tuple[int, str] | None:
    """What a link says, if this plant signed it."""
    try:
        key, nonce = signing.loads(word, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (key, nonce) if isinstance(key, int) and isinstance(nonce, str) else None
