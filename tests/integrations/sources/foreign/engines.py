"""Starting servers of other people's making, each in a process of its own; what can't be started is skipped, loudly."""

import fcntl
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ops import frontend
from ops.console import Failure
from ops.paths import ROOT
from tests.integrations.plc.foreign.engines import absent

HERE = Path(__file__).resolve().parent
MODULES = ROOT / "var" / "test" / "foreign-sources"
MOSQUITTO = ("/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto")


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@contextmanager
def node(script: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A script of this folder, once it says that it listens."""
    environment = modules()
    command = [*frontend.tool("node"), str(HERE / script), *arguments]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"listening"
        yield process
    finally:
        process.kill()
        process.wait()


def modules() -> dict[str, str]:
    """The packages beside the tests, installed once, without native parts."""
    wanted = (HERE / "package-lock.json").read_text(encoding="utf-8")
    MODULES.mkdir(parents=True, exist_ok=True)
    with (MODULES.parent / "foreign-sources.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # two workers of the suite come here at once; the second finds it done
        stamp = MODULES / ".stamp"
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
            stamp.unlink(missing_ok=True)
            for name in ("package.json", "package-lock.json", ".npmrc"):
                shutil.copy(HERE / name, MODULES)
            try:
                frontend.call([*frontend.tool("npm"), *frontend.NPM_CI, "--omit=optional"], cwd=MODULES,
                              env=frontend.node_environment())
            except Failure as error:
                absent("servers of npm", error)
            stamp.write_text(wanted, encoding="utf-8")
    return frontend.node_environment() | {"NODE_PATH": str(MODULES / "node_modules")}


@contextmanager
def broker(engine: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """An MQTT broker on a port: Mosquitto, or aedes of npm."""
    if engine == "aedes":
        with node("broker.js", str(port)) as process:
            yield process
        return
    known = [os.environ.get("MOSQUITTO"), shutil.which("mosquitto"), *MOSQUITTO]
    found = next((path for path in known if path and Path(path).exists()), None)
    if found is None:
        absent("Mosquitto, Debian's package mosquitto", "not installed")
    process = subprocess.Popen([found, "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(port: int, seconds: float = 20.0) -> None:
    """Until something listens."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1.0).close()
            return
        except OSError:
            assert time.monotonic() < deadline, "nothing listens"
            time.sleep(0.05)
