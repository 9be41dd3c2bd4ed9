"""Foreign systems that play along on this machine: one that answers HTTP as told, and a mail server."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from integrations.safe_http import networks

OPEN = networks(["127.0.0.0/8"])
Answer = tuple[int, dict[str, str], Any]
OK: Answer = (200, {}, {"errcode": 0, "errmsg": "ok"})
SLOW = "slow"  # takes the request and says nothing


@dataclass
class Asked:
    """A request as it came."""

    path: str
    words: dict[str, list[str]]
    headers: dict[str, str]
    body: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Site:
    """A server, what it was asked, and what it will answer; after the last answer all is well."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)


@contextmanager
def http() -> Iterator[Site]:
    """A server on a free port."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            site.asked.append(Asked(parts.path, parse_qs(parts.query), headers, body))
            answer = site.answers.pop(0) if site.answers else OK
            if answer == SLOW:
                site.released.wait(20)
                return
            status, more, said = answer
            raw = json.dumps(said).encode()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(raw)), **more}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_said: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.url = f"http://127.0.0.1:{server.server_address[1]}/robot"
    with _running(server):
        yield site
        site.released.set()


@dataclass
class Mailbox:
    """A mail server and what it was given; `refuses` is what it says to a recipient."""

    port: int = 0
    mails: list[Message] = field(default_factory=list)
    refuses: str = ""


@contextmanager
def smtp() -> Iterator[Mailbox]:
    """A mail server on a free port that speaks as much SMTP as a client needs."""
    box = Mailbox()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 here")
            for raw in self.rfile:
                word = raw[:4].upper().decode(errors="replace")
                if word == "DATA":
                    self.say("354 go on")
                    box.mails.append(message_from_bytes(self.mail()))
                self.say(box.refuses if word == "RCPT" and box.refuses else "221 bye" if word == "QUIT" else "250 ok")
                if word == "QUIT":
                    return

        def mail(self) -> bytes:
            lines = []
            for line in self.rfile:
                if line == b".\r\n":
                    break
                lines.append(line)
            return b"".join(lines)

        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    box.port = server.server_address[1]
    with _running(server):
        yield box


@contextmanager
def _running(server: Any) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
