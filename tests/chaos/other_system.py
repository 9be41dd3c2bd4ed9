"""An ERP that does all that ERPs do wrong, and knows exactly what reached it: the other side of a connection."""

import json
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.integrations.notify.servers import _running as running

AFTER, CUT, BEFORE, LATE, WELL = "500 after it committed", "cut after it committed", "500", "late", "well"
MOODS = (AFTER, CUT, BEFORE, LATE, *[WELL] * 12)
LATENESS, PACE = 1.0, 0.1  # seconds


@dataclass
class OtherSystem:
    """Its rows, which it tells twice and in any order; its bookings, and every arrival of a message."""

    knows_ids: bool = True
    url: str = ""
    rows: list[dict[str, Any]] = field(default_factory=list)
    arrivals: list[str] = field(default_factory=list)
    booked: list[tuple[str, str, int]] = field(default_factory=list)  # message, object, its number
    chance: random.Random = field(default_factory=lambda: random.Random(20261123))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def mood(self) -> str:
        """How it feels now."""
        with self.lock:
            return self.chance.choice(MOODS)

    def told(self, since: int) -> list[dict[str, Any]]:
        """What changed since, some of it twice, in no order."""
        with self.lock:
            found = [row for row in self.rows if row["changed"] >= since]
            found += self.chance.sample(found, len(found) // 3)
            self.chance.shuffle(found)
            return found

    def change(self, number: str, unit: str = "C62") -> None:
        """A new version of a row; the ones before are still told."""
        with self.lock:
            version = len(self.rows) + 1
            self.rows.append({"no": number, "changed": version, "code": number, "name": f"v{version}", "unit": unit})

    def book(self, message: str, thing: str, number: int) -> None:
        """Commit a message; one that knows ids does so once."""
        with self.lock:
            is_known = message in self.arrivals
            self.arrivals.append(message)
            if not (self.knows_ids and is_known):
                self.booked.append((message, thing, number))


@contextmanager
def other_system(*, knows_ids: bool = True) -> Iterator[OtherSystem]:
    """It, on a free port."""
    there = OtherSystem(knows_ids)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            said = parse_qs(urlsplit(self.path).query)
            mood = there.mood()
            if self.is_bad(mood):
                return
            self.say(200, {"value": there.told(int(said.get("since", ["0"])[0]))})

        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            time.sleep(PACE)
            mood = there.mood()
            if mood == BEFORE and self.is_bad(mood):
                return
            there.book(self.headers["Idempotency-Key"], said["job_order"], int(said.get("number", -1)))
            if not self.is_bad(mood):
                self.say(201, {"number": f"B{len(there.booked)}"})

        def is_bad(self, mood: str) -> bool:
            if mood == CUT:
                self.close_connection = True
                self.connection.close()
            elif mood in {AFTER, BEFORE}:
                self.say(500, {"error": "broken"})
            elif mood == LATE:
                time.sleep(LATENESS)
            return mood in {CUT, AFTER, BEFORE}

        def say(self, status: int, words: Any) -> None:
            body = json.dumps(words).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    there.url = f"http://127.0.0.1:{server.server_address[1]}/"
    with running(server):
        yield there
