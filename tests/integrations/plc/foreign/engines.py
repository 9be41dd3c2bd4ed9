"""Starting the foreign servers, each in a process of its own; what can't be started is skipped, loudly."""

import ctypes
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ops import frontend
from ops.console import Failure
from ops.paths import ROOT

HERE = Path(__file__).resolve().parent
MODULES = ROOT / "var" / "test" / "foreign"
ENGINES = ["pymodbustcp", "modbus-serial", "libmodbus"]


def absent(what: str, why: object) -> None:
    """Leave the test, saying that nothing was proved."""
    pytest.skip(f"FOREIGN SERVER ABSENT: {what} ({why}); this test proved nothing")


@contextmanager
def running(engine: str, image: Path) -> Iterator[int]:
    """The port of a server over an image."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command, environment = _command(engine, image, port)
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"listening"
        yield port
    finally:
        process.kill()
        process.wait()


def _command(engine: str, image: Path, port: int) -> tuple[list[str], dict[str, str]]:
    if engine == "modbus-serial":
        modules = _modbus_serial()
        return [*frontend.tool("node"), str(HERE / "modbus_serial.js"), str(image), str(port)], modules
    if engine == "libmodbus":
        try:
            ctypes.CDLL(os.environ.get("LIBMODBUS", "libmodbus.so.5"))
        except OSError as error:
            absent("libmodbus, Debian's package libmodbus5", error)
    module = "tests.integrations.plc.foreign.servers"
    return [sys.executable, "-m", module, engine, str(image), str(port)], dict(os.environ)


def _modbus_serial() -> dict[str, str]:
    """The package beside the tests, installed once, without the native serial port that it could also use."""
    wanted = (HERE / "package-lock.json").read_text(encoding="utf-8")
    stamp = MODULES / ".stamp"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        MODULES.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(HERE / name, MODULES)
        try:
            frontend.call([*frontend.tool("npm"), *frontend.NPM_CI, "--omit=optional"], cwd=MODULES,
                          env=frontend.node_environment())
        except Failure as error:
            absent("modbus-serial of npm", error)
        stamp.write_text(wanted, encoding="utf-8")
    return frontend.node_environment() | {"NODE_PATH": str(MODULES / "node_modules")}
