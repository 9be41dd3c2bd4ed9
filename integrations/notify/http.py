"""One POST to a foreign system: bounded in time and size, following nobody elsewhere, and only where it may lead."""

import json
from typing import Any

from integrations import safe_http
from integrations.notify.letters import NotDelivered
from integrations.safe_http import Network

PATIENCE = 5.0  # seconds for a whole call
AGAIN = frozenset({408, 409, 425, 429})  # of the 4xx, those that a later try can mend
LONGEST_WAIT = 3600.0


def post(url: str, body: bytes, headers: dict[str, str], *, within: tuple[Network, ...] = ()) -> bytes:
    """The answer's body; NotDelivered for anything but a 2xx. `within` are the plant's networks that it may lead to."""
    asked = {"Content-Type": "application/json", **headers}
    call = safe_http.Call(
        url=url, method="POST", headers=asked, body=body, timeout=PATIENCE, open_networks=within,
    )  # fmt: skip
    try:
        answer = safe_http.send(call)
    except safe_http.NotAllowed as error:
        raise NotDelivered(str(error), again=False) from error
    except safe_http.NotReached as error:
        raise NotDelivered(str(error)) from error
    if 200 <= answer.status < 300:
        return answer.body
    if 300 <= answer.status < 400:
        raise NotDelivered("the address answers with a redirection; enter the final address", again=False)
    again = answer.status >= 500 or answer.status in AGAIN
    after = wait(answer.headers.get("retry-after"))
    raise NotDelivered(f"HTTP {answer.status}", again=again, after=after, status=answer.status)


def wait(said: str | None) -> float:
    """The seconds that an answer asks to wait; dates and nonsense count as nothing said."""
    return min(float(said), LONGEST_WAIT) if said and said.isdecimal() else 0.0


def post_json(url: str, body: dict[str, Any], *, within: tuple[Network, ...] = ()) -> dict[str, Any]:
    """The same with a JSON answer, as robots give it."""
    answer = post(url, json.dumps(body, ensure_ascii=False).encode(), {}, within=within)
    try:
        found = json.loads(answer)
    except ValueError as error:
        raise NotDelivered("the answer is not JSON") from error
    return found if isinstance(found, dict) else {}
