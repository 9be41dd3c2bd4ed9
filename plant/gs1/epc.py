"""What an RFID tag holds, or an EPC in words says, told as GS1 elements (GS1 EPC Tag Data Standard 1.13, 14). Pure.

Hexadecimal digits of the EPC memory bank as readers send them, or a URI: urn:epc:id:sgtin:… and urn:epc:tag:sgtin-96:….
"""

import re
from typing import NamedTuple
from urllib.parse import unquote

from django.utils.translation import gettext as _

from plant.gs1.elements import Gs1Error
from plant.gs1.sscc import check_digit

PREFIX = ((40, 12), (37, 11), (34, 10), (30, 9), (27, 8), (24, 7), (20, 6))  # bits and digits of the company prefix
HEX = re.compile(r"(?:[0-9A-Fa-f]{2}){12,32}")
URI = re.compile(r"urn:epc:(id|tag):([a-z]+)(?:-\d+)?:(.+)", re.IGNORECASE)


class Scheme(NamedTuple):
    """How a header's bits go on: the size of what follows the prefix, its digits, and the serial."""

    name: str
    size: int
    both: int  # bits of company prefix and reference together
    digits: int  # digits of both together, where the reference is padded
    serial: int  # bits of the serial
    is_text: bool = False


SCHEMES = {
    0x30: Scheme("sgtin", 96, 44, 13, 38), 0x36: Scheme("sgtin", 198, 44, 13, 140, True),
    0x31: Scheme("sscc", 96, 58, 17, 0), 0x32: Scheme("sgln", 96, 41, 12, 41), 0x33: Scheme("grai", 96, 44, 12, 38),
    0x34: Scheme("giai", 96, 82, 0, 0),
}


def is_tag(text: str) -> bool:
    """Whether these may be the hexadecimal digits of a tag that we can read."""
    return HEX.fullmatch(text) is not None and int(text[:2], 16) in SCHEMES


def is_uri(text: str) -> bool:
    """Whether this is an EPC in words."""
    return text[:8].lower() == "urn:epc:"


def read(text: str) -> dict[str, str]:
    """The elements that an EPC stands for. Raises Gs1Error."""
    if is_uri(text):
        return _of_uri(text)
    if not is_tag(text):
        raise Gs1Error(_("it is no EPC"))
    return _of_tag(text)


def _of_tag(text: str) -> dict[str, str]:
    scheme = SCHEMES[int(text[:2], 16)]
    if len(text) * 4 < scheme.size:
        raise Gs1Error(_("the tag was not read to its end"))
    bits = _Bits(int(text, 16) >> (len(text) * 4 - scheme.size), scheme.size)
    bits.take(11)  # header and filter
    partition = bits.take(3)
    if partition >= len(PREFIX):
        raise Gs1Error(_("the tag holds no valid number"))
    size, digits = PREFIX[partition]
    company = _padded(bits.take(size), digits)
    reference_size = scheme.both - size
    reference = bits.take(reference_size)
    width = scheme.digits - digits
    item = _padded(reference, width) if scheme.digits and width else "" if scheme.digits else str(reference)
    serial = _text(bits, scheme.serial // 7) if scheme.is_text else str(bits.take(scheme.serial))
    return _elements(scheme.name, company, item, serial)


def _of_uri(text: str) -> dict[str, str]:
    match = URI.fullmatch(text)
    parts = match.group(3).split(".", 3 if match.group(1).lower() == "tag" else 2) if match else []
    if match and match.group(1).lower() == "tag":
        parts = parts[1:]  # the filter
    if not match or len(parts) < 2 or not all(part.isascii() and part.isdigit() for part in parts[:1]):
        raise Gs1Error(_("it is no EPC"))
    company, item, serial = parts[0], parts[1], parts[2] if len(parts) > 2 else ""
    name = match.group(2).lower()
    if name != "giai" and not (item == "" or (item.isascii() and item.isdigit())):
        raise Gs1Error(_("it is no EPC"))
    return _elements(name, company, item, unquote(serial))


def _elements(name: str, company: str, item: str, serial: str) -> dict[str, str]:
    """The same in GS1 elements; an indicator or extension digit stands before the company prefix there."""
    if name == "sgtin" and len(company) + len(item) == 13 and serial:
        body = item[:1] + company + item[1:]
        return {"01": body + check_digit(body), "21": serial}
    if name == "sscc" and len(company) + len(item) == 17:
        body = item[:1] + company + item[1:]
        return {"00": body + check_digit(body)}
    if name == "sgln" and len(company) + len(item) == 12:
        found = {"414": company + item + check_digit(company + item)}
        return found if serial in ("", "0") else found | {"254": serial}
    if name == "grai" and len(company) + len(item) == 12:
        body = company + item
        return {"8003": f"0{body}{check_digit(body)}{serial}"}
    if name == "giai" and item:
        return {"8004": company + unquote(item)}
    raise Gs1Error(_("the tag holds no valid number"))


def _padded(number: int, width: int) -> str:
    text = f"{number:0{width}d}" if width else ""
    if len(text) != width:
        raise Gs1Error(_("the tag holds no valid number"))
    return text


def _text(bits: "_Bits", count: int) -> str:
    """Characters of seven bits, up to the first that is nothing."""
    found = [bits.take(7) for _place in range(count)]
    end = found.index(0) if 0 in found else len(found)
    if any(found[end:]) or any(not 32 < code < 127 for code in found[:end]):
        raise Gs1Error(_("the tag holds no valid number"))
    return "".join(map(chr, found[:end]))


class _Bits:
    """A number that is taken apart from its highest bit on."""

    def __init__(self, value: int, size: int) -> None:
        self._value, self._left = value, size

    def take(self, count: int) -> int:
        self._left -= count
        return self._value >> self._left & ((1 << count) - 1)
