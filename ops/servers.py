"""The two servers under the house: PostgreSQL and Redis, embedded or named by the environment."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from ops import postgres, valkey
from ops.console import say, step
from ops.paths import Var
from ops.ports import PortBook
from ops.supervisor import Supervisor, supervising


@dataclass(frozen=True)
class Urls:
    """Where the servers are: as the owner of the tables, as the application, and the broker."""

    owner: str
    app: str
    redis: str
    embedded: bool


def start(supervisor: Supervisor, book: PortBook, environment: Mapping[str, str], *, durable: bool = True) -> Urls:
    """Use the servers that the environment names; start embedded ones for the rest."""
    database = environment.get("DATABASE_URL")
    owner, app = environment.get("DATABASE_OWNER_URL", database or ""), database or ""
    if not database:
        with step("PostgreSQL"):
            server = postgres.start(supervisor, book, durable=durable)
            owner, app = server.owner_url, server.app_url
    redis = environment.get("REDIS_URL")
    if not redis:
        with step("Redis (Valkey)"):
            redis = valkey.start(supervisor, book).url
    return Urls(owner=owner, app=app, redis=redis, embedded=not database)


@contextmanager
def running(var: Var, *, durable: bool = True) -> Iterator[tuple[Supervisor, Urls]]:
    """Servers for as long as the block runs."""
    with supervising(var) as supervisor:
        book = PortBook(var.root / "ports.json")
        yield supervisor, start(supervisor, book, os.environ, durable=durable)


def stay(var: Var) -> int:
    """Run only the servers and say where they are (developers, tests of other tools)."""
    with running(var) as (supervisor, urls):
        say(f"DATABASE_URL={urls.owner}")
        say(f"DATABASE_APP_URL={urls.app}")
        say(f"REDIS_URL={urls.redis}")
        say(f"Stop with Ctrl-C. Data and logs: {var.root}")
        try:
            supervisor.run_forever()
        except KeyboardInterrupt:
            say("stopping")
    return 0
