"""The settings of an adapter as fields of a form, and as words to read: both drawn from its serializer alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from rest_framework import serializers

from integrations.links.commands.connections import told
from integrations.links.outgoing import OUTGOING
from integrations.nouns.registry import NOUNS
from plant.web.part_forms import NEEDED, PartsField
from plant.web.written import IntegersField, JsonField, LinesField, WordsField

LONG = 400  # longer texts are written in several lines
Field = serializers.Field[Any, Any, Any, Any]


def incoming() -> list[tuple[str, Any]]:
    """What can come in."""
    return [(code, noun.name) for code, noun in NOUNS.items() if noun.takes is not None]


def outgoing() -> list[tuple[str, Any]]:
    """What can go out."""
    return [(code, name) for code, (name, _fields) in OUTGOING.items()]


class NounField(forms.ChoiceField):
    """An object of ours; one that stands there already is offered too, whatever it is."""

    def __init__(self, *, way: str, **kwargs: Any) -> None:
        known = outgoing() if way == "out" else incoming()
        super().__init__(choices=[("", "—"), *known], **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if value and not self.valid_value(value):
            self.choices = [*self.choices, (value, value)]  # type: ignore[has-type]
        return value

    def validate(self, value: Any) -> None:
        forms.Field.validate(self, value)


class LongField(forms.CharField):
    """A text of several lines."""

    widget = forms.Textarea({"rows": 4, "spellcheck": "false"})

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        return found.replace("\r\n", "\n") if isinstance(found, str) else found


def child_of(field: Any) -> tuple[serializers.Serializer[Any] | None, bool]:
    """The serializer of a part, and whether there is one part at most."""
    if isinstance(field, serializers.Serializer):
        return field, True
    child = getattr(field, "child", None)
    return (child, False) if isinstance(child, serializers.Serializer) else (None, False)


def in_order(serializer: serializers.Serializer[Any]) -> dict[str, Any]:
    """Its fields; what it is about stands first."""
    return dict(sorted(serializer.fields.items(), key=lambda one: "noun" not in one[1].style))


def wrong(serializer: type[Any], said: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is wrong with settings, field by field."""
    form = serializer(data=said)
    form.is_valid()
    return {name: _texts(found) for name, found in form.errors.items()}


def _texts(found: Any) -> list[str]:
    if isinstance(found, list) and not any(isinstance(one, Mapping) for one in found):
        return [str(one) for one in found]
    return [told(found)]


def drawn(name: str, field: Field, depth: int = 0) -> forms.Field:
    """A field of an adapter's settings as a field of a form."""
    usual = NEEDED if field.default is serializers.empty else (
        field.default() if callable(field.default) else field.default)
    said: dict[str, Any] = {
        "label": field.label or name.replace("_", " ").capitalize(), "help_text": field.help_text or "",
        "required": field.required, "initial": None if usual is NEEDED else usual,
    }
    child, is_single = child_of(field)
    made = _parts(child, said, depth, single=is_single) if child else _made(field, said)
    made.usual = usual  # type: ignore[attr-defined]
    made.is_first = field.required or bool(field.style.get("first"))  # type: ignore[attr-defined]
    return made


def _parts(child: serializers.Serializer[Any], said: dict[str, Any], depth: int, *, single: bool) -> PartsField:
    kind = type(child)
    return PartsField(
        label=said["label"], required=said["required"], intro=said["help_text"], depth=depth, single=single,
        fields=lambda: {name: drawn(name, one, depth + 1) for name, one in in_order(kind()).items()},
        check=lambda words: wrong(kind, words),
    )


def _made(field: Any, said: dict[str, Any]) -> forms.Field:
    if isinstance(field, serializers.BooleanField):
        return forms.BooleanField(**{**said, "required": False})
    if isinstance(field, serializers.ChoiceField):
        return forms.ChoiceField(choices=list(field.choices.items()), **said)
    if isinstance(field, serializers.IntegerField):
        return forms.IntegerField(min_value=field.min_value, max_value=field.max_value, **said)
    if isinstance(field, serializers.CharField):
        return _text(field, said)
    said["required"] = False
    if isinstance(field, serializers.DictField):
        return WordsField(**said)
    if isinstance(field, serializers.ListField):
        return _several(field.child, said)
    return JsonField(**{**said, "rows": 6})


def _text(field: serializers.CharField, said: dict[str, Any]) -> forms.Field:
    if way := field.style.get("noun"):
        return NounField(way=way, **said)
    said["strip"] = field.trim_whitespace
    if not field.allow_blank and not field.required:
        said["empty_value"] = None
    kind = LongField if (field.max_length or 0) > LONG else forms.CharField
    return kind(max_length=field.max_length, **said)


def _several(child: Any, said: dict[str, Any]) -> forms.Field:
    if isinstance(child, serializers.ChoiceField):
        return forms.MultipleChoiceField(
            choices=list(child.choices.items()), widget=forms.CheckboxSelectMultiple, **said)
    if isinstance(child, serializers.IntegerField):
        return IntegersField(**said)
    return LinesField(**said) if isinstance(child, serializers.CharField) else JsonField(**{**said, "rows": 6})


@dataclass(frozen=True, slots=True)
class Told:
    """A setting to read: a text, or parts as a table with what else is said of each."""

    label: str
    text: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[str, ...], tuple[tuple[str, str], ...]], ...] = ()


def settings_told(serializer: type[Any] | None, said: Mapping[str, Any]) -> list[Told]:
    """Settings to read, in the order of their fields; then what no field knows."""
    fields: dict[str, Any] = dict(serializer().fields) if serializer else {}
    order = [*[name for name in fields if name in said], *[name for name in said if name not in fields]]
    return [_told(name, fields.get(name), said[name]) for name in order if said[name] not in ("", [], {}, None)]


def _told(name: str, field: Any, value: Any) -> Told:
    child, _is_single = child_of(field)
    label = str(field.label) if field else name
    if child is None:
        return Told(label, in_words(field, value))
    rows = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]
    fields = in_order(child)
    said = {key for row in rows for key, one in row.items() if one not in ("", [], {}, None)}
    first = [key for key, one in fields.items() if key in said and is_first(one) and child_of(one)[0] is None]
    return Told(label, head=tuple(str(fields[key].label) for key in first), rows=tuple(
        (tuple(in_words(fields[key], row.get(key, "")) for key in first),
         tuple((str(fields[key].label) if key in fields else key, in_words(fields.get(key), one))
               for key, one in row.items() if key not in first and key in said and one not in ("", [], {}, None)))
        for row in rows
    ))


def is_first(field: Any) -> bool:
    """Whether it is shown before the rest."""
    return bool(field.required or field.style.get("first"))


def in_words(field: Any, value: Any) -> str:
    """A value as its form shows it."""
    child, _is_single = child_of(field)
    if child is not None:
        fields = in_order(child)
        rows = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]
        return "\n".join(
            " · ".join(in_words(fields.get(key), one) for key, one in row.items() if one not in ("", [], {}, None))
            for row in rows)
    shown = drawn("", field) if field is not None else JsonField()
    if isinstance(shown, forms.ChoiceField) and not isinstance(value, list):
        return str(dict(shown.choices).get(value, value))  # type: ignore[arg-type]
    if isinstance(shown, forms.MultipleChoiceField) and isinstance(value, list):
        return ", ".join(str(dict(shown.choices).get(one, one)) for one in value)  # type: ignore[arg-type]
    written = shown.prepare_value(value)
    return str(written) if isinstance(written, str | int) else JsonField().write(written)
