"""The same over SFTP; paramiko is loaded when a connection needs it. The other side's key is known beforehand."""

import base64
import hashlib
import io
import posixpath
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from integrations.adapters import reach
from integrations.adapters.files.stores import Entry, checked
from integrations.adapters.port import Again, Link, Never
from plant.spoken import spoken

PORT = 22


def library() -> Any:
    """paramiko, or what to do."""
    try:
        import paramiko
    except ImportError as error:
        raise Never("SFTP needs a library: pip install --require-hashes -r requirements/edges.txt") from error
    return paramiko


def fingerprint(key: Any) -> str:
    """A host's key as ssh-keygen -lf tells it."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(key.asbytes()).digest()).decode().rstrip("=")


class Sftp:
    """Files on another machine."""

    def __init__(self, client: Any, root: str) -> None:
        self.client, self.root = client, root.rstrip("/") or "."

    def _path(self, path: str) -> str:
        return posixpath.join(self.root, checked(path))

    def entries(self, folder: str) -> list[Entry]:
        try:
            rows = self.client.listdir_attr(self._path(folder))
        except FileNotFoundError:
            return []
        found = [
            Entry(row.filename, row.st_size or 0, float(row.st_mtime or 0))
            for row in rows if stat.S_ISREG(row.st_mode or 0)
        ]
        return sorted(found, key=lambda entry: (entry.changed, entry.name))

    def read(self, path: str, most: int) -> bytes:
        size = self.client.stat(self._path(path)).st_size or 0
        with self.client.open(self._path(path), "rb") as file:
            file.prefetch(min(size, most))
            return bytes(file.read(most))

    def write(self, path: str, content: bytes) -> None:
        target = self._path(path)
        self._make(posixpath.dirname(target))
        half = posixpath.join(posixpath.dirname(target), f".{posixpath.basename(target)}.part")
        self.client.putfo(io.BytesIO(content), half)
        self._rename(half, target)

    def move(self, path: str, to: str) -> None:
        target = self._path(to)
        self._make(posixpath.dirname(target))
        self._rename(self._path(path), target)

    def _rename(self, path: str, target: str) -> None:
        """At once where the server can; else what lies at the target goes first."""
        try:
            self.client.posix_rename(path, target)
        except FileNotFoundError:
            raise
        except OSError:
            with suppress(FileNotFoundError):
                self.client.remove(target)
            self.client.rename(path, target)

    def remove(self, path: str) -> None:
        with suppress(FileNotFoundError):
            self.client.remove(self._path(path))

    def _make(self, folder: str) -> None:
        try:
            self.client.stat(folder)
        except FileNotFoundError:
            if posixpath.dirname(folder) not in {"", folder}:
                self._make(posixpath.dirname(folder))
            self.client.mkdir(folder)


@contextmanager
def opened(link: Link) -> Iterator[Sftp]:
    """A session with the host of an endpoint sftp://host[:port]/folder, whose key is the one that was entered."""
    paramiko = library()
    parts = urlsplit(link.endpoint)
    if parts.scheme != "sftp" or not parts.hostname:
        raise Never(spoken("Write the address as sftp://host:port/folder."))
    port = parts.port or PORT
    try:
        where = reach.address(link, parts.hostname, port, is_encrypted=True)
        wire = socket.create_connection((where, port), timeout=link.timeout)
        transport = paramiko.Transport(wire)
    except (OSError, paramiko.SSHException) as error:
        raise Again(spoken("%(host)s does not answer: %(said)s") % {"host": parts.hostname, "said": error}) from error
    try:
        yield Sftp(_session(paramiko, transport, link), parts.path.removeprefix("/") or ".")
    except (paramiko.SSHException, EOFError, TimeoutError) as error:
        raise Again(spoken("The session broke off: %(said)s") % {"said": error}) from error
    finally:
        transport.close()


def _session(paramiko: Any, transport: Any, link: Link) -> Any:
    transport.banner_timeout = transport.auth_timeout = link.timeout
    transport.start_client(timeout=link.timeout)
    found, known = fingerprint(transport.get_remote_server_key()), link.settings.get("host_key", "").strip()
    if not known:
        message = spoken("The key of this host is %(key)s. Compare it with what its keeper says, and enter it.")
        raise Never(message % {"key": found})
    if known != found:
        message = spoken("The key of this host is %(key)s, not the one that was entered. Ask its keeper.")
        raise Never(message % {"key": found})
    secrets = link.secrets
    try:
        if secrets.get("key"):
            key = paramiko.PKey.from_private_key(io.StringIO(secrets["key"]), password=secrets.get("password") or None)
            transport.auth_publickey(secrets.get("user", ""), key)
        else:
            transport.auth_password(secrets.get("user", ""), secrets.get("password", ""))
    except (paramiko.AuthenticationException, ValueError) as error:
        raise Never(spoken("The host does not accept this user. Check user and password, or key.")) from error
    client = paramiko.SFTPClient.from_transport(transport)
    client.get_channel().settimeout(link.timeout)
    return client
