"""The company's identity provider: OpenID Connect's authorization code flow with PKCE. No Django, no database."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from typing import Any, NoReturn
from urllib.error import HTTPError
from urllib.parse import quote_plus, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from plant.fresh import Fresh

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
PATIENCE, MOST_BYTES = 5, 512_000
CLOCKS_DIFFER = 60  # seconds
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True, slots=True)
class Provider:
    """Who is asked, as whom, and what of the answer counts."""

    issuer: str
    client_id: str
    client_secret: str = ""
    name: str = ""
    number_claim: str = "preferred_username"
    scopes: tuple[str, ...] = ("openid", "profile")
    prompt: str = ""
    second_factors: frozenset[str] = frozenset()
    ends_with_us: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """What a token says once everything about it is right, and the token itself, for the day somebody leaves."""

    claims: dict[str, Any]
    token: str


@dataclass(frozen=True, slots=True)
class Begun:
    """What ties an answer to the browser and the moment that asked."""

    state: str
    nonce: str
    verifier: str


class OutsideFailed(Exception):
    """The provider can't be asked, or its answer can't be believed; the text is for the log."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code


def is_safe(url: str) -> bool:
    """Whether an address keeps a secret: https, or this very machine."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))


def begin() -> Begun:
    """Fresh secrets for one sign-in."""
    return Begun(*(secrets.token_urlsafe(32) for _one in range(3)))


def address(provider: Provider, begun: Begun, *, back: str) -> str:
    """Where the browser goes to be asked who it is."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(begun.verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code", "client_id": provider.client_id, "redirect_uri": back,
        "scope": " ".join(provider.scopes), "state": begun.state, "nonce": begun.nonce,
        "code_challenge": challenge, "code_challenge_method": "S256",
    } | ({"prompt": provider.prompt} if provider.prompt else {})
    return _with(_endpoint(provider, "authorization_endpoint"), asked)


def told(provider: Provider, begun: Begun, *, code: str, back: str, at: datetime) -> Told:
    """Exchange the code for an ID token, and what it says once everything about it is right."""
    sent = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": begun.verifier}
    headers = {"Accept": "application/json"}
    if _is_basic(provider):
        pair = f"{quote_plus(provider.client_id)}:{quote_plus(provider.client_secret)}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        sent["client_id"] = provider.client_id
        sent |= {"client_secret": provider.client_secret} if provider.client_secret else {}
    answer = _ask(Request(_endpoint(provider, "token_endpoint"), urlencode(sent).encode(), headers))  # noqa: S310
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise OutsideFailed("not-believed", f"no ID token: the answer has {sorted(answer)}")
    return Told(verified(provider, token, nonce=begun.nonce, at=at), token)


def farewell(provider: Provider, token: str, *, back: str) -> str:
    """Where the browser goes to end the session at the provider too; nothing if the provider has no such place."""
    if not provider.ends_with_us or not _described(provider).get("end_session_endpoint"):
        return ""
    url = _endpoint(provider, "end_session_endpoint")
    asked = {"id_token_hint": token, "client_id": provider.client_id, "post_logout_redirect_uri": back}
    return _with(url, asked)


def _with(url: str, asked: dict[str, str]) -> str:
    return f"{url}{'&' if urlsplit(url).query else '?'}{urlencode(asked)}"


def verified(provider: Provider, token: str, *, nonce: str, at: datetime) -> dict[str, Any]:
    """What an ID token says: its signature, issuer, audience, time and nonce are right."""
    rules = jwt.JWTClaimsRegistry(
        now=int(at.timestamp()), leeway=CLOCKS_DIFFER,
        iss={"essential": True, "value": provider.issuer}, aud={"essential": True, "value": provider.client_id},
        sub={"essential": True}, exp={"essential": True}, iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        said = _decoded(provider, token)
        rules.validate(said)
    except (JoseError, ValueError) as error:
        raise OutsideFailed("not-believed", str(error)) from error
    is_only_ours = said["aud"] in (provider.client_id, [provider.client_id])
    if said.get("azp", provider.client_id if is_only_ours else None) != provider.client_id:
        raise OutsideFailed("not-believed", "the token was made for another client")
    return said


def has_second_factor(provider: Provider, said: dict[str, Any]) -> bool:
    """Whether the provider says that it asked for a factor that the plant accepts as a second one."""
    methods = said.get("amr")
    named = {said.get("acr"), *(methods if isinstance(methods, list) else [])}
    return not provider.second_factors.isdisjoint(one for one in named if isinstance(one, str))


def _decoded(provider: Provider, token: str) -> dict[str, Any]:
    try:
        return jwt.decode(token, _keys(provider), algorithms=ALGORITHMS).claims
    except InvalidKeyIdError:  # the provider has changed its keys
        return jwt.decode(token, _keys(provider, anew=True), algorithms=ALGORITHMS).claims


def _keys(provider: Provider, *, anew: bool = False) -> KeySet:
    found = _known(_endpoint(provider, "jwks_uri"), anew=anew)
    try:
        return KeySet.import_key_set({"keys": found["keys"]})
    except (KeyError, TypeError) as error:
        raise OutsideFailed("no-keys", str(error)) from error


def _endpoint(provider: Provider, name: str) -> str:
    url = _described(provider).get(name)
    if not isinstance(url, str) or not is_safe(url):
        raise OutsideFailed("badly-described", f"{name} is {url!r}")
    return url


def _is_basic(provider: Provider) -> bool:
    ways = _described(provider).get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return bool(provider.client_secret) and "client_secret_basic" in ways


def _described(provider: Provider) -> dict[str, Any]:
    found = _known(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if found.get("issuer") != provider.issuer:
        raise OutsideFailed("badly-described", f"the issuer calls itself {found.get('issuer')!r}")
    return found


_kept: Fresh[dict[str, Any]] = Fresh(seconds=3600)


def _known(url: str, *, anew: bool = False) -> dict[str, Any]:
    """What a provider tells everybody; asked for again after an hour."""
    if anew:
        _kept.forget()
    return _kept.get(url, lambda: _ask(Request(url, headers={"Accept": "application/json"})))  # noqa: S310


class _StayHere(HTTPRedirectHandler):
    """A provider that sends the plant elsewhere is not followed."""

    def redirect_request(self, *asked: Any) -> NoReturn:
        raise OutsideFailed("redirected", str(asked[-1]))


_opener = build_opener(_StayHere)


def _ask(request: Request) -> dict[str, Any]:
    try:
        with _opener.open(request, timeout=PATIENCE) as answer:
            found = json.loads(answer.read(MOST_BYTES))
    except HTTPError as error:
        code = "refused" if error.code < 500 else "unreachable"
        raise OutsideFailed(code, f"{error.code} {error.read(300)!r}") from error
    except (OSError, HTTPException, ValueError) as error:
        raise OutsideFailed("unreachable", f"{request.host}: {error}") from error
    if not isinstance(found, dict):
        raise OutsideFailed("unreachable", f"{request.host} answers no object")
    return found
