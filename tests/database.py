"""A database that really commits, for tests with several connections; it is wiped afterwards, triggers and all."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.utils import translation

from plant import fresh

KEPT = {"django_migrations", "django_content_type", "plant_numberingseries"}  # migrations fill them
SEEDED = ("mes_andonkind",)  # these too, but they refer to what is emptied, and go with it: filled anew each time
EMPTY = """
DO $$
DECLARE
  one record;
  always text;
  filled boolean;
BEGIN
  SET LOCAL session_replication_role = replica;  -- no foreign key is asked, no trigger fires but those that always do
  FOR one IN
    SELECT c.oid, c.oid::regclass AS name, c.relispartition AS is_part FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname NOT IN ({kept})
      AND pg_relation_size(c.oid) > 0
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', one.name) INTO filled;
    CONTINUE WHEN NOT filled;
    IF one.is_part THEN
      EXECUTE format('TRUNCATE %s', one.name);
      CONTINUE;
    END IF;
    SELECT string_agg(format('ALTER TABLE %s %%s TRIGGER %I;', one.name, tgname), ' ') INTO always
    FROM pg_trigger WHERE tgrelid = one.oid AND tgenabled = 'A';
    EXECUTE coalesce(replace(always, '%s', 'DISABLE'), '') || format('DELETE FROM %s;', one.name)
            || coalesce(replace(always, '%s', 'ENABLE ALWAYS'), '');
  END LOOP;
END $$;
"""


def plan_little() -> None:
    """Over a handful of rows the search for the best order of many joins takes longer than any order."""
    connection.settings_dict["OPTIONS"]["options"] = "-c join_collapse_limit=1"


def remember() -> None:
    """Keep what migrations wrote into tables that are emptied with others, before any test has touched them."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA IF NOT EXISTS seeded")
        for name in SEEDED:
            cursor.execute(f"CREATE TABLE IF NOT EXISTS seeded.{name} AS TABLE public.{name}")


def wipe() -> None:
    """Empty the tables that hold something, as their owner; to empty hundreds that hold nothing takes a second."""
    anew = "".join(f"INSERT INTO public.{name} TABLE seeded.{name};" for name in SEEDED)
    kept = ", ".join(f"'{name}'" for name in sorted(KEPT))
    with connection.cursor() as cursor:
        cursor.execute(f"BEGIN; {EMPTY.format(kept=kept)} {anew} COMMIT;")


@pytest.fixture
def wiping(monkeypatch: pytest.MonkeyPatch) -> None:
    """Empty the tables our way after a committing test; Django's way stops at the guarded tables."""
    monkeypatch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: wipe())


@pytest.fixture(scope="module")
def one_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One transaction around the tests of a file: a world that they only look at is built in it once."""
    with django_db_blocker.unblock(), transaction.atomic():
        translation.activate(settings.LANGUAGE_CODE)
        fresh.forget_all()
        yield
        transaction.set_rollback(True)


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
