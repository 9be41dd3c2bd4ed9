"""Sessions of foreign databases: one for one piece of work, bounded in time, and read-only where it only reads."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings as plant

from integrations.adapters import reach
from integrations.adapters.files.stores import checked
from integrations.adapters.port import Again, Link, Never
from integrations.adapters.sql.settings import MSSQL, MYSQL, POSTGRESQL, SQLITE
from plant.spoken import spoken

DRIVERS = {POSTGRESQL: "postgresql+psycopg2", MYSQL: "mysql+pymysql", MSSQL: "mssql+pymssql", SQLITE: "sqlite"}
PORTS = {POSTGRESQL: 5432, MYSQL: 3306, MSSQL: 1433}
# What makes a session read-only, said to the database itself; SQL Server knows none, there a reading account does it.
READ_ONLY = {
    POSTGRESQL: "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
    MYSQL: "SET SESSION TRANSACTION READ ONLY",
    SQLITE: "PRAGMA query_only = ON",
}


def library() -> Any:
    """SQLAlchemy, or what to do."""
    try:
        import sqlalchemy
    except ImportError as error:
        raise Never("databases need a library: pip install --require-hashes -r requirements/edges.txt") from error
    return sqlalchemy


@contextmanager
def session(link: Link, *, reads: bool) -> Iterator[Any]:
    """An open connection; what it does is committed when it may write and the block ends well, else taken back."""
    sa = library()
    kind = link.settings["database"]
    try:
        engine = sa.create_engine(url(sa, link), poolclass=sa.pool.NullPool, connect_args=arguments(link), echo=False,
                                  hide_parameters=True)
        with engine.connect() as wire:
            if reads and kind in READ_ONLY:
                wire.exec_driver_sql(READ_ONLY[kind])
                wire.commit()
            yield wire
            if reads:
                wire.rollback()
            else:
                wire.commit()
    except (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError) as error:
        raise Again(_said(error)) from error
    except (sa.exc.SQLAlchemyError, ImportError) as error:
        raise Never(_said(error)) from error


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {getattr(error, 'orig', None) or error}".replace("\n", " ")[:280]


def url(sa: Any, link: Link) -> Any:
    """The address for the driver: the host as it was looked up and allowed, user and password as they were sealed."""
    kind = link.settings["database"]
    if kind == SQLITE:
        path = Path(plant.EXCHANGE_DIR).resolve() / checked(link.endpoint.removeprefix("sqlite:").lstrip("/"))
        if not path.resolve().is_relative_to(Path(plant.EXCHANGE_DIR).resolve()):
            raise Never(spoken("The file lies outside of the exchange folder."))
        return sa.URL.create(DRIVERS[kind], database=str(path))
    parts = urlsplit(link.endpoint if "://" in link.endpoint else f"//{link.endpoint}")
    if not parts.hostname or not parts.path.strip("/"):
        raise Never(spoken("Write the address as host:port/database."))
    port = parts.port or PORTS[kind]
    where = reach.address(link, parts.hostname, port, is_encrypted=bool(link.settings["tls"]))
    return sa.URL.create(
        DRIVERS[kind], username=link.secrets.get("user"), password=link.secrets.get("password"), port=port,
        host=parts.hostname if kind == POSTGRESQL else where, database=parts.path.strip("/"),
        query={"hostaddr": where} if kind == POSTGRESQL else {},
    )


def arguments(link: Link) -> dict[str, Any]:
    """How long it may take, and whether it is encrypted."""
    kind, seconds = link.settings["database"], max(1, round(link.timeout))
    mode: dict[str, Any]
    if kind == POSTGRESQL:
        mode = {"sslmode": "verify-full", "sslrootcert": "system"} if link.settings["tls"] else {}
        return {"connect_timeout": seconds, "options": f"-c statement_timeout={seconds * 1000}", **mode}
    if kind == MYSQL:
        mode = {"ssl": ssl.create_default_context()} if link.settings["tls"] else {}
        return {"connect_timeout": seconds, "read_timeout": seconds, "write_timeout": seconds, **mode}
    if kind == MSSQL:
        mode = {"encryption": "require"} if link.settings["tls"] else {}
        return {"login_timeout": seconds, "timeout": seconds, **mode}
    return {"timeout": seconds}
