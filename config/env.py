"""Reading the environment, and nothing else."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class MissingSetting(Exception):
    """A setting that this plant can't start without."""


class WrongSetting(Exception):
    """A setting with a value that this plant does not start with."""


def text(name: str, default: str | None = None) -> str:
    """A setting from NAME, or from the file that NAME_FILE names."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text().strip()
    value = os.environ.get(name, default)
    if value is None:
        raise MissingSetting(f"Set {name} (or {name}_FILE); docs/operations.md lists every setting.")
    return value


def flag(name: str, default: bool = False) -> bool:
    return text(name, str(int(default))).lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    return int(text(name, str(default)))


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, Any]:
    """A Django DATABASES entry from postgres://user:password@host:port/name?option=value."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
