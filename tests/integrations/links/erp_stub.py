"""A small ERP on this machine: it lists orders, takes reports under an id, and misbehaves as it is told to."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.integrations.notify.servers import _running as running

OK, AFTER, BEFORE, CUT, HTML, BUSY, REFUSE, LAG = (
    "ok", "500 after", "500 before", "cut", "html", "429", "400", "lag"
)
PATIENCE = 30.0


@dataclass
class Erp:
    """What it knows, what it was sent, and how it will behave; after the last behaviour all is well."""

    url: str = ""
    rows: list[dict[str, Any]] = field(default_factory=list)
    totals: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    booked: dict[str, dict[str, Any]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    asked: list[tuple[str, str, dict[str, list[str]], dict[str, str]]] = field(default_factory=list)
    moods: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    lagging: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    def mood(self) -> str:
        with self.lock:
            return self.moods.pop(0) if self.moods else OK

    def book(self, key: str, said: dict[str, Any]) -> bool:
        """Book a message, once."""
        with self.lock:
            is_new = key not in self.booked
            self.booked[key] = said
            if is_new:
                self.order.append(key)
            return is_new


@contextmanager
def erp() -> Iterator[Erp]:
    """The ERP on a free port."""
    there = Erp()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            there.asked.append(("GET", parts.path, parse_qs(parts.query), dict(self.headers)))
            if self.misbehave(there.mood()):
                return
            if parts.path == "/orders":
                since = parse_qs(parts.query).get("since", ["0"])[0]
                page = int(parse_qs(parts.query).get("page", ["1"])[0])
                found = [row for row in there.rows if int(row["changed"]) >= int(since)]
                self.say(200, {"value": found[(page - 1) * 2 : page * 2]})
            elif parts.path.startswith("/totals/"):
                self.say(200, {"totals": there.totals.get(parts.path.removeprefix("/totals/"), [])})
            else:
                self.say(200, {"version": "9.1"})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            there.asked.append(("POST", self.path, {}, dict(self.headers)))
            mood = there.mood()
            if mood == LAG:
                there.lagging.set()
                there.go_on.wait(PATIENCE)
            if mood in {BEFORE, BUSY, HTML, REFUSE} and self.misbehave(mood):
                return
            there.book(self.headers["Idempotency-Key"], json.loads(body))
            if not self.misbehave(mood):
                self.say(201, {"number": f"B{len(there.booked)}"})

        def misbehave(self, mood: str) -> bool:
            if mood == CUT:
                self.wfile.flush()
                self.close_connection = True
                self.connection.close()
            elif mood in {AFTER, BEFORE}:
                self.say(500, {"error": "broken"})
            elif mood == HTML and self.command == "GET":
                self.raw(200, b"<html>please log in</html>", "text/html")
            elif mood == BUSY:
                self.say(429, {}, {"Retry-After": "30"})
            elif mood == REFUSE:
                self.say(400, {"error": "unknown order"})
            else:
                return False
            return True

        def say(self, status: int, words: Any, more: dict[str, str] | None = None) -> None:
            self.raw(status, json.dumps(words).encode(), "application/json", more)

        def raw(self, status: int, body: bytes, kind: str, more: dict[str, str] | None = None) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(more or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    there.url = f"http://127.0.0.1:{server.server_address[1]}/"
    with running(server):
        yield there


SETTINGS = {
    "test": "ping", "test_version": "version",
    "fetch": [{
        "noun": "material-definitions", "path": "orders", "rows": "value", "id": "no", "version": "changed",
        "since": "since", "cursor": "changed", "paging": "page",
    }],
    "send": [{"noun": "shortages", "path": "bookings/{key}", "reference": "number"},
             {"noun": "job-reports", "path": "bookings/{key}", "reference": "number"}],
    "totals": [{"path": "totals/{order}", "rows": "totals"}],
}
