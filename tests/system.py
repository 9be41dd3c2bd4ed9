"""A whole demonstration plant of one's own, started by the one command and looked at only from outside."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ops import accounts, demo, leftovers, postgres, valkey
from ops.paths import ROOT, Var
from ops.servers import Urls

PATIENCE = 420.0
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")


class NotUp(Exception):
    """The plant did not come up; the text ends with what it said."""


@dataclass(frozen=True)
class System:
    """A running plant: where it answers, what demo.json says of it, and how its own programs are called."""

    var: Path

    @property
    def facts(self) -> dict[str, Any]:
        """demo.json as it is now."""
        return json.loads((self.var / "demo.json").read_text(encoding="utf-8"))

    @property
    def url(self) -> str:
        return self.facts["url"]

    @property
    def pids(self) -> dict[str, int]:
        """The process of each child now: plc, web, live, poller, worker, edges, beat, postgres, redis."""
        return self.facts["pids"]

    @property
    def env(self) -> dict[str, str]:
        """What the plant's processes are told, for manage.py and for looking into the database as the application."""
        return {**base_environment(), **demo.environment(*self._whereabouts(), "127.0.0.1")}

    @property
    def owner_url(self) -> str:
        """The database as the owner of the tables."""
        return self._whereabouts()[1].owner

    def manage(self, *arguments: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Run one management command of this plant."""
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.env, capture_output=True, text=True, timeout=timeout, check=False
        )

    def readiness(self) -> str:
        """What /readyz says: ok, or what it is that is not."""
        return demo.readiness(int(self._ports()["web"]))

    def wait_ready(self, seconds: float) -> float:
        """Wait until the plant says that it is ready; how long that took."""
        began = time.monotonic()
        while (said := self.readiness()) != "ok":
            if time.monotonic() - began > seconds:
                raise NotUp(f"not ready within {seconds:g} s: {said}\n{self.tails()}")
            time.sleep(0.2)
        return time.monotonic() - began

    def tails(self, lines: int = 15) -> str:
        """The end of each log."""
        return "\n".join(f"== {log.name}\n{tail(log, lines)}" for log in sorted((self.var / "log").glob("*.log")))

    def _ports(self) -> dict[str, int]:
        return json.loads((self.var / "ports.json").read_text(encoding="utf-8"))

    def _whereabouts(self) -> tuple[Var, Urls, demo.Ports]:
        var, ports = Var(self.var), self._ports()
        database = postgres.Postgres(ports["postgres"], var.secret("postgres_owner"), var.secret("postgres_app"))
        redis = valkey.Valkey(ports["redis"], var.secret("redis"))
        urls = Urls(owner=database.owner_url, app=database.app_url, redis=redis.url, embedded=True)
        return var, urls, demo.Ports(**{name: ports[name] for name in vars(demo.PREFERRED)})


@contextmanager
def running_system(var: Path, *, fresh: bool = True) -> Iterator[System]:
    """The demonstration plant for as long as the block runs; a fresh one knows nothing of earlier runs."""
    if fresh:
        wipe(var)
    var.mkdir(parents=True, exist_ok=True)
    said = var / "demo.out"
    with open(said, "wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "ops", "demo", "--var", str(var)], cwd=ROOT, env=base_environment(),
            stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
        )
    system = System(var)
    try:
        wait_until_up(system, process, said)
        yield system
    finally:
        stop(process, var)


def base_environment() -> dict[str, str]:
    """Nothing of the tests' own servers and settings."""
    return {name: os.environ[name] for name in KEPT if name in os.environ}


def wait_until_up(system: System, process: subprocess.Popen[bytes], said: Path) -> None:
    """Wait until the command says that it is ready, and /readyz agrees."""
    deadline = time.monotonic() + PATIENCE
    while "Ready: " not in said.read_text(encoding="utf-8", errors="replace"):
        if process.poll() is not None or time.monotonic() > deadline:
            raise NotUp(f"the plant did not come up:\n{tail(said, 40)}\n{system.tails()}")
        time.sleep(0.2)
    system.wait_ready(max(deadline - time.monotonic(), 1.0))


def stop(process: subprocess.Popen[bytes], var: Path) -> None:
    """Ask the plant to end, wait, and leave nothing running."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(90)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    leftovers.end(Var(var))


def wipe(var: Path) -> None:
    """Take away all that an earlier plant has left in this folder."""
    if var.exists():
        leftovers.end(Var(var))
        shutil.rmtree(accounts.outside(Var(var)), ignore_errors=True)
        shutil.rmtree(var)


def tail(log: Path, lines: int) -> str:
    with suppress(OSError):
        return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
    return ""


def get_json(url: str, *, key: str = "", timeout: float = 10) -> tuple[int, Any]:
    """Status and body of a GET; an error status is an answer too."""
    request = urllib.request.Request(url, headers={"Authorization": f"Api-Key {key}"} if key else {})
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"null")
