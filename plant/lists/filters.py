"""The kinds of filters: a text, one or several values, yes or no, ranges, references, people."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import scoping
from plant.lists.filtering import Asked, Filter, clean, first
from plant.models import Person, PersonKind

Options = Iterable[tuple[Any, Any]] | Callable[[], Iterable[tuple[Any, Any]]]
MOST_OPTIONS = 300
LARGEST = Decimal(10) ** 15
YEARS = range(1900, 2300)


@dataclass(frozen=True, kw_only=True)
class TextFilter(Filter):
    """A part of a text, in one field or in any of several."""

    fields: tuple[str, ...] = ()

    def narrow(self, rows: "QuerySet[Any]", value: Any, person: Person) -> "QuerySet[Any]":
        """The rows of which a field holds the text."""
        found = Q()
        for path in self.fields or (self.path,):
            found |= Q(**{f"{path}__icontains": value})
        return rows.filter(found)


@dataclass(frozen=True, kw_only=True)
class Choice(Filter):
    """One of some values. With `default`, asking nothing means those, and "all" takes even that away."""

    options: Options
    default: tuple[str, ...] = ()
    blank: Any = ""
    query: Callable[[str], Q] | None = None
    widget: ClassVar[str] = "choice"

    def choices(self) -> list[tuple[str, Any]]:
        """The values with their words."""
        given = self.options() if callable(self.options) else self.options
        found = [(str(key), word) for key, word in given]
        return [*found, ("all", _("All"))] if self.default else found

    def read(self, asked: Asked) -> Any:
        """A value that there is."""
        value = first(asked, self.key)
        return value if value and value in dict(self.choices()) else None

    def narrow(self, rows: "QuerySet[Any]", value: Any, person: Person) -> "QuerySet[Any]":
        """The rows with this value."""
        if self.default and value == "all":
            return rows
        return rows.filter(self.query(value) if self.query else Q(**{self.path: value}))

    def otherwise(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """The rows with a usual value."""
        if not self.default:
            return rows
        if self.query is None:
            return rows.filter(**{f"{self.path}__in": self.default})
        found = Q()
        for value in self.default:
            found |= self.query(value)
        return rows.filter(found)

    def told(self, value: Any) -> str:
        """The word for the value."""
        return str(dict(self.choices()).get(str(value), value))


@dataclass(frozen=True, kw_only=True)
class Multi(Choice):
    """Any of some values."""

    widget: ClassVar[str] = "multi"

    def read(self, asked: Asked) -> Any:
        """The values that there are, in the order in which they are offered."""
        given = {clean(value) for value in asked.get(self.key, ())}
        return tuple(key for key, _word in self.choices() if key in given) or None

    def write(self, value: Any) -> list[tuple[str, str]]:
        """One word each."""
        return [(self.key, str(one)) for one in value]

    def narrow(self, rows: "QuerySet[Any]", value: Any, person: Person) -> "QuerySet[Any]":
        """The rows with one of these values."""
        if self.default and "all" in value:
            return rows
        if self.query is None:
            return rows.filter(**{f"{self.path}__in": value})
        found = Q()
        for one in value:
            found |= self.query(one)
        return rows.filter(found)

    def told(self, value: Any) -> str:
        """The words for the values."""
        words = dict(self.choices())
        return ", ".join(str(words.get(one, one)) for one in value)


@dataclass(frozen=True, kw_only=True)
class Flag(Choice):
    """Yes or no."""

    options: Options = (("yes", _("Yes")), ("no", _("No")))

    def narrow(self, rows: "QuerySet[Any]", value: Any, person: Person) -> "QuerySet[Any]":
        """The rows of which it is true, or those of which it is not."""
        if self.query is None:
            return rows.filter(**{self.path: value == "yes"})
        return rows.filter(self.query("yes")) if value == "yes" else rows.exclude(self.query("yes"))


@dataclass(frozen=True, kw_only=True)
class DateRange(Filter):
    """From a day to a day, both whole, in plant time."""

    words: tuple[str, str] | None = None
    widget: ClassVar[str] = "range"
    input_type: ClassVar[str] = "date"

    @property
    def names(self) -> tuple[str, ...]:
        """A word for the first and one for the last."""
        return self.words or (f"{self.key}_from", f"{self.key}_to")

    def read(self, asked: Asked) -> Any:
        """The two ends; an end that makes no sense is left open."""
        ends = tuple(self.end(first(asked, name)) for name in self.names)
        return None if ends == (None, None) else ends

    def end(self, text: str) -> Any:
        """One end."""
        try:
            day = parse_date(text)
        except ValueError:
            return None
        return day if day and day.year in YEARS else None

    def write(self, value: Any) -> list[tuple[str, str]]:
        """The ends that are set."""
        return [(name, str(end)) for name, end in zip(self.names, value, strict=True) if end is not None]

    def narrow(self, rows: "QuerySet[Any]", value: Any, person: Person) -> "QuerySet[Any]":
        """The rows within."""
        since, until = value
        if since is not None:
            rows = rows.filter(**{f"{self.path}__gte": midnight(since)})
        if until is not None:
            rows = rows.filter(**{f"{self.path}__lt": midnight(until + timedelta(days=1))})
        return rows

    def told(self, value: Any) -> str:
        """The ends in words."""
        since, until = (now("…") if end is None else str(end) for end in value)
        return f"{since} – {until}"


@dataclass(frozen=True, kw_only=True)
class NumberRange(DateRange):
    """From a number to a number, both included."""

    input_type: ClassVar[str] = "number"

    @property
    def names(self) -> tuple[str, ...]:
        """A word for the least and one for the most."""
        return self.words or (f"{self.key}_min", f"{self.key}_max")

    def end(self, text: str) -> Any:
        """One end."""
        try:
            number = Decimal(text)
        except InvalidOperation:
            return None
        return number if number.is_finite() and abs(number) < LARGEST else None

    def narrow(self, rows: "QuerySet[Any]", value: Any, person: Person) -> "QuerySet[Any]":
        """The rows within."""
        ends = zip(("gte", "lte"), value, strict=True)
        return rows.filter(**{f"{self.path}__{word}": end for word, end in ends if end is not None})


@dataclass(frozen=True, kw_only=True)
class Reference(Filter):
    """Exactly the thing with this code; what there is is offered while somebody types."""

    options: Options = ()
    widget: ClassVar[str] = "reference"

    def choices(self) -> list[tuple[str, Any]]:
        """Codes with names."""
        given = self.options() if callable(self.options) else self.options
        return [(str(code), name) for code, name in list(given)[:MOST_OPTIONS]]

    def narrow(self, rows: "QuerySet[Any]", value: Any, person: Person) -> "QuerySet[Any]":
        """The rows that refer to it."""
        return rows.filter(**{self.path: value})


@dataclass(frozen=True, kw_only=True)
class PersonFilter(Reference):
    """Somebody by staff number or a part of the name; "me" is whoever looks, also in a shared view."""

    number: str = "number"
    name: str = "name"

    def offered(self, person: Person) -> list[tuple[str, Any]]:
        """Oneself, then the others of one's sites."""
        people = Person.objects.filter(kind=PersonKind.HUMAN, is_active=True).order_by("number")
        near = scoping.visible(people, person)
        return [("me", _("Me")), *near.values_list("number", "name")[:MOST_OPTIONS]]

    def narrow(self, rows: "QuerySet[Any]", value: Any, person: Person) -> "QuerySet[Any]":
        """The rows that name this person."""
        if value == "me":
            value = person.number
        found = Q(**{self.at(self.number): value}) | Q(**{f"{self.at(self.name)}__icontains": value})
        return rows.filter(found)

    def at(self, name: str) -> str:
        """A field of the person; without a path it lies in the row itself."""
        return f"{self.field}__{name}" if self.field else name

    def told(self, value: Any) -> str:
        """Who."""
        return now("Me") if value == "me" else str(value)


def midnight(day: date) -> datetime:
    """The plant's midnight at the start of a day."""
    return timezone.make_aware(datetime.combine(day, time.min))
