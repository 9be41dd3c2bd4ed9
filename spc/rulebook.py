"""The rules of a chart as its row keeps them, and the words for them."""

import json
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import Any

from django.utils.translation import gettext as _

from spc.engine.rule import Rule
from spc.engine.rules import RULE_SETS
from spc.judging import RANGE_RULE
from spc.varying import CUSUM_LOWER, CUSUM_UPPER, EWMA_BEYOND

ALL_OWN = (EWMA_BEYOND, CUSUM_UPPER, CUSUM_LOWER)
PLACES = 3  # decimals shown where the resolution of the instrument is not known


def parse(data: Sequence[dict[str, Any]]) -> tuple[Rule, ...]:
    """The rules that a chart's JSON says."""
    return parsed(json.dumps(data, sort_keys=True))


@lru_cache(maxsize=512)
def parsed(text: str) -> tuple[Rule, ...]:
    """The rules that a chart's JSON says, as text."""
    return tuple(Rule.from_dict(one) for one in json.loads(text))


def places(resolution: Decimal | None) -> int:
    """How many decimals of a value mean something."""
    return max(0, -int(resolution.normalize().as_tuple().exponent)) if resolution else PLACES


def own_sentences() -> dict[str, str]:
    """What a chart says by itself, in plain words."""
    return {
        RANGE_RULE: _(
            "The spread of one subgroup lies above its upper limit: the process varies more than it used to."
        ),
        EWMA_BEYOND: _("The moving average lies beyond its limit: the process has shifted a little and stays there."),
        CUSUM_UPPER: _("The upper sum lies beyond its limit: the process has run too high for a while."),
        CUSUM_LOWER: _("The lower sum lies beyond its limit: the process has run too low for a while."),
    }


def own_headlines() -> dict[str, str]:
    """The same in few words."""
    return {
        RANGE_RULE: _("spread above its limit"), EWMA_BEYOND: _("moving average beyond its limit"),
        CUSUM_UPPER: _("sum drifts upwards"), CUSUM_LOWER: _("sum drifts downwards"),
    }


def sentence(rules: Sequence[Rule], rule_id: str) -> str:
    """A rule in plain words; the id itself where the chart has dropped the rule since."""
    if rule_id in (RANGE_RULE, *ALL_OWN):
        return own_sentences()[rule_id]
    return next((rule.sentence(_) for rule in rules if rule.id == rule_id), rule_id)


def headline(rules: Sequence[Rule], rule_id: str) -> str:
    """A rule in few words, for titles and rows; one that nobody keeps here is looked up in the rule sets."""
    if rule_id in (RANGE_RULE, *ALL_OWN):
        return own_headlines()[rule_id]
    known = chain(rules, *RULE_SETS.values())
    return next((rule.headline(_) for rule in known if rule.id == rule_id), rule_id)
