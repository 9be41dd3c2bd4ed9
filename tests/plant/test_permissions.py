"""The table of rights and the code agree: no action is asked for that the table does not name."""

import re

import pytest

from plant.permissions import ACTIONS
from tests.architecture import house

ASKED = re.compile(r"""(?:policies\.(?:check|may|why_not)\(\s*[\w.]+,\s*|\bneeds\()"([a-z.-]+)\"""")
PAGE = re.compile(r"""navigation\.Page\([^)]*?"[\w-]+:[\w-]+",\s*"([a-z.-]+)\"""", re.DOTALL)


def asked_for(pattern):
    return {action: house.name(path) for path in house.sources() for action in pattern.findall(path.read_text("utf-8"))}


@pytest.mark.parametrize("pattern", [ASKED, PAGE], ids=["checks", "navigation"])
def test_every_action_that_code_asks_for_stands_in_the_table(pattern):
    found = asked_for(pattern)

    assert found
    assert {action: path for action, path in found.items() if action not in ACTIONS} == {}
