"""Databases of others: read from the mark on by statements that can only read, written once, values always bound."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.db import connection

from integrations.adapters.port import Again, Link, Never, Outgoing
from integrations.adapters.sql import ADAPTER, engines, guard
from integrations.adapters.sql.settings import SqlSettings

TABLES = """
CREATE TABLE orders (no VARCHAR(40), material VARCHAR(40), qty NUMERIC(12,3), changed INTEGER);
CREATE TABLE reports (id VARCHAR(80) PRIMARY KEY, number VARCHAR(40), good NUMERIC(12,3), note VARCHAR(200));
"""
READ = {"noun": "work-requests", "key": "no", "cursor": "changed",
        "statement": "SELECT no, material, qty, changed FROM orders WHERE changed > :cursor ORDER BY changed"}
WRITE = {"noun": "reports", "known": "SELECT 1 FROM reports WHERE id = :id",
         "statement": "INSERT INTO reports (id, number, good, note) VALUES (:id, :number, :good, :note)"}


@pytest.fixture
def postgres(django_db_blocker: Any, db: None) -> Iterator[dict[str, Any]]:
    """A second database on the server of the tests."""
    words = connection.get_connection_params()
    words = {name: words[name] for name in ("host", "port", "user", "password") if words.get(name)}
    with closing(psycopg2.connect(dbname="postgres", **words)) as wire:
        wire.autocommit = True
        with wire.cursor() as cursor:
            cursor.execute("DROP DATABASE IF EXISTS foreign_erp WITH (FORCE)")
            cursor.execute("CREATE DATABASE foreign_erp")
        yield words
        with wire.cursor() as cursor:
            cursor.execute("DROP DATABASE IF EXISTS foreign_erp WITH (FORCE)")


@pytest.fixture(params=["postgresql", "sqlite"])
def erp(request: Any, tmp_path: Path, settings: Any) -> tuple[Link, Any]:
    """A connection to a foreign database, and a way to run statements there."""
    settings.EXCHANGE_DIR = tmp_path
    said = {"database": request.param, "fetch": [READ], "send": [WRITE]}
    if request.param == "sqlite":
        file = tmp_path / "erp.db"
        with closing(sqlite3.connect(file)) as wire:
            wire.executescript(TABLES)

        def run(statement: str) -> list[Any]:
            with closing(sqlite3.connect(file)) as wire:
                found = wire.execute(statement).fetchall()
                wire.commit()
                return found

        return Link("erp", "erp.db", settings=said), run
    words = request.getfixturevalue("postgres")

    def ask(statement: str) -> list[Any]:
        with closing(psycopg2.connect(dbname="foreign_erp", **words)) as wire, wire, wire.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []

    ask(TABLES)
    link = Link(
        "erp", f"{words['host']}:{words.get('port', 5432)}/foreign_erp", settings=said,
        secrets={"user": words["user"], "password": words.get("password", "")},
        open_networks=(ip_network("127.0.0.0/8"), ip_network("::1/128")),
    )
    return link, ask


def test_rows_are_read_from_the_mark_on(erp: tuple[Link, Any]) -> None:
    link, run = erp
    run("INSERT INTO orders VALUES ('WO-1', 'PCB', 12.5, 3), ('WO-2', '板', 7, 5)")
    first, second = ADAPTER.fetch(link, "")
    assert (first.noun, first.key, second.key) == ("work-requests", "WO-1", "WO-2")
    assert json.loads(second.body)["material"] == "板"
    assert float(json.loads(first.body)["qty"]) == 12.5
    run("INSERT INTO orders VALUES ('WO-3', 'PCB', 1, 6)")
    assert [one.key for one in ADAPTER.fetch(link, second.cursor)] == ["WO-3"]
    assert [one.key for one in ADAPTER.fetch(link, first.cursor)] == ["WO-2", "WO-3"]
    few = replace(link, settings={**link.settings, "fetch": [{**READ, "most": 1}]})
    assert [one.key for one in ADAPTER.fetch(few, "")] == ["WO-1"]


def test_a_message_is_written_once_and_its_words_are_only_values(erp: tuple[Link, Any]) -> None:
    link, run = erp
    words = {"number": "WO-1", "good": "5.5", "note": "'); DROP TABLE reports; --"}
    message = Outgoing("m-1", "reports", "WO-1", "1", words)
    assert ADAPTER.send(link, message).said == ""
    assert ADAPTER.send(link, message).said == "known"
    assert [row[0] for row in run("SELECT note FROM reports")] == [words["note"]]
    mapped = Outgoing("m-2", "reports", "WO-2", "1", {}, json.dumps({"number": "WO-2", "good": 1}).encode())
    ADAPTER.send(link, mapped)
    assert len(run("SELECT 1 FROM reports")) == 2
    with pytest.raises(Never):
        ADAPTER.send(link, Outgoing("m-3", "holds", "x", "1", {}))


def test_a_reading_session_can_not_write_whatever_stands_in_it(erp: tuple[Link, Any], monkeypatch: Any) -> None:
    link, run = erp
    sneaky = {**READ, "statement": "INSERT INTO orders VALUES ('X', 'X', 1, :cursor) RETURNING *"}
    forged = replace(link, settings={**link.settings, "fetch": [sneaky]})
    with pytest.raises(Never):
        list(ADAPTER.fetch(forged, ""))
    monkeypatch.setattr(guard, "check_reading", lambda statement: None)
    if link.settings["database"] == "postgresql":  # what no reader of statements can know: a function that writes
        run("CREATE FUNCTION look() RETURNS text AS $$ INSERT INTO orders VALUES ('X') RETURNING no $$ LANGUAGE sql")
        sneaky["statement"] = "SELECT look() AS no, CAST(:cursor AS integer) AS changed"
    with pytest.raises((Never, Again)):
        list(ADAPTER.fetch(forged, ""))
    monkeypatch.setattr(engines, "READ_ONLY", {})
    assert [one.key for one in ADAPTER.fetch(forged, "")] == ["X"]  # without its guards the session would have written
    assert run("SELECT * FROM orders") == []  # and even that is taken back


def test_a_test_tries_what_is_asked(erp: tuple[Link, Any]) -> None:
    link, _run = erp
    assert ADAPTER.test(link).version
    wrong = {**READ, "statement": READ["statement"].replace("orders", "nowhere")}
    with pytest.raises((Never, Again)):
        ADAPTER.test(replace(link, settings={**link.settings, "fetch": [wrong]}))


def test_nobody_answers_or_may_be_called(settings: Any, tmp_path: Path) -> None:
    settings.EXCHANGE_DIR = tmp_path
    link = Link("erp", "127.0.0.1:1/erp", settings={"fetch": [READ]}, open_networks=(ip_network("127.0.0.0/8"),))
    with pytest.raises(Again):
        ADAPTER.test(link)
    with pytest.raises(Never, match=r"127\.0\.0\.1"):
        ADAPTER.test(replace(link, open_networks=()))
    for path in ("../x.db", "/etc/passwd/../../x.db"):
        with pytest.raises(Never):
            ADAPTER.test(Link("erp", path, settings={"database": "sqlite", "fetch": [READ]}))


@pytest.mark.parametrize("statement", [
    "INSERT INTO a VALUES (1)", "SELECT 1; DROP TABLE a", "SELECT * INTO b FROM a", "SELECT 1 DROP TABLE a",
    "WITH x AS (DELETE FROM a RETURNING *) SELECT * FROM x", "SELECT 1 -- DROP", "SELECT /*! 1 */ 1", "SELECT 1 # x",
    "SELECT pg_terminate_backend(1)", 'SELECT "pg_terminate_backend"(1)', "SELECT ARRAY[pg_sleep(9)]", "EXEC sp_who",
    "SELECT 'a\\'; DROP TABLE a; SELECT '", "SELECT $$'$$, pg_sleep(9), $$'$$", "SELECT * FROM a FOR UPDATE",
    "SELECT * FROM OPENROWSET('x')", "SELECT load_file('/etc/passwd')", "SELECT 1 INTO OUTFILE '/tmp/x'", "", "-- x",
    "SELECT pg_read_file('x')", "TABLE a", "SELECT nextval('s')",
])
def test_what_does_more_than_read_is_refused(statement: str) -> None:
    with pytest.raises(guard.NotAllowed):
        guard.check_reading(statement)


@pytest.mark.parametrize("statement", [
    "SELECT 1", "select a, 'drop; -- it' AS b from t where x >= :cursor order by x;", 'SELECT "update" FROM a',
    "SELECT [delete], replace(a, 'x', 'y') FROM t", "WITH x AS (SELECT 1) SELECT * FROM x", "SELECT `lock` FROM t",
    "SELECT updated_at, created_by, comment, start FROM t WHERE a = 'it''s'",
])
def test_what_only_reads_is_taken(statement: str) -> None:
    guard.check_reading(statement)


@pytest.mark.parametrize("statement", [
    "DELETE FROM a WHERE id = :id", "UPDATE a SET x = 1", "INSERT INTO a VALUES (1); DROP TABLE a", "DROP TABLE a",
    "INSERT INTO a SELECT * FROM b DROP TABLE c", "SELECT 1", "UPDATE a SET x = pg_sleep(1) WHERE y = 1",
])
def test_what_does_more_than_write_rows_is_refused(statement: str) -> None:
    with pytest.raises(guard.NotAllowed):
        guard.check_writing(statement)


def test_settings_say_what_is_wrong() -> None:
    said = {"fetch": [{**READ, "statement": "DELETE FROM x"}], "send": [{**WRITE, "known": "SELECT 1"}]}
    wrong = SqlSettings(data=said)
    assert not wrong.is_valid()
    assert set(wrong.errors) == {"fetch", "send"}
