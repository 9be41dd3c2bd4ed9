"""Calls over HTTP with the way of signing in that a connection says; every adapter that speaks HTTP calls by this."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from integrations import safe_http
from integrations.adapters.port import Again, Link, Never
from integrations.notify.http import wait
from plant.spoken import of
from plant.spoken import spoken as _

LARGEST = 20_000_000
AGAIN = frozenset({401, 408, 409, 423, 425, 429})  # of the 4xx, those that a later try can mend
TOLD = 200  # letters of an answer that stand beside its status
_tokens: dict[str, tuple[str, float]] = {}


def call(
    link: Link, path: str, *, method: str = "GET", words: dict[str, Any] | None = None, body: bytes = b"",
    headers: dict[str, str] | None = None, content_type: str = "application/json",
) -> safe_http.Answer:
    """The answer of the other side, whatever its status. Again: nobody answered. Never: it may not be called."""
    url = address(link, path, words)
    usual = {"Accept": "application/json", "User-Agent": "zhizao"}
    sent = {**usual, **(headers or {}), **signed_in(link, method, url, body)}
    if body:
        sent["Content-Type"] = content_type
    answer = _sent(link, url, method, sent, body)
    if answer.status == 401 and link.auth == "OAUTH2":
        _tokens.pop(link.code, None)
    return answer


def _sent(link: Link, url: str, method: str, headers: dict[str, str], body: bytes) -> safe_http.Answer:
    mine = {"certificate": link.secrets.get("certificate", ""), "key": link.secrets.get("key", "")}
    try:
        return safe_http.send(safe_http.Call(
            url=url, method=method, headers=headers, body=body, timeout=link.timeout, largest=LARGEST,
            open_networks=link.open_networks, authority=link.sign_in.get("authority", ""),
            **(mine if link.auth == "MTLS" else {}),
        ))
    except safe_http.NotAllowed as error:
        raise Never(of(error)) from error
    except safe_http.NotReached as error:
        raise Again(of(error)) from error


def address(link: Link, path: str, words: dict[str, Any] | None = None) -> str:
    """Where a path of a connection leads: always to its own host, whatever the other side writes into a path."""
    base = link.endpoint if link.endpoint.endswith("/") else f"{link.endpoint}/"
    url = urljoin(base, path.lstrip("/") if not path.startswith(("http://", "https://")) else path)
    if urlsplit(url)[:2] != urlsplit(base)[:2]:
        raise Never(_("The path leads to another host than the connection's."))
    said = {name: value for name, value in (words or {}).items() if value not in (None, "")}
    return f"{url}{'&' if '?' in url else '?'}{urlencode(said)}" if said else url


def good(answer: safe_http.Answer, *, also: frozenset[int] = frozenset()) -> safe_http.Answer:
    """An answer of success. Again, Never: what else it says."""
    if 200 <= answer.status < 300 or answer.status in also:
        return answer
    told = f"HTTP {answer.status} {answer.body[:TOLD].decode('utf-8', 'replace')}".strip()
    if 300 <= answer.status < 400:
        raise Never(_("The address answers with a redirection (HTTP %(status)s). Enter the final address.") % {
            "status": answer.status})
    if answer.status >= 500 or answer.status in AGAIN:
        raise Again(told, wait(answer.headers.get("retry-after")))
    raise Never(told)


def decoded(answer: safe_http.Answer) -> Any:
    """The JSON of an answer. Again: it is none, as when a proxy answers 200 with a page of its own."""
    try:
        return json.loads(answer.body.decode("utf-8-sig")) if answer.body.strip() else None
    except ValueError as error:
        raise Again(_("The answer is not JSON: %(start)s") % {"start": answer.body[:60].decode("utf-8", "replace")}
                    ) from error


def signed_in(link: Link, method: str, url: str, body: bytes) -> dict[str, str]:
    """The headers that prove who we are."""
    secrets = link.secrets
    if link.auth == "API_KEY":
        return {link.sign_in.get("header") or "X-API-Key": secrets.get("token", "")}
    if link.auth == "BASIC":
        pair = f"{secrets.get('user', '')}:{secrets.get('password', '')}"
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
    if link.auth == "BEARER":
        return {"Authorization": f"Bearer {secrets.get('token', '')}"}
    if link.auth == "OAUTH2":
        return {"Authorization": f"Bearer {token(link)}"}
    if link.auth == "HMAC":
        return sealed(link, method, url, body)
    return {}


def sealed(link: Link, method: str, url: str, body: bytes) -> dict[str, str]:
    """HMAC-SHA256 over time, method, path and body, each on a line of its own; hexadecimal."""
    now, parts = str(int(time.time())), urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    text = "\n".join((now, method, path, "")).encode() + body
    digest = hmac.new(link.secrets.get("secret", "").encode(), text, hashlib.sha256).hexdigest()
    return {link.sign_in.get("time_header") or "X-Timestamp": now, link.sign_in.get("header") or "X-Signature": digest}


def token(link: Link) -> str:
    """A token by the client credentials grant (RFC 6749, 4.4), kept until a little before it runs out."""
    kept, until = _tokens.get(link.code, ("", 0.0))
    if kept and time.monotonic() < until:
        return kept
    said = {"grant_type": "client_credentials", "scope": link.sign_in.get("scope", "")}
    pair = f"{link.sign_in.get('client_id', '')}:{link.secrets.get('secret', '')}"
    headers = {
        "Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}", "Accept": "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = urlencode({name: value for name, value in said.items() if value}).encode()
    found = decoded(good(_sent(link, link.sign_in.get("token_url", ""), "POST", headers, body)))
    if not isinstance(found, dict) or not found.get("access_token"):
        raise Again(_("The token address gave no token."))
    lasts = float(found.get("expires_in") or 300)
    _tokens[link.code] = (str(found["access_token"]), time.monotonic() + max(10.0, lasts - 30))
    return str(found["access_token"])
