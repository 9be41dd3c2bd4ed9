"""Tells from a file how much of the spread of readings is the gauge's."""

from typing import Any

from django.core.management.base import CommandParser

from spc.analyses import files, gage_rr
from spc.management.analysis import AnalysisCommand


class Command(AnalysisCommand):
    """manage.py gage_rr FILE --method average-range|anova|nested [--tolerance --alpha] [--json]"""

    help = "Gauge repeatability and reproducibility of a CSV file with the columns part, appraiser, trial, value."

    def add_arguments(self, parser: CommandParser) -> None:
        """Readings, method, and what to compare with."""
        super().add_arguments(parser)
        parser.add_argument("file", help="CSV with a header")
        parser.add_argument("--method", default="anova", choices=gage_rr.METHODS)
        parser.add_argument("--alpha", type=float, default=0.05, help="the interaction is pooled where its p is above")
        parser.add_argument("--multiple", type=float, default=6.0, help="of the stdev, 6 or 5.15")
        parser.add_argument("--tolerance", type=float, help="upper minus lower specification limit")
        parser.add_argument("--lsl", type=float, help="lower specification limit")
        parser.add_argument("--usl", type=float, help="upper specification limit")
        parser.add_argument("--process-stdev", type=float, help="known standard deviation of the process")

    def analyse(self, **options: Any) -> dict[str, Any]:
        """The components, their shares and the number of distinct categories."""
        names = ("method", "alpha", "multiple", "tolerance", "lsl", "usl", "process_stdev")
        return gage_rr.analyse(files.read(options["file"]), **{name: options[name] for name in names})
