"""Gives the application's database role what it needs, and nothing that could rewrite the record."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction

GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO {role}",
)
# Tables written once are known by their trigger; row history is written by triggers alone.
WRITTEN_ONCE = """
SELECT DISTINCT c.oid::regclass::text FROM pg_class c
LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND t.tgname = 'zz_written_once'
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
  AND (t.oid IS NOT NULL OR (c.relname LIKE '%%event' AND EXISTS (
    SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'pgh_id' AND NOT a.attisdropped)))
ORDER BY 1
"""


class Command(BaseCommand):
    """manage.py grant_app_role --role zhizao_app"""

    help = "Grants the application's role its rights, without UPDATE, DELETE or TRUNCATE on what is written once."

    def add_arguments(self, parser: CommandParser) -> None:
        """The role."""
        parser.add_argument("--role", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Grant, then take back; the same again changes nothing."""
        role = connection.ops.quote_name(options["role"])
        with transaction.atomic(), connection.cursor() as cursor:
            for grant in GRANTS:
                cursor.execute(grant.format(role=role))
            cursor.execute(WRITTEN_ONCE, [])
            tables = [row[0] for row in cursor.fetchall()]
            for table in tables:
                cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}")
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}")
        name = connection.settings_dict["NAME"]
        self.stdout.write(f"{options['role']} may use {name}; {len(tables)} tables are written once")
