"""The servers and settings that tests run on: those of the environment, else private ones for this session."""

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from ops import servers
from ops.console import Failure
from ops.paths import ROOT, Var

OPEN = ExitStack()
SLOTS = 20


def private_servers() -> servers.Urls:
    """Servers in the first folder that no other session uses now."""
    for slot in range(SLOTS):
        try:
            var = Var(ROOT / "var" / "pytest" / str(slot))
            _, urls = OPEN.enter_context(servers.running(var, durable=False))
        except Failure as failure:
            if "already running" not in str(failure):
                raise pytest.UsageError(str(failure)) from failure
        else:
            os.environ.setdefault("ZHIZAO_VAR", str(var.root))
            return urls
    raise pytest.UsageError("every private server folder under var/pytest is in use")


if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
    found = private_servers()
    os.environ |= {"DATABASE_URL": found.owner, "REDIS_URL": found.redis}

os.environ.setdefault("SECRET_KEY", "for-tests-only")
os.environ.setdefault("STATICFILES_BACKEND", "django.contrib.staticfiles.storage.StaticFilesStorage")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def pytest_unconfigure() -> None:
    OPEN.close()


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT
