"""What an address asks of a list: filters, order, page, and only some of the words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist, FieldError, ValidationError
from django.db.models import BooleanField, Model, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from integrations.models import ExternalId
from integrations.nouns.commands.external_ids import External
from integrations.nouns.noun import Filter, Noun, Words
from plant.errors import Refusal
from plant.lists import paging
from plant.lists.paging import Key, Page, UnknownPlace
from plant.queries.journal import UnknownCursor

PAGE, LARGEST_PAGE = 50, 200
TRUE, FALSE = {"true", "1"}, {"false", "0"}
COMMON = {"limit", "after", "order", "fields", "source", "external_id"}
SOURCE = OpenApiParameter("source", str, description="The other system whose id is given.")
EXTERNAL_ID = OpenApiParameter("external_id", str, description="The id of this one in the other system.")
VERSION = OpenApiParameter(
    "version", int, description="The version that the other system counts; an older one than was taken is ignored.",
)  # fmt: skip
EXTERNAL = [SOURCE, EXTERNAL_ID, VERSION]


class BadFilter(Refusal):
    """A query parameter that can't be read."""

    code = "bad-filter"


def parameters(noun: Noun) -> list[OpenApiParameter]:
    """What the list of a noun can be asked for, for its description."""
    words = {"type": "array", "items": {"type": "string", "enum": list(noun.answer().fields)}}
    sorts = sorted(name for order in noun.orders for name in (order, f"-{order}"))
    found = [
        OpenApiParameter(name, kind_of(noun.model, path))
        for name, path in sorted(noun.filters.items(), key=lambda pair: pair[0])
    ]
    if sorts:
        turned = "A minus turns it round; newest first if not said."
        found.append(OpenApiParameter("order", enum=sorts, description=turned))
    return [
        *found, SOURCE, EXTERNAL_ID,
        OpenApiParameter("fields", words, explode=False, description="Only these words, with commas between."),
        OpenApiParameter("limit", {"type": "integer", "minimum": 1}, description="At most so many, 200 at the most."),
        OpenApiParameter("after", description="`next` of the page before."),
    ]


def kind_of(model: type[Model], path: Filter) -> Any:
    """What a filter is asked with: yes or no, a time with its offset, or text."""
    if is_flag(model, path):
        return bool
    return OpenApiTypes.DATETIME if isinstance(path, str) and path.endswith(("__gte", "__lt")) else str


def page(noun: Noun, request: Request) -> Page:
    """The page of a noun's rows that an address asks for."""
    query = request.query_params
    unknown = sorted(set(query) - set(noun.filters) - COMMON)
    if unknown:
        known = ", ".join(sorted({*noun.filters, *COMMON}))
        raise bad(unknown[0], _("“%(name)s” can't be asked for here. Known: %(known)s."), known=known)
    rows = noun.rows(request.user)
    for name, path in noun.filters.items():
        if name in query:
            rows = narrowed(rows, name, path, query[name])
    if "external_id" in query:
        rows = rows.filter(**noun.named(known_as(noun, query)))
    size = number(query.get("limit", str(PAGE)), "limit")
    try:
        return paging.page(
            rows, order(noun, query.get("order", "")), cursor=query.get("after", ""), size=min(size, LARGEST_PAGE),
            is_strict=True,
        )
    except UnknownPlace as error:
        message = _("“%(cursor)s” is not a cursor of this list. Leave “after” out, then use “next” of each answer.")
        raise UnknownCursor(message % {"cursor": str(error)[:60]}, facts={"parameter": "after"}) from error


def known_as(noun: Noun, query: Mapping[str, str]) -> str:
    """Our number of what another system calls so; one that nothing carries where it is unknown."""
    said = {name: query.get(name, "") for name in ("source", "external_id")}
    for name, text in said.items():
        if not text or "\0" in text:
            raise bad(name, _("“source” and “external_id” belong together: which system, and its id."))
    found = ExternalId.objects.filter(noun=noun.code, **said).first()
    return found.key if found else "\x01"


def external(request: Request) -> External | None:
    """Whose words a request brings, where it says so."""
    query = request.query_params
    if not any(name in query for name in ("source", "external_id", "version")):
        return None
    source, number_there, version = (query.get(name, "") for name in ("source", "external_id", "version"))
    for name, text, most in (("source", source, 60), ("external_id", number_there, 200)):
        if not text or len(text) > most or "\0" in text:
            raise bad(name, _("“source” and “external_id” belong together: which system, and its id."))
    if version and not (version.isascii() and version.isdigit() and len(version) < 19):
        raise bad("version", _("“%(name)s” must be a whole number."))
    return External(source, number_there, int(version) if version else None)


def narrowed(rows: "QuerySet[Any]", name: str, path: Filter, text: str) -> "QuerySet[Any]":
    """The rows with a value; a moment means from then on."""
    value: Any = text
    if "\0" in text:
        raise bad(name, _("“%(name)s” holds a character that nothing here has."))
    if is_flag(rows.model, path):
        if text.lower() not in TRUE | FALSE:
            raise bad(name, _("“%(name)s” is true or false."))
        value = text.lower() in TRUE
    if not isinstance(path, str):
        return rows.filter(path(value))
    if path.endswith(("__gte", "__lt")):
        value = moment(name, text)
    try:
        return rows.filter(**{path: value})
    except (ValueError, ValidationError, FieldError) as error:
        raise bad(name, _("“%(name)s” can't have this value.")) from error


def moment(name: str, text: str) -> datetime:
    """A time with its offset; a plus that was read as a space is put back."""
    try:
        found = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise bad(name, _("“%(name)s” is no time with an offset, like 2026-11-23T08:00:00+08:00."))
    return found


def order(noun: Noun, text: str) -> list[Key]:
    """The order asked for; newest first when nothing is said."""
    path = noun.orders.get(text.removeprefix("-"))
    if text and path is None:
        raise bad("order", _("“%(name)s” can't be this. Known: %(known)s."), known=", ".join(sorted(noun.orders)))
    return paging.keys(noun.model, [path] if path else [], descending=text.startswith("-") or not text)


class Sparse(serializers.Serializer):
    """One of a list, of which a caller may want only some words."""

    def get_fields(self) -> dict[str, Any]:
        """Any of them may be missing."""
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


def line_of(noun: Noun) -> type[Sparse]:
    """The same for a noun."""
    name = "".join(word.capitalize() for word in noun.code.split("-"))
    return type(f"{name}Line", (Sparse, noun.answer), {"__doc__": noun.answer.__doc__})


def sparse(noun: Noun, request: Request, told: list[Words]) -> list[Words]:
    """Only the words that were asked for."""
    text = request.query_params.get("fields", "")
    wanted = [name for name in text.split(",") if name]
    known = set(noun.answer().fields)
    for name in wanted:
        if name not in known:
            raise bad("fields", _("There is no word “%(word)s” here. Known: %(known)s."), word=name[:60],
                      known=", ".join(sorted(known)))
    return [{name: row[name] for name in wanted} for row in told] if wanted else told


def number(text: str, name: str) -> int:
    """A whole number above zero."""
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text)):
        raise bad(name, _("“%(name)s” must be a whole number above zero."))
    return int(text)


def bad(name: str, message: Any, **more: str) -> BadFilter:
    """A parameter that can't be read, and what could be."""
    return BadFilter(message % {"name": name[:60], **more}, facts={"parameter": name[:60]})


def is_flag(model: type[Model], path: Filter) -> bool:
    """Whether a filter is answered by yes or no."""
    if not isinstance(path, str):
        return True
    field: Any = None
    for name in path.split("__"):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:  # a transform such as isnull
            return name == "isnull"
        model = getattr(field, "related_model", None) or model
    return isinstance(field, BooleanField)
