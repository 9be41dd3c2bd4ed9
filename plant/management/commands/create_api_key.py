"""Makes a key for another system and shows it once."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from plant.commands import api_keys
from plant.key_scopes import SCOPES
from plant.queries.persons import system

ALL = "all"


class Command(BaseCommand):
    """manage.py create_api_key --name erp --scopes orders:write,journal:read"""

    help = "Makes an API key with the given scopes and prints it; it is not shown again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name, scopes, and how long."""
        parser.add_argument("--name", required=True)
        parser.add_argument("--scopes", required=True, help=f"comma separated, or {ALL}: {', '.join(SCOPES)}")
        parser.add_argument("--days", type=int, help="the key ends after so many days")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the key; the only line on standard output is the key."""
        asked = [word.strip() for word in options["scopes"].split(",") if word.strip()]
        scopes = list(SCOPES) if asked == [ALL] else asked
        unknown = sorted(set(scopes) - set(SCOPES))
        if unknown:
            raise CommandError(f"unknown scopes: {', '.join(unknown)}. Known: {', '.join(SCOPES)}")
        until = timezone.now() + timedelta(days=options["days"]) if options["days"] else None
        key, text = api_keys.create(name=options["name"], scopes=scopes, by=system("console"), expires_at=until)
        self.stderr.write(f"key {key.name} with {', '.join(key.scopes)}; keep it now, it is not shown again:")
        self.stdout.write(text)
