"""Load the sample plant AdventureWorks: manage.py load_adventureworks DIR --json."""

import json
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from integrations.adventureworks import master, orders, structures
from integrations.adventureworks.totals import totals
from plant.errors import Refusal
from plant.queries import persons


class Command(BaseCommand):
    """manage.py load_adventureworks"""

    help = "Takes over products, bills of materials and work orders of AdventureWorks; counts them in our tables."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="The folder with Production.WorkOrder.csv.gz and its sisters.")
        parser.add_argument("--json", action="store_true", help="Print JSON instead of text.")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        began = time.monotonic()
        try:
            taken = load(folder)
        except (OSError, ValueError, KeyError, Refusal) as wrong:
            raise CommandError(str(wrong)) from wrong
        found = {
            **totals(), "new": taken.new, "unchanged": taken.same, "refused": taken.refused,
            "seconds": round(time.monotonic() - began, 1),
        }
        lines = json.dumps(found, indent=1) if options["json"] else "\n".join(f"{k}: {v}" for k, v in found.items())
        self.stdout.write(lines)


def load(folder: Path) -> orders.Taken:
    """Take over all that the folder tells; what is here already stays as it is."""
    by, at = persons.system("erp"), timezone.now()
    ground = master.load(folder, by=by)
    structures.load(folder, ground, by=by, at=at)
    return orders.load(folder, ground, by=by, at=at)
