"""What a scanner sent, taken for GS1 data: which symbol it was, and the elements in it."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from plant.gs1 import digital_link, epc
from plant.gs1.checks import check_digit_ok, digits
from plant.gs1.elements import GS, Gs1Error, bracketed, check_contradictions, element_string

LONGEST = 2048  # characters; the fullest GS1 label on a carton has some 400
TYPED = re.compile(r"\^[0-9]{2}")  # ^ stands for FNC1 where element strings are written down, and in no element's data
IDENTIFIER = re.compile(r"\][A-Za-z][0-9A-Za-z]")  # ISO/IEC 15424
# Names as GS1's own engine gives them. GS1 data says so by its modifier; the others may hold anything.
GS1_SYMBOLS = {
    "]C1": "GS1_128_CCA", "]e0": "DataBarExpanded", "]d2": "DM", "]Q3": "QR", "]J1": "DotCode", "]z1": "Aztec",
}  # fmt: skip
RETAIL_SYMBOLS = {"]E0": "EAN13", "]E4": "EAN8"}
OTHER_SYMBOLS = {
    "]A": "Code39", "]C": "Code128", "]F": "Codabar", "]G": "Code93", "]I": "ITF", "]L": "PDF417", "]Q": "QR",
    "]d": "DM", "]J": "DotCode", "]z": "Aztec", "]U": "MaxiCode", "]h": "HanXin",
}  # fmt: skip
ADDRESS = re.compile("https?://", re.IGNORECASE)
WRITTEN = re.compile(r"\([0-9]{2,4}\)")
TRADE_ITEM = (8, 12, 13, 14)
RETAIL = {"]E0": (8, 12, 13), "]E4": (8,)}
COMPOSITE = "|]e0"
PLAIN_START = re.compile("0[0-2][0-9]{14}")  # a unit, trade item or content, where the scanner sends no identifier


@dataclass(frozen=True)
class Profile:
    """What a scanner puts around each code, and what it types for the separator GS."""

    prefix: str = ""
    suffix: str = ""
    separator: str = GS

    def data(self, text: str) -> str:
        """The code itself, without prefix, suffix, and the line end that scanners add."""
        data = text.rstrip("\r\n\t").removeprefix(self.prefix)
        return data.removesuffix(self.suffix) if self.suffix else data

    def separated(self, data: str) -> str:
        """GS1 data with GS where the scanner typed something else."""
        return data.replace(self.separator, GS) if self.separator else data


AS_SENT = Profile()


@dataclass(frozen=True)
class Scan:
    """A scan: the symbol's identifier (]C1) and name, both empty where the scanner sends none; and its elements."""

    identifier: str
    symbology: str
    data: str
    elements: dict[str, str] = field(default_factory=dict)


def read(text: str, profile: Profile = AS_SENT) -> Scan:
    """The elements of a scan. A symbol that holds no GS1 data has none. Raises Gs1Error when the data is wrong."""
    data = profile.data(text)
    if len(data) > LONGEST:
        raise Gs1Error(_("it is too long"))
    match = IDENTIFIER.match(data)
    if match is None:
        return Scan("", "", data, _unnamed(data, profile))
    sign, data = match.group(), data[3:]
    name = GS1_SYMBOLS.get(sign) or RETAIL_SYMBOLS.get(sign) or OTHER_SYMBOLS.get(sign[:2])
    if name is None:
        raise Gs1Error(_("no symbology has the identifier %(sign)s") % {"sign": sign})
    return Scan(sign, name, data, _named(sign, data, profile))


def is_meant(data: str, profile: Profile = AS_SENT) -> bool:
    """Does a text without symbology identifier say by its form that it is GS1 data?"""
    typed = data.removeprefix(profile.separator) if profile.separator else data
    return GS in data or WRITTEN.match(data) is not None or epc.is_uri(data) or (typed != data and digits(typed[:2], 2))


def trade_item(data: str, lengths: tuple[int, ...] = TRADE_ITEM) -> dict[str, str]:
    """The element of an EAN, UPC or ITF-14 symbol: its GTIN in 14 digits. Raises Gs1Error."""
    if not digits(data, *lengths):
        raise Gs1Error(_("it does not have the digits of an EAN or UPC code"))
    if not check_digit_ok(data):
        raise Gs1Error(_("the check digit is wrong"))
    return {"01": data.zfill(14)}


def _named(sign: str, data: str, profile: Profile) -> dict[str, str]:
    """The elements of a symbol that the scanner named."""
    if sign in GS1_SYMBOLS:
        return element_string(profile.separated(data).removeprefix(GS))
    if sign in RETAIL_SYMBOLS:
        item, composite, rest = data.partition(COMPOSITE)
        found = trade_item(item, RETAIL[sign])
        return _together(found, element_string(profile.separated(rest))) if composite else found
    if ADDRESS.match(data):
        return digital_link.read(data)
    if sign[1] == "I" and digits(data, 14):
        return trade_item(data)
    return bracketed(data) if WRITTEN.match(data) else {}


def _unnamed(data: str, profile: Profile) -> dict[str, str]:
    """The elements of a text that must say by itself what it is."""
    if not data:
        raise Gs1Error(_("there is no data in it"))
    if WRITTEN.match(data):
        return bracketed(data)
    if ADDRESS.match(data):
        return digital_link.read(data)
    if digits(data, *TRADE_ITEM):
        return trade_item(data)
    if TYPED.match(data):
        return element_string(data[1:].replace("^", GS))
    if epc.is_uri(data) or epc.is_tag(data):
        return epc.read(data)
    if is_meant(data, profile) or PLAIN_START.match(data):
        return element_string(profile.separated(data).lstrip(GS))
    raise Gs1Error(_("it does not say that it is GS1 data"))


def _together(linear: dict[str, str], composite: dict[str, str]) -> dict[str, str]:
    """The elements of both parts of a composite symbol."""
    for code in linear.keys() & composite.keys():
        if linear[code] != composite[code]:
            raise Gs1Error(_("(%(code)s) comes twice and differs") % {"code": code})
    check_contradictions(linear | composite)
    return linear | composite
