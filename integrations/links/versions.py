"""What orders the versions of one object: a number, or a moment that other systems write in its place. Pure."""

import re
from datetime import UTC, datetime

from integrations.links.transforms import ODATA


def number(version: str) -> int | None:
    """A version as a number; None where it is neither a number nor a moment."""
    text = version.strip()
    if re.fullmatch(r"\d{1,18}", text):
        return int(text)
    if match := ODATA.fullmatch(text):
        return int(match[1])
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() * 1000)
