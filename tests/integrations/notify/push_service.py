"""A push service and a browser that play along on this machine: it keeps what it got, and the browser reads it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from integrations.notify import web_push


@dataclass
class Browser:
    """The keys of one browser."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(web_push.CURVE))
    auth: bytes = b"0123456789abcdef"

    @property
    def keys(self) -> dict[str, str]:
        return {"p256dh": web_push.to_text(web_push.point(self.key.public_key())), "auth": web_push.to_text(self.auth)}

    def read(self, body: bytes) -> bytes:
        """What RFC 8291 (3.4) makes of a body, written down apart from the sender's code."""
        salt, size, theirs = body[:16], body[20], body[21 : 21 + body[20]]
        key = ec.EllipticCurvePublicKey.from_encoded_point(web_push.CURVE, theirs)
        shared = web_push.extract(self.auth, self.key.exchange(ec.ECDH(), key))
        info = b"WebPush: info\0" + web_push.point(self.key.public_key()) + theirs
        secret = web_push.extract(salt, web_push.expand(shared, info, 32))
        content = AESGCM(web_push.expand(secret, b"Content-Encoding: aes128gcm\0", 16))
        padded = content.decrypt(
            web_push.expand(secret, b"Content-Encoding: nonce\0", 12), body[21 + size :], None
        )
        return padded.rstrip(b"\0").removesuffix(b"\2")


@dataclass
class Service:
    """A push service: what was posted to it, and the statuses that it will answer."""

    url: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)


@contextmanager
def serving() -> Iterator[Service]:
    """A push service on a free port."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(service.answers.pop(0) if service.answers else 201)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
