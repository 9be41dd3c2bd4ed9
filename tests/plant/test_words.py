"""What the record book says happened has a word for people."""

import re

import pytest
from django.urls import get_resolver

from ops.paths import ROOT
from plant import words

RECORDED = re.compile(r'(?:\brecord|\bEntry)\(\s*"([a-z0-9-]+\.[a-z0-9.-]+)"')
ROOMS = ("plant", "traceability", "qms", "spc", "mes", "integrations")


def recorded():
    """The kinds that are written as they are, and where; those that are put together are seen at their lists."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for kind in RECORDED.findall(path.read_text(encoding="utf-8")):
                yield kind, path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("room", ROOMS)
def test_every_kind_of_entry_has_a_word(room):
    assert get_resolver().url_patterns  # the shells have named theirs
    found = [(kind, path) for kind, path in recorded() if path.startswith(f"{room}/")]
    assert found
    assert [(kind, path) for kind, path in found if words.label(kind) == kind] == []
