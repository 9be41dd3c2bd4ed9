"""How a call goes to the plant: signed in, tried again where that is safe, a refusal as an exception."""

import json
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

Answer = tuple[int, Mapping[str, str], bytes]
Transport = Callable[[str, str, "bytes | None", Mapping[str, str]], Answer]
AGAIN = frozenset({429, 502, 503, 504})
LONGEST_WAIT = 60.0


class Problem(Exception):
    """What the plant says against a call (RFC 9457): `status`, `code` and the whole answer."""

    def __init__(self, status: int, told: Any) -> None:
        self.status, self.told = status, told if isinstance(told, dict) else {}
        self.code = str(self.told.get("code", ""))
        super().__init__(f"{status} {self.code}: {self.told.get('detail', told)}")


class NotReached(Exception):
    """Nobody answered, however often it was tried."""


class Wire:
    """A plant and the key with which it is called."""

    def __init__(
        self, url: str, key: str, *, timeout: float = 30.0, attempts: int = 5, language: str = "en",
        transport: "Transport | None" = None,
    ) -> None:
        self._url, self._timeout, self._attempts = url.rstrip("/"), timeout, attempts
        self._headers = {"Authorization": f"Api-Key {key}", "Accept": "application/json", "Accept-Language": language}
        self._transport = transport or self._urllib

    def ask(
        self, method: str, path: str, *, query: "Mapping[str, Any] | None" = None, body: Any = None,
        headers: "Mapping[str, Any] | None" = None,
    ) -> Any:
        """One call; what comes twice counts once, because every POST carries a key of its own. Problem, NotReached."""
        said = {name: _text(value) for name, value in (query or {}).items() if value is not None}
        address = f"{self._url}{path}" + (f"?{urlencode(said)}" if said else "")
        more = {name: str(value) for name, value in (headers or {}).items() if value is not None}
        if method == "POST":
            more.setdefault("Idempotency-Key", str(uuid.uuid4()))
        raw = None if body is None else json.dumps(body, default=str).encode()
        sent = {**self._headers, **more, **({"Content-Type": "application/json"} if raw is not None else {})}
        for attempt in range(self._attempts):
            is_last = attempt == self._attempts - 1
            try:
                status, told, answer = self._transport(method, address, raw, sent)
            except OSError as error:
                if is_last:
                    raise NotReached(str(error)) from error
                time.sleep(min(2.0**attempt / 2, LONGEST_WAIT))
                continue
            if status in AGAIN and not is_last:
                time.sleep(_wait(told.get("Retry-After", ""), attempt))
                continue
            found = json.loads(answer) if answer.strip() else None
            if status >= 400:
                raise Problem(status, found)
            return found
        raise NotReached(address)

    def pages(self, method: Callable[..., Any], **asked: Any) -> Iterator[Any]:
        """Every row of a list, page after page: `for lot in plant.pages(plant.material_lots_list, status="HELD")`."""
        after = None
        while True:
            page = method(**{**asked, "after": after} if after else asked)
            yield from page["results"]
            after = page["next"]
            if not after:
                return

    def follow(self, after: "str | None" = None, **asked: Any) -> Iterator[tuple[Any, str]]:
        """Every change after a cursor, each with the cursor to keep once it is done; ends where nothing is new."""
        while True:
            page = self.ask("GET", "/api/v1/changes/", query={**asked, "after": after})
            for row in page["results"]:
                yield row, page["next"]
            if page["next"] == after or not page["results"]:
                return
            after = page["next"]

    def _urllib(self, method: str, address: str, body: "bytes | None", headers: Mapping[str, str]) -> Answer:
        request = urllib.request.Request(address, data=body, headers=dict(headers), method=method)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as answer:  # noqa: S310
                return answer.status, dict(answer.headers), answer.read()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read()


def part(value: Any) -> str:
    """A number or code as a part of an address."""
    return quote(str(value), safe="")


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _wait(said: str, attempt: int) -> float:
    return min(float(said) if said.isdecimal() else 2.0**attempt / 2, LONGEST_WAIT)
