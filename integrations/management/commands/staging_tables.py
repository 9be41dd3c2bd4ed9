"""Makes the staging tables of a connection and the login that may use them; run as the owner of the tables."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from integrations.nouns.registry import NOUNS
from integrations.staging.tables import Stage, statements


class Command(BaseCommand):
    """DATABASE_URL=$DATABASE_OWNER_URL manage.py staging_tables ERP-1"""

    help = "Makes a schema with tables for another system, and a login for it alone. Tells its password once."

    def add_arguments(self, parser: CommandParser) -> None:
        """The connection, what comes in and goes out, and the application's role."""
        parser.add_argument("code", help="the code of the connection")
        parser.add_argument("--in", dest="comes_in", nargs="*", default=None, metavar="OBJECT")
        parser.add_argument("--out", dest="goes_out", nargs="*", default=None, metavar="OBJECT")
        parser.add_argument("--app-role", default="zhizao_app")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing, and give the login a new password."""
        stage = Stage(options["code"])
        try:
            name = stage.role
        except ValueError as error:
            raise CommandError(str(error)) from error
        comes_in = self.nouns(options["comes_in"], [one for one in NOUNS.values() if one.takes is not None])
        goes_out = self.nouns(options["goes_out"], list(NOUNS.values()))
        if wrong := [one.code for one in comes_in if one.takes is None]:
            raise CommandError(f"{wrong[0]} does not come in")
        password = secrets.token_urlsafe(24)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
            if cursor.fetchone() is None:
                cursor.execute(f'CREATE ROLE "{name}"')
            for statement in statements(stage, password, options["app_role"], comes_in, goes_out):
                cursor.execute(statement.as_string(cursor.cursor))
        self.stdout.write(f"schema {stage.schema}, login {name}, password {password}")
        self.stdout.write("The password is not kept; the same command gives a new one.")

    def nouns(self, codes: list[str] | None, otherwise: list[Any]) -> list[Any]:
        """The objects of these codes."""
        if codes is None:
            return otherwise
        if unknown := [code for code in codes if code not in NOUNS]:
            raise CommandError(f"there is no object {unknown[0]}; known: {', '.join(NOUNS)}")
        return [NOUNS[code] for code in codes]
