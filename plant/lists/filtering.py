"""What every filter does: it reads its own words of an address, narrows the rows, and writes itself back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet

from plant.models import Person

Asked = Mapping[str, Sequence[str]]
LONGEST = 200


def clean(text: str) -> str:
    """What somebody typed, without what no column can hold."""
    return text.replace("\0", "").strip()[:LONGEST]


def first(asked: Asked, name: str) -> str:
    """The last word given for a name, as a browser's forms mean it."""
    given = asked.get(name) or [""]
    return clean(given[-1])


@dataclass(frozen=True, kw_only=True)
class Filter:
    """One question to a list. `field` is the path that it looks at; `more` puts it behind "More filters"."""

    key: str
    label: Any
    field: str = ""
    more: bool = False
    widget: ClassVar[str] = "text"

    @property
    def path(self) -> str:
        """The field that it looks at."""
        return self.field or self.key

    @property
    def names(self) -> tuple[str, ...]:
        """Its words in an address."""
        return (self.key,)

    def read(self, asked: Asked) -> Any:
        """What it is asked, or None when nothing sensible."""
        return first(asked, self.key) or None

    def write(self, value: Any) -> list[tuple[str, str]]:
        """The same back as words of an address."""
        return [(self.key, str(value))]

    def narrow(self, rows: "QuerySet[Any]", value: Any, person: Person) -> "QuerySet[Any]":
        """The rows that fit."""
        return rows.filter(**{f"{self.path}__icontains": value})

    def otherwise(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """The rows when nothing is asked."""
        return rows

    def told(self, value: Any) -> str:
        """The value in words."""
        return str(value)

    def choices(self) -> list[tuple[str, Any]]:
        """The values that it knows."""
        return []

    def offered(self, person: Person) -> list[tuple[str, Any]]:
        """Those that its widget offers to a person: none that they do not reach."""
        return self.choices()
