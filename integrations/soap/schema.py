"""Words of the API as XML Schema types, words as elements, and elements as words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from rest_framework import serializers
from rest_framework.fields import empty

from integrations.formats.safe_xml import add, children, local

XSD = "http://www.w3.org/2001/XMLSchema"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
SIMPLE: tuple[tuple[type[Any], str], ...] = (
    (serializers.BooleanField, "boolean"), (serializers.IntegerField, "integer"), (serializers.DecimalField, "decimal"),
    (serializers.FloatField, "double"), (serializers.DateTimeField, "dateTime"), (serializers.DateField, "date"),
)


@dataclass(frozen=True)
class Word:
    """One word of an object: how often it stands there, and its parts where it is an object itself."""

    name: str
    kind: str
    is_many: bool = False
    is_required: bool = False
    parts: tuple["Word", ...] = ()


def words_of(serializer: type[serializers.Serializer] | serializers.Serializer, *, answers: bool) -> tuple[Word, ...]:
    """The words of a serializer, in its order."""
    made = serializer() if isinstance(serializer, type) else serializer
    return tuple(
        word(name, field, answers=answers) for name, field in made.fields.items() if answers or not field.read_only)


def word(name: str, field: Any, *, answers: bool) -> Word:
    """One field; what is neither plain nor an object with known words is told as text."""
    is_many = isinstance(field, serializers.ListField | serializers.ListSerializer)
    inner = field.child if is_many else field
    required = not answers and field.required and field.default is empty
    if isinstance(inner, serializers.Serializer):
        return Word(name, "object", is_many, required, words_of(inner, answers=answers))
    kind = next((kind for known, kind in SIMPLE if isinstance(inner, known)), "string")
    # What comes in is checked by the words themselves, which say more than a schema can.
    return Word(name, kind if answers is False or kind in {"boolean", "integer"} else "string", is_many, required)


def described(parent: Element, name: str, words: tuple[Word, ...]) -> None:
    """A complex type and those inside it."""
    made = add(parent, "xsd:complexType", attributes={"name": name})
    sequence = add(made, "xsd:sequence")
    for one in words:
        kind = f"tns:{name}_{one.name}" if one.parts else f"xsd:{one.kind}"
        add(sequence, "xsd:element", attributes={
            "name": one.name, "type": kind, "minOccurs": "1" if one.is_required else "0",
            **({"maxOccurs": "unbounded"} if one.is_many else {"nillable": "true"})})
    for one in words:
        if one.parts:
            described(parent, f"{name}_{one.name}", one.parts)


def read(element: Element, words: tuple[Word, ...]) -> dict[str, Any]:
    """The words that stand in an element; what is not known is passed on, for the words' own check to name."""
    known = {one.name: one for one in words}
    found: dict[str, Any] = {}
    for part in element:
        name = local(part)
        one = known.get(name)
        if one is not None and one.is_many:
            found.setdefault(name, []).append(_value(part, one))
        else:
            found[name] = _value(part, one)
    return found


def _value(element: Element, one: Word | None) -> Any:
    if element.get(NIL) in {"true", "1"}:
        return None
    if one is not None and one.parts:
        return read(element, one.parts)
    return "".join(element.itertext()).strip()


def write(parent: Element, words: tuple[Word, ...], said: Mapping[str, Any]) -> None:
    """The words of an object as elements, in the order of its type; what is None is left out."""
    for one in words:
        value = said.get(one.name)
        for each in value or () if one.is_many else [value]:
            if each is None:
                continue
            if one.parts:
                write(add(parent, one.name), one.parts, each)
            else:
                add(parent, one.name, str(each).lower() if isinstance(each, bool) else each)


def rows(element: Element, name: str) -> Iterator[Element]:
    """The elements of one name."""
    yield from children(element, name)
