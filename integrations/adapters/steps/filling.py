"""Templates of requests: words put into texts and objects that were read already, so that none breaks out. Pure."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from integrations.links import paths

WORD = re.compile(r"\{([a-z][\w.]*)\}")


def named(said: Mapping[str, Any], name: str) -> Any:
    """A word, or a part of one: `words.job_order`, `found.FID`. Nothing where there is none."""
    here: Any = said
    for part in name.split("."):
        here = here.get(part) if isinstance(here, Mapping) else None
    return here


def filled(part: Any, said: Mapping[str, Any]) -> Any:
    """A template with its words. A text that is one word alone becomes its value, whatever that is."""
    if isinstance(part, Mapping):
        return {name: filled(value, said) for name, value in part.items()}
    if isinstance(part, list):
        return [filled(one, said) for one in part]
    if not isinstance(part, str):
        return part
    if whole := WORD.fullmatch(part):
        return named(said, whole[1])
    return WORD.sub(lambda found: quoted(part[: found.start()], spelled(named(said, found[1]))), part)


def quoted(before: str, value: str) -> str:
    """A value as it stands behind a quotation mark of a filter: marks in it are doubled or escaped."""
    if before.endswith("'"):
        return value.replace("'", "''")
    return json.dumps(value, ensure_ascii=False)[1:-1] if before.endswith('"') else value


def path(template: str, said: Mapping[str, Any]) -> str:
    """A path with its words, each escaped."""
    return WORD.sub(lambda found: quote(spelled(named(said, found[1])), safe=""), template)


def spelled(value: Any) -> str:
    """A value as text."""
    if value is None:
        return ""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def read(tree: Any, place: str) -> Any:
    """What stands at a place of an answer; None where nothing does."""
    found = paths.read(tree, paths.parts(place)) if place else tree
    return None if found is paths.MISSING else found


def plain(value: Any) -> Any:
    """A number of JSON as it is told in words."""
    return str(value) if isinstance(value, Decimal) else value


def fits(tree: Any, expected: Mapping[str, Any]) -> bool:
    """Whether an answer says at each place one of the values that are expected there."""
    return all(
        spelled(read(tree, place)) in {spelled(one) for one in (values if isinstance(values, list) else [values])}
        for place, values in expected.items()
    )
