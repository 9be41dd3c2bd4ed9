"""Making the environment: Python packages, browser libraries, translations; again only when something changed."""

import os
import shutil
import sys
from pathlib import Path

from ops import frontend
from ops.console import Failure, call, say, step, succeeds
from ops.paths import ROOT, VENV, VENV_PYTHON

REQUIREMENTS = ROOT / "requirements"
OLDEST = (3, 11)
PIP = [str(VENV_PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r"]
PLACEHOLDERS = {  # such commands still read the settings
    "SECRET_KEY": "used-while-installing-only", "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}


def everything(*, dev: bool) -> None:
    """Bring .venv and everything in it up to date with the lock files."""
    environment()
    packages("dev.txt" if dev else "runtime.txt")
    frontend.install()
    frontend.build()
    translations()


def environment() -> None:
    """Make .venv with pip in it, getting what Python lacks where that is possible."""
    if VENV_PYTHON.exists() and succeeds([VENV_PYTHON, "-m", "pip", "--version"]):
        return
    if sys.version_info < OLDEST:
        raise Failure(f"Python {_version()} is too old, 3.11 or newer is needed: PYTHON=python3.11 make demo")
    with step(".venv"):
        if not any(attempt() for attempt in (_plain, _system_package, _uv, _borrowed_pip)):
            raise Failure(f"this Python can't make environments. Run: {_hint()}  and then the same command again.")


def _plain() -> bool:
    return _venv() and succeeds([VENV_PYTHON, "-m", "pip", "--version"])


def _venv(*options: str) -> bool:
    return succeeds([sys.executable, "-m", "venv", "--clear", *options, VENV])


def _system_package() -> bool:
    """Debian keeps venv and ensurepip in packages of their own."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say(f"  Python lacks venv or pip; running {_hint()}")
    return apt_install(f"python{_version()}-venv") and _plain()


def _uv() -> bool:
    uv = shutil.which("uv")
    return bool(uv) and succeeds([str(uv), "venv", "--seed", "--clear", "--python", sys.executable, VENV])


def _borrowed_pip() -> bool:
    """The Python's own pip can put a pip into an environment made without one."""
    return _venv("--without-pip") and succeeds([sys.executable, "-m", "pip", "--python", VENV_PYTHON, "install", "pip"])


def _version() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def _hint() -> str:
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get install -y python{_version()}-venv"


def apt_install(*names: str) -> bool:
    """Install Debian packages (as root only)."""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return succeeds(["apt-get", "update", "-q"], env=quiet) and succeeds(
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", *names], env=quiet
    )


def packages(lock: str) -> None:
    """Install exactly what a lock file names; the larger set also serves where the smaller is wanted."""
    larger = {"runtime.txt": ["runtime.txt", "dev.txt"], "dev.txt": ["dev.txt"]}[lock]
    stamp = VENV / ".requirements"
    if stamp.exists() and stamp.read_text(encoding="utf-8") in [_text(name) for name in larger]:
        return
    with step(f"Python packages ({lock})"):
        if not (_uv_install(lock) or succeeds([*PIP, REQUIREMENTS / lock])):
            call([*PIP, REQUIREMENTS / lock])
    stamp.write_text(_text(lock), encoding="utf-8")


def _text(lock: str) -> str:
    return (REQUIREMENTS / lock).read_text(encoding="utf-8")


def _uv_install(lock: str) -> bool:
    """With uv (ten times faster than pip): trusting the system's certificates first, then its own."""
    uv = VENV / "bin" / "uv"
    if not uv.exists() and not succeeds([*PIP, REQUIREMENTS / "uv.txt"]):
        return False
    command = [uv, "pip", "install", "-q", "--require-hashes", "--link-mode=copy", "--python", VENV_PYTHON]
    return any(
        succeeds([*command, *certificates, "-r", REQUIREMENTS / lock]) for certificates in (["--system-certs"], [])
    )


def translations() -> None:
    """Compile the message catalogues, so that no gettext tools are needed."""
    sources = sorted((ROOT / "locale").rglob("*.po"))
    stamp = VENV / ".translations"
    wanted = repr([(str(path), path.stat().st_mtime_ns) for path in sources])
    compiled = list((ROOT / "locale").rglob("*.mo"))
    if not sources or (compiled and stamp.exists() and stamp.read_text(encoding="utf-8") == wanted):
        return
    with step("translations"):
        manage("compile_translations", env=without_servers())
    stamp.write_text(wanted, encoding="utf-8")


def without_servers(var: str = str(ROOT / "var")) -> dict[str, str]:
    """An environment for commands that touch neither server."""
    return dict(os.environ) | PLACEHOLDERS | {"ZHIZAO_VAR": var}


def manage(*arguments: str, env: dict[str, str]) -> None:
    """Run one of the project's own commands to its end."""
    call([VENV_PYTHON, "manage.py", *arguments], env=env, cwd=ROOT)


def collect_static(var_root: Path, env: dict[str, str]) -> None:
    """Gather static files for serving, when one of them or a package has changed."""
    frontend.build()
    sources = sorted(path for path in (ROOT / "static").rglob("*") if path.is_file())
    wanted = repr([(str(path), path.stat().st_mtime_ns) for path in sources]) + _text("runtime.txt")
    stamp = var_root / "staticfiles" / ".stamp"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    with step("static files"):
        manage("collectstatic", "--noinput", "--clear", "-v0", env=env)
    stamp.write_text(wanted, encoding="utf-8")
