"""Writes the Python client from the API's description: manage.py make_client [--check]."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator

from integrations.erp import client

WHERE = settings.BASE_DIR / "clients" / "python" / "zhizao" / "api.py"


def text() -> str:
    """The module as it should be now."""
    with override("en"):
        return client.module(SchemaGenerator(urlconf="config.urls").get_schema(request=None, public=True))


class Command(BaseCommand):
    """manage.py make_client"""

    help = "Writes clients/python/zhizao/api.py; --check only says whether it is as it should be."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = text()
        if options["check"]:
            if not WHERE.exists() or WHERE.read_text(encoding="utf-8") != wanted:
                raise CommandError("The client is not as the API describes itself. Run manage.py make_client.")
            return
        WHERE.write_text(wanted, encoding="utf-8")
        self.stdout.write(f"{WHERE.relative_to(settings.BASE_DIR)}: {wanted.count(chr(10))} lines")
