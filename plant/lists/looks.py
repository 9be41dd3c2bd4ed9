"""How the value of a column is drawn on a page, and what of it stands in a file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django.http import HttpRequest
from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plant.templatetags import zz_prepare, zz_states
from plant.templatetags.zz import qty, when
from plant.templatetags.zz_numbers import num

Plain = str | int | float | Decimal | datetime | None
PLAIN = (str, int, float, Decimal, type(None))
REMEMBERED = 4096
NONE = mark_safe('<span class="none">—</span>')


@cache
def _template(name: str) -> Any:
    return get_template(name)


def component(name: str, **values: Any) -> SafeString:
    """A component of the design system, drawn outside a page's template; the same again is remembered."""
    said = tuple((key, value if isinstance(value, PLAIN) else str(value)) for key, value in values.items())
    return _drawn(name, get_language(), said)


@lru_cache(maxsize=REMEMBERED)
def _drawn(name: str, language: str | None, said: tuple[tuple[str, Any], ...]) -> SafeString:
    values: dict[str, Any] = {"attrs": "", **dict(said)}
    prepare = zz_prepare.BY_NAME.get(name)
    if prepare:
        prepare(values)
    return SafeString(_template(f"components/{name}.html").render(values).strip())


@dataclass(frozen=True, kw_only=True)
class Look:
    """The plainest one: the value as it is."""

    number = False
    act = False

    def draw(self, value: Any, row: Any, request: HttpRequest) -> SafeString:
        """The cell of a page."""
        return NONE if value in (None, "") else conditional_escape(value)

    def heads(self, label: str) -> list[str]:
        """The headings in a file."""
        return [label]

    def plain(self, value: Any, row: Any) -> list[Plain]:
        """The cells in a file, one for each heading."""
        return ["" if value is None else str(value)]


@dataclass(frozen=True, kw_only=True)
class Text(Look):
    """A text, cut on the page when it is long; a code may have an icon and lead somewhere."""

    most: int = 0
    href: Callable[[Any], str] | None = None
    icon: str = ""

    def draw(self, value: Any, row: Any, request: HttpRequest) -> SafeString:
        """The text, or the link."""
        if self.href is not None or self.icon:
            return component("ref", number=value, href=self.href(row) if self.href else "", icon=self.icon)
        if self.most and value:
            return conditional_escape(Truncator(str(value)).chars(self.most))
        return super().draw(value, row, request)


@dataclass(frozen=True, kw_only=True)
class Number(Look):
    """A number with as many places as asked for."""

    number = True
    places: int | None = None
    suffix: str = ""

    def draw(self, value: Any, row: Any, request: HttpRequest) -> SafeString:
        """The number as the reader writes it."""
        if value is None:
            return NONE
        return format_html("{}{}", num(value, self.places), f" {self.suffix}" if self.suffix else "")

    def plain(self, value: Any, row: Any) -> list[Plain]:
        """The number itself."""
        return [value]


@dataclass(frozen=True, kw_only=True)
class Quantity(Look):
    """A number with its unit, which stands in a cell of its own in a file."""

    number = True
    unit: Callable[[Any], Any]
    places: Callable[[Any], int | None] | None = None

    def draw(self, value: Any, row: Any, request: HttpRequest) -> SafeString:
        """The amount."""
        return NONE if value is None else qty(value, self.unit(row), self.places(row) if self.places else None)

    def heads(self, label: str) -> list[str]:
        """The amount and its unit."""
        return [label, _("Unit")]

    def plain(self, value: Any, row: Any) -> list[Plain]:
        """The number, and the unit's symbol."""
        unit = self.unit(row)
        return [value, "" if value is None else str(getattr(unit, "symbol", unit) or "")]


@dataclass(frozen=True, kw_only=True)
class Moment(Look):
    """A moment in plant time; late ones are marked."""

    style: str = "minute"
    late: Callable[[Any], bool] | None = None
    word: Any = ""

    def draw(self, value: Any, row: Any, request: HttpRequest) -> SafeString:
        """The moment, and a mark when it has passed."""
        drawn = when(value, self.style)
        if value is None or self.late is None or not self.late(row):
            return drawn
        mark = component("badge", label=self.word or _("Late"), tone="warning", icon="clock-exclamation")
        return format_html("{} {}", drawn, mark)

    def plain(self, value: Any, row: Any) -> list[Plain]:
        """The moment on the plant's clock."""
        aware = isinstance(value, datetime) and timezone.is_aware(value)
        return [timezone.localtime(value).replace(tzinfo=None) if aware else value]


@dataclass(frozen=True, kw_only=True)
class State(Look):
    """A state as colour, icon and word; `word` gives the model's own word, `more` further marks beside it."""

    word: Callable[[Any], Any] | None = None
    tone: Callable[[Any], tuple[str, str]] | None = None
    more: Callable[[Any], SafeString] | None = None

    def draw(self, value: Any, row: Any, request: HttpRequest) -> SafeString:
        """The badge."""
        if value in (None, ""):
            return NONE
        label = self.said(value, row)
        if self.tone is not None:
            tone, icon = self.tone(row)
            drawn = component("badge", label=label, tone=tone, icon=icon)
        else:
            tone, icon, _word = zz_states.look(value)
            drawn = component("state", label=label, tone=tone, icon=icon)
        return format_html("{} {}", drawn, self.more(row)) if self.more else drawn

    def said(self, value: Any, row: Any) -> str:
        """The word."""
        return str(self.word(row)) if self.word else zz_states.look(value)[2]

    def plain(self, value: Any, row: Any) -> list[Plain]:
        """The word."""
        return ["" if value in (None, "") else self.said(value, row)]


@dataclass(frozen=True, kw_only=True)
class Who(Look):
    """A person; where nobody is named, `otherwise` may say who is meant."""

    otherwise: Callable[[Any], Any] | None = None

    def draw(self, value: Any, row: Any, request: HttpRequest) -> SafeString:
        """The person."""
        if value in (None, "") and self.otherwise is not None:
            return conditional_escape(self.otherwise(row))
        return component("person", person=value)

    def plain(self, value: Any, row: Any) -> list[Plain]:
        """The name."""
        if value in (None, "") and self.otherwise is not None:
            return [str(self.otherwise(row))]
        return [str(value or "")]


@dataclass(frozen=True, kw_only=True)
class Progress(Look):
    """How much of a whole is good, and how much is scrap; the value is the good amount."""

    whole: Callable[[Any], Any]
    scrap: Callable[[Any], Any]
    label: Any = ""

    def draw(self, value: Any, row: Any, request: HttpRequest) -> SafeString:
        """The bar."""
        return component(
            "progress", value=value, max=self.whole(row), scrap=self.scrap(row), bare=True, label=str(self.label)
        )

    def heads(self, label: str) -> list[str]:
        """Good and scrap."""
        return [_("Good"), _("Scrap")]

    def plain(self, value: Any, row: Any) -> list[Plain]:
        """The two numbers."""
        return [value, self.scrap(row)]


@dataclass(frozen=True, kw_only=True)
class Post(Look):
    """A button that does something with this one row; it is not in files."""

    act = True
    url: Callable[[Any], str]
    label: Any
    icon: str = ""
    why: Callable[[Any, HttpRequest], str] | None = None

    def draw(self, value: Any, row: Any, request: HttpRequest) -> SafeString:
        """The button, when the value says that there is something to do."""
        if not value:
            return mark_safe("")
        values = {"label": self.label, "post": self.url(row), "icon": self.icon, "size": "sm", "attrs": "",
                  "why": self.why(row, request) if self.why else ""}
        zz_prepare.BY_NAME["button"](values)
        return SafeString(_template("components/button.html").render(values, request))

    def heads(self, label: str) -> list[str]:
        """Nothing."""
        return []

    def plain(self, value: Any, row: Any) -> list[Plain]:
        """Nothing."""
        return []
