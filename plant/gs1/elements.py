"""Element strings, as a symbol carries them or with brackets: read, checked and written."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from plant.gs1.checks import CHECKS, in_alphabet
from plant.gs1.identifiers import Identifier, identifiers

GS = "\x1d"  # what a scanner sends where the symbol has the separator FNC1
BRACKETED = re.compile(r"\(([0-9]{2,4})\)((?:\\\(|[^(])+)")
MOST = 64  # identifiers in one scan
SERIALISED = {"253": 13, "255": 13, "8003": 14}  # a signed key must be longer than this: it carries a serial number
WRONG = {
    "csum": gettext_noop("(%(code)s) has a wrong check digit"),
    "csumalpha": gettext_noop("(%(code)s) has wrong check characters"),
    **dict.fromkeys(["yymmd0", "yymmdd", "yyyymmdd"], gettext_noop("(%(code)s) has a date that does not exist")),
    **dict.fromkeys(["hh", "mi", "ss", "hhmi"], gettext_noop("(%(code)s) has a time that does not exist")),
    **dict.fromkeys(
        ["iso3166", "iso3166999", "iso3166alpha2"], gettext_noop("(%(code)s) has a country that does not exist")
    ),
    "iso4217": gettext_noop("(%(code)s) has a currency that does not exist"),
}
WRONG_ELSE = gettext_noop("(%(code)s) has a value that may not stand there")


class Gs1Error(ValueError):
    """Data that does not follow the GS1 rules; says which part, in the language of the reader."""


def element_string(data: str) -> dict[str, str]:
    """Identifier → data of what a symbol carries; GS separates what has no fixed length. Raises Gs1Error."""
    if not data.strip(GS):
        raise Gs1Error(_("there is no data in it"))
    found: list[tuple[Identifier, str]] = []
    rest = data
    while rest:
        identifier = _identifier_at(rest)
        value, rest = _take(identifier, rest[len(identifier.code) :])
        found.append((identifier, value))
    return gathered(found)


def bracketed(text: str) -> dict[str, str]:
    r"""Identifier → data of the written form, (01)09521234543213(10)LOT-7; \( is a bracket within the data."""
    parts = BRACKETED.findall(text)
    if not parts or "".join(f"({code}){value}" for code, value in parts) != text:
        raise Gs1Error(_("the brackets don't match"))
    return gathered((identifier(code), value.replace("\\(", "(")) for code, value in parts)


def identifier(code: str) -> Identifier:
    """The identifier with this code. Raises Gs1Error where there is none."""
    if code not in identifiers():
        raise Gs1Error(_("(%(code)s) is unknown") % {"code": code})
    return identifiers()[code]


def gathered(pairs: Iterable[tuple[Identifier, str]]) -> dict[str, str]:
    """Identifier → data, each checked; what comes twice must be the same, and none may stand that excludes another."""
    found: dict[str, str] = {}
    for one, value in pairs:
        check(one, value)
        if found.setdefault(one.code, value) != value:
            raise Gs1Error(_("(%(code)s) comes twice and differs") % {"code": one.code})
        if len(found) > MOST:
            raise Gs1Error(_("it has more than %(most)d parts") % {"most": MOST})
    check_contradictions(found)
    return found


def check(one: Identifier, value: str) -> None:
    """Raise Gs1Error when the data has a wrong length, character, check digit, date or code."""
    rest, words = value, {"code": one.code}
    for component in one.components:
        if not rest and component.optional:
            continue
        part, rest = rest[: component.longest], rest[component.longest :]
        if len(part) < component.shortest:
            raise Gs1Error(_("(%(code)s) is too short") % words)
        if not in_alphabet(component.kind, part):
            raise Gs1Error(_("(%(code)s) has a character that is not allowed") % words)
        for name in component.checks:
            if not CHECKS[name](part):
                raise Gs1Error(_(WRONG.get(name, WRONG_ELSE)) % words)
    if rest:
        raise Gs1Error(_("(%(code)s) is too long") % words)


def check_contradictions(elements: dict[str, str]) -> None:
    """Raise Gs1Error when two identifiers exclude each other, or a signature stands on a key without serial number."""
    for code in elements:
        never = identifiers()[code].never
        other = next((one for one in elements if one != code and any(_fits(one, pattern) for pattern in never)), None)
        if other is not None:
            words = dict(zip(("first", "second"), sorted((code, other)), strict=True))
            raise Gs1Error(_("(%(first)s) and (%(second)s) exclude each other") % words)
    bare = [code for code, length in SERIALISED.items() if 0 < len(elements.get(code, "")) <= length]
    if bare and "8030" in elements:
        raise Gs1Error(_("(8030) signs (%(code)s), which has no serial number") % {"code": bare[0]})


def check_complete(elements: dict[str, str]) -> None:
    """Raise Gs1Error when an identifier stands without one that it needs.

    This holds for all symbols of an item together: a single scan may lack what another symbol beside it carries.
    """
    for code in elements:
        needs = identifiers()[code].needs
        if needs and not any(all(any(_fits(other, need) for other in elements) for need in way) for way in needs):
            told = _(" or ").join("+".join(f"({need})" for need in way) for way in needs)
            raise Gs1Error(_("(%(code)s) needs %(needed)s beside it") % {"code": code, "needed": told})


def written(elements: dict[str, str]) -> str:
    """The elements as a symbol carries them, without the leading FNC1; those of fixed length come first."""
    known = [(identifier(code), value) for code, value in elements.items()]
    gathered(known)
    fixed = "".join(one.code + value for one, value in known if one.is_fixed)
    return fixed + GS.join(one.code + value for one, value in known if not one.is_fixed)


def with_brackets(elements: dict[str, str]) -> str:
    """The elements as they are written under a symbol."""
    return "".join(f"({code})" + value.replace("(", "\\(") for code, value in elements.items())


def _fits(code: str, pattern: str) -> bool:
    stem = pattern.rstrip("n")
    return len(code) == len(pattern) and code.startswith(stem)


def _identifier_at(data: str) -> Identifier:
    known = identifiers()
    for length in (2, 3, 4):
        if data[:length] in known:
            return known[data[:length]]
    raise Gs1Error(_("(%(code)s) is unknown") % {"code": data[:4]})


def _take(one: Identifier, rest: str) -> tuple[str, str]:
    if one.is_fixed:
        return rest[: one.longest], rest[one.longest :].removeprefix(GS)
    value, _separator, rest = rest.partition(GS)
    return value, rest
