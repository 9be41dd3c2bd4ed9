"""Text messages through whatever gateway a plant has: its request is a template, and what it answers a condition."""

import json
from typing import Any
from urllib.parse import urlencode

from integrations.notify import http
from integrations.notify.letters import Destination, Letter, NotDelivered
from integrations.sms_template import filled

SHORT = 300  # letters of a message, several of what a network sends as one


def send(letter: Letter, to: Destination) -> None:
    """Post one message to one telephone."""
    if not to.to:
        raise NotDelivered("there is no telephone number", again=False)
    template = to.template
    said = {
        "to": to.to, "title": letter.title, "text": f"{letter.title} {letter.text}".replace("\n", " ").strip()[:SHORT],
        "url": letter.url, "id": letter.id, "token": to.token, "secret": to.secret,
    }
    headers = {name: one_line(value) for name, value in filled(template.get("headers", {}), said).items()}
    if "form" in template:
        body = urlencode(filled(template["form"], said)).encode()
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    else:
        body = json.dumps(filled(template.get("json", {}), said), ensure_ascii=False).encode()
    check(template.get("accepted", {}), http.post(to.address, body, headers, within=to.open_networks))


def one_line(value: Any) -> str:
    return " ".join(str(value).split())


def check(accepted: dict[str, Any], answer: bytes) -> None:
    """Many gateways answer 200 and say in the body whether they took it."""
    if not accepted:
        return
    try:
        found = json.loads(answer)
    except ValueError as error:
        raise NotDelivered("the gateway's answer is not JSON") from error
    for name, expected in accepted.items():
        if not isinstance(found, dict) or str(found.get(name)) != str(expected):
            raise NotDelivered(f"the gateway refused: {answer[:200].decode(errors='replace')}", again=False)
