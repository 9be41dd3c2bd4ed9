"""An identity provider in a process of its own: `python -m tests.plant.web.idp`. It prints its address, then answers.

Whoever comes to /authorize says in the address who they are and what shall be wrong with the answer.
"""

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "zhizao", "s3cret/with: odd signs"
CODES: dict[str, dict[str, str]] = {}


class Keys:
    """The pair that signs now, and a stranger's."""

    ours = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"})
    foreign = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"})


def token(asked: dict[str, str], issuer: str) -> str:
    """What the provider says of whoever came, or the lie that they asked for."""
    now, flaw = int(time.time()), asked.get("flaw", "")
    said = {"iss": issuer, "aud": CLIENT, "sub": asked.get("sub", f"sub-{asked['user']}"), "iat": now, "exp": now + 300,
            "nonce": asked["nonce"], "preferred_username": asked["user"], "amr": asked.get("amr", "pwd").split()}
    said |= {
        "wrong-nonce": {"nonce": "another"}, "no-nonce": {"nonce": None}, "wrong-audience": {"aud": "another"},
        "two-audiences": {"aud": [CLIENT, "another"]}, "wrong-issuer": {"iss": "https://another.example"},
        "expired": {"iat": now - 900, "exp": now - 600}, "early": {"iat": now + 600, "exp": now + 900},
        "no-expiry": {"exp": None}, "no-subject": {"sub": None}, "no-number": {"preferred_username": None},
    }.get(flaw, {})
    said = {name: value for name, value in said.items() if value is not None}
    if flaw == "alg-none":
        return by_hand("none", said, lambda text: b"")
    if flaw == "public-key-as-secret":
        known = Keys.ours.as_pem(private=False)
        return by_hand("HS256", said, lambda text: hmac.digest(known, text, "sha256"))
    key = Keys.foreign if flaw == "bad-signature" else Keys.ours
    return jwt.encode({"alg": "RS256", "kid": key.kid}, said, key)


def by_hand(algorithm: str, said: dict[str, object], sign: Callable[[bytes], bytes]) -> str:
    """A token that no good library makes."""
    parts = [json.dumps(one).encode() for one in ({"alg": algorithm, "kid": Keys.ours.kid}, said)]
    text = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)
    return b".".join([text, base64.urlsafe_b64encode(sign(text)).rstrip(b"=")]).decode()


class Provider(BaseHTTPRequestHandler):
    """Discovery, keys, the page where people sign in, and the exchange of codes."""

    def do_GET(self) -> None:
        """What a browser asks, and what everybody may know."""
        parts = urlsplit(self.path)
        asked, own = dict(parse_qsl(parts.query)), self.server.address
        if parts.path == "/.well-known/openid-configuration":
            ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks",
                    "end_session_endpoint": "end"}
            self.tell({"issuer": own, **{name: f"{own}/{end}" for name, end in ends.items()}})
        elif parts.path == "/jwks":
            self.tell(KeySet([Keys.ours]).as_dict(private=False))
        elif parts.path == "/rotate":
            Keys.ours = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig"})
            self.tell({})
        elif parts.path == "/authorize":
            self.authorize(asked)
        elif parts.path == "/end":
            self.end(asked)
        else:
            self.tell({"error": "not_found"}, 404)

    def authorize(self, asked: dict[str, str]) -> None:
        """Somebody has signed in here: send them back with a code."""
        known = (asked["client_id"], asked["response_type"], asked["code_challenge_method"])
        if known != (CLIENT, "code", "S256") or "openid" not in asked["scope"].split():
            return self.tell({"error": "invalid_request"}, 400)
        code = secrets.token_urlsafe(16)
        CODES[code] = asked
        answer = {"error": "access_denied"} if asked.get("flaw") == "denied" else {"code": code}
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode({**answer, 'state': asked['state']})}")
        self.end_headers()
        return None

    def end(self, asked: dict[str, str]) -> None:
        """Somebody leaves: whose token it is, and back to where the plant asked."""
        said = jwt.decode(asked["id_token_hint"], Keys.ours).claims
        self.send_response(302)
        self.send_header("Location", f"{asked['post_logout_redirect_uri']}?left={said['sub']}")
        self.end_headers()

    def do_POST(self) -> None:
        """A code for a token: once, for the client that asked, with the verifier and the address of the asking."""
        sent = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        asked = CODES.pop(sent.get("code", ""), None)
        pair = base64.b64encode(urlencode({CLIENT: SECRET}).replace("=", ":").encode()).decode()
        if self.headers.get("Authorization") != f"Basic {pair}":
            return self.tell({"error": "invalid_client"}, 401)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        good = asked and (asked["code_challenge"], asked["redirect_uri"]) == (challenge, sent["redirect_uri"])
        if not good:
            return self.tell({"error": "invalid_grant"}, 400)
        if asked.get("flaw") == "broken":
            return self.tell({"error": "server_error"}, 500)
        return self.tell({"access_token": "x", "token_type": "Bearer", "id_token": token(asked, self.server.address)})

    def tell(self, said: dict[str, object], status: int = 200) -> None:
        """Answer JSON."""
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: object) -> None:
        """Stay quiet."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    server.address = f"http://127.0.0.1:{server.server_port}"
    print(server.address, flush=True)
    server.serve_forever()
