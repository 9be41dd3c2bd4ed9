"""PostgreSQL refuses to run as root: the account it runs as, and where that account can read and write."""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path

from ops.children import Account
from ops.console import Failure
from ops.paths import Var

UNPRIVILEGED = "nobody"
PUBLIC = Path("/var/tmp")  # noqa: S108 - a private folder is made in it, which only the account may enter


def for_postgres() -> Account | None:
    """The account to step down to, or None when this process is no superuser anyway."""
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwnam(UNPRIVILEGED)
    return Account(entry.pw_uid, entry.pw_gid)


def run_as(account: Account | None, command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
    """Run a short command as that account, from a directory that everyone may enter."""
    who = {} if account is None else {"user": account.uid, "group": account.gid, "extra_groups": []}
    return subprocess.run(
        command, cwd="/", stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, **who, **options
    )


def can_enter(account: Account | None, folder: Path) -> bool:
    """Whether the account reaches a folder through all its parents."""
    return run_as(account, ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]).returncode == 0


def can_run(account: Account | None, program: Path) -> bool:
    return os.access(program, os.X_OK) and _starts(account, program)


def _starts(account: Account | None, program: Path) -> bool:
    try:
        return run_as(account, [str(program), "--version"]).returncode == 0
    except PermissionError:
        return False


def data_home(var: Var, account: Account | None) -> Path:
    """The folder for database files: under var, or under /var/tmp when the account cannot reach var."""
    inside = var.root / "pg"
    if account is None or can_enter(account, var.root):
        return made(inside, account)
    return made(outside(var), account)


def outside(var: Var) -> Path:
    """The folder under /var/tmp that belongs to this var and no other."""
    digest = hashlib.sha256(str(var.root).encode()).hexdigest()[:12]
    return PUBLIC / f"zhizao-{digest}"


def made(folder: Path, account: Account | None) -> Path:
    """The folder, private to the account."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), account.uid if account else -1}:
        raise Failure(f"{folder} belongs to someone else; remove it, or choose another --var")
    if account:
        os.chown(folder, account.uid, account.gid)
    return folder


def reachable(account: Account | None, programs: Path, home: Path) -> Path:
    """A folder of programs as the account can run it: where it is, or copied (with the libraries beside it)."""
    if can_run(account, programs / "bin" / "postgres"):
        return programs
    package = programs.parent
    copy = home / "programs" / package.name
    for source in (package, package.with_name(package.name + ".libs")):
        if source.is_dir():
            shutil.copytree(source, copy.with_name(source.name), dirs_exist_ok=True, symlinks=True)
    return copy / programs.name
