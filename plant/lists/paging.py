"""Pages of a long list by cursor: as fast on the thousandth page as on the first, right under ties and empty values.

A cursor carries the sort values and the primary key of the row beside which the page begins. Rows without a value come
last in the order as asked (and so first on the way back). The page is read with one row more than it shows.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Model, OrderBy, Q, QuerySet

PREFIX = "sort_key_"


@dataclass(frozen=True, slots=True)
class Key:
    """One expression of an order; the last key of every order is the primary key."""

    path: str
    descending: bool = False
    nullable: bool = False
    nulls_first: bool = False

    @property
    def order(self) -> OrderBy:
        """As a clause; a column without empty values is ordered plainly, so that its index serves."""
        if not self.nullable:
            return F(self.path).desc() if self.descending else F(self.path).asc()
        where = {"nulls_first": True} if self.nulls_first else {"nulls_last": True}
        return F(self.path).desc(**where) if self.descending else F(self.path).asc(**where)

    def turned(self) -> "Key":
        """The same the other way round."""
        return replace(self, descending=not self.descending, nulls_first=not self.nulls_first)

    def same(self, value: Any) -> Q:
        """The rows with this value."""
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})

    def beyond(self, value: Any) -> Q | None:
        """The rows that come after this value, if any can."""
        if value is None:
            return Q(**{f"{self.path}__isnull": False}) if self.nulls_first else None
        found = Q(**{f"{self.path}__{'lt' if self.descending else 'gt'}": value})
        with_empty = self.nullable and not self.nulls_first
        return found | Q(**{f"{self.path}__isnull": True}) if with_empty else found

    def not_before(self, value: Any) -> Q | None:
        """A plain bound that an index understands."""
        if self.nullable or value is None:
            return None
        return Q(**{f"{self.path}__{'lte' if self.descending else 'gte'}": value})


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, all that they are among, and the cursors of those after and before them."""

    rows: Sequence[Any]
    among: "QuerySet[Any]"
    next: str = ""
    previous: str = ""


def keys(model: type[Model], paths: Sequence[str], *, descending: bool = False) -> list[Key]:
    """The keys of an order given as paths ("-at" is the other way round), and the primary key to make it total."""
    found = [
        Key(path.lstrip("-"), path.startswith("-") != descending, is_nullable(model, path.lstrip("-")))
        for path in paths
    ]
    if found and found[-1].path == "pk":
        return found
    return [*found, Key("pk", found[-1].descending if found else descending)]


def is_nullable(model: type[Model], path: str) -> bool:
    """Whether a path can end nowhere; of what is no column that is not known, so it can."""
    for name in path.split("__"):
        try:
            field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        except FieldDoesNotExist:
            return True
        if getattr(field, "null", False) or not getattr(field, "concrete", True):
            return True
        model = getattr(field, "related_model", None) or model
    return False


class UnknownPlace(ValueError):
    """A cursor that this order never gave."""


def page(
    rows: "QuerySet[Any]", order: Sequence[Key], *, cursor: str = "", size: int = 50, is_strict: bool = False
) -> Page:
    """The page that a cursor names; one that makes no sense for this order names the first page, or is refused."""
    among = rows
    rows = rows.annotate(**{f"{PREFIX}{at}": F(key.path) for at, key in enumerate(order)})
    place = _read(rows, order, cursor)
    if is_strict and cursor and place is None:
        raise UnknownPlace(cursor)
    is_back = place is not None and place[0]
    turned = [key.turned() for key in order] if is_back else list(order)
    if place is not None:
        rows = rows.filter(_after(turned, place[1], is_first=True))
    found = list(rows.order_by(*(key.order for key in turned))[: size + 1])
    has_more, found = len(found) > size, found[:size]
    if is_back:
        found.reverse()
    if not found:
        return Page([], among)
    has_next, has_previous = (True, has_more) if is_back else (has_more, place is not None)
    after = _write(order, found[-1]) if has_next else ""
    before = _write(order, found[0], is_back=True) if has_previous else ""
    return Page(found, among, after, before)


def _after(order: Sequence[Key], values: Sequence[Any], *, is_first: bool = False) -> Q:
    """The rows that come after a place: beyond in the first key, or the same there and after in the rest."""
    key, value = order[0], values[0]
    beyond = key.beyond(value)
    rest = key.same(value) & _after(order[1:], values[1:]) if len(order) > 1 else None
    found = rest if beyond is None else beyond if rest is None else beyond | rest
    bound = key.not_before(value) if is_first else None
    return (found or Q(pk__in=[])) if bound is None else bound & (found or Q(pk__in=[]))


def _shape(order: Sequence[Key]) -> str:
    return ",".join(f"{'-' if key.descending else ''}{key.path}" for key in order)


def _write(order: Sequence[Key], row: Any, *, is_back: bool = False) -> str:
    values = [getattr(row, f"{PREFIX}{at}") for at in range(len(order))]
    said = json.dumps([int(is_back), _shape(order), values], cls=Exact, separators=(",", ":"))
    return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def _read(rows: "QuerySet[Any]", order: Sequence[Key], cursor: str) -> tuple[bool, list[Any]] | None:
    """The direction and the place; nothing when somebody has changed it or the order is another."""
    if not cursor:
        return None
    try:
        is_back, shape, values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if shape != _shape(order) or len(values) != len(order) or values[-1] is None:
            return None
        fields = [rows.query.annotations[f"{PREFIX}{at}"].output_field for at in range(len(order))]
        found = [None if said is None else field.to_python(said) for said, field in zip(values, fields, strict=True)]
    except (ValueError, TypeError, KeyError, binascii.Error, ValidationError):
        return None
    return None if any("\0" in said for said in found if isinstance(said, str)) else (bool(is_back), found)


class Exact(DjangoJSONEncoder):
    """Moments to the microsecond: a cursor that rounds would repeat rows."""

    def default(self, o: Any) -> Any:
        """A moment whole, everything else as usual."""
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)
