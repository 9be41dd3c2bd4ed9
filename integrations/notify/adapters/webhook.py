"""Webhooks as Standard Webhooks 1.0 signs them (standardwebhooks.com): id, time and body under HMAC-SHA256."""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
import time
from typing import Any

from integrations.models import News
from integrations.notify import http
from integrations.notify.letters import Destination, Letter, NotDelivered

PREFIX = "whsec_"


def signature(secret: str, message_id: str, timestamp: str, body: str) -> str:
    """`v1,` and the base64 of HMAC-SHA256 over id.timestamp.body; the secret is base64 after `whsec_`."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotDelivered("the signing secret is not base64 after whsec_", again=False) from error
    signed = f"{message_id}.{timestamp}.{body}".encode()
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def new_secret() -> str:
    """A fresh secret of 256 bits."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def event_of(letter: Letter) -> dict[str, Any]:
    """What is told: an event of the plant as it stands in the record book, or news in words."""
    if letter.news == News.EVENT:
        return {"type": letter.facts["kind"], "timestamp": letter.facts["at"], "data": letter.facts}
    data = {"title": letter.title, "text": letter.text, "url": letter.url, **letter.facts}
    return {"type": f"zhizao.{letter.news.lower()}", "timestamp": letter.at.isoformat(), "data": data}


def send(letter: Letter, to: Destination) -> None:
    """Post an event; any 2xx is taken as received. While a secret is changed, the former one signs beside it."""
    body, now = json.dumps(event_of(letter), ensure_ascii=False), str(int(time.time()))
    headers = {"webhook-id": letter.id, "webhook-timestamp": now}
    signed = [signature(one, letter.id, now, body) for one in (to.secret, to.former) if one]
    if signed:
        headers["webhook-signature"] = " ".join(signed)
    http.post(to.address, body.encode(), headers, within=to.open_networks)
