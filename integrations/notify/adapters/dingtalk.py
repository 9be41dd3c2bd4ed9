"""DingTalk group robots: markdown, signed with HMAC-SHA256 over time, newline and secret (their documentation)."""

import base64
import hashlib
import hmac
import time
from urllib.parse import urlencode

from integrations.notify import http
from integrations.notify.letters import Destination, Letter, NotDelivered

USUAL = "https://oapi.dingtalk.com/robot/send"
TOO_FAST = {130101, 660026}
PENALTY = 60.0  # more than twenty a minute are refused; the next minute is free again


def sign(timestamp: str, secret: str) -> str:
    """Base64 of HMAC-SHA256 over the time in milliseconds, a newline and the secret; the secret is the key too."""
    signed = f"{timestamp}\n{secret}".encode()
    return base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest()).decode()


def send(letter: Letter, to: Destination) -> None:
    """Post one message to the robot's group."""
    words = {"access_token": to.token} if to.token else {}
    if to.secret:
        now = str(int(time.time() * 1000))
        words |= {"timestamp": now, "sign": sign(now, to.secret)}
    text = f"### {letter.title}\n\n{letter.text}\n\n[{letter.url}]({letter.url})"
    body = {"msgtype": "markdown", "markdown": {"title": letter.title, "text": text}}
    answer = http.post_json(f"{to.address or USUAL}?{urlencode(words)}", body, within=to.open_networks)
    code = answer.get("errcode", 0)
    if code:
        fast = code in TOO_FAST
        raise NotDelivered(f"{code} {answer.get('errmsg', '')}"[:280], again=fast or code == -1, after=PENALTY * fast)
