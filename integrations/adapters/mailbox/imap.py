"""Reading a mailbox by IMAP: where it may stand, what is new in it, each mail whole. Nothing in it is changed."""

import imaplib
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

from integrations.adapters import reach
from integrations.adapters.port import Again, Link, Never
from plant.spoken import spoken as _

LARGEST = 25_000_000  # bytes of one mail


class _Pinned(imaplib.IMAP4):
    """A connection to the address that was checked, whatever its name says meanwhile."""

    def __init__(self, link: Link, host: str, port: int, is_secure: bool) -> None:
        self._where, self._secure = reach.address(link, host, port, is_encrypted=is_secure), is_secure
        super().__init__(host, port, timeout=link.timeout)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = socket.create_connection((self._where, self.port), timeout)
        return ssl.create_default_context().wrap_socket(plain, server_hostname=self.host) if self._secure else plain


@contextmanager
def opened(link: Link, folder: str) -> Iterator[tuple[imaplib.IMAP4, str]]:
    """A folder to read in, and the number that says whether its mails still bear the same numbers."""
    parts = urlsplit(link.endpoint)
    if parts.scheme not in {"imap", "imaps"} or not parts.hostname:
        raise Never(_("Write the address as imaps://mail.example.com."))
    is_secure = parts.scheme == "imaps"
    try:
        box = _Pinned(link, parts.hostname, parts.port or (993 if is_secure else 143), is_secure)
    except (OSError, imaplib.IMAP4.error) as error:
        raise Again(f"{type(error).__name__}: {error}") from error
    try:
        yield box, _selected(box, link, folder)
    except (imaplib.IMAP4.abort, OSError) as error:
        raise Again(f"{type(error).__name__}: {error}") from error
    finally:
        _left(box)


def _selected(box: imaplib.IMAP4, link: Link, folder: str) -> str:
    try:
        box.login(link.secrets.get("user", ""), link.secrets.get("password", ""))
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise Never(_("The mail server lets this user not in: %(said)s") % {"said": error}) from error
    status, said = box.select(f'"{folder}"', readonly=True)
    if status != "OK":
        raise Never(_("The mailbox has no folder “%(folder)s”.") % {"folder": folder})
    return _text(box.response("UIDVALIDITY")[1]) or _text(said)


def _text(said: Any) -> str:
    first = said[0] if said else b""
    return first.decode("ascii", "replace") if isinstance(first, bytes) else ""


def _left(box: imaplib.IMAP4) -> None:
    try:
        box.logout()
    except (OSError, imaplib.IMAP4.error):
        return


def mails(box: imaplib.IMAP4, after: int) -> Iterator[tuple[int, EmailMessage | None]]:
    """Every mail with a higher number, oldest first; None for one that is larger than is read."""
    _status, found = box.uid("SEARCH", "UID", f"{after + 1}:*")
    numbers = sorted(int(one) for one in (found[0] or b"").split())
    for number in (one for one in numbers if one > after):  # n:* always names the last one
        _status, sizes = box.uid("FETCH", str(number), "(RFC822.SIZE)")
        size = re.search(rb"RFC822\.SIZE (\d+)", b" ".join(one for one in sizes if isinstance(one, bytes)))
        if size is not None and int(size[1]) > LARGEST:
            yield number, None
            continue
        _status, said = box.uid("FETCH", str(number), "(BODY.PEEK[])")
        raw = next((one[1] for one in said if isinstance(one, tuple)), b"")
        yield number, message_from_bytes(raw, policy=policy.default)
