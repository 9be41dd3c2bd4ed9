"""Places in what other systems write: read from, written to, in JSON, XML and tables. Pure: knows no table of ours.

JSON     `$.order.items[0].qty`, `order.items[*].qty`, `attributes[name=COLOUR].value`; with dots in quotes: `'a.b'`
XML      `Order/Items/Item[2]/Qty`, `Order/@id`; names without their namespaces, the root itself is not named
TABLE    the name of a column
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from integrations.formats import safe_xml

JSON, XML, TABLE = "JSON", "XML", "TABLE"
LARGEST_PATH, DEEPEST, MOST_ITEMS = 300, 40, 10_000
PART = re.compile(r"""\s*(?:'([^']*)'|"([^"]*)"|([^.\[\]/'"]+))?((?:\[[^\]]*\])*)\s*""")
INDEX = re.compile(r"\[([^\]]*)\]")


class BadPath(ValueError):
    """A path that leads nowhere in any body."""


class BadBody(ValueError):
    """A body that is not what it says."""


class Missing:
    """Nothing stands there; None is something that was said."""

    def __repr__(self) -> str:
        return "MISSING"

    def __bool__(self) -> bool:
        return False


MISSING = Missing()


@dataclass(frozen=True, slots=True)
class Part:
    """One step of a path: into a name, to one of several, to those with a value, or to all of them."""

    name: str = ""
    index: int | None = None
    where: tuple[str, str] | None = None
    every: bool = False


def parts(path: str, form: str = JSON) -> tuple[Part, ...]:
    """The steps of a path."""
    if len(path) > LARGEST_PATH:
        raise BadPath(path[:40])
    if form == TABLE:
        return (Part(path.strip()),) if path.strip() else ()
    text, found, mark = path.strip(), [], "/" if form == XML else "."
    text = text[1:].removeprefix(mark) if form == JSON and text.startswith("$") else text.removeprefix(mark)
    at = 0
    while at < len(text):
        match = PART.match(text, at)
        if match is None or match.end() == at:
            raise BadPath(path)
        name = next((one for one in match.groups()[:3] if one is not None), "").strip()
        found += [Part(name)] if name else []
        found += [_within(one, path) for one in INDEX.findall(match[4])]
        at = match.end()
        if at < len(text):
            if text[at] != mark or at + 1 == len(text):
                raise BadPath(path)
            at += 1
    if len(found) > DEEPEST:
        raise BadPath(path)
    return tuple(found)


def _within(said: str, path: str) -> Part:
    text = said.strip()
    if text in {"*", ""}:
        return Part(every=True)
    if re.fullmatch(r"-?\d{1,6}", text):
        return Part(index=int(text))
    name, equals, value = text.partition("=")
    if equals and name.strip():
        return Part(where=(name.strip(), value.strip().strip("'\"")))
    raise BadPath(path)


def parsed(body: bytes, form: str) -> Any:
    """A body as a tree: plain values for JSON and tables, an element for XML."""
    try:
        if form == XML:
            return safe_xml.parse(body)
        return json.loads(body.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_no_constant)
    except Exception as error:
        raise BadBody(f"{type(error).__name__}: {error}"[:200]) from error


def _no_constant(word: str) -> Any:
    raise ValueError(word)


def read(tree: Any, steps: Sequence[Part], form: str = JSON) -> Any:
    """What stands at a place; MISSING where nothing does. A part that names all of several gives a list."""
    here = nodes(tree, steps, form)
    if isinstance(here, Several):
        return [read(one, here.rest, form) for one in here.rows]
    return _text(here) if form == XML else here


@dataclass(frozen=True, slots=True)
class Several:
    """Each of several things, and what is left of the path behind them."""

    rows: list[Any]
    rest: Sequence[Part]


def nodes(tree: Any, steps: Sequence[Part], form: str = JSON) -> Any:
    """The nodes at a place, before they are made values."""
    step: Callable[[Any, Part], Any] = _in_xml if form == XML else _in_json
    here = tree
    for at, part in enumerate(steps):
        if part.every:
            return Several(items(here)[:MOST_ITEMS], steps[at + 1 :])
        here = step(here, part)
        if here is MISSING:
            return MISSING
    return here


def items(here: Any) -> list[Any]:
    """The several things at a place: a list, or the one that stands alone."""
    if here is MISSING or here is None:
        return []
    return list(here) if isinstance(here, list | tuple) else [here]


def _in_json(here: Any, part: Part) -> Any:
    if part.where is not None:
        name, value = part.where
        return next(
            (one for one in items(here) if isinstance(one, dict) and str(one.get(name)) == value), MISSING
        )
    if part.index is not None:
        rows = items(here)
        return rows[part.index] if -len(rows) <= part.index < len(rows) else MISSING
    return here.get(part.name, MISSING) if isinstance(here, dict) else MISSING


def is_element(one: Any) -> bool:
    """Whether it is an element: the safe parser has a class of its own for them."""
    return hasattr(one, "attrib") and hasattr(one, "tag")


def local(tag: Any) -> str:
    """The name of an element or attribute without its namespace."""
    return str(tag).rpartition("}")[2]


def _in_xml(here: Any, part: Part) -> Any:
    rows = items(here)
    if part.where is not None:
        name, value = part.where
        return next((one for one in rows if _text(_in_xml(one, Part(name))) == value), MISSING)
    if part.index is not None:
        return rows[part.index] if -len(rows) <= part.index < len(rows) else MISSING
    first = rows[0] if rows else None
    if first is None or not is_element(first):
        return MISSING
    if part.name.startswith("@"):
        return next((value for name, value in first.attrib.items() if local(name) == part.name[1:]), MISSING)
    found = [child for child in first if local(child.tag) == part.name]
    return found if found else MISSING


def _text(here: Any) -> Any:
    if isinstance(here, list):
        here = here[0] if here else MISSING
    return (here.text or "").strip() if is_element(here) else here
