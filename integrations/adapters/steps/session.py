"""One signed-in stretch of calls: cookies, token, signature, token against forgery; given up with the first trouble."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from integrations.adapters import calling
from integrations.adapters.port import Again, Link, Never, Trouble
from integrations.adapters.steps import filling
from integrations.safe_http import Answer
from plant.spoken import spoken as _

FETCH, REQUIRED = "fetch", "required"
TOLD = 300
_kept: dict[str, tuple[float, dict[str, str], dict[str, str], dict[str, str]]] = {}


class Session:
    """The calls of one connection."""

    def __init__(self, link: Link) -> None:
        settings = link.settings
        self.how: Mapping[str, Any] | None = settings.get("sign_in")
        self.link = replace(link, auth="NONE") if self.how else link
        self.said: dict[str, Any] = {**settings.get("names", {}), **{f"secret_{k}": v for k, v in link.secrets.items()}}
        self.headers: dict[str, str] = {}
        self.words: dict[str, str] = {}
        self.cookies: dict[str, str] = {}
        self.csrf = ""

    def __enter__(self) -> "Session":
        until, headers, words, cookies = _kept.get(self.name, (0.0, {}, {}, {}))
        if time.monotonic() < until:
            self.headers, self.words, self.cookies = dict(headers), dict(words), dict(cookies)
        elif self.how:
            self._sign_in(self.how)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        if kind is not None and issubclass(kind, Trouble):
            _kept.pop(self.name, None)

    @property
    def name(self) -> str:
        """Whose sign-in it is; a new secret is another one."""
        secrets = json.dumps([self.link.endpoint, dict(self.link.secrets), self.how], sort_keys=True, default=str)
        return hashlib.sha256(secrets.encode()).hexdigest()

    def _sign_in(self, how: Mapping[str, Any]) -> None:
        now = {"now_ms": str(int(time.time() * 1000)), "now": datetime.now(UTC).isoformat(timespec="seconds")}
        step = {**how, "words": {**filling.filled(how["words"], self.said | now)}}
        if how["signature"]:
            key = str(self.said.get("secret_secret") or self.said.get("secret_password") or "")
            step["words"][how["signature"]] = signature(step["words"], key)
        answer = self.step(step, now)
        if how["token"]:
            token = filling.spelled(filling.read(answer, how["token"]))
            if not token:
                raise Never(_("The sign-in gave no token."))
            if how["header"]:
                self.headers[how["header"]] = f"{how['prefix']}{token}"
            if how["parameter"]:
                self.words[how["parameter"]] = token
        _kept[self.name] = (time.monotonic() + how["lasts"], self.headers, self.words, self.cookies)

    def step(self, step: Mapping[str, Any], said: Mapping[str, Any] | None = None, body: bytes = b"") -> Any:
        """One step with its words; the JSON of its answer. Never, Again: it does not say what it must."""
        known = {**self.said, **(said or {})}
        template = step.get("body")
        if template is not None:
            body = json.dumps(filling.filled(template, known), ensure_ascii=False, default=str).encode()
        words = {name: filling.spelled(value) for name, value in filling.filled(step["words"], known).items()}
        headers = {name: filling.spelled(value) for name, value in filling.filled(step["headers"], known).items()}
        answer = self._call(filling.path(step["path"], known), step["method"], words, headers, body)
        return self._accepted(step, answer)

    def _call(self, path: str, method: str, words: dict[str, str], headers: dict[str, str], body: bytes) -> Answer:
        for attempt in (1, 2):
            own = {**self.link.settings.get("headers", {}), **self.headers, **headers}
            if self.link.settings.get("csrf") and method != "GET":
                own["X-CSRF-Token"] = self.csrf or self._fetch_csrf()
            answer = self._sent(path, method, {**self.words, **words}, own, body)
            if attempt == 2 or answer.headers.get("x-csrf-token", "").lower() != REQUIRED:
                break
            self.csrf = ""
        return answer

    def _fetch_csrf(self) -> str:
        where = filling.path(str(self.link.settings["csrf"]), self.said)
        asked = {**self.link.settings.get("headers", {}), **self.headers, "X-CSRF-Token": FETCH}
        answer = calling.good(self._sent(where, "GET", dict(self.words), asked, b""))
        self.csrf = answer.headers.get("x-csrf-token", "")
        if not self.csrf:
            raise Again(_("The other system gave no token against forgery."))
        return self.csrf

    def _sent(self, path: str, method: str, words: dict[str, str], headers: dict[str, str], body: bytes) -> Answer:
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = calling.call(self.link, path, method=method, words=words, headers=headers, body=body)
        for line in answer.headers.get("set-cookie", "").split("\n"):
            name, equals, value = line.partition(";")[0].partition("=")
            if equals:
                self.cookies[name.strip()] = value.strip()
        return answer

    def _accepted(self, step: Mapping[str, Any], answer: Answer) -> Any:
        lost = self.link.settings.get("lost", "")
        if lost and lost in answer.body[:5000].decode("utf-8", "replace"):
            raise Again(_("The sign-in is over; it is made anew."))
        if step["known"] and any(one in answer.body[:20_000].decode("utf-8", "replace") for one in step["known"]):
            return {}
        found = calling.decoded(calling.good(answer))
        if not filling.fits(found, step["accepts"]):
            told = filling.read(found, step["error"]) if step["error"] else None
            raise Never(filling.spelled(told)[:TOLD] or answer.body[:TOLD].decode("utf-8", "replace"))
        return found


def signature(words: Mapping[str, Any], key: str) -> str:
    """Base64 of HMAC-SHA256 over the parameters in the order of their names, name and value one after the other."""
    text = "".join(f"{name}{filling.spelled(words[name])}" for name in sorted(words))
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()
