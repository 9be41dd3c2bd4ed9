"""Where a question of reach may start (a lot, a machine's hour, a tool …): each room registers what it knows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext_lazy as _

from plant.errors import Refusal

WINDOW, LIMITS, MORE = "window", "limits", "more"


class Unasked(Refusal):
    """A question of reach that nobody can answer as it is put."""

    code = "unasked"


@dataclass(frozen=True, slots=True)
class Asked:
    """Where to start: a kind, the code of the thing, a second code (supplier, machine), a time, values."""

    kind: str = ""
    code: str = ""
    more: str = ""
    from_at: datetime | None = None
    to_at: datetime | None = None
    low: float | None = None
    high: float | None = None

    @classmethod
    def of(cls, said: Mapping[str, Any], prefix: str = "") -> "Asked":
        """What an address, a form or a kept record says; what can't be read is left out."""
        words = {name: str(said.get(prefix + name) or "").strip() for name in cls.__dataclass_fields__}
        return cls(
            words["kind"][:40], words["code"][:120], words["more"][:120], moment(words["from_at"]),
            moment(words["to_at"]), number(words["low"]), number(words["high"]),
        )

    def kept(self) -> dict[str, Any]:
        """As it is stored."""
        return {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in asdict(self).items() if value not in (None, "")
        }



@dataclass(frozen=True, slots=True)
class Found:
    """The lots that the question starts from: those that surely are it, those that only may be."""

    exact: frozenset[int] = frozenset()
    possible: frozenset[int] = frozenset()

    @classmethod
    def sure(cls, lot_ids: Iterable[int]) -> "Found":
        return cls(frozenset(lot_ids))

    @classmethod
    def maybe(cls, lot_ids: Iterable[int]) -> "Found":
        return cls(possible=frozenset(lot_ids))


Find = Callable[[Asked], Found]


@dataclass(frozen=True, slots=True)
class Start:
    """One kind of start: its words, which fields it reads beside the code, and who finds its lots."""

    key: str
    label: str | Promise
    code: str | Promise
    find: Find
    fields: tuple[str, ...] = ()
    more: str | Promise = ""
    order: int = 50


STARTS: dict[str, Start] = {}


def register(
    key: str, label: str | Promise, code: str | Promise, *, fields: tuple[str, ...] = (), more: str | Promise = "",
    order: int = 50,
) -> Callable[[Find], Find]:
    """Name the function that finds the lots of this kind of start."""

    def add(find: Find) -> Find:
        STARTS[key] = Start(key, label, code, find, fields, more, order)
        return find

    return add


def every() -> list[Start]:
    """The kinds of start in their order."""
    return sorted(STARTS.values(), key=lambda one: (one.order, one.key))


def find(asked: Asked) -> Found:
    """The lots that a question starts from."""
    start = STARTS.get(asked.kind)
    if start is None or not asked.code:
        raise Unasked(_("Choose where to start, and scan or type its code."), facts={"field": "code"})
    if asked.from_at and asked.to_at and asked.from_at > asked.to_at:
        raise Unasked(_("The time ends before it begins. Correct one of the two."), facts={"field": "to_at"})
    return start.find(asked)


def moment(text: str) -> datetime | None:
    """A moment as an address or a record writes it, in the plant's time."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return make_aware(found) if found is not None and is_naive(found) else found


def number(text: str) -> float | None:
    """A finite number, or nothing."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if abs(found) < 1e15 else None
