"""The tables of a connection: one in and one out for each business object, made of the words of the API."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from psycopg2 import sql
from psycopg2.sql import Composed, Identifier
from rest_framework import serializers

from integrations.formats.columns import columns_of
from integrations.nouns.noun import Noun

NEW, TAKEN, DONE, ERROR = "NEW", "TAKEN", "DONE", "ERROR"
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
LOGIN, SCHEMA = "zz_stage_", "stage_"
Say = Callable[..., Composed]


@dataclass(frozen=True, slots=True)
class Stage:
    """The schema of a connection and the role that may use it."""

    code: str

    @property
    def word(self) -> str:
        found = self.code.lower().replace("-", "_")
        if not NAME.fullmatch(found):
            raise ValueError(f"“{self.code}” makes no name of a schema: letters, digits and hyphens, a letter first")
        return found

    @property
    def schema(self) -> str:
        return f"{SCHEMA}{self.word}"

    @property
    def role(self) -> str:
        return f"{LOGIN}{self.word}"

    def table(self, direction: str, noun: str) -> Identifier:
        """The table of a noun."""
        return Identifier(self.schema, name_of(direction, noun))


def name_of(direction: str, noun: str) -> str:
    return f"{direction}_{noun.replace('-', '_')}"


def words_of(noun: Noun) -> list[tuple[str, str]]:
    """The words that come in with their types; lists of parts are JSON."""
    if noun.takes is None:
        return []
    names: dict[str, str] = {}
    for column in columns_of(noun.takes, key=noun.key, model=noun.model):
        names[column.group or column.name] = "jsonb" if column.group else type_of(column.field)
    return list(names.items())


def type_of(field: object) -> str:
    """The type of a column; what is a code or a name is text."""
    kinds: tuple[tuple[type, str], ...] = (
        (serializers.BooleanField, "boolean"), (serializers.IntegerField, "bigint"),
        (serializers.DecimalField, "numeric(18,6)"), (serializers.FloatField, "double precision"),
        (serializers.DateTimeField, "timestamptz"), (serializers.ListField, "jsonb"),
    )
    return next((kind for known, kind in kinds if isinstance(field, known)), "text")


def statements(stage: Stage, password: str, app: str, comes_in: list[Noun], goes_out: list[Noun]) -> Iterator[Composed]:
    """What makes the schema, its role and its tables; the same again adds what is new and changes the password."""
    names = {"schema": Identifier(stage.schema), "role": Identifier(stage.role), "app": Identifier(app)}

    def say(text: str, **more: sql.Composable) -> Composed:
        return sql.SQL(text).format(**names, **more)

    yield say("ALTER ROLE {role} LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION CONNECTION LIMIT 5 "
              "PASSWORD {password}", password=sql.Literal(password))
    for name, value in (("search_path", stage.schema), ("statement_timeout", "30s"), ("lock_timeout", "3s"),
                        ("idle_in_transaction_session_timeout", "30s")):
        yield say("ALTER ROLE {role} SET {name} = {value}", name=Identifier(name), value=sql.Literal(value))
    # Functions of the plant may be run by everybody who may use its schema: nobody may, but who is named.
    yield say("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    yield say("GRANT USAGE ON SCHEMA public TO {app}")
    yield say("CREATE SCHEMA IF NOT EXISTS {schema}")
    yield say("GRANT USAGE ON SCHEMA {schema} TO {role}, {app}")
    for noun in comes_in:
        yield from _in(say, stage, noun)
    for noun in goes_out:
        yield from _out(say, stage, noun)


def _in(say: Say, stage: Stage, noun: Noun) -> Iterator[Composed]:
    table = stage.table("in", noun.code)
    yield say(
        "CREATE TABLE IF NOT EXISTS {table} (row_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
        "row_version bigint, row_status text NOT NULL DEFAULT 'NEW', "
        "row_err text, row_key text, row_result text, sent_at timestamptz NOT NULL DEFAULT clock_timestamp(), "
        "taken_at timestamptz, CHECK ((row_status = 'NEW') = (taken_at IS NULL)), "
        "CHECK (row_status <> 'ERROR' OR row_err IS NOT NULL))", table=table)
    former = Identifier(f"{name_of('in', noun.code)}_row_status_check")
    yield say("ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {former}", table=table, former=former)
    yield say("ALTER TABLE {table} DROP CONSTRAINT IF EXISTS row_status_is_known", table=table)
    yield say("ALTER TABLE {table} ADD CONSTRAINT row_status_is_known "
              "CHECK (row_status IN ('NEW', 'TAKEN', 'DONE', 'ERROR'))", table=table)
    words = words_of(noun)
    for name, kind in words:
        yield say("ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {name} " + kind, table=table, name=Identifier(name))
    index = Identifier(f"{name_of('in', noun.code)}_new")
    new = "CREATE INDEX IF NOT EXISTS {index} ON {table} (row_id) WHERE row_status = 'NEW'"
    yield say(new, table=table, index=index)
    yield say("REVOKE ALL ON {table} FROM {role}", table=table)
    given = sql.SQL(", ").join([Identifier(name) for name, _kind in words] + [Identifier("row_version")])
    yield say("GRANT SELECT, INSERT ({given}) ON {table} TO {role}", table=table, given=given)
    yield say("GRANT SELECT, UPDATE, DELETE ON {table} TO {app}", table=table)


def _out(say: Say, stage: Stage, noun: Noun) -> Iterator[Composed]:
    table = stage.table("out", noun.code)
    yield say(
        "CREATE TABLE IF NOT EXISTS {table} (row_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
        "message_id text NOT NULL UNIQUE, row_key text NOT NULL, row_version text NOT NULL DEFAULT '', "
        "words jsonb NOT NULL, row_status text NOT NULL DEFAULT 'NEW' CHECK (row_status IN ('NEW', 'DONE', 'ERROR')), "
        "row_err text, sent_at timestamptz NOT NULL DEFAULT clock_timestamp())", table=table)
    yield say("REVOKE ALL ON {table} FROM {role}", table=table)
    yield say("GRANT SELECT, UPDATE (row_status, row_err) ON {table} TO {role}", table=table)
    yield say("GRANT SELECT, INSERT, DELETE ON {table} TO {app}", table=table)
