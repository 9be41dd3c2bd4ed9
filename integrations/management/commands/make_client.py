"""Writes the Python client from the API's description: manage.py make_client [--check]."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator

from integrations.erp import client

WHERE = settings.BASE_DIR / "clients" / "python" / "zhizao" / "api"


def wanted() -> dict[str, str]:
    """The modules as they should be now, by their names."""
    with override("en"):
        return client.modules(SchemaGenerator(urlconf="config.urls").get_schema(request=None, public=True))


class Command(BaseCommand):
    """manage.py make_client"""

    help = "Writes clients/python/zhizao/api; --check only says whether it is as it should be."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        made = wanted()
        there = {path.name: path.read_text(encoding="utf-8") for path in WHERE.glob("*.py")}
        if options["check"]:
            if there != made:
                raise CommandError("The client is not as the API describes itself. Run manage.py make_client.")
            return
        WHERE.mkdir(exist_ok=True)
        for name in there.keys() - made.keys():
            (WHERE / name).unlink()
        for name, text in made.items():
            (WHERE / name).write_text(text, encoding="utf-8")
        self.stdout.write(f"{WHERE.relative_to(settings.BASE_DIR)}: {len(made)} modules")
