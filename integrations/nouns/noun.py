"""What one business object is to other systems: its words in and out, and the one command that takes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet
from rest_framework.serializers import Serializer

from plant import scoping
from plant.errors import Refusal
from plant.models import Person

Words = dict[str, Any]
Filter = str | Callable[[bool], Q]
Take = Callable[[Words, Person, datetime], tuple[Model, bool]]
Taken = tuple[Model, str] | Refusal | None
TakeMany = Callable[[Sequence[Words], Person, datetime], Sequence[Taken]]


def each(tell: Callable[[Any], Words]) -> Callable[[Sequence[Any]], list[Words]]:
    """Tell rows one by one, where one needs nothing of the others."""
    return lambda rows: [tell(row) for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """A business object that comes in, goes out, or both.

    code     its name in addresses, mappings and files
    key      the word that names one of them
    takes    the words that come in, the key among them; none: it does not come in
    take     validated words → ONE command; the row and whether it is new; the same words again change nothing
    take_many  the same for many at once: each row with what became of it, or why not, or nothing where it is to be
             taken alone
    every    all rows with what `tell` needs of them
    tell     rows → words, for a list; `tell_whole` the same for one that is asked for alone
    by_key   how to look one up by its key, where that is more than one column; `key_of_row` the way back
    filters  parameter of an address → look-up, or what yes and no mean; `orders` likewise, for sorting
    once     what comes in is something that happened: taken once, and never changed by a later version
    """

    code: str
    name: Any
    key: str
    model: type[Model]
    reads: str
    writes: str = ""
    takes: type[Serializer[Any]] | None = None
    take: Take | None = None
    take_many: TakeMany | None = None
    every: Callable[[], "QuerySet[Any]"]
    tell: Callable[[Sequence[Any]], list[Words]]
    tell_whole: Callable[[Any], Words] | None = None
    answer: type[Serializer[Any]]
    whole: type[Serializer[Any]] | None = None
    sent: Words | None = None
    example: Words
    example_whole: Words | None = None
    by_key: Callable[[str], Words] | None = None
    key_of_row: Callable[[Any], str] | None = None
    filters: Mapping[str, Filter] = field(default_factory=dict)
    orders: Mapping[str, str] = field(default_factory=dict)
    once: bool = False

    def rows(self, person: Person) -> "QuerySet[Any]":
        """Those that a person or a key may see."""
        return scoping.visible(self.every(), person)

    def told(self, row: Any) -> Words:
        """One of them in words."""
        return self.tell_whole(row) if self.tell_whole else self.tell([row])[0]

    def find(self, person: Person, key: str) -> Any | None:
        """The one of that key, if it is there and a person may see it."""
        return self.rows(person).filter(**self.named(key)).first()

    def named(self, key: str) -> Words:
        """The look-up of a key."""
        return self.by_key(key) if self.by_key else {self.key: key}

    def key_of(self, row: Any) -> str:
        """The key of a row."""
        return self.key_of_row(row) if self.key_of_row else str(getattr(row, self.key))
