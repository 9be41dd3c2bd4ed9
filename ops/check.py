"""Everything that must hold before a change lands: style, layers, types, tests, browser journeys."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from ops import browser, servers
from ops.console import say, step
from ops.lock import refuse_addresses
from ops.paths import ROOT, VENV, Var

PYTEST = [sys.executable, "-m", "pytest", "-q"]
OUTSIDE = [ROOT / "tests" / "journeys", ROOT / "tests" / "chaos"]  # one plant of its own for both, chaos last
SCALE = ROOT / "tests" / "scale"  # minutes of work for one test: whole plants of others
FAST = [f"--ignore={folder}" for folder in (*OUTSIDE, SCALE)]  # all that need neither a browser nor minutes
LIMIT = 25 * 60  # seconds for one check: a hang must end as a failure with its name, not as CI's own limit
MOST_WORKERS = 4
STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"


@dataclass(frozen=True)
class Check:
    """One program whose exit code is a verdict."""

    name: str
    command: list[str]


CHECKS = [
    Check("ruff", [str(VENV / "bin" / "ruff"), "check", "."]),
    Check("layers", [str(VENV / "bin" / "lint-imports")]),
    Check("types", [str(VENV / "bin" / "mypy")]),
    Check("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]),
]


def run(var: Var, *, pytest_arguments: list[str]) -> int:
    """Run every check, even after one has failed; 0 only when all hold and none was left out in CI."""
    refuse_addresses()
    chromium = browser.chromium()
    with servers.running(var, durable=False) as (_, urls):
        env = environment(var, urls, chromium)
        results = {check.name: verdict(check, env) for check in CHECKS}
        for name, what in (("tests", FAST), ("scale", [str(SCALE)])):
            results[name] = in_parallel(name, what, env, pytest_arguments, is_shared=not urls.embedded)
        results["journeys"] = journeys(env, pytest_arguments) if chromium else without_browser()
    return summary(results)


def in_parallel(
    name: str, what: list[str], env: Mapping[str, str], pytest_arguments: list[str], *, is_shared: bool
) -> bool:
    """Tests a few at a time, each with servers of its own, unless the servers are somebody's.

    Files begin in the order of their folders: by their number of tests, as xdist would have it, the few that are long
    would begin last.
    """
    command = [*PYTEST, *what, *pytest_arguments]
    if not is_shared:
        workers = str(min(os.cpu_count() or 1, MOST_WORKERS))
        command += ["-n", workers, "--dist", "loadfile", "--no-loadscope-reorder"]
        env = {key: value for key, value in env.items() if key not in ("DATABASE_URL", "REDIS_URL")}
    return verdict(Check(name, command), env)


def environment(var: Var, urls: servers.Urls, chromium: str | None) -> dict[str, str]:
    """What tests are told: private servers, and the browser when there is one."""
    own = {
        "DATABASE_URL": urls.owner, "REDIS_URL": urls.redis, "SECRET_KEY": var.secret("secret_key"),
        "ZHIZAO_VAR": str(var.root), "STATICFILES_BACKEND": STATIC, "DJANGO_SETTINGS_MODULE": "config.settings",
        "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
    }
    return dict(os.environ) | own | ({"CHROMIUM_PATH": chromium} if chromium else {})


def verdict(check: Check, env: Mapping[str, str]) -> bool:
    say(f"\n== {check.name}")
    with step(check.name):
        return ended_well(subprocess.Popen(check.command, env=dict(env), cwd=ROOT, start_new_session=True), check.name)


def ended_well(process: subprocess.Popen[bytes], name: str, *, limit: float = LIMIT) -> bool:
    """Whether it ended in time with 0; one that does not end goes, with everything it started."""
    try:
        return process.wait(limit) == 0
    except subprocess.TimeoutExpired:
        say(f"! {name} had not ended after {limit:.0f} s")
        return False
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask its group to clean up after itself, then insist with whatever is left of it."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(30)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def journeys(env: Mapping[str, str], pytest_arguments: list[str]) -> bool:
    if not browser.has_chinese_font():
        say("! no Chinese font here: pages will show boxes for characters (apt-get install -y fonts-noto-cjk)")
    return verdict(Check("journeys", [*PYTEST, *map(str, OUTSIDE), *pytest_arguments]), env)


def without_browser() -> bool | None:
    """A missing browser is a failure where every check must run, and said plainly elsewhere."""
    return False if os.environ.get("CI", "").lower() in ("1", "true") else None


def summary(results: Mapping[str, bool | None]) -> int:
    """One line per verdict that is not good, one line in all."""
    words = {True: "ok", False: "FAILED", None: "NOT RUN"}
    say("\n" + "   ".join(f"{name}: {words[result]}" for name, result in results.items()))
    failed = [name for name, result in results.items() if result is False]
    say(f"checks: {len(results) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0
