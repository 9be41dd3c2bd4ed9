"""A control chart of a CSV file from the shell: manage.py spc_analyse FILE --chart xbar-r --rules nelson --json."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from spc.analyses import chart, files
from spc.engine.rulesets import RULE_SETS
from spc.management.analysis import AnalysisCommand

OPTIONS = (
    "span", "estimator", "nsigma", "phase1", "exclude", "stages", "center", "sigma", "limits", "distribution", "weight",
    "asymptotic", "h", "k", "head_start", "units", "alpha", "size", "columns",
)  # fmt: skip


class Command(AnalysisCommand):
    """manage.py spc_analyse"""

    help = "Draws a control chart of a CSV file with a header: centre, sigma, limits, and every rule that fires."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add = parser.add_argument
        add("file", help="x1 ... xn with one row per subgroup; or count,n; or one column; or the variables of t2.")
        add("--chart", required=True, choices=chart.CHARTS)
        add("--rules", default="nelson", help=f"{', '.join(RULE_SETS)}, none, a JSON rule set, or a file of one.")
        add("--span", type=int, help="Values of a moving range, 2 to 5.")
        add("--estimator", help="mr, median-mr, s; or uwave-r, mvlue-r, uwave-sd, mvlue-sd, rmsdf (pooled).")
        add("--nsigma", type=float, help="How many sigma away the limits lie; 3.")
        add("--phase1", type=int, metavar="K", help="Limits rest on the first K points; all are judged.")
        add("--exclude", type=_points, metavar="I,J", help="Points, from 1, that are neither used nor judged.")
        add("--stages", metavar="COLUMN", help="Limits start anew where this column changes.")
        add("--center", "--target", type=float, help="A known centre, not estimated.")
        add("--sigma", type=float, help="A known sigma of single readings, not estimated.")
        add("--limits", choices=("normal", "exact"), help="exact: quantiles of the binomial, Poisson ... distribution.")
        add("--distribution", choices=("weibull", "exponential"), help="Of the times of a t chart, for exact limits.")
        add("--lambda", dest="weight", type=float, help="The weight of an EWMA; 0.2.")
        add("--asymptotic", action="store_true", default=None, help="An EWMA's limits without their narrow start.")
        add("--h", type=float, help="The decision interval of a CUSUM; 5.")
        add("--k", type=float, help="The slack of a CUSUM; 0.5.")
        add("--fir", dest="head_start", action="store_true", default=None, help="Start a CUSUM at h/2.")
        add("--units", choices=("se", "data"), help="Of h and k: standard errors, or the unit of the data.")
        add("--alpha", type=float, help="The risk of a false alarm at each point of a T2 chart; 1 - 0.9973^p.")
        add("--n", dest="size", type=float, help="The size of all samples, where no column tells it.")
        add("--columns", type=_names, help="The columns to read, with commas between.")

    def analyse(self, **options: Any) -> dict[str, Any]:
        """The chart of the file."""
        given = {name: options[name] for name in OPTIONS if options[name] is not None}
        return chart.analyse(
            files.read(options["file"]), chart=options["chart"], rules=_rules(options["rules"]), **given
        )


def _rules(given: str) -> str:
    """A rule set from a file, or as it was given."""
    if not given.endswith(".json"):
        return given
    try:
        return Path(given).read_text(encoding="utf-8-sig")
    except OSError as reason:
        raise ValueError(f"{given} cannot be read: {reason.strerror or reason}.") from reason


def _points(text: str) -> list[int]:
    return [int(one) for one in text.split(",")]


def _names(text: str) -> list[str]:
    return [one.strip() for one in text.split(",")]
