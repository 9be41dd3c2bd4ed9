"""What a scanned text says: a number of ours, a command, a GS1 label or an address. Pure: no ORM.

The server decides what a code is, never the label. Only a trailing CR, LF or tab of the scanner is cut off; the group
separator inside GS1 data stays; control, bidirectional and zero-width characters are refused. What the label itself
does not mark as GS1 data is a number of ours first; `as_gs1` reads it again when nothing here has that number.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from plant.errors import Refusal
from plant.gs1 import scans
from plant.gs1.elements import GS, Gs1Error
from plant.gs1.scans import AS_SENT, Profile

LONGEST = 200
COMMANDS = {"START", "RESUME", "PAUSE", "DONE", "PASS", "FAIL", "QTY", "CLEAR", "UNDO", "CALL", "UNMOUNT"}
LABEL = re.compile(r"/(?:l|units|equipment)/([^/?#]+)/?\Z")  # our own labels of lots, cartons and machines
INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


class BarcodeRefused(Refusal):
    """A code that can't be read; says what is wrong with it."""

    code = "barcode-refused"


class Kind(StrEnum):
    """What a code turned out to be."""

    NUMBER = "number"
    COMMAND = "command"
    GS1 = "gs1"


@dataclass(frozen=True)
class Code:
    """A code that was read: the number to look for, or the command, or the parts of a GS1 label."""

    kind: Kind
    text: str
    number: str = ""
    elements: dict[str, str] = field(default_factory=dict)
    argument: str = ""

    @property
    def gtin(self) -> str:
        """The trade item on the label, if it names one."""
        return self.elements.get("01", "") or self.elements.get("02", "")

    @property
    def candidates(self) -> list[str]:
        """The numbers that this label may carry, most telling first: serial, lot, logistic unit."""
        ours = [self.elements[code] for code in ("21", "10", "00") if code in self.elements]
        return ours or ([self.number] if self.number else [])


def parse(text: str, profile: Profile = AS_SENT) -> Code:
    """Read a scanned text, or refuse it with the reason."""
    symbology, data = clean(text)
    try:
        return _read(symbology, data, profile)
    except Gs1Error as error:
        message = _("This is a GS1 label, but %(detail)s. Print the label again or type the lot number.")
        raise BarcodeRefused(message % {"detail": error}, code="barcode-gs1") from error


def as_gs1(code: Code, profile: Profile = AS_SENT) -> Code | None:
    """A number read again as GS1 data: an EAN or UPC code, or a label whose scanner sends no symbology identifier."""
    if code.kind != Kind.NUMBER or code.text != code.number:
        return None
    try:
        return Code(Kind.GS1, code.text, elements=scans.read(code.text, profile).elements)
    except Gs1Error:
        return None


def clean(text: Any) -> tuple[str, str]:
    """The symbology identifier, if the scanner sends one, and the data without the scanner's suffix."""
    if not isinstance(text, str) or not text.rstrip("\r\n\t"):
        raise BarcodeRefused(_("Nothing was scanned. Scan the code again."), code="barcode-empty")
    data = text.rstrip("\r\n\t")
    _check_length(data, scans.LONGEST)
    if any(char != GS and unicodedata.category(char) in INVISIBLE for char in data):
        message = _("This code holds invisible or control characters. It is not one of our labels; put it aside.")
        raise BarcodeRefused(message, code="barcode-characters")
    data = unicodedata.normalize("NFC", data)
    found = scans.IDENTIFIER.match(data)
    return (found.group(), data[3:]) if found else ("", data)


def _check_length(data: str, longest: int) -> None:
    if len(data) > longest:
        message = _("This code has %(length)d characters; %(longest)d is the most. It is not one of our labels.")
        raise BarcodeRefused(message % {"length": len(data), "longest": LONGEST}, code="barcode-too-long")


def _read(symbology: str, data: str, profile: Profile) -> Code:
    if symbology in scans.GS1_SYMBOLS or symbology in scans.RETAIL_SYMBOLS:
        return Code(Kind.GS1, data, elements=scans.read(symbology + data, profile).elements)
    if scans.is_meant(data, profile):
        return Code(Kind.GS1, data, elements=scans.read(data, profile).elements)
    if scans.ADDRESS.match(data):
        return _address(data, profile)
    _check_length(data, LONGEST)
    if data.upper().startswith("CMD:"):
        return _command(data)
    if not data.strip():
        raise BarcodeRefused(_("Nothing was scanned. Scan the code again."), code="barcode-empty")
    return Code(Kind.NUMBER, data, number=data)


def _command(data: str) -> Code:
    word, _colon, argument = data[4:].partition(":")
    word = word.upper()
    if word not in COMMANDS:
        message = _("“%(word)s” is not a command of this station. Use the buttons on the screen.")
        raise BarcodeRefused(message % {"word": word[:40]}, code="barcode-command")
    return Code(Kind.COMMAND, data, number=word, argument=argument)


def _address(data: str, profile: Profile) -> Code:
    try:
        ours = LABEL.search(urlsplit(data).path)
    except ValueError:
        ours = None
    if ours:
        return Code(Kind.NUMBER, data, number=clean(unquote(ours.group(1)))[1])
    return Code(Kind.GS1, data, elements=scans.read(data, profile).elements)
