"""WeCom group robots: markdown to the address with their key."""

from urllib.parse import urlencode

from integrations.notify import http
from integrations.notify.letters import Destination, Letter, NotDelivered

USUAL = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"
TOO_FAST = {45009, 45033}
PENALTY = 60.0
LONGEST = 4096  # bytes of markdown that they take


def send(letter: Letter, to: Destination) -> None:
    """Post one message to the robot's group."""
    text = f"**{letter.title}**\n{letter.text}\n[{letter.url}]({letter.url})"
    cut = text.encode()[:LONGEST].decode(errors="ignore")
    address = f"{to.address or USUAL}?{urlencode({'key': to.token})}"
    answer = http.post_json(address, {"msgtype": "markdown", "markdown": {"content": cut}}, within=to.open_networks)
    code = answer.get("errcode", 0)
    if code:
        fast = code in TOO_FAST
        raise NotDelivered(f"{code} {answer.get('errmsg', '')}"[:280], again=fast or code == -1, after=PENALTY * fast)
