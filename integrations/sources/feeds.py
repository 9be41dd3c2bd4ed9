"""Which feed speaks which protocol; its library is loaded when the first source of the kind is."""

import importlib

from integrations.plc.feed import Feed
from integrations.sources.setting import FeedSetting

FEEDS = {
    "opcua": ("integrations.sources.opcua.feed", "OpcUaFeed"),
    "mqtt": ("integrations.sources.mqtt.feed", "MqttFeed"),
    "sparkplug": ("integrations.sources.sparkplug.feed", "SparkplugFeed"),
    "cfx": ("integrations.sources.cfx.feed", "CfxFeed"),
    "lines": ("integrations.sources.lines.feed", "LinesFeed"),
}


def feed(setting: FeedSetting) -> Feed:
    """A feed of its own for a source."""
    module, name = FEEDS[setting.kind]
    made: Feed = getattr(importlib.import_module(module), name)(setting)
    return made
