"""DingTalk group robots: markdown, signed with HMAC-SHA256 over time, newline and secret.

open.dingtalk.com/document/robots/custom-robot-access, read in copies (apifox.com/apidoc/docs-site/467052/doc-3550006,
gitbook.curiouser.top/origin/dingding-customrobot.html): milliseconds, at most an hour off; time and signature stand in
the query; twenty messages a minute, and whoever sends more is held back for ten minutes; 20,000 bytes.
"""

import base64
import hashlib
import hmac
import time
from urllib.parse import urlencode

from integrations.notify import http
from integrations.notify.letters import Destination, Letter, NotDelivered, cut

USUAL = "https://oapi.dingtalk.com/robot/send"
TOO_FAST = {130101, 410100, 660026}
PENALTY = 600.0
LONGEST = 20_000  # bytes of the message


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
    link = f"\n\n[{letter.url}]({letter.url})"
    text = cut(f"### {letter.title}\n\n{letter.text}", LONGEST // 2 - len(link.encode())) + link
    body = {"msgtype": "markdown", "markdown": {"title": letter.title, "text": text}}
    answer = http.post_json(f"{to.address or USUAL}?{urlencode(words)}", body, within=to.open_networks)
    code = answer.get("errcode", 0)
    if code:
        fast = code in TOO_FAST
        raise NotDelivered(f"{code} {answer.get('errmsg', '')}"[:280], again=fast or code == -1, after=PENALTY * fast)
