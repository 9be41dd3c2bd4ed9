"""A keep-alive HTTP connection that costs the measuring side little."""

import json
import socket
from typing import Any
from urllib.parse import urlsplit

TIMEOUT = 30.0


class Wire:
    """One connection to the plant, as one tablet holds it; opened again when the server closed it."""

    def __init__(self, url: str, key: str, headers: dict[str, str] | None = None) -> None:
        parts = urlsplit(url)
        self._where = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._head = (
            f"Host: {parts.hostname}:{parts.port}\r\nAuthorization: Api-Key {key}\r\n"
            "Accept: application/json\r\nContent-Type: application/json\r\n"
            + "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        )
        self._socket: socket.socket | None = None

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        """Send once; the status and the JSON that came back."""
        data = json.dumps(body).encode()
        return self._ask(f"POST {path} HTTP/1.1\r\n{self._head}Content-Length: {len(data)}\r\n\r\n".encode() + data)

    def put(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        """The same by PUT."""
        data = json.dumps(body).encode()
        return self._ask(f"PUT {path} HTTP/1.1\r\n{self._head}Content-Length: {len(data)}\r\n\r\n".encode() + data)

    def get(self, path: str) -> tuple[int, Any]:
        """Ask once."""
        return self._ask(f"GET {path} HTTP/1.1\r\n{self._head}\r\n".encode())

    def close(self) -> None:
        """Give the connection back."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _ask(self, request: bytes) -> tuple[int, Any]:
        """Once; once more where the server had closed a connection that idled (a scan carries its event id)."""
        if self._socket is not None:
            try:
                return self._once(request)
            except ConnectionError:
                self.close()
        return self._once(request)

    def _once(self, request: bytes) -> tuple[int, Any]:
        try:
            if self._socket is None:
                self._socket = socket.create_connection(self._where, timeout=TIMEOUT)
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._stream = self._socket.makefile("rb")
            self._socket.sendall(request)
            return self._read()
        except OSError:
            self.close()
            raise

    def _read(self) -> tuple[int, Any]:
        line = self._stream.readline()
        if not line:
            raise ConnectionResetError("the server closed the connection")
        length, closing = 0, False
        while (header := self._stream.readline()) not in (b"\r\n", b""):
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            closing = closing or (name.lower() == b"connection" and value.strip().lower() == b"close")
        body = self._stream.read(length)
        if closing:
            self.close()
        return int(line.split()[1]), json.loads(body) if body else None
