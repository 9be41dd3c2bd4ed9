"""GS1 Digital Link addresses (uncompressed), read and written.

Source: GS1 Digital Link Standard: URI Syntax. What older editions allowed is read too: the words gtin, sscc …, and
GTINs without their leading zeros.
"""

import re
from urllib.parse import quote, unquote, urlsplit

from django.utils.translation import gettext as _

from plant.gs1.elements import Gs1Error, gathered, identifier
from plant.gs1.identifiers import Identifier, identifiers

HOME = "https://id.gs1.org"
WORDS = {
    "sscc": "00", "gtin": "01", "cpv": "22", "lot": "10", "ser": "21", "gdti": "253", "gcn": "255", "ginc": "401",
    "gsin": "402", "gln": "414", "glnx": "254", "party": "417", "payto": "415", "grai": "8003", "giai": "8004",
    "itip": "8006", "cpid": "8010", "cpsn": "8011", "gmn": "8013", "gsrnp": "8017", "gsrn": "8018", "srin": "8019",
    "refno": "8020",
}  # fmt: skip
SHORT_GTIN = (8, 12, 13)
AUTHORITY = re.compile(r"[A-Za-z0-9.\-:\[\]_%@]+\Z")


def read(address: str) -> dict[str, str]:
    """Identifier → data of an address. Raises Gs1Error when it is no Digital Link."""
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise Gs1Error(_("it is not a web address")) from error
    if parts.scheme.lower() not in ("http", "https") or not AUTHORITY.match(parts.netloc):
        raise Gs1Error(_("it is not a web address"))
    pairs = _path(parts.path)
    in_path = {one.code for one, _value in pairs}
    for one, value in _query(parts.query):
        if one.code in in_path or not one.is_attribute:
            raise Gs1Error(_("(%(code)s) may not stand there") % {"code": one.code})
        pairs.append((one, value))
    return gathered(pairs)


def written(elements: dict[str, str], stem: str = HOME) -> str:
    """The address of these elements: the first key leads, its qualifiers follow it, the others come after the ?."""
    known = {code: identifier(code) for code in elements}
    gathered((one, elements[code]) for code, one in known.items())
    key = next((one for one in known.values() if one.is_key), None)
    if key is None:
        raise Gs1Error(_("no element of it can head a Digital Link"))
    path = max(([code for code in way if code in known] for way in key.path or ((),)), key=len)
    others = [one for one in known.values() if one.code not in (key.code, *path)]
    wrong = [one.code for one in others if not one.is_attribute or any(one.code in way for way in key.path)]
    if wrong:
        raise Gs1Error(_("(%(code)s) may not stand there") % {"code": wrong[0]})
    told = "".join(f"/{code}/{quote(elements[code], safe='')}" for code in (key.code, *path))
    others.sort(key=lambda one: not one.is_fixed)
    query = "&".join(f"{one.code}={quote(elements[one.code], safe='')}" for one in others)
    return f"{stem.rstrip('/')}{told}{'?' if query else ''}{query}"


def unescaped(text: str, *, in_query: bool) -> str:
    """Percent sequences as characters, one byte each; in a query + is a blank."""
    return unquote(text.replace("+", " ") if in_query else text, encoding="latin-1")


def _path(path: str) -> list[tuple[Identifier, str]]:
    """Key and qualifiers: the rightmost key counts, whatever stands before it is the stem."""
    steps = path.strip("/").split("/")
    codes = [WORDS.get(step.lower(), step) for step in steps]
    for start in range(len(steps) - 2, -1, -2):
        key = identifiers().get(codes[start])
        if key is not None and key.is_key:
            pairs = [(codes[at], unescaped(steps[at + 1], in_query=False)) for at in range(start, len(steps), 2)]
            if not any(_is_subsequence([code for code, _value in pairs[1:]], way) for way in key.path or ((),)):
                break
            return [(identifier(code), _as_gtin14(code, value)) for code, value in pairs]
    raise Gs1Error(_("the address is not a Digital Link"))


def _query(query: str) -> list[tuple[Identifier, str]]:
    """The identifiers among the parameters; other names are the address's own."""
    pairs = [pair.partition("=") for pair in re.split("[&;]", query)]
    asked = [(code, value) for code, equals, value in pairs if equals and re.fullmatch("[0-9]+", code)]
    return [(identifier(code), _as_gtin14(code, unescaped(value, in_query=True))) for code, value in asked]


def _is_subsequence(codes: list[str], way: tuple[str, ...]) -> bool:
    places = [way.index(code) if code in way else -1 for code in codes]
    return -1 not in places and places == sorted(set(places))


def _as_gtin14(code: str, value: str) -> str:
    return value.zfill(14) if code == "01" and len(value) in SHORT_GTIN else value
