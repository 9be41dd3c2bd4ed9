"""One file for each kind of channel that leaves the plant."""

from integrations.models import ChannelKind
from integrations.notify.adapters import dingtalk, email, feishu, push, sms, webhook, wecom
from integrations.notify.letters import Adapter

ADAPTERS: dict[str, Adapter] = {
    ChannelKind.EMAIL: email.send,
    ChannelKind.PUSH: push.send,
    ChannelKind.WEBHOOK: webhook.send,
    ChannelKind.DINGTALK: dingtalk.send,
    ChannelKind.WECOM: wecom.send,
    ChannelKind.FEISHU: feishu.send,
    ChannelKind.SMS: sms.send,
}
# Messages a minute that the other side takes.
PER_MINUTE: dict[str, int] = {ChannelKind.DINGTALK: 20, ChannelKind.WECOM: 20, ChannelKind.FEISHU: 100}
