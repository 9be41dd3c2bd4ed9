"""Looking into a source, whatever its protocol."""

import importlib

from integrations.sources.seen import Seen
from integrations.sources.setting import FeedSetting

BROWSERS = {
    "opcua": "integrations.sources.opcua.browsing",
    "mqtt": "integrations.sources.mqtt.browsing",
    "sparkplug": "integrations.sources.mqtt.browsing",
}


def can_look(kind: str) -> bool:
    """Whether a source of this kind shows what it offers."""
    return kind in BROWSERS


def look(setting: FeedSetting, path: str = "") -> list[Seen]:
    """What a source offers at a place, or at its top; raises what its connection raises."""
    found: list[Seen] = importlib.import_module(BROWSERS[setting.kind]).look(setting, path)
    return found
