"""Take EPCIS documents from files: manage.py epcis_import FILE… --json."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from integrations.epcis.commands import capture
from integrations.epcis.queries import documents
from plant.errors import Refusal
from plant.queries import persons, places


class Command(BaseCommand):
    """manage.py epcis_import"""

    help = "Takes EPCIS 2.0 documents (JSON-LD), each whole or not at all; a second import changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, help="Documents to take.")
        parser.add_argument("--json", action="store_true", help="Print JSON instead of text.")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        told = [take(file) for file in files]
        found = {
            "files": told, "events": sum(one.get("events", 0) for one in told),
            "new": sum(one.get("new", 0) for one in told), "refused": sum("error" in one for one in told),
        }
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=1, ensure_ascii=False))
        else:
            for one in told:
                words = one.get("error") or f"{one['events']} events, {one['new']} new, {one['document']}"
                self.stdout.write(f"{one['file']}: {words}")
        if found["refused"]:
            raise CommandError(f"{found['refused']} of {len(told)} documents were not taken.")


def take(file: Path) -> dict[str, Any]:
    """Take one file; what came of it."""
    by = persons.system("erp")
    try:
        found = capture.parsed(file.read_bytes())
        taken = capture.capture(found=found, name=file.name, site=places.home(by), by=by, at=timezone.now())
    except (OSError, Refusal) as error:
        return {"file": str(file), "error": str(error)}
    kinds = Counter(documents.events(taken).values_list("kind", flat=True))
    wrong = documents.events(taken).filter(is_declared_wrong=True).count()
    return {
        "file": str(file), "document": taken.sha256, "events": taken.events, "new": taken.new,
        "declared_wrong": wrong, "types": dict(sorted(kinds.items())),
    }
