"""Reading the command line, and moving into the project's own Python before any real work."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from ops import check, demo, install, lock, servers
from ops.console import Failure, say
from ops.paths import ROOT, VENV_PYTHON, Var, inside_venv


def main(argv: list[str]) -> int:
    """Run one command; answer its exit code."""
    options = parser().parse_args(argv)
    os.chdir(ROOT)
    try:
        return COMMANDS[options.command](options)
    except Failure as failure:
        say(f"error: {failure}")
        return 1
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(prog="python3 -m ops", description=__doc__)
    result.add_argument("command", choices=sorted(COMMANDS))
    var = os.environ.get("ZHIZAO_VAR", str(ROOT / "var"))
    result.add_argument("--var", default=var, help="folder of data and logs")
    result.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), help="address the web server listens on")
    result.add_argument("--pytest", default="", help="extra arguments for pytest, in one string (test)")
    return result


def in_venv(command: Callable[[argparse.Namespace], int], *, dev: bool = False) -> Callable[[argparse.Namespace], int]:
    """Install first, then run the command inside .venv (by exec: one process, one set of signals)."""

    def run(options: argparse.Namespace) -> int:
        if not inside_venv():
            install.everything(dev=dev)
            os.execv(VENV_PYTHON, [str(VENV_PYTHON), "-m", "ops", *sys.argv[1:]])  # noqa: S606 - becomes it
        return command(options)

    return run


def run_install(options: argparse.Namespace) -> int:
    install.everything(dev=False)
    install.collect_static(Var(Path(options.var)).root, install.without_servers(options.var))
    return 0


def run_demo(options: argparse.Namespace) -> int:
    return demo.run(Var(Path(options.var)), host=options.host)


def run_servers(options: argparse.Namespace) -> int:
    return servers.stay(Var(Path(options.var)))


def run_test(options: argparse.Namespace) -> int:
    return check.run(Var(Path(options.var) / "test"), pytest_arguments=options.pytest.split())


def run_lock(_: argparse.Namespace) -> int:
    lock.everything()
    return 0


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "install": run_install,
    "demo": in_venv(run_demo),
    "servers": in_venv(run_servers),
    "test": in_venv(run_test, dev=True),
    "lock": in_venv(run_lock),
}
