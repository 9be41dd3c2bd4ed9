"""A pytest plugin, loaded before any setting is read: servers from the environment, else private ones."""

import os
from contextlib import ExitStack

import pytest
from hypothesis import settings as hypothesis_settings

from ops import servers
from ops.console import Failure
from ops.paths import ROOT, Var

SLOTS = 20
PRIVATE = "ZHIZAO_PRIVATE_SERVERS"  # says to a worker of this session that the addresses below are not its own
OPEN = ExitStack()


def private_servers() -> servers.Urls:
    """Servers in the first folder that no other session uses now."""
    for slot in range(SLOTS):
        var = Var(ROOT / "var" / "pytest" / str(slot))
        try:
            _, urls = OPEN.enter_context(servers.running(var, durable=False))
        except Failure as failure:
            if "already running" not in str(failure):
                raise pytest.UsageError(str(failure)) from failure
        else:
            os.environ.setdefault("ZHIZAO_VAR", str(var.root))
            return urls
    raise pytest.UsageError("every private server folder under var/pytest is in use")


def complete(environment: os._Environ[str]) -> None:
    """Fill in what settings need and the environment does not say."""
    if PRIVATE in environment:
        for key in ("DATABASE_URL", "REDIS_URL", "ZHIZAO_VAR"):
            del environment[key]
    if not (environment.get("DATABASE_URL") and environment.get("REDIS_URL")):
        found = private_servers()
        environment |= {"DATABASE_URL": found.owner, "REDIS_URL": found.redis, PRIVATE: "yes"}
    environment.setdefault("SECRET_KEY", "for-tests-only")
    environment.setdefault("LANGUAGE_CODE", "en")
    environment.setdefault("DEMO", "1")
    environment.setdefault("STATICFILES_BACKEND", "django.contrib.staticfiles.storage.StaticFilesStorage")
    environment.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


complete(os.environ)
hypothesis_settings.register_profile("house", deadline=None)  # a busy machine is no counterexample
hypothesis_settings.load_profile("house")


def pytest_unconfigure() -> None:
    OPEN.close()
