"""What process control says of a chart, in words for whoever reads it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from plant import statements
from qms.models.characteristic import RULE
from spc import rulebook
from spc.engine.rule import Rule

RULE_FIRED, SAMPLE_MISSED, SAMPLE_TAKEN = "spc.rule-fired", "spc.sample-missed", "spc.sample-taken"


def rule_fired(*, chart: str, parameter: str, rule: str, rules: Sequence[Rule], value: float) -> str:
    """A rule fired on a chart: kept with the rule as it was then, so that its words outlive a change of rules."""
    spec = next((one.to_dict() for one in rules if one.id == rule), None)
    return statements.say(RULE_FIRED, chart=chart, parameter=parameter, rule=rule, spec=spec, value=value)


@statements.register(RULE)
def _rule(facts: Mapping[str, Any]) -> str:
    return rulebook.headline((), facts["rule"])


@statements.register(RULE_FIRED)
def _rule_fired(facts: Mapping[str, Any]) -> str:
    rules = [Rule.from_dict(facts["spec"])] if facts["spec"] else []
    return _("%(chart)s: %(rule)s") % {"chart": facts["chart"], "rule": rulebook.headline(rules, facts["rule"])}


def sample_missed(*, chart: str, due: datetime, locks: bool) -> str:
    """A sample did not come in time; where that locks the station, what opens it again."""
    return statements.say(SAMPLE_MISSED, chart=chart, due=due, locks=locks)


def sample_taken(chart: str) -> str:
    """The sample came after all."""
    return statements.say(SAMPLE_TAKEN, chart=chart)


@statements.register(SAMPLE_MISSED)
def _sample_missed(facts: Mapping[str, Any]) -> str:
    due = timezone.localtime(datetime.fromisoformat(str(facts["due"]).replace("Z", "+00:00")))
    words = {"chart": facts["chart"], "time": due.strftime("%H:%M")}
    if facts["locks"]:
        return _("Sample of %(chart)s missed since %(time)s. Measure it now: the station opens by itself.") % words
    return _("Sample of %(chart)s missed since %(time)s. Measure it now.") % words


@statements.register(SAMPLE_TAKEN)
def _sample_taken(facts: Mapping[str, Any]) -> str:
    return _("The sample of %(chart)s was taken.") % facts
