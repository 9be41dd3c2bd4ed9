"""What a set of rules will cost: how often it cries wolf, and how soon it sees a shift."""

from typing import Any

from spc.analyses import answers
from spc.analyses.chart import RuleSet, rules_of
from spc.engine import arl

SHIFTS = (0.5, 1.0, 1.5, 2.0, 3.0)


def expected(
    *, rules: RuleSet, points_per_hour: float = 60.0, hours_per_week: float = arl.HOURS_PER_WEEK
) -> dict[str, Any]:
    """Points between false alarms of an undisturbed process, false alarms a week, and points until a shift is seen.

    rules  as for a chart;  points_per_hour  as they are plotted: subgroups, not readings
    The run lengths hold for independent normal points and known limits; `error` is their standard error (0: exact).
    ValueError: no rules, a rate not above 0.
    """
    if not (points_per_hour > 0 and hours_per_week > 0):
        raise ValueError("Give a number of points per hour, and of hours a week, above 0.")
    among = rules_of(rules)
    quiet = arl.of_rules(among)
    shifted = [{"shift": shift, **_told(arl.of_rules(among, shift=shift))} for shift in SHIFTS]
    answer: dict[str, Any] = answers.plain({
        "rules": [rule.id for rule in among], "in_control": _told(quiet),
        "false_alarms_per_week": quiet.false_alarms_per_week(points_per_hour, hours_per_week),
        "each": [{"rule": rule.id, **_told(arl.of_rules([rule]))} for rule in among], "shifted": shifted,
    })  # fmt: skip
    return answer


def _told(found: arl.RunLength) -> dict[str, float]:
    return {"run_length": found.mean, "error": found.error}
