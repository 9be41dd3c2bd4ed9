"""A real Tryton with a company of its own, started for as long as a test runs."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ops import ports
from ops.paths import ROOT, VENV

LOCK = ROOT / "requirements" / "tryton.txt"
HOME = ROOT / "var" / "tryton"
MODULES = ("production_work", "production_routing", "stock_lot", "quality")
PASSWORD = "planner-of-the-test-company"
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Server:
    """Where the server answers."""

    port: int
    database: str = "erp"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def environment() -> Path:
    """The environment of Tryton, as its lock file says; made again when that changes."""
    venv = HOME / sha256(LOCK.read_bytes()).hexdigest()[:16]
    if not (venv / "ready").exists():
        shutil.rmtree(venv, ignore_errors=True)
        uv, python = str(VENV / "bin" / "uv"), str(venv / "bin" / "python")
        quiet = {"check": True, "capture_output": True}
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], **quiet)
        install = [uv, "pip", "install", "--require-hashes", "--link-mode=copy", "--python", python]
        if subprocess.run([*install, "--system-certs", "-r", str(LOCK)], capture_output=True, check=False).returncode:
            subprocess.run([*install, "-r", str(LOCK)], **quiet)
        (venv / "ready").touch()
    return venv


def empty_database(venv: Path) -> Path:
    """A database with the modules and nothing in it; kept, as making it takes longer than most tests."""
    made = venv / "empty.sqlite"
    if not made.exists():
        folder = venv / "making"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / "erp.sqlite").touch()
        (folder / "password").write_text(PASSWORD, encoding="utf-8")
        command = [str(venv / "bin" / "trytond-admin"), "-c", str(configuration(folder, 0)), "-d", "erp", "-l", "en"]
        command += ["--email", "nobody@example.com", "--activate-dependencies", "-u", *MODULES]
        env = os.environ | {"TRYTONPASSFILE": str(folder / "password")}
        subprocess.run(command, env=env, check=True, capture_output=True, timeout=300)
        (folder / "erp.sqlite").rename(made)
    return made


def configuration(folder: Path, port: int) -> Path:
    path = folder / "trytond.conf"
    text = f"[database]\nuri = sqlite://\npath = {folder}\n[web]\nlisten = 127.0.0.1:{port}\n"
    path.write_text(text, encoding="utf-8")
    return path


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """A server with a fresh database on a free port."""
    venv = environment()
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(empty_database(venv), folder / "erp.sqlite")
    server = Server(ports.any_free())
    command = [str(venv / "bin" / "trytond"), "-c", str(configuration(folder, server.port)), "-d", server.database]
    with open(folder / "trytond.log", "wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            wait_for(server, process)
            yield server
        finally:
            process.terminate()


def wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not ports.answers(server.port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("Tryton did not come up; look at trytond.log")
        time.sleep(0.1)
