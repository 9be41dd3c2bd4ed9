"""Webhooks as Standard Webhooks 1.0 signs them (standardwebhooks.com): id, time and body under HMAC-SHA256."""

import base64
import binascii
import hashlib
import hmac
import json
import time

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


def send(letter: Letter, to: Destination) -> None:
    """Post an event; any 2xx is taken as received."""
    data = {"title": letter.title, "text": letter.text, "url": letter.url, **letter.facts}
    event = {"type": f"zhizao.{letter.news.lower()}", "timestamp": letter.at.isoformat(), "data": data}
    body, now = json.dumps(event, ensure_ascii=False), str(int(time.time()))
    headers = {"webhook-id": letter.id, "webhook-timestamp": now}
    if to.secret:
        headers["webhook-signature"] = signature(to.secret, letter.id, now, body)
    http.post(to.address, body.encode(), headers)
