"""The application's role can do its work and can't rewrite the record."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from plant.commands import journal
from tests import factories

pytestmark = pytest.mark.django_db
ROLE = "zz_test_app"


@pytest.fixture
def role():
    """A role as the application's own, with everything granted twice."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP ROLE IF EXISTS {ROLE}")
        cursor.execute(f"CREATE ROLE {ROLE}")
    call_command("grant_app_role", "--role", ROLE)
    call_command("grant_app_role", "--role", ROLE)
    return ROLE


def attempt(sql):
    """What the database says to the role: nothing, or why not."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {ROLE}; {sql}; RESET ROLE")
    except DatabaseError as error:
        return str(error).splitlines()[0]
    return ""


@pytest.mark.parametrize("table", ["plant_journalentry", "plant_signature", "traceability_move", "traceability_link",
                                   "plant_personevent", "traceability_holdevent"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_what_is_written_once_stays(role, table, verb):
    verb = verb.replace("SET id = id", "SET pgh_id = pgh_id") if table.endswith("event") else verb

    assert attempt(verb.format(table)) == f"permission denied for table {table}"


@pytest.mark.parametrize("sql", [
    "UPDATE plant_person SET name = name", "DELETE FROM plant_personrole", "DELETE FROM django_session",
    "INSERT INTO plant_unit VALUES ('X', 'X', 'X')",
    "SELECT nextval('zz_number_lot')", "SELECT count(*) FROM plant_journalentry",
    "SELECT zz_reading_partitions('2031-01-01', '2031-01-02')"])
def test_the_work_of_the_day_is_allowed(role, sql):
    assert attempt(sql) == ""


def test_the_role_writes_the_journal(role):
    pcb, me = factories.material(), factories.person()

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        entry = journal.record("material.changed", subject=pcb, by=me)
        cursor.execute("RESET ROLE")

    assert entry > 0


def test_a_table_made_later_may_be_read(role):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE zz_later (n int)")

    assert attempt("INSERT INTO zz_later VALUES (1); SELECT * FROM zz_later") == ""


@pytest.mark.parametrize("sql", ["ALTER TABLE plant_journalentry DISABLE TRIGGER ALL", "DROP TABLE plant_journalentry",
                                 "CREATE TABLE zz_mine (n int)", "DELETE FROM django_migrations"])
def test_the_role_owns_nothing(role, sql):
    assert attempt(sql) != ""
