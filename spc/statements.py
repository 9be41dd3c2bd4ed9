"""What process control says of a chart, in words for whoever reads it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from plant import statements
from spc import rulebook
from spc.engine.rule import Rule

RULE_FIRED = "spc.rule-fired"


def rule_fired(*, chart: str, parameter: str, rule: str, rules: Sequence[Rule], value: float) -> str:
    """A rule fired on a chart: kept with the rule as it was then, so that its words outlive a change of rules."""
    spec = next((one.to_dict() for one in rules if one.id == rule), None)
    return statements.say(RULE_FIRED, chart=chart, parameter=parameter, rule=rule, spec=spec, value=value)


@statements.register(RULE_FIRED)
def _rule_fired(facts: Mapping[str, Any]) -> str:
    rules = [Rule.from_dict(facts["spec"])] if facts["spec"] else []
    return _("%(chart)s: %(rule)s") % {"chart": facts["chart"], "rule": rulebook.headline(rules, facts["rule"])}
