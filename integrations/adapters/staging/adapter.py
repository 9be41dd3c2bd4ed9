"""The adapter: each row in is a message, told in that very row what became of it; what goes out becomes a row."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext_lazy
from psycopg2 import sql
from rest_framework import serializers

from integrations.adapters.port import Became, Incoming, Link, Never, Outgoing, Proof, Receipt, Tested
from integrations.staging import taking
from integrations.staging.tables import Stage
from plant.spoken import spoken as _

PUT = "INSERT INTO {table} (message_id, row_key, row_version, words) VALUES (%s, %s, %s, %s) " \
      "ON CONFLICT (message_id) DO NOTHING"


class StagingSettings(serializers.Serializer[Any]):
    """Nothing is set here: manage.py staging_tables makes the tables."""


class Staging:
    """A schema of its own for another system."""

    kind = "staging"
    label = gettext_lazy("Staging tables (PostgreSQL)")
    settings = StagingSettings
    is_called = False
    proved = (Proof("PostgreSQL 15", True),)

    def test(self, link: Link) -> Tested:
        """See whether the tables are there."""
        try:
            stage = Stage(link.code)
            schema = stage.schema
        except ValueError as error:
            raise Never(str(error)) from error
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = %s", [schema])
            count = cursor.fetchone()[0]
        if not count:
            message = _("There are no tables yet. Make them: manage.py staging_tables %(code)s")
            return Tested(False, message % {"code": link.code})
        message = _("%(count)s tables stand in the schema %(schema)s; the role %(role)s may use them.")
        return Tested(True, message % {"count": count, "schema": schema, "role": stage.role})

    def fetch(self, link: Link, cursor: str) -> Iterator[Incoming]:
        """Every new row of every table, in the order in which objects need one another."""
        try:
            yield from taking.rows(Stage(link.code))
        except ValueError as error:
            raise Never(str(error)) from error

    def answer(self, code: str, became: Became) -> None:
        """What became of a row stands in it as soon as it has its effect, or neither does."""
        taking.tell(Stage(code), became)

    def send(self, link: Link, message: Outgoing) -> Receipt:
        """A row under the number of the message."""
        table = Stage(link.code).table("out", message.noun)
        words = json.loads(message.body) if message.body else dict(message.words)
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                said = [message.id, message.key, message.version, json.dumps(words, default=str)]
                cursor.execute(sql.SQL(PUT).format(table=table).as_string(cursor.cursor), said)
        except DatabaseError as error:
            raise Never(_("The row can't be written: %(said)s") % {"said": str(error).splitlines()[0]}) from error
        return Receipt(reference=message.id)
