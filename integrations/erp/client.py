"""The Python client's module, written from the API's description: one method for each operation. Pure."""

import keyword
import re
import textwrap
from typing import Any

HEAD = '''"""One method for each operation of the API, made by `manage.py make_client`: changes here are lost."""

from typing import Any

from zhizao.wire import Wire, part


class Plant(Wire):
    """A plant; each method is named as the API's description names its operation."""
'''
KINDS = {"integer": "int", "boolean": "bool", "number": "float"}
WIDTH = 116


def module(schema: dict[str, Any]) -> str:
    """The text of the module."""
    operations = [
        (path, verb, act) for path, verbs in sorted(schema["paths"].items()) for verb, act in verbs.items()
        if path.startswith("/api/v1/")
    ]
    return HEAD + "".join(method(*one) for one in sorted(operations, key=lambda one: one[2]["operationId"]))


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
