"""What a look into a source shows, whatever its protocol."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from integrations.plc.tags import Quality, moment
from integrations.sources.settling import number

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Seen:
    """A place in a source: a folder to look into, or something that has a value now."""

    path: str
    name: str
    field: str = ""
    kind: str = ""
    value: Any = None
    quality: Quality = Quality.GOOD
    at_us: int | None = None
    has_more: bool = False

    @property
    def at(self) -> datetime | None:
        return None if self.at_us is None else moment(self.at_us)

    @property
    def is_number(self) -> bool:
        """Whether readings can be made of it."""
        return not self.has_more and number(self.value) is not None

    @property
    def text(self) -> str:
        """The value in few words."""
        said = "" if self.value is None else str(self.value)
        return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"
