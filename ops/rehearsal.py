"""Proving that a stranger's clean copy comes up: clone, empty environment, make demo, look, stop, once more."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import urllib.request
from pathlib import Path

from ops import accounts
from ops.console import Failure, call, say, step
from ops.paths import ROOT, Var

PAGES = ("/readyz", "/healthz", "/login/")
BUDGET = 900.0
KEPT = ("PATH", "HOME", "LANG")


def main() -> int:
    """Clone this checkout and run its demo twice: from nothing, and again on the data of the first run."""
    with tempfile.TemporaryDirectory(prefix="zhizao-rehearsal-") as folder:
        copy = Path(folder) / "zhizao"
        call(["git", "clone", "-q", "--no-hardlinks", ROOT, copy])
        try:
            for attempt in ("from nothing", "again, on the same data"):
                with step(f"demo {attempt}"):
                    rehearse(copy)
        except Failure as failure:
            say(f"error: {failure}")
            return 1
        finally:
            shutil.rmtree(accounts.outside(Var(copy / "var")), ignore_errors=True)
    say("rehearsal: 2 passed, 0 failed")
    return 0


def rehearse(copy: Path) -> None:
    """One start, one look at the pages, one orderly stop."""
    command = ["make", "demo", f"PYTHON={os.path.realpath(sys.executable)}"]
    env = {name: os.environ[name] for name in KEPT if name in os.environ}
    with subprocess.Popen(command, cwd=copy, env=env, stdout=subprocess.PIPE, text=True, process_group=0) as demo:
        late = threading.Timer(BUDGET, os.killpg, (demo.pid, signal.SIGKILL))
        late.start()
        try:
            url = wait_for_url(demo)
            for page in PAGES:
                look(url + page)
            stop(demo)
        finally:
            late.cancel()
            if demo.poll() is None:
                os.killpg(demo.pid, signal.SIGTERM)


def wait_for_url(demo: subprocess.Popen[str]) -> str:
    """Read what the demo says until it names its address."""
    for line in demo.stdout or ():
        say(f"    {line.rstrip()}")
        if line.startswith("Ready: "):
            return line.removeprefix("Ready: ").strip()
    raise Failure(f"the demo ended before it was up, or was not up within {BUDGET:g} s")


def look(address: str) -> None:
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own http address
        if answer.status != 200:
            raise Failure(f"{address} answered {answer.status}")
    say(f"    {address} answers")


def stop(demo: subprocess.Popen[str]) -> None:
    """Ctrl-C, as at a terminal: to the whole group, make included."""
    os.killpg(demo.pid, signal.SIGINT)
    rest, _ = demo.communicate(timeout=90)
    if "stopped" not in rest:
        raise Failure(f"the demo did not stop cleanly:\n{rest}")


if __name__ == "__main__":
    sys.exit(main())
