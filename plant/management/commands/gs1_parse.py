"""Scans read as the station page reads them: manage.py gs1_parse --json < scans, one JSON string a line."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext_lazy as _

from plant.gs1 import scans
from plant.gs1.elements import GS, Gs1Error, check_complete, with_brackets

MALFORMED = _("This line is no JSON string. Write one scan a line, in double quotes.")


class Command(BaseCommand):
    """manage.py gs1_parse"""

    help = "Reads scans from standard input, one JSON string a line, and prints what GS1 data each holds."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("--json", action="store_true", help="Print ok, error, elements and symbology as JSON, one line a scan.")
        add("--complete", action="store_true", help="An identifier without one that it needs beside it is an error.")
        add("--prefix", default="", help="What the scanner puts before each code.")
        add("--suffix", default="", help="What the scanner puts after each code, apart from the line end.")
        add("--separator", default=GS, help="What the scanner types for the separator GS (0x1D).")

    def handle(self, *args: Any, **options: Any) -> None:
        profile = scans.Profile(options["prefix"], options["suffix"], options["separator"])
        for line in sys.stdin.buffer:
            answer = parse(line, profile, is_complete=options["complete"])
            self.stdout.write(json.dumps(answer) if options["json"] else shown(answer))
            self.stdout.flush()


def parse(line: bytes, profile: scans.Profile, *, is_complete: bool = False) -> dict[str, Any]:
    """The answer to one line; a bad one has ok false and the reason, and never raises."""
    try:
        text = json.loads(line)
    except (ValueError, RecursionError):
        return refused(str(MALFORMED))
    if not isinstance(text, str):
        return refused(str(MALFORMED))
    try:
        scan = scans.read(text, profile)
        if is_complete:
            check_complete(scan.elements)
    except Gs1Error as error:
        return refused(str(error))
    return {"ok": True, "error": None, "elements": scan.elements, "symbology": scan.symbology or None}


def refused(reason: str) -> dict[str, Any]:
    """The answer to a line that is wrong."""
    return {"ok": False, "error": reason, "elements": {}, "symbology": None}


def shown(answer: dict[str, Any]) -> str:
    """An answer for a person at the shell, without what a terminal would take for a command."""
    told = answer["error"] or f"{answer['symbology'] or ''} {with_brackets(answer['elements'])}"
    return "".join(char if char.isprintable() else "?" for char in told).strip()
