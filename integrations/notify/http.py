"""One POST to a foreign system: bounded in time and size, following nobody elsewhere."""

import json
from http.client import HTTPException
from typing import Any, NoReturn
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from integrations.notify.letters import NotDelivered

PATIENCE = 5.0  # seconds for a connection and for each answer
LARGEST = 65_536
AGAIN = frozenset({408, 409, 425, 429})  # of the 4xx, those that a later try can mend
LONGEST_WAIT = 3600.0


class _StayHere(HTTPRedirectHandler):
    """A channel's secret goes to its own address and nowhere else."""

    def redirect_request(self, *asked: Any) -> NoReturn:
        raise NotDelivered("the address answers with a redirection; enter the final address", again=False)


_opener = build_opener(_StayHere)


def post(url: str, body: bytes, headers: dict[str, str]) -> bytes:
    """The answer's body; NotDelivered for anything but a 2xx."""
    if not url.startswith(("https://", "http://")):
        raise NotDelivered("the address is not http or https", again=False)
    request = Request(url, data=body, headers={"Content-Type": "application/json", **headers}, method="POST")  # noqa: S310 - checked above
    try:
        with _opener.open(request, timeout=PATIENCE) as answer:
            return bytes(answer.read(LARGEST))
    except HTTPError as error:
        again = error.code >= 500 or error.code in AGAIN
        after = wait(error.headers.get("Retry-After"))
        raise NotDelivered(f"HTTP {error.code}", again=again, after=after, status=error.code) from error
    except (OSError, HTTPException) as error:
        raise NotDelivered(f"{type(error).__name__}: {error}"[:280]) from error


def wait(said: str | None) -> float:
    """The seconds that an answer asks to wait; dates and nonsense count as nothing said."""
    return min(float(said), LONGEST_WAIT) if said and said.isdecimal() else 0.0


def post_json(url: str, body: dict[str, Any]) -> dict[str, Any]:
    """The same with a JSON answer, as robots give it."""
    answer = post(url, json.dumps(body, ensure_ascii=False).encode(), {})
    try:
        found = json.loads(answer)
    except ValueError as error:
        raise NotDelivered("the answer is not JSON") from error
    return found if isinstance(found, dict) else {}
