"""Everything about one source that its feed depends on; equal settings mean that nothing was changed."""

import json
from dataclasses import dataclass

from integrations.plc.tags import Tag
from plant import sealing


@dataclass(frozen=True, slots=True)
class Way:
    """How a source is reached, its secrets still sealed."""

    username: str = ""
    sealed: str = ""
    policy: str = "None"
    mode: str = "None"
    certificate: str = ""
    trusted: str = ""
    tls: bool = False
    client_id: str = ""
    time_field: str = ""
    quality_field: str = ""
    silent_s: int = 0
    baud: int = 9600

    def secrets(self) -> dict[str, str]:
        """The password and the private key, opened to be used at once."""
        return json.loads(sealing.opened(self.sealed)) if self.sealed else {}


@dataclass(frozen=True, slots=True)
class FeedSetting:
    """One source with its tags."""

    kind: str
    code: str
    host: str
    port: int
    path: str
    period_ms: int
    timeout_ms: int
    tags: tuple[Tag, ...]
    way: Way = Way()
