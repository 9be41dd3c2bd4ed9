"""A migrated database kept beside the test database, so that only the first run after a change migrates."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from django.conf import settings
from django.db import connection

from ops.paths import ROOT

PREFIX = "zhizao_migrated_"
OF_THIS_KIND = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"


def name() -> str:
    """One name for one state of the migrations and of the SQL that they read."""
    found = hashlib.blake2s(digest_size=8)
    for pattern in ("*/migrations/*.py", "*/sql/*.sql", "plant/tables.py", "requirements/runtime.txt"):
        for path in sorted(ROOT.glob(pattern)):
            found.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return PREFIX + found.hexdigest()


@contextmanager
def server() -> Iterator[Any]:
    """A cursor in the server's own database."""
    found = settings.DATABASES["default"]
    opened = psycopg2.connect(
        dbname="postgres", host=found["HOST"], port=found["PORT"], user=found["USER"], password=found["PASSWORD"]
    )
    opened.autocommit = True
    try:
        with opened.cursor() as cursor:
            yield cursor
    finally:
        opened.close()


def kept() -> list[str]:
    """The migrated databases of this server."""
    with server() as cursor:
        cursor.execute(OF_THIS_KIND, [PREFIX])
        return [row[0] for row in cursor.fetchall()]


def use() -> None:
    """Begin the test database with the kept one, when there is one for these migrations."""
    if name() in kept():
        connection.settings_dict["TEST"]["TEMPLATE"] = name()


def keep() -> None:
    """Keep the test database as it is now, and no older one."""
    old = kept()
    if name() in old:
        return
    made = connection.settings_dict["NAME"]
    connection.close()
    with server() as cursor:
        for one in old:
            cursor.execute(f'DROP DATABASE IF EXISTS "{one}"')
        cursor.execute(f'CREATE DATABASE "{name()}" TEMPLATE "{made}"')
