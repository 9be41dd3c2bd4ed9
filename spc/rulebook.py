"""The rules of a chart as its row keeps them, and the words for them."""

import json
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from spc.engine.rule import Rule
from spc.judging import RANGE_RULE

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


def sentence(rules: Sequence[Rule], rule_id: str) -> str:
    """A rule in plain words; the id itself where the chart has dropped the rule since."""
    if rule_id == RANGE_RULE:
        return _("The spread of one subgroup lies above its upper limit: the process varies more than it used to.")
    return next((rule.sentence(_) for rule in rules if rule.id == rule_id), rule_id)


def headline(rules: Sequence[Rule], rule_id: str) -> str:
    """A rule in few words, for titles and rows."""
    if rule_id == RANGE_RULE:
        return _("spread above its limit")
    return next((rule.headline(_) for rule in rules if rule.id == rule_id), rule_id)
