"""A database that really commits, for tests with several connections; it is wiped afterwards, triggers and all."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

KEPT = {"django_migrations", "django_content_type", "plant_numberingseries"}  # migrations fill them
SEEDED = ("mes_andonkind",)  # these too, but they refer to what is emptied, and go with it: filled anew each time
TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
"""
GUARDED = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'zz_never_emptied'"


def remember() -> None:
    """Keep what migrations wrote into tables that are emptied with others, before any test has touched them."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS seeded")
        for name in SEEDED:
            cursor.execute(f"CREATE TABLE IF NOT EXISTS seeded.{name} AS TABLE public.{name}")


def wipe() -> None:
    """Empty every table but the settled ones, in one transaction, as the tables' owner."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = [name for (name,) in cursor.fetchall() if name not in KEPT]
        cursor.execute(GUARDED)
        guarded = [name for (name,) in cursor.fetchall()]
        switch = [f"ALTER TABLE {name} {{}} TRIGGER zz_never_emptied;" for name in guarded]
        off = "".join(line.format("DISABLE") for line in switch)
        on = "".join(line.format("ENABLE ALWAYS") for line in switch)
        names = ", ".join(f'"{name}"' for name in tables)
        anew = "".join(f"INSERT INTO public.{name} TABLE seeded.{name};" for name in SEEDED)
        cursor.execute(f"BEGIN; {off} TRUNCATE {names} CASCADE; {on} {anew} COMMIT;")


@pytest.fixture
def wiping(monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty the tables our way after a committing test; Django's way stops at the guarded tables."""
    monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: wipe())


@pytest.fixture
def committed_db(wiping: None, transactional_db: None) -> None:
    """Real commits, seen by every connection."""


@pytest.fixture
def at_once(committed_db: None) -> Callable[..., list[Any]]:
    """Run acts at the same time, each on a connection of its own; their results, or the exceptions they raised."""

    def settle(act: Callable[[], Any]) -> Any:
        try:
            return act()
        except Exception as error:  # the test looks at what each act ended with
            return error
        finally:
            connection.close()

    def run(*acts: Callable[[], Any]) -> list[Any]:
        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(settle, acts))

    return run
