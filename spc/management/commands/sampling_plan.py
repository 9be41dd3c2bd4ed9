"""A sampling plan at the shell."""

from typing import Any

from django.core.management.base import CommandParser

from qms.sampling.letters import LEVELS
from qms.sampling.master import SEVERITIES
from spc.analyses import sampling_plan
from spc.management.analysis import AnalysisCommand

POINTS = ("lot", "aql", "level", "severity", "counts", "p1", "p2", "alpha", "beta", "limit")
FLAGS = ("is_double", "curve", "by_variables", "is_sigma_known")


class Command(AnalysisCommand):
    """manage.py sampling_plan --standard iso2859-1 --lot 1200 --aql 1.0 --level II --severity normal --json"""

    help = "Tells how many items of a lot to inspect and how many faults to accept, by a standard or for two points."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--standard", default="iso2859-1", help=", ".join(sampling_plan.STANDARDS))
        parser.add_argument("--lot", type=int, help="items in the lot")
        parser.add_argument("--aql", help="as in the tables: percent nonconforming, or nonconformities per 100 units")
        parser.add_argument("--level", default="II", choices=LEVELS)
        parser.add_argument("--severity", default="normal", choices=SEVERITIES)
        parser.add_argument("--counts", default="", choices=["", "nonconforming", "nonconformities"])
        parser.add_argument("--double", dest="is_double", action="store_true", help="the double plan too (105E, Z1.4)")
        parser.add_argument("--curve", action="store_true", help="OC curve, outgoing quality, total inspection")
        parser.add_argument("--dump", action="store_true", help="every cell of the standard's tables, as JSON")
        parser.add_argument("--p1", type=float, help="good quality, a fraction: find the smallest plan for two points")
        parser.add_argument("--p2", type=float, help="bad quality, a fraction")
        parser.add_argument("--alpha", type=float, default=0.05, help="risk of rejecting p1")
        parser.add_argument("--beta", type=float, default=0.10, help="risk of accepting p2, or the limit of c0")
        parser.add_argument("--variables", dest="by_variables", action="store_true", help="by measured values (k)")
        parser.add_argument("--sigma-known", dest="is_sigma_known", action="store_true")
        parser.add_argument("--limit", type=float, help="limiting quality of a c0 plan, a fraction (LTPD)")

    def handle(self, *args: Any, **options: Any) -> None:
        """The table is always JSON."""
        super().handle(*args, **{**options, "json": options["json"] or options["dump"]})

    def analyse(self, **options: Any) -> dict[str, Any]:
        """The plan, or the whole table."""
        if options["dump"]:
            return sampling_plan.dump(options["standard"])
        return sampling_plan.analyse(
            standard=options["standard"], **{name: options[name] for name in (*POINTS, *FLAGS)}
        )
