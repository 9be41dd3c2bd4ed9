"""What rows of one batch refer to, asked for once."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model, QuerySet
from rest_framework.fields import empty
from rest_framework.serializers import Serializer

from integrations.erp.fields import Code
from integrations.nouns.noun import Noun, Words


class Known:
    """One serializer for all rows of a noun, and the rows that were found by their codes so far."""

    def __init__(self) -> None:
        self._serializers: dict[str, Serializer[Any]] = {}
        self._found: dict[tuple[int, str], Model] = {}

    def checked(self, noun: Noun, words: Words) -> Words:
        """The words in ours. ValidationError: they can't be accepted."""
        return dict(self.serializer(noun).run_validation(words if words is not None else empty))

    def serializer(self, noun: Noun) -> Serializer[Any]:
        """The noun's serializer, made once: making it costs more than using it."""
        if noun.code not in self._serializers:
            if noun.takes is None:
                raise TypeError(f"{noun.code} does not come in")
            self._serializers[noun.code] = noun.takes(context={"known": self})
        return self._serializers[noun.code]

    def row(self, field: Code, code: str) -> Model | None:
        """The row of a code; what was not there is asked for again: an earlier row may have made it."""
        key = (id(field), code)
        if key not in self._found:
            row = rows_of(field).filter(**{str(field.slug_field): code}).first()
            if row is None:
                return None
            self._found[key] = row
        return self._found[key]

    def ask_ahead(self, noun: Noun, rows: Iterable[Mapping[str, Any]]) -> None:
        """Look up all codes of a batch, one question for each word that refers to something."""
        sent = list(rows)
        for name, field in self.serializer(noun).fields.items():
            if isinstance(field, Code):
                codes = {value for row in sent if isinstance(value := row.get(name), str)}
                slug = str(field.slug_field)
                for row in rows_of(field).filter(**{f"{slug}__in": codes}):
                    self._found[id(field), getattr(row, slug)] = row


def rows_of(field: Code) -> "QuerySet[Any]":
    """The rows that a code can name; a field that only shows one has none."""
    rows = field.get_queryset()
    if rows is None:
        raise TypeError(f"{field.field_name} is not written")
    return rows
