"""Write EPCIS documents: manage.py epcis_export [--out FILE] [--lot NUMBER]… [--document ID] [--json]."""

import json
from argparse import ArgumentTypeError
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from integrations.epcis import exporting
from integrations.epcis.queries import documents
from integrations.epcis.queries.events import Asked
from plant.errors import Refusal
from plant.queries import persons


def day(text: str) -> date:
    """A day as an option names it."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is no day like 2026-11-23") from error


class Command(BaseCommand):
    """manage.py epcis_export"""

    help = "Writes our events as an EPCIS 2.0 document, or a partner's document as it came."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, help="The file to write; without it the document is printed.")
        parser.add_argument("--lot", action="append", default=[], help="Only what happened to this lot or serial.")
        parser.add_argument("--from", dest="first", type=day, help="The first day.")
        parser.add_argument("--until", dest="last", type=day, help="The last day.")
        parser.add_argument("--document", help="A partner's document that was taken, by its number (sha256).")
        parser.add_argument("--json", action="store_true", help="Print a summary as JSON; it needs --out.")

    def handle(self, *args: Any, out: Path | None, **options: Any) -> None:
        if options["json"] and out is None:
            raise CommandError("--json prints a summary, so say with --out where the document goes.")
        try:
            if out is None:
                write(self.stdout, options)
                return
            with out.open("w", encoding="utf-8") as file:
                found = {"file": str(out), **write(file, options)}
        except (OSError, Refusal) as error:
            raise CommandError(str(error)) from error
        told = json.dumps(found, indent=1) if options["json"] else f"{found['events']} events in {out}"
        self.stdout.write(told)


def write(to: TextIO | Any, options: dict[str, Any]) -> dict[str, Any]:
    """Write what the options ask for; how much that was."""
    if options["document"]:
        document = documents.as_it_came(documents.by_hash(options["document"]))
        to.write(json.dumps(document, ensure_ascii=False, indent=1))
        counted = Counter(event["type"] for event in document["epcisBody"]["eventList"])
    else:
        since, until = exporting.days(options["first"], options["last"])
        asked = Asked(since=since, until=until, numbers=tuple(options["lot"]), is_ours_only=True)
        counted = Counter()
        for part in exporting.written(asked, persons.system("erp"), at=timezone.localtime(), counted=counted):
            to.write(part)
    return {"events": sum(counted.values()), "types": dict(sorted(counted.items()))}
