"""Load the sample plant AdventureWorks through the API: manage.py load_adventureworks DIR [--url --key] --json."""

import json
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from integrations.adventureworks import master, orders, sending, structures
from integrations.adventureworks.sending import NotTaken, Sender, Sent
from integrations.adventureworks.totals import totals


class Command(BaseCommand):
    """manage.py load_adventureworks"""

    help = "Takes over products, bills of materials and work orders of AdventureWorks; counts them in our tables."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="The folder with Production.WorkOrder.csv.gz and its sisters.")
        parser.add_argument("--url", default="", help="Of a plant that runs; without it, this plant's own doors.")
        parser.add_argument("--key", default="", help="An API key of that plant with master:write and history:write.")
        parser.add_argument("--json", action="store_true", help="Print JSON instead of text.")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        began = time.monotonic()
        try:
            if options["url"]:
                sent = load(folder, sending.over_the_wire(options["url"], options["key"]))
            else:
                with sending.inside(timezone.now()) as to:
                    sent = load(folder, to)
        except (OSError, ValueError, KeyError, NotTaken) as wrong:
            raise CommandError(str(wrong)) from wrong
        found = {
            **totals(), "new": sent.counts.get("created", 0), "unchanged": sent.counts.get("unchanged", 0),
            "refused": sent.refused, "seconds": round(time.monotonic() - began, 1),
        }
        lines = json.dumps(found, indent=1) if options["json"] else "\n".join(f"{k}: {v}" for k, v in found.items())
        self.stdout.write(lines)


def load(folder: Path, to: Sender) -> Sent:
    """Send all that the folder tells; what is here already stays as it is."""
    ground = master.load(folder, to)
    structures.load(folder, ground, to)
    return orders.load(folder, ground, to)
