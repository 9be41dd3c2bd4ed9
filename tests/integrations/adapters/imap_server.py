"""A mail server that speaks as much IMAP as a reader needs: LOGIN, SELECT, UID SEARCH, UID FETCH."""

import re
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.integrations.notify.servers import _running as running


@dataclass
class Box:
    """Mails by their numbers; `validity` says whether the numbers still mean the same."""

    port: int = 0
    mails: dict[int, bytes] = field(default_factory=dict)
    validity: int = 7
    password: str = "p w"


@contextmanager
def imap() -> Iterator[Box]:
    """The server on a free port."""
    box = Box()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say(b"* OK ready")
            for line in self.rfile:
                tag, _blank, rest = line.strip().partition(b" ")
                if not self.answer(rest.decode()):
                    self.say(tag + b" NO refused")
                    continue
                self.say(tag + b" OK done")

        def answer(self, said: str) -> bool:
            word = said.split()[0].upper()
            if word == "CAPABILITY":
                self.say(b"* CAPABILITY IMAP4rev1")
            if word == "LOGIN":
                return said.endswith(f'"{box.password}"')
            if word in {"SELECT", "EXAMINE"}:
                self.say(f"* {len(box.mails)} EXISTS\r\n* OK [UIDVALIDITY {box.validity}] fine".encode())
                return '"INBOX"' in said
            if word == "UID":
                self.uid(said)
            return True

        def uid(self, said: str) -> None:
            if "SEARCH" in said:
                first = int(re.findall(r"(\d+):\*", said)[0])
                last = max(box.mails, default=0)
                found = [number for number in box.mails if number >= first or number == last]
                self.say(("* SEARCH " + " ".join(map(str, found))).encode())
                return
            number = int(said.split()[2])
            mail = box.mails[number]
            if "SIZE" in said:
                self.say(f"* 1 FETCH (UID {number} RFC822.SIZE {len(mail)})".encode())
            else:
                self.say(f"* 1 FETCH (UID {number} BODY[] {{{len(mail)}}}".encode() + b"\r\n" + mail + b")")

        def say(self, text: bytes) -> None:
            self.wfile.write(text + b"\r\n")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    box.port = server.server_address[1]
    with running(server):
        yield box
