"""The other way round: values put at places of a body that is being written. Pure."""

import json
from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from integrations.formats import safe_xml
from integrations.links.paths import JSON, XML, BadPath, Part


def begun(form: str, root: str = "") -> Any:
    """An empty body to write into."""
    return Element(root or "Message") if form == XML else {}


def write(tree: Any, steps: Sequence[Part], value: Any, form: str = JSON) -> None:
    """Put a value at a place; what leads there is made. A value for all of several is a list."""
    if not steps:
        raise BadPath("")
    if form == XML:
        _write_xml(tree, steps, value)
    else:
        _write_json(tree, steps, value)


def _write_json(tree: Any, steps: Sequence[Part], value: Any) -> None:
    at = next((n for n, part in enumerate(steps) if part.every), None)
    head = steps if at is None else steps[:at]
    here = tree
    for part in head[:-1] if at is None else head:
        here = here.setdefault(part.name, [] if at is not None and part is head[-1] else {})
    if at is None:
        here[head[-1].name] = value
        return
    rest = steps[at + 1 :]
    for n, one in enumerate(value):
        while len(here) <= n:
            here.append({})
        if rest:
            _write_json(here[n], rest, one)
        else:
            here[n] = one


def _write_xml(tree: Element, steps: Sequence[Part], value: Any) -> None:
    here = tree
    for at, part in enumerate(steps):
        if part.name.startswith("@"):
            here.set(part.name[1:], safe_xml.clean(spelled(value)))
            return
        following = steps[at + 1] if at + 1 < len(steps) else None
        if following is not None and following.every:
            for n, one in enumerate(value):
                rows = [child for child in here if child.tag == part.name]
                child = rows[n] if n < len(rows) else SubElement(here, part.name)
                if steps[at + 2 :]:
                    _write_xml(child, steps[at + 2 :], one)
                else:
                    child.text = safe_xml.clean(spelled(one))
            return
        found = next((child for child in here if child.tag == part.name), None)
        here = found if found is not None else SubElement(here, part.name)
    here.text = safe_xml.clean(spelled(value))


def spelled(value: Any) -> str:
    """A value as text."""
    if value is None:
        return ""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def dumped(tree: Any, form: str) -> bytes:
    """The body that was written."""
    if form == XML:
        return bytes(tostring(tree, encoding="utf-8", xml_declaration=True))
    return json.dumps(tree, ensure_ascii=False, default=str, sort_keys=False).encode()
