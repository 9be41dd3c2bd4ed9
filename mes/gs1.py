"""GS1 element strings and Digital Link addresses, taken apart and checked. Pure: no ORM.

The table holds facts of the GS1 Barcode Syntax Dictionary (GS1 AISBL): type, length, whether the length is fixed in
advance (then no separator follows), and which part carries a check digit or a date.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote, unquote_plus, urlsplit

from django.utils.translation import gettext as _

GS = "\x1d"
CSET82 = frozenset("!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
CSET39 = frozenset("#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
DIGITS = frozenset("0123456789")
# identifier:[* = its length is fixed in advance] then components: type and length, "," check, "?" may be left away
TABLE = """
00:* N18,csum|01:* N14,csum|02:* N14,csum|10:X..20|11:* N6,yymmd0|12:* N6,yymmd0|13:* N6,yymmd0|15:* N6,yymmd0
16:* N6,yymmd0|17:* N6,yymmd0|20:* N2|21:X..20|22:X..20|235:X..28|240:X..30|241:X..30|242:N..6|243:X..20|250:X..30
251:X..30|253:N13,csum X..17?|254:X..20|255:N13,csum N..12?|30:N..8|37:N..8|400:X..30|401:X..30|402:N17,csum|403:X..30
410:* N13,csum|411:* N13,csum|412:* N13,csum|413:* N13,csum|414:* N13,csum|415:* N13,csum|416:* N13,csum|417:* N13,csum
420:X..20|421:N3 X..9|422:N3|424:N3|426:N3|427:X..3|7001:N13|7002:X..30|7003:N6,yymmdd N4,hhmi|7004:N..4|7020:X..20
7021:X..20|7022:X..20|7023:X..30|8001:N12 N1,winding N1|8002:X..20|8003:N1,zero N13,csum X..16?|8004:X..30|8005:N6
8006:N14,csum N4,pieces|8008:N6,yymmdd N2,hh N2?,mi N2?,ss|8009:X..50|8010:Y..30|8011:N..12,nozero|8012:X..20
8013:X..25|8017:N18,csum|8018:N18,csum|8019:N..10|8020:X..25|8111:N4|8200:X..70|90:X..30
"""
MEASURES = (*range(310, 317), *range(320, 338), *range(340, 358), *range(360, 370))
KEYS = {
    "00": (), "01": ("22", "10", "21", "235"), "253": (), "255": (), "401": (), "402": (), "414": ("254", "7040"),
    "8003": (), "8004": ("7040",), "8006": ("22", "10", "21"), "8010": ("8011",), "8017": ("8019",),
    "8018": ("8019",),
}
WORDS = {"gtin": "01", "sscc": "00", "ser": "21", "lot": "10", "cpv": "22", "gln": "414"}
AUTHORITY = re.compile(r"[A-Za-z0-9.\-:\[\]_%@]+\Z")
COMPONENT = re.compile(r"([NXY])(\.\.)?(\d+)(\?)?(?:,(\w+))?\Z")


class Gs1Error(ValueError):
    """Data that does not follow the GS1 rules; says which part."""


@dataclass(frozen=True)
class Component:
    """One part of an identifier's data."""

    kind: str
    shortest: int
    longest: int
    optional: bool
    check: str


@dataclass(frozen=True)
class Identifier:
    """An application identifier: its code, whether its length is fixed in advance, and its parts."""

    code: str
    fixed: bool
    components: tuple[Component, ...]

    @property
    def longest(self) -> int:
        """How many characters its data may have at most."""
        return sum(component.longest for component in self.components)


@cache
def identifiers() -> dict[str, Identifier]:
    """Every known application identifier by its code."""
    known = dict(_identifier(*entry.split(":")) for entry in TABLE.replace("\n", "|").split("|") if entry)
    known |= dict(_identifier(f"{base}{places}", "* N6") for base in MEASURES for places in range(6))
    known |= dict(_identifier(str(code), "X..90") for code in range(91, 100))
    return known


def _identifier(code: str, text: str) -> tuple[str, Identifier]:
    parts = tuple(_component(part) for part in text.removeprefix("* ").split())
    return code, Identifier(code, text.startswith("*"), parts)


def _component(text: str) -> Component:
    match = COMPONENT.match(text)
    if match is None:
        raise ValueError(text)
    kind, variable, length, optional, check = match.groups()
    return Component(kind, 1 if variable else int(length), int(length), bool(optional), check or "")


def element_string(data: str) -> dict[str, str]:
    """Identifier → data of an element string; GS separates what has no fixed length."""
    if not data.strip(GS):
        raise Gs1Error(_("there is no data in it"))
    found: dict[str, str] = {}
    rest = data
    while rest:
        identifier = _identifier_at(rest)
        rest = rest[len(identifier.code):]
        value, rest = _take(identifier, rest)
        _keep(found, identifier, value)
    return found


def bracketed(text: str) -> dict[str, str]:
    """Identifier → data of the human-readable form, (01)09521234543213(10)LOT-7."""
    found: dict[str, str] = {}
    parts = re.findall(r"\((\d{2,4})\)((?:(?!\(\d{2,4}\)).)+)", text)
    if "".join(f"({code}){value}" for code, value in parts) != text or not parts:
        raise Gs1Error(_("the brackets don't match"))
    for code, value in parts:
        if code not in identifiers():
            raise Gs1Error(_("(%(code)s) is unknown") % {"code": code})
        _keep(found, identifiers()[code], value)
    return found


def digital_link(address: str) -> dict[str, str]:
    """Identifier → data of a GS1 Digital Link address."""
    parts = urlsplit(address)
    if parts.scheme.lower() not in ("http", "https") or not AUTHORITY.match(parts.netloc):
        raise Gs1Error(_("it is not a web address"))
    found: dict[str, str] = {}
    for code, value in _path_pairs(parts.path):
        _keep(found, identifiers()[code], value)
    for pair in filter(None, parts.query.split("&")):
        code, equals, value = pair.partition("=")
        if code.isdigit() and equals:
            if code not in identifiers() or code in found:
                raise Gs1Error(_("(%(code)s) may not stand there") % {"code": code})
            _keep(found, identifiers()[code], unquote_plus(value))
    return found


def _path_pairs(path: str) -> list[tuple[str, str]]:
    steps = path.strip("/").split("/") if path.strip("/") else []
    codes = [WORDS.get(step.lower(), step) for step in steps]
    for start in range(len(steps) - 2, -1, -1):
        if codes[start] in KEYS and (len(steps) - start) % 2 == 0:
            allowed = KEYS[codes[start]]
            pairs = [(codes[i], unquote(steps[i + 1])) for i in range(start, len(steps), 2)]
            order = [allowed.index(code) if code in allowed else -1 for code, _value in pairs[1:]]
            if -1 in order or order != sorted(set(order)) or any(not value for _, value in pairs):
                raise Gs1Error(_("the address is not a Digital Link"))
            return [(pairs[0][0], _as_gtin14(*pairs[0])), *pairs[1:]]
    raise Gs1Error(_("the address is not a Digital Link"))


def _as_gtin14(code: str, value: str) -> str:
    return value.zfill(14) if code == "01" and len(value) in (8, 12, 13) else value


def _identifier_at(data: str) -> Identifier:
    for length in (2, 3, 4):
        if data[:length] in identifiers():
            return identifiers()[data[:length]]
    raise Gs1Error(_("(%(code)s) is unknown") % {"code": data[:4]})


def _take(identifier: Identifier, rest: str) -> tuple[str, str]:
    if identifier.fixed:
        value, rest = rest[: identifier.longest], rest[identifier.longest:]
        return value, rest.removeprefix(GS)
    value, _gs, rest = rest.partition(GS)
    return value, rest


def _keep(found: dict[str, str], identifier: Identifier, value: str) -> None:
    check(identifier, value)
    if found.setdefault(identifier.code, value) != value:
        raise Gs1Error(_("(%(code)s) comes twice and differs") % {"code": identifier.code})


def check(identifier: Identifier, value: str) -> None:
    """Raise when the data of an identifier has a wrong length, character, check digit or date."""
    rest, words = value, {"code": identifier.code}
    for component in identifier.components:
        if not rest and component.optional:
            continue
        part, rest = rest[: component.longest], rest[component.longest:]
        if len(part) < component.shortest:
            raise Gs1Error(_("(%(code)s) is too short") % words)
        if not set(part) <= {"N": DIGITS, "X": CSET82, "Y": CSET39}[component.kind]:
            raise Gs1Error(_("(%(code)s) has a character that is not allowed") % words)
        if component.check and not CHECKS[component.check](part):
            raise Gs1Error(_("(%(code)s) has a wrong check digit, date or number") % words)
    if rest:
        raise Gs1Error(_("(%(code)s) is too long") % words)


def check_digit_ok(digits: str) -> bool:
    """Does the last digit agree with the others (weights 3 and 1 from the right)?"""
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return bool(digits) and digits.isascii() and weighted % 10 == 0


def date_ok(text: str, *, day_may_be_zero: bool) -> bool:
    """Is YYMMDD a day? Day 00 means the last day of the month."""
    month, day = int(text[2:4]), int(text[4:6])
    year = 2000 + int(text[:2])
    if not 1 <= month <= 12:
        return False
    return (day_may_be_zero and day == 0) or 1 <= day <= calendar.monthrange(year, month)[1]


CHECKS: dict[str, Callable[[str], bool]] = {
    "csum": check_digit_ok,
    "yymmd0": lambda text: date_ok(text, day_may_be_zero=True),
    "yymmdd": lambda text: date_ok(text, day_may_be_zero=False),
    "hhmi": lambda text: int(text[:2]) < 24 and int(text[2:]) < 60,
    "hh": lambda text: int(text) < 24,
    "mi": lambda text: int(text) < 60,
    "ss": lambda text: int(text) < 60,
    "winding": lambda text: text in "019",
    "zero": lambda text: text == "0",
    "nozero": lambda text: text[:1] != "0",
    "pieces": lambda text: 0 < int(text[:2]) <= int(text[2:]),
}
