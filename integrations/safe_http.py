"""One call to a foreign address: resolved once, only where it may lead, following nobody elsewhere, bounded in all.

A name is looked up once and the connection goes to that very address, so a second answer of the name's server leads
nowhere. Addresses inside the plant are called only within networks that an administrator opened; others by https only.
"""

import socket
import ssl
import tempfile
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from plant.spoken import spoken as _

PATIENCE = 5.0
LARGEST = 65_536
Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


class NotAllowed(Exception):
    """An address that must not be called; the sentence says what to do."""


class NotReached(Exception):
    """Nobody answered, or not in time, or too much."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. A redirection is an answer like any other: nobody follows it."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked. `certificate` and `key` are PEM texts that prove who we are; `authority` proves who they are."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    timeout: float = PATIENCE
    largest: int = LARGEST
    open_networks: tuple[Network, ...] = ()
    certificate: str = field(default="", repr=False)
    key: str = field(default="", repr=False)
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a call goes: the name for the certificate and the Host header, the address for the connection."""

    scheme: str
    host: str
    port: int
    address: Address
    path: str


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Networks as they are written; what is none is left out."""
    found = []
    for text in texts:
        try:
            found.append(ip_network(text.strip(), strict=False))
        except ValueError:
            continue
    return tuple(found)


def plain(address: Address) -> Address:
    """An IPv4 address that came dressed as IPv6 (::ffff:10.0.0.1, 6to4, Teredo) counts as what it is."""
    if isinstance(address, IPv6Address):
        dressed = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if dressed is not None:
            return dressed
        if address in ip_network("64:ff9b::/96"):
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def is_open(address: Address, open_networks: Iterable[Network]) -> bool:
    """Whether an administrator lets connections call this address inside the plant."""
    return any(address.version == one.version and address in one for one in open_networks)


def target(url: str, open_networks: tuple[Network, ...] = ()) -> Target:
    """Where a call may go. NotAllowed: nowhere. NotReached: its name leads to no address."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except ValueError as error:
        raise NotAllowed(_("This is not an address: %(url)s") % {"url": url[:100]}) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
        raise NotAllowed(_("The address must begin with https:// and name no user: %(url)s") % {"url": url[:100]})
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotReached(_("The name “%(host)s” leads to no address.") % {"host": parts.hostname}) from error
    addresses = [ip_address(one[4][0]) for one in found]
    for address in addresses:
        check(plain(address), parts.scheme, open_networks)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return Target(parts.scheme, parts.hostname, port, addresses[0], path)


def check(address: Address, scheme: str, open_networks: tuple[Network, ...]) -> None:
    """Refuse an address inside the plant that nobody opened, and a public one without encryption."""
    if is_open(address, open_networks):
        return
    if not address.is_global or address.is_multicast:
        message = _("%(address)s stands inside the plant. An administrator opens its network for connections first.")
        raise NotAllowed(message % {"address": address})
    if scheme != "https":
        raise NotAllowed(_("%(address)s is a public address: call it by https.") % {"address": address})


class _Pinned(HTTPConnection):
    """A connection to one address, whatever its name says meanwhile."""

    def __init__(self, where: Target, call: Call) -> None:
        super().__init__(where.host, where.port, timeout=call.timeout)
        self._where, self._call = where, call

    def connect(self) -> None:
        """Open it, and encrypt it under the name that was asked for."""
        self.sock = socket.create_connection((str(self._where.address), self._where.port), self.timeout)
        if self._where.scheme == "https":
            self.sock = context(self._call).wrap_socket(self.sock, server_hostname=self._where.host)


def context(call: Call) -> ssl.SSLContext:
    """How a connection is encrypted; a certificate of ours lies in a file only while it is read."""
    made = ssl.create_default_context(cadata=call.authority or None)
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    if call.certificate:
        with tempfile.TemporaryDirectory() as folder:
            pem = Path(folder) / "own.pem"
            pem.touch(mode=0o600)
            pem.write_text(f"{call.certificate}\n{call.key}\n")
            made.load_cert_chain(str(pem))
    return made


def send(call: Call) -> Answer:
    """The answer, whatever its status. NotAllowed, NotReached: there is none."""
    where = target(call.url, call.open_networks)
    connection = _Pinned(where, call)
    watch = threading.Timer(call.timeout, _cut, [connection])
    watch.daemon = True
    watch.start()
    try:
        connection.request(call.method, where.path, call.body or None, dict(call.headers))
        answer = connection.getresponse()
        body = answer.read(call.largest + 1)
        if len(body) > call.largest:
            raise NotReached(_("The answer is larger than %(most)s bytes.") % {"most": call.largest})
        return Answer(answer.status, told(answer.getheaders()), body)
    except (OSError, HTTPException, ValueError) as error:
        raise NotReached(f"{type(error).__name__}: {error}"[:280]) from error
    finally:
        watch.cancel()
        connection.close()


def told(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Headers by name; several cookies stand one below the other."""
    found: dict[str, str] = {}
    for name, value in headers:
        key = name.lower()
        found[key] = f"{found[key]}\n{value}" if key == "set-cookie" and key in found else value
    return found


def _cut(connection: Any) -> None:
    """The time is over, however slowly the other side goes on."""
    sock = getattr(connection, "sock", None)
    if sock is not None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
