"""What a program says it found: kept as a code with facts, told to each reader in their own language."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import get_language, override

OPEN, CLOSE = "⟨", "⟩"
SPOKEN = "spoken"  # a sentence in every language; plant/spoken.py makes them
Teller = Callable[[Mapping[str, Any]], str]
_TELLERS: dict[str, Teller] = {}


class Told(str):
    """Words in the reader's language that remember what they were told from."""

    kept: str

    def __new__(cls, words: str, kept: str) -> "Told":
        """The words, and what is kept of them."""
        told = super().__new__(cls, words)
        told.kept = kept
        return told

    def __reduce__(self) -> tuple[type["Told"], tuple[str, str]]:
        """Copied and stored whole, as in the answer of a scan."""
        return Told, (str.__str__(self), self.kept)


def register(code: str) -> Callable[[Teller], Teller]:
    """Name the function that puts a code's facts into words."""

    def add(teller: Teller) -> Teller:
        _TELLERS[code] = teller
        return teller

    return add


@register(SPOKEN)
def _spoken(facts: Mapping[str, Any]) -> str:
    return str(facts.get(get_language() or "") or next(iter(facts.values())))


def say(code: str, **facts: Any) -> str:
    """The text to keep for a statement; numbers, names and codes only, so that any language can be made of it."""
    return f"{OPEN}{code}{CLOSE}" + json.dumps(facts, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))


def kept(text: str) -> str:
    """The text as it is stored: what to copy and what to sign, whoever reads it."""
    return text.kept if isinstance(text, Told) else text


def told(text: str) -> str:
    """A kept text in the reader's language; what a person typed stays as it is."""
    code, closed, facts = text.removeprefix(OPEN).partition(CLOSE)
    teller = _TELLERS.get(code) if closed and text.startswith(OPEN) else None
    if teller is None:
        return text
    try:
        return Told(teller(json.loads(facts)), text)
    except (ValueError, KeyError, TypeError):
        return text


def for_everyone(name: str, text: str) -> dict[str, str]:
    """The words for a hint that reaches readers of both languages: `name`, and `name_zh` in Chinese."""
    words = {}
    for key, language in ((name, "en"), (f"{name}_zh", "zh-hans")):
        with override(language):
            words[key] = str.__str__(told(kept(text)))
    return words


class _Attribute(DeferredAttribute):
    """Tells the text when it is read, keeps it when it is set."""

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        text = super().__get__(instance, cls)
        return told(text) if isinstance(text, str) else text

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = kept(value)


class StatementField(models.TextField):  # type: ignore[type-arg]
    """A text that a person typed, or a statement of a program that every reader gets in their own language."""

    descriptor_class = _Attribute

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The kept text goes to the database."""
        return kept(super().pre_save(model_instance, add))

    def get_prep_value(self, value: Any) -> Any:
        """The same in updates and searches."""
        return kept(super().get_prep_value(value))

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """To the database it is a text like any other, in events of its model too."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs
