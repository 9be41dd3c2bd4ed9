"""What a connection to a database reads and writes, as data."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from integrations.adapters.showing import COMES_IN, FIRST, GOES_OUT
from integrations.adapters.sql import guard
from integrations.adapters.sql.marks import KINDS, NUMBER

POSTGRESQL, MYSQL, MSSQL, SQLITE = "postgresql", "mysql", "mssql", "sqlite"
DATABASES = [(POSTGRESQL, "PostgreSQL"), (MYSQL, "MySQL / MariaDB"), (MSSQL, "SQL Server"), (SQLITE, _("SQLite file"))]


def _text(most: int, **options: Any) -> serializers.CharField:
    return serializers.CharField(max_length=most, **options)


class FetchSettings(serializers.Serializer[Any]):
    """A statement that reads: its rows are objects, its high-water column says where to go on."""

    noun = _text(60, label=_("Object"), help_text=_("What the rows are."), style=COMES_IN)
    statement = _text(4000, label=_("Statement"), help_text=_("SELECT … WHERE changed >= :cursor ORDER BY changed"))
    key = _text(80, label=_("Key"), help_text=_("Column of the key."))
    cursor = _text(
        80, label=_("Mark"), help_text=_("Column that only grows: a number, or the time of the last change."))
    cursor_kind = serializers.ChoiceField(KINDS, default=NUMBER, label=_("Kind of the mark"))
    overlap_seconds = serializers.IntegerField(
        min_value=0, max_value=86_400, default=0, label=_("Asks back (seconds)"),
        help_text=_("So far back a time is asked again, for rows that were committed late."))
    version = _text(
        80, default="", allow_blank=True, label=_("Version"), style=FIRST,
        help_text=_("Column that orders versions of one object."))
    most = serializers.IntegerField(min_value=1, max_value=100_000, default=10_000, label=_("Rows of a run"))

    def validate_statement(self, said: str) -> str:
        """It can only read, and asks from the mark on."""
        return _checked(said, guard.check_reading, ":cursor")


class SendSettings(serializers.Serializer[Any]):
    """A statement that writes one object; its words are bound as :word, the message's number as :id."""

    noun = _text(60, label=_("Object"), style=GOES_OUT)
    statement = _text(4000, label=_("Statement"), help_text=_("INSERT INTO orders (id, number) VALUES (:id, :number)"))
    known = _text(
        2000, default="", allow_blank=True, label=_("Is it there already"),
        help_text=_("SELECT that finds a row when the message was written before, by :id."))

    def validate_statement(self, said: str) -> str:
        """It can only add and change."""
        return _checked(said, guard.check_writing)

    def validate_known(self, said: str) -> str:
        """It can only read."""
        return _checked(said, guard.check_reading, ":id") if said else said


class SqlSettings(serializers.Serializer[Any]):
    """One database."""

    database = serializers.ChoiceField(DATABASES, default=POSTGRESQL, label=_("Database"))
    tls = serializers.BooleanField(
        default=False, label=_("Encrypted only"), help_text=_("Only encrypted, with a certificate that is checked."))
    fetch = FetchSettings(many=True, default=list, label=_("What is fetched"))
    send = SendSettings(many=True, default=list, label=_("What is sent where"))


def _checked(said: str, check: Any, needs: str = "") -> str:
    try:
        check(said)
    except guard.NotAllowed as error:
        raise serializers.ValidationError(str(error)) from error
    if needs not in said:
        raise serializers.ValidationError(_("The statement asks for %(mark)s.") % {"mark": needs})
    return said
