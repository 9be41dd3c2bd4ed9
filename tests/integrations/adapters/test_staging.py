"""Staging tables: a login that can use them and nothing else, rows taken once with their outcome, messages as rows."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from integrations.adapters.port import Link, Never, Outgoing
from integrations.adapters.staging import ADAPTER
from integrations.links import work
from integrations.links.commands import desk
from integrations.links.queries import standing
from integrations.models import Connection, Exchange
from mes.models import WorkRequest
from plant.commands.signatures import content_hash
from plant.models import JournalEntry, MaterialDefinition, PersonKind, Role
from tests import factories

Run = Callable[..., list[Any]]


@pytest.fixture
def login(committed_db: None, capsys: Any) -> Iterator[Run]:
    """The foreign system, on a connection of its own with the password that was told."""
    user = connection.settings_dict["USER"]
    call_command("staging_tables", "ERP-1", "--app-role", user)
    password = capsys.readouterr().out.split("password ")[1].split()[0]
    call_command("staging_tables", "OTHER", "--app-role", user)
    words = {name: value for name, value in connection.get_connection_params().items()
             if name in {"host", "port", "dbname"}}
    with closing(psycopg2.connect(user="zz_stage_erp_1", password=password, **words)) as wire:
        wire.autocommit = True

        def run(statement: str, *values: Any) -> list[Any]:
            with wire.cursor() as cursor:
                cursor.execute(statement, values or None)
                return cursor.fetchall() if cursor.description else []

        yield run
    with connection.cursor() as cursor:
        for word in ("erp_1", "other"):
            role = f"zz_stage_{word}"
            cursor.execute(f"DROP SCHEMA stage_{word} CASCADE; DROP OWNED BY {role}; DROP ROLE {role}")
        cursor.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")


@pytest.fixture
def link(committed_db: None) -> Connection:
    site = factories.site()
    factories.material("PCB")
    erp = factories.person("api:erp", kind=PersonKind.INTEGRATION, site=site)
    return Connection.objects.create(code="ERP-1", name="ERP", kind="staging", site=site, acts_as=erp, enabled=True,
                                     rhythm="REALTIME")


def take(minutes: int = 0) -> None:
    """One round of the clock, so many minutes from now."""
    at = timezone.now() + timedelta(minutes=minutes)
    work.fetch(clock=lambda: at)
    work.carry_in(clock=lambda: at)


def outcomes(run: Run, table: str) -> list[tuple[str, str | None, str | None]]:
    return run(f"SELECT row_status, row_key, row_err FROM {table} ORDER BY row_id")


def test_rows_are_taken_once_and_their_outcome_stands_beside_them(login: Run, link: Connection) -> None:
    login("INSERT INTO in_material_definitions (code, name, unit, active) VALUES ('M-1', '板', 'C62', true), "
          "('M-2', 'x', 'NO', true)")
    login("INSERT INTO in_work_requests (number, material, quantity, due_at, release) "
          "VALUES ('WO-1', 'M-1', 12.5, '2026-12-01 08:00+08', false)")

    for _n in range(2):
        take()
    good, bad = outcomes(login, "in_material_definitions")
    assert good == ("DONE", "M-1", None)
    assert (bad[0], "unit:" in str(bad[2])) == ("TAKEN", True)  # what it lacks may still come
    for hours in range(1, 8):
        take(hours * 60)
    assert [row[0] for row in outcomes(login, "in_material_definitions")] == ["DONE", "ERROR"]
    assert outcomes(login, "in_work_requests") == [("DONE", "WO-1", None)]
    assert WorkRequest.objects.get().quantity == 12.5
    assert list(Exchange.objects.order_by("seq").values_list("seq", "noun", "subject", "status")) == [
        (1, "material-definitions", "M-1", "DONE"), (2, "material-definitions", "M-2", "DEAD"),
        (3, "work-requests", "WO-1", "DONE"),
    ]
    assert standing.of([link], timezone.now())[0].parked == 1


def test_a_row_mended_at_the_desk_is_done_and_one_that_is_given_up_says_so(login: Run, link: Connection) -> None:
    login("INSERT INTO in_material_definitions (code, name, unit) VALUES ('M-1', 'x', 'NO'), ('M-2', 'x', 'NO')")
    for hours in range(8):
        take(hours * 60)
    first, second = Exchange.objects.order_by("seq")
    writer, manager = (factories.person(number, role) for number, role in (
        ("IT1", Role.INTEGRATOR), ("QM", Role.QUALITY_MANAGER)))
    at = timezone.now()
    first = desk.propose(exchange=first, body='{"code": "M-1", "name": "x", "unit": "C62"}', reason="Unit.", by=writer,
                         at=at)
    desk.approve(exchange=first, reason="Seen.", password=factories.PASSWORD, by=manager, at=at,
                 seen_hash=content_hash(desk.content(first)))
    desk.drop(exchange=second, reason="Sent by mistake.", by=manager, at=at)
    take(600)
    assert outcomes(login, "in_material_definitions") == [("DONE", "M-1", None), ("ERROR", None, "Sent by mistake.")]


def test_a_later_row_of_an_object_counts_although_an_earlier_one_is_parked(login: Run, link: Connection) -> None:
    login("INSERT INTO in_material_definitions (code, name, unit) VALUES ('M-1', 'wrong', 'NO')")
    for hours in range(8):
        take(hours * 60)
    login("INSERT INTO in_material_definitions (code, name, unit) VALUES ('M-1', 'right', 'C62')")
    take(600)
    assert [row[0] for row in outcomes(login, "in_material_definitions")] == ["ERROR", "DONE"]
    assert MaterialDefinition.objects.get(code="M-1").name == "right"


def test_parts_of_an_object_are_a_column_of_json(login: Run, link: Connection) -> None:
    login("INSERT INTO in_work_masters (code, operations) VALUES ('PCB', %s)",
          json.dumps([{"sequence": 10, "code": "ASM", "name": "装配"}]))
    take()
    assert outcomes(login, "in_work_masters") == [("DONE", "PCB", None)]
    assert Exchange.objects.get().words["operations"][0]["name"] == "装配"


def test_a_row_whose_outcome_cannot_be_told_has_no_effect(login: Run, link: Connection) -> None:
    login("INSERT INTO in_material_definitions (code, name, unit) VALUES ('M-1', 'x', 'C62')")
    at = timezone.now()
    work.fetch(clock=lambda: at)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE stage_erp_1.in_material_definitions RENAME TO elsewhere")
    work.carry_in(clock=lambda: at)
    assert not MaterialDefinition.objects.filter(code="M-1").exists()
    assert not JournalEntry.objects.filter(kind="materialdefinition.created", actor="api:erp").exists()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE stage_erp_1.elsewhere RENAME TO in_material_definitions")
    take(10)
    assert outcomes(login, "in_material_definitions") == [("DONE", "M-1", None)]


def test_versions_order_the_rows_of_one_object(login: Run, link: Connection) -> None:
    insert = "INSERT INTO in_material_definitions (code, name, unit, row_version) VALUES ('M-1', %s, 'C62', %s)"
    for name, version in (("two", 2), ("one", 1), ("three", 3)):
        login(insert, name, version)
    take()
    assert [row[0] for row in login("SELECT row_result FROM in_material_definitions ORDER BY row_id")] == [
        "created", "older", "changed"]
    assert MaterialDefinition.objects.get(code="M-1").name == "three"


def test_two_workers_take_each_row_once(login: Run, link: Connection, at_once: Any) -> None:
    login("INSERT INTO in_material_definitions (code, name, unit) "
          "SELECT 'R-' || n, 'x', 'C62' FROM generate_series(1, 40) n")
    at_once(*[take] * 3)
    take(10)  # whoever came second may have left rows of the first
    assert Exchange.objects.count() == 40
    assert {row[0] for row in outcomes(login, "in_material_definitions")} == {"DONE"}
    assert JournalEntry.objects.filter(kind="materialdefinition.created", actor="api:erp").count() == 40


@pytest.mark.parametrize("statement", [
    "SELECT * FROM public.plant_person", "SELECT count(*) FROM public.plant_journalentry", "SET ROLE postgres",
    "SELECT public.zz_journal('a','a','a','a','a','a','a','a','{}',ARRAY['x'])",
    "CREATE TABLE stage_erp_1.mine (x int)",
    "SELECT public.zz_reading_partitions('2031-01-01', '2031-01-02')", "CREATE TABLE public.mine (x int)",
    "CREATE SCHEMA mine", "CREATE ROLE mine", "SELECT * FROM stage_other.in_equipment", "DELETE FROM in_equipment",
    "INSERT INTO stage_other.in_equipment (code) VALUES ('x')", "UPDATE in_equipment SET row_status = 'DONE'",
    "INSERT INTO in_equipment (row_status) VALUES ('DONE')", "TRUNCATE in_equipment", "DROP TABLE in_equipment",
    "INSERT INTO out_equipment (message_id) VALUES ('x')", "UPDATE out_equipment SET words = '{}'",
    "ALTER TABLE in_equipment DISABLE TRIGGER ALL", "COPY in_equipment TO PROGRAM 'true'", "SELECT pg_read_file('x')",
    "ALTER ROLE zz_stage_erp_1 SUPERUSER", "ALTER ROLE zz_stage_erp_1 CONNECTION LIMIT -1",
])
def test_the_login_can_do_nothing_else(login: Run, statement: str) -> None:
    with pytest.raises(psycopg2.Error) as refused:
        login(statement)
    assert refused.value.pgcode in {"42501", "42704", "22023"}, refused.value


def test_what_goes_out_is_a_row_once(login: Run) -> None:
    link = Link("ERP-1")
    assert ADAPTER.test(link).works
    assert not ADAPTER.test(Link("NONE")).works
    message = Outgoing("m-1", "equipment", "L-1", "7", {"code": "L-1", "name": "线"})
    ADAPTER.send(link, message)
    ADAPTER.send(link, message)
    assert login("SELECT message_id, row_key, words ->> 'name' FROM out_equipment") == [("m-1", "L-1", "线")]
    login("UPDATE out_equipment SET row_status = 'DONE' WHERE row_id = 1")
    with pytest.raises(Never):
        ADAPTER.send(link, Outgoing("m-2", "nonsense", "x", "", {}))


def test_names_that_are_none_are_refused() -> None:
    for code in ('x"; DROP SCHEMA public; --', "1", "", "a" * 50):
        with pytest.raises(CommandError):
            call_command("staging_tables", code)
    with pytest.raises(CommandError):
        call_command("staging_tables", "ERP", "--in", "nonsense")
