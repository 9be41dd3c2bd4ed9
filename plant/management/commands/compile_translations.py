"""Turns the translators' fragments into the catalogue that Django reads, without any gettext tools."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from plant import translations

ROOMS = ("plant", "traceability", "qms", "spc", "mes", "integrations", "config")


class Command(BaseCommand):
    """manage.py compile_translations [--check]"""

    help = "Merges locale/zh_Hans/fragments/*.po and compiles them; --check lists the texts that have no Chinese."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Only look, or write."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Merge, then compile or compare."""
        home = Path(settings.LOCALE_PATHS[0]) / "zh_Hans"
        words = translations.catalogue((home / "fragments").glob("*.po"))
        if options["check"]:
            self.compare(words)
            return
        target = home / "LC_MESSAGES" / "django.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and moved, so that a running process never reads half a file.
        beside = target.with_suffix(".new")
        words.save_as_mofile(str(beside))
        beside.replace(target)
        self.stdout.write(f"{len(words)} texts in {target.relative_to(settings.BASE_DIR)}")

    def compare(self, words: Any) -> None:
        """Name the texts that a Chinese reader would see in English."""
        places = translations.found(Path(settings.BASE_DIR), ROOMS)
        missing = translations.untranslated(places, words)
        for place in missing:
            self.stdout.write(f"{place.path}: {place.text.msgid!r}")
        if missing:
            raise CommandError(f"{len(missing)} texts have no Chinese", returncode=1)
        self.stdout.write("every text has its Chinese")
