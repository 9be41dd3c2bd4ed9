"""Fields for what is a table, a list or a document, written as lines of text."""

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as now

# A name, then "=" for text or ":=" for anything else as JSON; an "=" within brackets belongs to the name.
LINE = re.compile(r"((?:\[[^\]]*\]|[^=\[])+?)\s*(:?=)[ \t]*(.*)")
PLAIN = re.compile(r"(?:\[[^\]]*\]|[^=\[\]:\s])(?:(?:\[[^\]]*\]|[^=\[\]\n])*(?:\[[^\]]*\]|[^=\[\]:\s]))?")


class Written(forms.CharField, ABC):
    """A value that is written as text and read again; `nothing` is what no text at all means."""

    nothing: Callable[[], Any]

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        widget = forms.Textarea({"rows": rows, "spellcheck": "false"}) if rows > 1 else forms.TextInput
        super().__init__(**{"widget": widget, **kwargs})

    @abstractmethod
    def write(self, value: Any) -> str:
        """The value as text."""

    @abstractmethod
    def read(self, text: str) -> Any:
        """The value that a text means."""

    def prepare_value(self, value: Any) -> Any:
        return "" if value is None else value if isinstance(value, str) else self.write(value)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").replace("\r\n", "\n")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return self.read(text) if text.strip() else self.nothing()


class JsonField(Written):
    """Anything, as JSON."""

    nothing = staticmethod(lambda: None)

    def write(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, indent=1)

    def read(self, text: str) -> Any:
        return _json(text)


class WordsField(Written):
    """Words and what they mean, each on a line: `name = text`, and `name := 5` for what is no text."""

    nothing = dict

    def write(self, value: Any) -> str:
        return "\n".join(self._line(str(name), one) for name, one in value.items())

    def _line(self, name: str, one: Any) -> str:
        shown = name if PLAIN.fullmatch(name) else json.dumps(name, ensure_ascii=False)
        if isinstance(one, str) and one == one.strip() and "\n" not in one and "\r" not in one:
            return f"{shown} = {one}".rstrip()
        return f"{shown} := {json.dumps(one, ensure_ascii=False)}"

    def read(self, text: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for line in filter(None, map(str.strip, text.split("\n"))):
            name, mark, value = self._parted(line)
            if name in found:
                raise forms.ValidationError(now("“%(name)s” stands here twice.") % {"name": name})
            found[name] = _json(value) if mark == ":=" else value
        return found

    def _parted(self, line: str) -> tuple[str, str, str]:
        if line.startswith('"'):
            try:
                name, end = json.JSONDecoder().raw_decode(line)
            except ValueError:
                pass
            else:
                if more := re.fullmatch(r"\s*(:?=)[ \t]*(.*)", line[end:]):
                    return str(name), more[1], more[2]
        if said := LINE.fullmatch(line):
            return said[1].strip(), said[2], said[3]
        raise forms.ValidationError(now("“%(line)s”: write name = value.") % {"line": line[:60]})


class LinesField(Written):
    """Texts, each on a line."""

    nothing = list

    def write(self, value: Any) -> str:
        return "\n".join(map(str, value))

    def read(self, text: str) -> list[str]:
        return [line.strip() for line in text.split("\n") if line.strip()]


class IntegersField(Written):
    """Whole numbers in one line: 200, 409."""

    nothing = list

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"rows": 1, **kwargs})

    def write(self, value: Any) -> str:
        return ", ".join(map(str, value))

    def read(self, text: str) -> list[int]:
        words = re.split(r"[\s,;，；、]+", text.strip(" ,;，；、"))
        for word in words:
            if not re.fullmatch(r"-?\d{1,15}", word):
                raise forms.ValidationError(now("“%(word)s” is no whole number.") % {"word": word[:60]})
        return [int(word) for word in words]


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise forms.ValidationError(now("This is no JSON: %(why)s") % {"why": error}) from error
