"""A vendor's system that answers as its documentation says; its answers get lost when a test wants it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.integrations.notify.servers import _running as running


@dataclass(frozen=True)
class Asked:
    """A request."""

    method: str
    path: str
    words: dict[str, str]
    headers: dict[str, str]
    body: Any


Reply = tuple[int, dict[str, str], Any]
Route = Callable[["Vendor", Asked], Reply]


@dataclass
class Vendor:
    """What it knows, what was booked, and which answer from now on is lost."""

    route: Route
    url: str = ""
    orders: list[dict[str, Any]] = field(default_factory=list)
    booked: list[dict[str, Any]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    signed_in: int = 0
    lose: int = 0


@contextmanager
def vendor(route: Route) -> Iterator[Vendor]:
    """The system on a free port."""
    there = Vendor(route)

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            said = json.loads(raw) if raw else None
            asked = Asked(self.command, unquote(parts.path), dict(parse_qsl(parts.query)), headers, said)
            there.asked.append(asked)
            status, more, words = there.route(there, asked)
            there.lose -= 1
            if there.lose == 0:
                self.connection.close()
                return
            body = json.dumps(words, ensure_ascii=False).encode()
            self.send_response(status)
            for name, value in [("Content-Length", str(len(body))), *more.items()]:
                for one in value.split("\n"):
                    self.send_header(name, one)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = answer  # noqa: N815 - the names of the library

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except (OSError, ValueError):
                self.close_connection = True

        def log_message(self, *_said: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    there.url = f"http://127.0.0.1:{server.server_address[1]}"
    with running(server):
        yield there
