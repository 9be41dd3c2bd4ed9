"""Browser push: one encrypted message to the push service of one subscribed browser."""

import hashlib
import json
import time

from django.conf import settings

from integrations.notify import http, web_push
from integrations.notify.letters import Destination, Gone, Letter, NotDelivered

TTL = 24 * 3600  # seconds that the service keeps it for a browser that is off
EXPIRED = frozenset({404, 410})
LONGEST = 1200  # letters of the text; the page says the rest


def send(letter: Letter, to: Destination) -> None:
    """Post one message. `to` carries the browser's address and, as token and secret, its two keys."""
    if not to.address:
        raise NotDelivered("the browser is not subscribed any more", again=False)
    if not web_push.is_allowed(to.address, settings.PUSH_SERVICES):
        raise NotDelivered("the address is of no push service in PUSH_SERVICES", again=False)
    tag = hashlib.sha256(letter.id.encode()).hexdigest()[:32]
    said = {"title": letter.title, "body": letter.text[:LONGEST], "url": letter.url, "tag": tag}
    body = web_push.encrypt(json.dumps(said, ensure_ascii=False).encode(), to.token, to.secret)
    has_address = settings.PUBLIC_URL.startswith("https:")
    subject = settings.PUBLIC_URL if has_address else f"mailto:{settings.DEFAULT_FROM_EMAIL}"
    key = web_push.authorization(to.address, secret=settings.PUSH_SECRET, subject=subject, now=time.time())
    headers = {
        "Authorization": key, "Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream",
        "TTL": str(TTL), "Urgency": "high", "Topic": tag,
    }
    try:
        http.post(to.address, body, headers, within=to.open_networks)
    except NotDelivered as error:
        if error.status in EXPIRED:
            raise Gone("the browser took its subscription back") from error
        raise
