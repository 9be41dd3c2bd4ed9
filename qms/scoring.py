"""How an audit's answers add up: pure, so that it can be held against worked examples.

Process audits give 0, 4, 6, 8 or 10 points to a question; the degree of fulfilment is the points given over the
points possible, in percent: A from 90, B from 80, C below. A question that lowers the grade costs it: with 4 points
or fewer A becomes B, with 0 points the audit is a C (the rule of VDA 6.3:2016 and later for starred questions).
"""

from collections.abc import Sequence
from dataclasses import dataclass

MOST = 10
POINTS = (0, 4, 6, 8, 10)


@dataclass(frozen=True, slots=True)
class Scored:
    """One answer that counts: its points, or whether it conforms; and whether its question lowers the grade."""

    points: int
    is_critical: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """The degree of fulfilment in percent, and the grade."""

    percent: float
    grade: str


def result(answers: Sequence[Scored]) -> Result | None:
    """What the answers come to; nothing where none counts."""
    if not answers:
        return None
    percent = 100.0 * sum(one.points for one in answers) / (MOST * len(answers))
    grade = "A" if percent >= 90 else "B" if percent >= 80 else "C"
    critical = [one.points for one in answers if one.is_critical]
    if any(points == 0 for points in critical):
        grade = "C"
    elif grade == "A" and any(points <= 4 for points in critical):
        grade = "B"
    return Result(round(percent, 2), grade)
