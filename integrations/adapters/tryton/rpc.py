"""Tryton's JSON-RPC: one signed-in session, and what its answers mean to whoever tries again."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from integrations.adapters import calling
from integrations.adapters.port import Again, Link, Never, Trouble
from plant.spoken import spoken as _

PAGE = 200
_signed_in: dict[tuple[str, ...], str] = {}


class Session:
    """One sign-in at one Tryton database, for as long as one batch of calls."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self.path = "/" + str(link.settings["database"]).strip("/") + "/rpc/"
        self.session, self.context = "", dict[str, Any]()

    def __enter__(self) -> "Session":
        self.session = _signed_in.get(self.who, "") or self._sign_in()
        self.context = {"company": int(self.link.settings["company"])}
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        if kind is not None and issubclass(kind, Trouble):
            _signed_in.pop(self.who, None)

    @property
    def who(self) -> tuple[str, ...]:
        """Whose sign-in it is; a new password is another one."""
        user, password = (self.link.secrets.get(name, "") for name in ("user", "password"))
        return self.link.endpoint, self.path, user, sha256(password.encode()).hexdigest()

    def _sign_in(self) -> str:
        """Sign in; kept, as Tryton takes its time for a password, and given up with the first trouble."""
        user, password = (self.link.secrets.get(name, "") for name in ("user", "password"))
        number, token, *_more = self._call("common.db.login", [user, {"password": password}])
        told = base64.b64encode(f"{user}:{number}:{token}".encode()).decode()
        _signed_in[self.who] = f"Session {told}"
        return _signed_in[self.who]

    def call(self, model: str, method: str, *arguments: Any) -> Any:
        """One method of one model, in one transaction of theirs."""
        return self._call(f"model.{model}.{method}", [*arguments, self.context])

    def rows(
        self, model: str, domain: Sequence[Any], fields: Sequence[str], order: Sequence[Any] = (("id", "ASC"),)
    ) -> list[dict[str, Any]]:
        """Every row of a domain, a page at a time."""
        found: list[dict[str, Any]] = []
        while True:
            page = self.call(model, "search_read", domain, len(found), PAGE, [list(one) for one in order], list(fields))
            found += page
            if len(page) < PAGE:
                return found

    def _call(self, method: str, params: list[Any]) -> Any:
        body = json.dumps({"id": 1, "method": method, "params": params}, default=written).encode()
        answer = self._post(body)
        if not isinstance(answer, dict) or not answer.keys() & {"result", "error"}:
            raise Again(_("Tryton's answer is not JSON."))
        if "error" in answer:
            raise refusal(answer["error"])
        return answer["result"]

    def _post(self, body: bytes) -> Any:
        headers = {"Authorization": self.session} if self.session else {}
        bare = replace(self.link, auth="NONE")  # the sign-in is Tryton's own
        where = urlsplit(self.link.endpoint).path.rstrip("/") + self.path
        answer = calling.call(bare, where, method="POST", body=body, headers=headers)
        check(answer.status, answer.body, is_signed_in=bool(self.session))
        try:
            return json.loads(answer.body, object_hook=read, parse_float=Decimal)
        except ValueError as error:
            raise Again(_("Tryton's answer is not JSON.")) from error


def check(status: int, said: bytes, *, is_signed_in: bool) -> None:
    """Turn a status into what a later try is worth; a sign-in that was kept and is over is made anew."""
    if status == 200:
        return
    words = f"HTTP {status} {said[:200].decode(errors='replace')}".strip()
    if status >= 500 or status in calling.AGAIN - {401} or (status == 401 and is_signed_in):
        raise Again(words)
    if status in {401, 403}:
        raise Never(_("Tryton does not know this user, or the user may not do this. %(said)s") % {"said": words})
    raise Never(words)


def refusal(error: Any) -> Exception:
    """What Tryton refuses with a sentence is refused again; a clash of two writers is not."""
    kind = str(error[0]) if isinstance(error, list) and error else str(error)
    detail = error[1] if isinstance(error, list) and len(error) > 1 else ""
    words = str(detail[0]) if isinstance(detail, list) and detail else str(detail)
    if kind in {"UserError", "AccessError"}:
        return Never(words)
    if kind == "UserWarning":
        return Never(str(detail[1]) if isinstance(detail, list) and len(detail) > 1 else words)
    if kind in {"ConcurrencyException", "NotLogged"}:
        return Again(f"{kind}: {words}")
    return Again(_("Tryton failed: %(kind)s") % {"kind": kind})


def written(value: Any) -> Any:
    """A value as Tryton's protocol writes it."""
    if isinstance(value, datetime):
        parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
        return {"__class__": "datetime", **{part: getattr(value, part) for part in parts}}
    if isinstance(value, date):
        return {"__class__": "date", "year": value.year, "month": value.month, "day": value.day}
    if isinstance(value, Decimal):
        return {"__class__": "Decimal", "decimal": str(value)}
    raise TypeError(f"{type(value).__name__} has no form in Tryton's protocol")


def read(told: Mapping[str, Any]) -> Any:
    """A value of Tryton's protocol as ours: dates in ISO 8601, decimals whole."""
    kind = told.get("__class__")
    if kind == "Decimal":
        return Decimal(told["decimal"])
    if kind == "date":
        return date(told["year"], told["month"], told["day"]).isoformat()
    if kind == "datetime":
        hour, minute, second, rest = (int(told[part]) for part in ("hour", "minute", "second", "microsecond"))
        at = datetime(told["year"], told["month"], told["day"], hour, minute, second, rest)  # noqa: DTZ001 - UTC
        return at.isoformat(timespec="microseconds")
    return dict(told)
