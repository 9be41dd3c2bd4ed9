"""A line to a server that can be cut: before the request arrives, or after the server has answered."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Line:
    """A TCP proxy. `lose(n)` loses the n-th answer from now on; while `is_cut` nothing gets through at all."""

    def __init__(self, port: int) -> None:
        self.target, self.is_cut, self.passed = port, False, 0
        self._left = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def lose(self, number: int) -> None:
        """Lose the answer of the n-th call from now on: what it asked for happened, but nobody here knows."""
        self._left = number

    def close(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                near, _address = self._socket.accept()
            except OSError:
                return
            with near, suppress(OSError):
                self._pass_on(near)

    def _pass_on(self, near: socket.socket) -> None:
        if self.is_cut:
            return
        with socket.create_connection(("127.0.0.1", self.target), 10) as far:
            far.sendall(request(near))
            answer = b"".join(iter(lambda: far.recv(65_536), b""))
        self.passed += 1
        self._left -= 1
        if self._left != 0:
            near.sendall(answer)


def request(near: socket.socket) -> bytes:
    """One whole request."""
    said = b""
    while b"\r\n\r\n" not in said:
        said += near.recv(65_536)
    head, _blank, body = said.partition(b"\r\n\r\n")
    lengths = [line.partition(b":")[2] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")]
    while len(body) < int(lengths[0]):
        body += near.recv(65_536)
    return head + b"\r\n\r\n" + body


@contextmanager
def line(port: int) -> Iterator[Line]:
    """A line for as long as the block runs."""
    made = Line(port)
    try:
        yield made
    finally:
        made.close()
