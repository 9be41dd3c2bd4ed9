"""What becomes of a value between their words and ours. Pure: each transform is a function of value and argument."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from plant.spoken import spoken as _

LONGEST = 400  # letters of a text that a pattern is tried on
ODATA = re.compile(r"/Date\((-?\d{1,16})(?:[+-]\d{1,4})?\)/")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class BadValue(ValueError):
    """A value that this transform can't read; the sentence says what it expects."""

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class CodeList:
    """Their codes and ours; for units, one of theirs is `factor` of ours."""

    pairs: Mapping[str, tuple[str, Decimal]] = field(default_factory=dict)

    def ours(self, theirs: str) -> tuple[str, Decimal]:
        """Our code."""
        if theirs not in self.pairs:
            raise BadValue(_("“%(code)s” is not in the code list.") % {"code": theirs[:80]})
        return self.pairs[theirs]

    def theirs(self, ours: str) -> tuple[str, Decimal]:
        """Their code: the first that means it."""
        for code, (mine, factor) in self.pairs.items():
            if mine == ours:
                return code, factor
        raise BadValue(_("“%(code)s” is not in the code list.") % {"code": ours[:80]})


@dataclass(frozen=True, slots=True)
class Context:
    """What a transform may look at beside its value: the code lists, other places of the message, the plant's zone."""

    lists: Mapping[str, CodeList] = field(default_factory=dict)
    beside: Callable[[str], Any] = lambda _path: None
    zone: str = "UTC"
    outward: bool = False

    def code_list(self, name: str) -> CodeList:
        """A list by its code."""
        if name not in self.lists:
            raise BadValue(_("There is no code list “%(name)s”.") % {"name": name[:40]})
        return self.lists[name]


def number(value: Any) -> Decimal:
    """A value as an exact number."""
    if isinstance(value, bool) or value is None:
        raise BadValue(_("“%(value)s” is not a number.") % {"value": str(value)[:40]})
    try:
        found = Decimal(str(value).strip())
    except InvalidOperation as error:
        raise BadValue(_("“%(value)s” is not a number.") % {"value": str(value)[:40]}) from error
    if not found.is_finite() or abs(found.adjusted()) > 30:
        raise BadValue(_("“%(value)s” is not a number.") % {"value": str(value)[:40]})
    return found


def plain(value: Decimal) -> str:
    """A number without an exponent and without trailing zeros."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def const(value: Any, argument: str, context: Context) -> Any:
    return argument


def lookup(value: Any, argument: str, context: Context) -> Any:
    codes = context.code_list(argument.strip())
    return (codes.theirs if context.outward else codes.ours)(str(value).strip())[0]


def unit(value: Any, argument: str, context: Context) -> Any:
    """`list@place`: the unit stands at the place; inward the quantity is multiplied by its factor, outward divided."""
    name, _at, place = argument.partition("@")
    codes, said = context.code_list(name.strip()), str(context.beside(place.strip()) or "").strip()
    if context.outward:
        return plain((number(value) / codes.theirs(said)[1]).quantize(Decimal("1e-6"), ROUND_HALF_EVEN))
    return plain(number(value) * codes.ours(said)[1])


def scale(value: Any, argument: str, context: Context) -> Any:
    return plain(number(value) * number(argument))


def rounded(value: Any, argument: str, context: Context) -> Any:
    places = int(number(argument or "0"))
    if not 0 <= places <= 9:
        raise BadValue(_("Choose 0 to 9 places."))
    return plain(number(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN))


def number_format(value: Any, argument: str, context: Context) -> Any:
    """The argument is their decimal mark; `number` writes a number instead of a text where their format knows both."""
    mark = argument.strip() or "."
    if mark == "number":
        exact = number(value)
        return (int(exact) if exact == exact.to_integral_value() else float(exact)) if context.outward else plain(exact)
    if context.outward:
        return plain(number(value)).replace(".", mark)
    text = re.sub(r"[\s'\u00a0\u2019_]", "", str(value)).replace("." if mark == "," else ",", "").replace(mark, ".")
    return plain(number(f"-{text[:-1]}" if text.endswith("-") else text))


def zone(name: str, otherwise: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or otherwise)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadValue(_("There is no time zone “%(zone)s”.") % {"zone": name[:40]}) from error


def date(value: Any, argument: str, context: Context) -> Any:
    """`iso`, `epoch`, `epoch_ms`, `odata`, or a pattern as 20 signs know it: %Y%m%d. `@Europe/Berlin` names the zone of
    what names none; `date:` before it means the day alone."""
    how, _at, place = argument.strip().partition("@")
    day_only, how = how.startswith("date:"), how.removeprefix("date:") or "iso"
    where = zone(place, context.zone)
    if context.outward:
        return written(moment(str(value), "iso", where).astimezone(where), how, day_only)
    at = moment(value, how, where)
    return at.astimezone(where).date().isoformat() if day_only else at.isoformat()


def moment(value: Any, how: str, where: ZoneInfo) -> datetime:
    """The moment that a value means."""
    text = str(value).strip()
    try:
        if how in {"epoch", "epoch_ms"}:
            return EPOCH + timedelta(seconds=float(number(text)) / (1000 if how == "epoch_ms" else 1))
        if match := ODATA.fullmatch(text):
            return EPOCH + timedelta(milliseconds=int(match[1]))
        found = datetime.fromisoformat(text) if how in {"iso", "odata"} else datetime.strptime(text, how)  # noqa: DTZ007
    except (ValueError, OverflowError) as error:
        raise BadValue(_("“%(value)s” is no date of the form %(form)s.") % {"value": text[:40], "form": how}) from error
    return found if found.tzinfo else found.replace(tzinfo=where)


def written(at: datetime, how: str, day_only: bool) -> Any:
    """A moment as they write it."""
    if how == "epoch":
        return int(at.timestamp())
    if how in {"epoch_ms", "odata"}:
        ms = int(at.timestamp() * 1000)
        return ms if how == "epoch_ms" else f"/Date({ms})/"
    if how == "iso":
        return at.date().isoformat() if day_only else at.isoformat()
    return at.strftime(how)


def regex(value: Any, argument: str, context: Context) -> Any:
    try:
        match = re.search(argument, str(value)[:LONGEST])
    except re.error as error:
        raise BadValue(_("“%(pattern)s” is no pattern.") % {"pattern": argument[:40]}) from error
    if match is None:
        raise BadValue(_("“%(value)s” does not match the pattern.") % {"value": str(value)[:40]})
    return match[1] if match.re.groups else match[0]


def upper(value: Any, argument: str, context: Context) -> Any:
    return str(value).upper()


def pad(value: Any, argument: str, context: Context) -> Any:
    """Zeros in front up to so many letters outward; inward they are taken away."""
    text, width = str(value).strip(), min(80, int(number(argument or "10")))
    return text.rjust(width, "0") if context.outward else (text.lstrip("0") or "0" if text else "")


def boolean(value: Any, argument: str, context: Context) -> Any:
    """`yes,no` in their words; without an argument X and blank, as ERP systems of the first hour write it."""
    yes, _comma, no = (argument or "X,").partition(",")
    if context.outward:
        return yes if value in (True, "true", "True", "1", 1) else no
    text = str("" if value is None else value).strip()
    if isinstance(value, bool) or text.lower() in {"true", "false"}:
        return text.lower() == "true"
    if text == yes.strip():
        return True
    if text == no.strip():
        return False
    raise BadValue(_("“%(value)s” is neither “%(yes)s” nor “%(no)s”.") % {"value": text[:40], "yes": yes, "no": no})


TRANSFORMS: dict[str, Callable[[Any, str, Context], Any]] = {
    "CONST": const, "LOOKUP": lookup, "UNIT": unit, "SCALE": scale, "ROUND": rounded, "NUMBER": number_format,
    "DATE": date, "REGEX": regex, "UPPER": upper, "PAD": pad, "BOOL": boolean,
}
