"""Feishu (Lark) group robots: a card, signed with HMAC-SHA256 keyed by time, newline and secret.

open.feishu.cn/document/client-docs/bot-v3/add-custom-bot, read in a copy (createh5.com/post/277.html): seconds, at most
an hour off; what is signed is empty; time and signature stand in the body. A hundred messages a minute and five a
second, 20 kB; 11232 is too fast, 9499 a body that is not understood, 19021 to 19024 signature, address and key word.
"""

import base64
import hashlib
import hmac
import time
from typing import Any

from integrations.notify import http
from integrations.notify.letters import Destination, Letter, NotDelivered, cut

USUAL = "https://open.feishu.cn/open-apis/bot/v2/hook"
TOO_FAST = {11232}
PENALTY = 60.0  # a hundred a minute are taken
LONGEST = 20_000  # bytes of a request, with what stands around the text


def sign(timestamp: str, secret: str) -> str:
    """Base64 of HMAC-SHA256 over nothing; time and secret are the key."""
    return base64.b64encode(hmac.new(f"{timestamp}\n{secret}".encode(), b"", hashlib.sha256).digest()).decode()


def send(letter: Letter, to: Destination) -> None:
    """Post one card to the robot's group."""
    body: dict[str, Any] = {"msg_type": "interactive", "card": card(letter)}
    if to.secret:
        now = str(int(time.time()))
        body |= {"timestamp": now, "sign": sign(now, to.secret)}
    address = f"{to.address or USUAL}/{to.token}" if to.token else to.address
    answer = http.post_json(address, body, within=to.open_networks)
    code = answer.get("code", answer.get("StatusCode", 0))
    if code:
        fast = code in TOO_FAST
        raise NotDelivered(f"{code} {answer.get('msg', '')}"[:280], again=fast or code == -1, after=PENALTY * fast)


def card(letter: Letter) -> dict[str, Any]:
    """The news with a button that opens its page."""
    text = cut(letter.text, LONGEST // 2)
    words = {"tag": "plain_text", "content": letter.url}
    button = {"tag": "button", "type": "primary", "url": letter.url, "text": words}
    parts: list[dict[str, Any]] = [{"tag": "markdown", "content": text}] if text else []
    return {
        "header": {"title": {"tag": "plain_text", "content": letter.title}},
        "elements": [*parts, {"tag": "action", "actions": [button]}],
    }
