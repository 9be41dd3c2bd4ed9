"""Tells from a file how well a process fits its tolerance."""

from typing import Any

from django.core.management.base import CommandParser

from spc.analyses import capability, files
from spc.engine import families, within
from spc.management.analysis import AnalysisCommand


class Command(AnalysisCommand):
    """manage.py capability FILE --lsl 1 --usl 2 [--target --subgroup --estimator --distribution] [--json]"""

    help = "Capability of readings in a CSV file: one column of values, or one subgroup x1 ... xn a row."

    def add_arguments(self, parser: CommandParser) -> None:
        """Readings, tolerance, and how sigma and the distribution are chosen."""
        super().add_arguments(parser)
        parser.add_argument("file", help="CSV with a header")
        parser.add_argument("--lsl", type=float, help="lower specification limit")
        parser.add_argument("--usl", type=float, help="upper specification limit")
        parser.add_argument("--target", type=float, help="target value, for Cpm")
        parser.add_argument("--subgroup", type=int, default=0, help="consecutive values of one column a subgroup")
        parser.add_argument(
            "--estimator", default="", choices=["mr", *within.ESTIMATORS],
            help="of the sigma within; mr for one column, rbar for subgroups where not said",
        )  # fmt: skip
        parser.add_argument("--span", type=int, default=2, help="values a moving range spans, 2 to 5")
        parser.add_argument(
            "--distribution", default="normal", choices=["best", "box-cox", *families.ALL],
            help="other than normal: percentiles of ISO 22514-4; best: normal unless rejected",
        )  # fmt: skip
        parser.add_argument("--confidence", type=float, default=0.95, help="of the intervals, 0.95 where not said")
        parser.add_argument(
            "--df", default="effective", choices=["effective", "n-1"], help="degrees of freedom of the intervals within"
        )
        parser.add_argument("--gauge-share", type=float, help="Q_MP of the measuring process in percent")

    def analyse(self, **options: Any) -> dict[str, Any]:
        """The indices, their intervals and whether to trust them."""
        names = ("lsl", "usl", "target", "subgroup", "estimator", "span", "distribution", "confidence", "df")
        columns = files.read(options["file"])
        chosen = {name: options[name] for name in (*names, "gauge_share")}
        return capability.analyse(columns, **chosen)
