"""The request of a gateway for text messages as a template: what may stand in it, and how it is filled. Pure."""

import json
import re
from typing import Any

WORDS = ("to", "title", "text", "url", "id", "token", "secret")
WORD = re.compile(r"\{(" + "|".join(WORDS) + r")\}")


def filled(part: Any, said: dict[str, str]) -> Any:
    """A template with its words in place; they are put into texts that were read already, so that none breaks out."""
    if isinstance(part, dict):
        return {name: filled(value, said) for name, value in part.items()}
    if isinstance(part, list):
        return [filled(one, said) for one in part]
    return WORD.sub(lambda found: said[found[1]], part) if isinstance(part, str) else part


def problems(template: Any) -> list[str]:
    """What is wrong with a template, each by a code; none: it can be used."""
    if not isinstance(template, dict):
        return ["no-object"]
    found = [] if set(template) <= {"headers", "form", "json", "accepted"} else ["unknown-part"]
    if ("form" in template) == ("json" in template):
        found.append("form-or-json")
    if any(not isinstance(template.get(name, {}), dict) for name in ("headers", "form", "accepted")):
        found.append("no-object")
    used = set(re.findall(r"\{(\w+)\}", json.dumps([template.get("form"), template.get("json")])))
    return found if "to" in used and "text" in used and used <= set(WORDS) else [*found, "words"]
