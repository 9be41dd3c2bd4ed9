"""Takes the results of a measuring machine: what they say of the parts and the process, and into an inspection."""

from pathlib import Path
from typing import Any

import numpy as np
from django.core.management.base import CommandParser
from django.utils import timezone

from plant.errors import Refusal
from plant.models import Person
from qms import qif
from qms.commands import machine_results
from qms.queries import inspections
from spc.engine import capability
from spc.management.analysis import AnalysisCommand


class Command(AnalysisCommand):
    """manage.py import_qif FILE (--dry-run | --inspection NUMBER --by PERSON) [--json]"""

    help = "Results of a measuring machine (QIF 2.1, 3.0): parts, characteristics, Pp and Ppk; into an inspection."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and where its values go."""
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help="QIF document with results")
        parser.add_argument("--dry-run", action="store_true", help="only tell what is in it; no database is asked")
        parser.add_argument("--inspection", help="number of the inspection that the values belong to")
        parser.add_argument("--by", help="number of the person who takes them over")

    def analyse(self, **options: Any) -> dict[str, Any]:
        """What the file says; ValueError where it can't be read."""
        try:
            results = qif.read(options["file"])
        except OSError as error:
            raise ValueError(f"{options['file']} can't be opened: {error.strerror}.") from error
        told = {
            "unit": results.unit, "parts": len(results.parts),
            "passed": results.parts.count("PASS"), "failed": results.parts.count("FAIL"),
            "characteristics": [describe(one) for one in results.characteristics],
        }
        if options["dry_run"]:
            return told
        if not options["inspection"] or not options["by"]:
            raise ValueError("Say --dry-run to look only, or --inspection and --by to take the values over.")
        try:
            taken = machine_results.take(
                inspection=inspections.by_number(options["inspection"]), results=results, at=timezone.now(),
                by=person(options["by"]),
            )
        except Refusal as refusal:
            raise ValueError(str(refusal)) from refusal
        return {**told, "recorded": taken.recorded, "known": taken.known, "unmatched": taken.unmatched}


def person(number: str) -> Person:
    """Who takes the values over."""
    found = Person.objects.filter(number=number, is_active=True).first()
    if found is None:
        raise ValueError(f"There is no person {number}.")
    return found


def describe(one: qif.Measured) -> dict[str, Any]:
    """A characteristic with its values, the machine's verdicts and, with spread and limits, Pp and Ppk."""
    values = [row.value for row in one.values]
    told: dict[str, Any] = {
        "name": one.name, "kind": one.kind, "feature": one.feature, "nominal": one.nominal, "lsl": one.lower,
        "usl": one.upper, "n": len(values), "values": values, "verdicts": [row.status for row in one.values],
        "failed": sum(row.status == "FAIL" for row in one.values), "pp": None, "ppk": None,
    }
    if len(set(values)) > 1 and (one.lower is not None or one.upper is not None):
        deviation = float(np.std(values, ddof=1))
        fit = capability.indices(values, sigma_within=deviation, within="s", lsl=one.lower, usl=one.upper)
        told |= {"mean": fit.mean, "s": fit.sigma_overall, "pp": fit.pp, "ppk": fit.ppk}
    return told
