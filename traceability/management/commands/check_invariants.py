"""Ask the database whether everything that must always be true is true: `manage.py check_invariants [I01 I03 …]`."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.module_loading import autodiscover_modules

from traceability import invariants
from traceability.invariants import Finding, holding, ledger, records, shipping

OWN = (holding, ledger, records, shipping)


class Command(BaseCommand):
    """Run the checkers of every room; exit 1 and name the offending rows when one finds something."""

    help = "Check every invariant by SQL; exit 1 with the offending ids."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Which rules, and in which form the answer."""
        parser.add_argument("codes", nargs="*", help="only these, such as I01 I16")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run and report."""
        autodiscover_modules("invariants")
        found = invariants.check(tuple(options["codes"]))
        self.stdout.write(as_json(found) if options["json"] else as_table(found))
        if any(one.offenders for one in found):
            sys.exit(1)


def as_table(found: list[Finding]) -> str:
    """One line a rule, and below a broken one its first offenders."""
    lines = []
    for one in found:
        state = f"BROKEN {len(one.offenders)}" if one.offenders else "ok"
        lines.append(f"{one.invariant.code:5} {one.invariant.name:40} {state}")
        if one.offenders:
            lines.append(f"      {one.invariant.says}")
        lines += [f"      id {key}: {words}" for key, words in one.offenders[: invariants.SHOWN]]
    broken = sum(bool(one.offenders) for one in found)
    return "\n".join([*lines, f"{len(found)} checked, {broken} broken"])


def as_json(found: list[Finding]) -> str:
    """The same for programs."""
    rows = [
        {"code": one.invariant.code, "name": one.invariant.name, "offenders": [list(row) for row in one.offenders]}
        for one in found
    ]
    return json.dumps({"checked": len(found), "broken": [row for row in rows if row["offenders"]]}, ensure_ascii=False)
