"""Choosing ports that are free, keeping them until their server starts, and from one start to the next."""

import contextlib
import json
import socket
from dataclasses import dataclass, field
from pathlib import Path


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as probe, contextlib.suppress(OSError):
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        return True
    return False


def any_free() -> int:
    """A port that the system says is free."""
    return several_free(1)[0]


def several_free(count: int) -> list[int]:
    """Ports that are free, each another: all are held while the next is asked for."""
    with contextlib.ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def answers(port: int, host: str = "127.0.0.1") -> bool:
    """Whether something accepts connections there."""
    with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False


@dataclass
class PortBook:
    """The ports this house used last time; it takes them again when it can."""

    path: Path
    taken: dict[str, int] = field(default_factory=dict)
    kept: dict[int, socket.socket] = field(default_factory=dict)

    def choose(self, name: str, preferred: int | None = None) -> int:
        """The preferred port, else last time's, else any that is free."""
        candidates = [preferred, self._remembered().get(name)]
        port = next((p for p in candidates if p and p not in self.taken.values() and is_free(p)), None) or self._fresh()
        self.taken[name] = port
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(self._remembered() | self.taken, indent=1), encoding="utf-8")
        return port

    def keep(self, port: int) -> None:
        """Let nobody else have it while this house prepares; whoever was quicker keeps it."""
        with contextlib.suppress(OSError):
            self.kept[port] = socket.create_server(("127.0.0.1", port))

    def let_go(self, *ports: int) -> None:
        """Free them for the server that starts now."""
        for port in ports:
            if port in self.kept:
                self.kept.pop(port).close()

    def _fresh(self) -> int:
        return next(port for port in iter(any_free, None) if port not in self.taken.values())

    def _remembered(self) -> dict[str, int]:
        with contextlib.suppress(OSError, ValueError):
            return dict(json.loads(self.path.read_text(encoding="utf-8")))
        return {}
