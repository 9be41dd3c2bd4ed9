"""The columns of a sheet of master data: how a field is written into a cell and read from one again."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext as _

# Between the parts of a key that has several, and between the values of a cell that holds several.
PART, MANY = "|", ";"
LANGUAGES = ("en", "zh-hans")
YES = {"1", "true", "yes", "y", "x", "是", "真", "√"}
NO = {"0", "false", "no", "n", "", "否", "假"}


def natural_key(model: type[models.Model]) -> tuple[str, ...]:
    """The fields by which people name a row: its unique field, else its first constraint over several, else its id."""
    single = [f.name for f in model._meta.concrete_fields if (f.unique or f.primary_key) and not _is_counter(f)]
    plain = [name for name in single if not model._meta.get_field(name).null]
    if plain:
        return (plain[0],)
    for rule in model._meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and not rule.condition and rule.fields:
            return tuple(rule.fields)
    return (model._meta.pk.name,)


def _is_counter(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.AutoField | models.OneToOneField)


def key_paths(model: type[models.Model], names: Iterable[str] = ()) -> list[str]:
    """The natural key as look-ups that end in plain fields."""
    found = []
    for name in names or natural_key(model):
        target = model._meta.get_field(name).related_model
        found += [f"{name}__{path}" for path in key_paths(target)] if target else [name]
    return found


@dataclass(frozen=True)
class Column:
    """One field of a model as a column."""

    field: Any
    is_key: bool = False
    help: Any = ""

    @property
    def name(self) -> str:
        return str(self.field.name)

    @property
    def title(self) -> str:
        return str(self.field.verbose_name)

    @property
    def target(self) -> Any:
        """The model that the field refers to; None for a plain value."""
        return self.field.related_model

    @property
    def is_many(self) -> bool:
        return bool(self.field.many_to_many)

    @property
    def is_required(self) -> bool:
        return not (self.field.blank or self.field.null or self.field.has_default() or self.is_many)

    @property
    def paths(self) -> list[str]:
        """What to ask the database for, to write the cell."""
        return [f"{self.name}__{path}" for path in key_paths(self.target)] if self.target else [self.name]

    @cached_property
    def words(self) -> dict[str, str]:
        """The value of a choice, by itself and by its word in each language."""
        found: dict[str, str] = {}
        for language in LANGUAGES:
            with translation.override(language):
                found |= {str(word).casefold(): str(value) for value, word in self.field.flatchoices}
        return found | {str(value).casefold(): str(value) for value, _word in self.field.flatchoices}

    def titles(self) -> set[str]:
        """Every heading under which the column is known: its name, and its title in each language."""
        known = {self.name}
        for language in LANGUAGES:
            with translation.override(language):
                known.add(self.title.casefold())
        return known

    def write(self, values: Iterable[Any]) -> str:
        """The cell for what the database gave for `paths`; a reference is empty when nothing is referred to."""
        found = list(values)
        if self.target and not any(value is not None for value in found):
            return ""
        return PART.join(plain(value) for value in found)

    def read(self, text: str) -> Any:
        """The value of a cell that is not a reference; raises ValidationError with the reason."""
        if isinstance(self.field, models.BooleanField):
            return _truth(text)
        if self.field.choices and text:
            text = self._choice(text)
        if isinstance(self.field, models.JSONField):
            return _structure(text)
        if text == "":
            return self._nothing()
        if any(not char.isprintable() and char not in "\n\t" for char in text):
            raise ValidationError(_("The cell holds a character that can't be shown. Type it anew."))
        return _checked(self.field.clean(text, None))

    def _nothing(self) -> Any:
        if self.field.null:
            return None
        if self.field.blank and self.field.empty_strings_allowed:
            return ""
        raise ValidationError(_("This column must be filled."))

    def _choice(self, text: str) -> str:
        """A choice by its value, or by its word in any language."""
        if found := self.words.get(text.casefold()):
            return found
        allowed = ", ".join(f"{value} ({word})" for value, word in self.field.flatchoices)
        raise ValidationError(_("“%(text)s” is not one of: %(allowed)s.") % {"text": text[:60], "allowed": allowed})


def plain(value: Any) -> str:
    """A value as text that reads back as the same value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        text = format(value.normalize(), "f")
        return "0" if text in {"-0", "0"} else text
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)


def _checked(value: Any) -> Any:
    """Numbers are finite, times have a zone."""
    if isinstance(value, float | Decimal) and not math.isfinite(value):
        raise ValidationError(_("This is not a number."))
    if isinstance(value, datetime) and timezone.is_naive(value):
        return timezone.make_aware(value)
    return value


def _truth(text: str) -> bool:
    if text.casefold() in YES | NO:
        return text.casefold() in YES
    raise ValidationError(_("“%(text)s” is neither yes nor no.") % {"text": text[:60]})


def _structure(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise ValidationError(_("This is not valid JSON: %(why)s") % {"why": error}) from error
