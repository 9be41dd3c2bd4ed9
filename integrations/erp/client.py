"""The Python client's modules, written from the API's description: one method for each operation. Pure."""

import keyword
import re
import textwrap
from collections import defaultdict
from typing import Any

MADE = "made by `manage.py make_client`: changes here are lost."
ROOT = "/api/v1/"
KINDS = {"integer": "int", "boolean": "bool", "number": "float"}
WIDTH = 116


def modules(schema: dict[str, Any]) -> dict[str, str]:
    """The text of each module by its file's name: one for each kind of thing, and the plant that has them all."""
    by_noun: dict[str, list[tuple[str, str, dict[str, Any]]]] = defaultdict(list)
    for path, verbs in schema["paths"].items():
        if path.startswith(ROOT):
            by_noun[safe(path.removeprefix(ROOT).split("/")[0])] += [(path, verb, act) for verb, act in verbs.items()]
    made = {f"{noun}.py": module(noun, acts) for noun, acts in sorted(by_noun.items())}
    return {"__init__.py": plant(sorted(by_noun))} | made


def plant(nouns: list[str]) -> str:
    """The class whose methods are those of every noun."""
    imports = "".join(f"from zhizao.api.{noun} import {title(noun)}\n" for noun in nouns)
    bases = "".join(f"    {title(noun)},\n" for noun in nouns)
    said_of_it = '    """A plant; each method is named as the API\'s description names its operation."""\n'
    return f'"""Every operation of the API, {MADE}"""\n\n{imports}\n\nclass Plant(\n{bases}):\n{said_of_it}'


def module(noun: str, acts: list[tuple[str, str, dict[str, Any]]]) -> str:
    """One method for each operation on a kind of thing."""
    body = "".join(method(*one) for one in sorted(acts, key=lambda one: one[2]["operationId"]))
    taken = "Wire, part" if "{part(" in body else "Wire"
    head = f'"""What can be asked of {noun.replace("_", " ")}, {MADE}"""\n\nfrom typing import Any\n\n'
    said_of_it = f'    """Operations on {noun.replace("_", " ")}."""\n'
    return f"{head}from zhizao.wire import {taken}\n\n\nclass {title(noun)}(Wire):\n{said_of_it}{body}"


def title(noun: str) -> str:
    """The name of its class."""
    return "".join(word.capitalize() for word in noun.split("_"))


def method(path: str, verb: str, act: dict[str, Any]) -> str:
    """One operation as a method."""
    given = act.get("parameters", [])
    query = [one for one in given if one["in"] == "query"]
    headers = [one for one in given if one["in"] == "header"]
    places = re.findall(r"{(\w+)}", path)
    has_body = "requestBody" in act
    named = [f"{safe(one['name'])}: {kind(one)} | None = None" for one in (*query, *headers)]
    words = ["self", *(f"{safe(name)}: Any" for name in places), *(["body: Any"] if has_body else [])]
    signature = ", ".join([*words, *(["*", *named] if named else [])])
    address = re.sub(r"{(\w+)}", lambda found: f"{{part({safe(found[1])})}}", path)
    call = [f'"{verb.upper()}"', f'f"{address}"' if places else f'"{address}"']
    call += [f"query={told(query)}"] if query else []
    call += ["body=body"] if has_body else []
    call += [f"headers={told(headers)}"] if headers else []
    return "\n" + "\n".join([
        *wrapped(f"    def {act['operationId']}(", signature, ") -> Any:"),
        *said(act.get("description", "")),
        *wrapped("        return self.ask(", ", ".join(call), ")"), "",
    ])  # fmt: skip


def kind(one: dict[str, Any]) -> str:
    """The type of a parameter."""
    return KINDS.get(one.get("schema", {}).get("type", ""), "str")


def told(parameters: list[dict[str, Any]]) -> str:
    """Parameters as the dictionary that the call takes."""
    return "{" + ", ".join(f'"{one["name"]}": {safe(one["name"])}' for one in parameters) + "}"


def safe(name: str) -> str:
    """A parameter as a name of Python."""
    plain = re.sub(r"\W", "_", name).lower()
    return f"{plain}_" if keyword.iskeyword(plain) else plain


def said(text: str) -> list[str]:
    """A docstring."""
    lines = textwrap.wrap(" ".join(text.split()).replace('"', "”").replace("\\", "/"), WIDTH - 14) or ["As described."]
    if len(lines) == 1:
        return [f'        """{lines[0]}"""']
    return [f'        """{lines[0]}', *(f"        {line}" for line in lines[1:]), '        """']


def wrapped(before: str, middle: str, after: str) -> list[str]:
    """A call in one line, or its words in lines of their own."""
    if len(before) + len(middle) + len(after) <= WIDTH:
        return [f"{before}{middle}{after}"]
    indent = " " * (len(before) - len(before.lstrip()))
    lines = textwrap.wrap(
        middle, WIDTH - len(indent) - 4, break_long_words=False, break_on_hyphens=False
    )  # fmt: skip
    return [before, *(f"{indent}    {line}" for line in lines), f"{indent}{after}"]
