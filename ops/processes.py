"""The processes of a running plant: what each is started with, and how one knows that it is up."""

import signal
from collections.abc import Mapping
from dataclasses import dataclass

from ops.children import Child
from ops.paths import ROOT, VENV_PYTHON, Var

CELERY = ["-m", "celery", "-A", "config"]
QUIET = ["--without-gossip", "--without-mingle", "--loglevel", "INFO"]


@dataclass(frozen=True)
class Ports:
    """Where the plant listens."""

    web: int
    live: int
    plc_a: int
    plc_b: int
    bench: int = 0


def all_of(var: Var, ports: Ports, *, host: str, env: Mapping[str, str]) -> list[Child]:
    """Every process, in the order of starting; stopping goes the other way."""
    return [
        child("plc", ["-m", "integrations.plc.simulator", *_plc(ports)], var, env),
        child("web", ["-m", "granian", *_web(ports.web, host)], var, env),
        child("live", ["-m", "uvicorn", "config.asgi:application", *_live(ports.live, host)], var, env, patience=5),
        # A poll runs until it is told to stop; readings wait in its spool, so a sudden end loses none.
        child("poller", [*CELERY, "worker", "-Q", "plc", "-P", "threads", "-c", "4", "-n", "poller@%h", *QUIET],
              var, env, death=signal.SIGKILL, patience=5),
        child("worker", [*CELERY, "worker", "-Q", "celery", "-P", "prefork", "-c", "1", "-n", "worker@%h", *QUIET],
              var, env, death=signal.SIGQUIT, patience=10),
        child("edges", [*CELERY, "worker", "-Q", "edges", "-P", "threads", "-c", "8", "-n", "edges@%h", *QUIET],
              var, env, death=signal.SIGQUIT, patience=10),
        child("beat", [*CELERY, "beat", "-s", str(var.root / "beat.db"), "--pidfile=", "--loglevel", "INFO"], var, env),
    ]


def child(
    name: str, arguments: list[str], var: Var, env: Mapping[str, str], *,
    death: signal.Signals = signal.SIGTERM, patience: float = 10,
) -> Child:
    return Child(
        name=name, command=[str(VENV_PYTHON), *arguments], env=env, log=var.log / f"{name}.log", cwd=ROOT,
        death_signal=death, patience=patience,
    )


def _plc(ports: Ports) -> list[str]:
    return ["--port-a", str(ports.plc_a), "--port-b", str(ports.plc_b), "--port-bench", str(ports.bench)]


def _web(port: int, host: str) -> list[str]:
    return [
        "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", "2", "--blocking-threads", "4",
        "--respawn-failed-workers", "--workers-kill-timeout", "5", "--no-ws", "config.wsgi:application",
    ]


def _live(port: int, host: str) -> list[str]:
    where = ["--host", host, "--port", str(port)]
    return [*where, "--ws", "websockets-sansio", "--lifespan", "off", "--log-level", "warning"]
