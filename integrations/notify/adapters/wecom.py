"""WeCom group robots: markdown to the address with their key, which is all that proves who we are.

developer.work.weixin.qq.com/document/path/91770, read in copies (gort.rayainfo.cn/channel/08-channel-wecom,
hexdocs.pm/wechat_sdk/WeChat.Work.ChatRobot.html): twenty messages a minute, 4,096 bytes of UTF-8; 40058 is too long.
"""

from urllib.parse import urlencode

from integrations.notify import http
from integrations.notify.letters import Destination, Letter, NotDelivered, cut

USUAL = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"
TOO_FAST = {45009, 45033}
PENALTY = 60.0
LONGEST = 4096  # bytes of markdown that they take


def send(letter: Letter, to: Destination) -> None:
    """Post one message to the robot's group."""
    link = f"\n[{letter.url}]({letter.url})"
    text = cut(f"**{letter.title}**\n{letter.text}", LONGEST - len(link.encode())) + link
    address = f"{to.address or USUAL}?{urlencode({'key': to.token})}"
    answer = http.post_json(address, {"msgtype": "markdown", "markdown": {"content": text}}, within=to.open_networks)
    code = answer.get("errcode", 0)
    if code:
        fast = code in TOO_FAST
        raise NotDelivered(f"{code} {answer.get('errmsg', '')}"[:280], again=fast or code == -1, after=PENALTY * fast)
